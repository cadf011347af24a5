/**
 * How a question of each kind is made from a run. Laws: pure; every right answer is read from the run, never written here;
 * each has exactly one, and no distractor is right as well.
 */
import type { Event } from '#lib/sim/event.ts';
import { SYN } from '#lib/wire/tcp.ts';
import { hexValue, orderValue } from './answers.ts';
import { cutsOf, flagsOf, HEADER, lineOf, packetsOf, replies, uses } from './practice-packets.ts';
import { pick, shuffled, type Roll } from './practice-roll.ts';
import type { Blank, Kind, Task } from './practice-task.ts';

const number = (label: string, right: number): Blank => ({
	label,
	form: 'number',
	options: [],
	right: String(right)
});

/** `mtu`: of the link. */
type Make = (log: readonly Event[], roll: Roll, mtu: number) => Task;

const ack: Make = (log, roll) => {
	const all = packetsOf(log);
	const pairs = all.flatMap((sent) => {
		const delivered = log.find((event) => event.kind === 'packet.delivered' && event.packet === sent.packet);
		const next = delivered && all.find((other) => other.from === sent.to && other.seq > delivered.seq);
		const exact = next && next.segment.ack === (sent.segment.seq + uses(sent.segment)) >>> 0;
		return next && exact && uses(sent.segment) > 0 ? [{ sent, next }] : [];
	});
	const { sent, next } = pick(pairs, roll);
	return {
		kind: 'ack',
		ask: `This packet has just reached ${sent.to}. Which acknowledgement number has the next packet from ${sent.to}?`,
		given: [lineOf(sent)],
		blanks: [number('Acknowledgement number', next.segment.ack)],
		why: `ACK is the number expected next: ${sent.segment.seq} + ${uses(sent.segment)}. A SYN or FIN counts as one.`
	};
};

const STATES = [
	'LISTEN',
	'SYN-SENT',
	'SYN-RECEIVED',
	'ESTABLISHED',
	'FIN-WAIT-1',
	'FIN-WAIT-2',
	'CLOSE-WAIT',
	'LAST-ACK',
	'TIME-WAIT',
	'CLOSED'
];

const state: Make = (log, roll) => {
	const moves = log.filter((event) => event.kind === 'tcp.state').filter(({ from, to }) => from !== to);
	const { host, from, to, on } = pick(moves, roll);
	const others = shuffled(
		STATES.filter((name) => name !== to && name !== from),
		roll
	).slice(0, 3);
	const options = shuffled([to, ...others], roll).map((value) => ({ value, label: value }));
	return {
		kind: 'state',
		ask: `TCP at ${host}: which state comes next?`,
		given: [`state ${from}`, `event: ${on}`],
		blanks: [{ label: 'Next state', form: 'choice', options, right: to }],
		why: `From ${from} on “${on}” the figure of RFC 9293 leads to ${to}.`
	};
};

const DOT_END = '0d 0a 2e 0d 0a';

const end: Make = (log, roll) => {
	const { line, packets } = pick(replies(log), roll);
	const payload = packets.at(-1)?.segment.payload ?? new Uint8Array(0);
	const dotted = hexValue(payload.subarray(-5)) === DOT_END;
	const right = dotted ? DOT_END : hexValue(payload.subarray(-2));
	const options = shuffled([...new Set([right, DOT_END, '0d 0a', '2e', '0d 0a 0d 0a'])].slice(0, 4), roll);
	return {
		kind: 'end',
		ask: 'Which bytes tell the client that this reply is over?',
		given: [`desk sent ${line}`, `post answers +OK …`],
		blanks: [
			{ label: 'Bytes', form: 'choice', options: options.map((value) => ({ value, label: value })), right }
		],
		why: dotted
			? 'Lines follow the first one, so a line with a dot alone ends them: CR LF, dot, CR LF.'
			: 'A single line: its CR LF is the end.'
	};
};
const segments: Make = (log, roll) => {
	const { line, packets } = pick(
		replies(log).filter((reply) => /^RETR/.test(reply.line)),
		roll
	);
	const octets = packets.reduce((sum, { segment }) => sum + segment.payload.length, 0);
	const syn = packetsOf(log).find(({ segment }) => segment.flags & SYN);
	const mss = Math.max(...packets.map(({ segment }) => segment.payload.length));
	const known = packets.length > 1 ? mss : (syn?.segment.payload.length ?? 0);
	return {
		kind: 'segments',
		ask: 'In how many segments with data does the reply travel, and how much does the last one carry?',
		given: [
			`desk sent ${line}; the reply has ${octets} bytes`,
			known > 0 ? `a segment carries ${known} bytes at most` : 'all of it fits into the largest segment'
		],
		blanks: [
			number('Segments', packets.length),
			number('Bytes in the last', packets.at(-1)?.segment.payload.length ?? 0)
		],
		why: 'Divide and round up; the last segment carries what is left.'
	};
};

const fields: Make = (log, roll) => {
	const all = packetsOf(log);
	const places = all.flatMap((sent, i) => {
		const before = all.slice(0, i);
		const own = before.findLast(({ from }) => from === sent.from)?.segment;
		const other = before.findLast(({ from }) => from !== sent.from)?.segment;
		const follows =
			own !== undefined &&
			other !== undefined &&
			sent.segment.seq === (own.seq + uses(own)) >>> 0 &&
			sent.segment.ack === (other.seq + uses(other)) >>> 0;
		return follows ? [i] : [];
	});
	const at = pick(places, roll);
	const sent = all[at];
	if (!sent) throw new Error('no packet');
	const { segment, from, to } = sent;
	const before = all.slice(0, at);
	const shown = [
		before.findLast((other) => other.from === from),
		before.findLast((other) => other.from !== from)
	]
		.filter((other) => other !== undefined)
		.toSorted((a, b) => a.seq - b.seq);
	return {
		kind: 'fields',
		ask: 'Two fields of the third packet are blank. Fill them in.',
		given: [
			...shown.map(lineOf),
			`${from} → ${to}: ${flagsOf(segment)}, seq …, ack …, ${segment.payload.length} bytes`
		],
		blanks: [number('Sequence number', segment.seq), number('Acknowledgement number', segment.ack)],
		why: 'seq goes on where the last packet of the same side ended; ack names what the other side will send next.'
	};
};

const order: Make = (log, roll) => {
	const all = packetsOf(log);
	// each is an answer to the one before, so that no other order is possible
	const windows = all.flatMap((_, i) => {
		const four = all.slice(i, i + 4);
		const chained = four.every(({ from, segment }, n) => {
			const before = four[n - 1];
			if (!before) return true;
			return from !== before.from && segment.ack === (before.segment.seq + uses(before.segment)) >>> 0;
		});
		const distinct = new Set(four.map(lineOf)).size === 4;
		const moves = four.slice(0, 3).every(({ segment }) => uses(segment) > 0);
		return four.length === 4 && chained && distinct && moves ? [four] : [];
	});
	const three = all.slice(0, 3);
	const four = windows.length > 0 ? pick(windows, roll) : three;
	const options = shuffled(
		four.map((sent) => ({ value: String(sent.packet), label: lineOf(sent) })),
		roll
	);
	return {
		kind: 'order',
		ask: 'These packets came out of the bag in the wrong order. Put them right.',
		given: [],
		blanks: [
			{
				label: 'Order',
				form: 'order',
				options,
				right: orderValue(four.map(({ packet }) => String(packet)))
			}
		],
		why: 'Each acknowledges what the one before it carried: follow seq and ack from side to side.'
	};
};

const fragments: Make = (log, roll, mtu) => {
	const pieces = pick(cutsOf(log), roll);
	const last = pieces.at(-1);
	if (!last) throw new Error('no fragment');
	const [from, to] = [pieces[0]?.from ?? '', pieces[0]?.to ?? ''];
	const data = pieces.reduce((sum, piece) => sum + piece.data, 0);
	return {
		kind: 'fragments',
		ask: 'This datagram may be cut. How many fragments cross the link, and what does the last one say?',
		given: [
			`${from} → ${to}: ICMP echo request, ${HEADER + data} bytes, header ${HEADER}, DF 0`,
			`the link carries datagrams of ${mtu} bytes at most`
		],
		blanks: [
			number('Fragments', pieces.length),
			number('Fragment offset of the last, in units of 8 bytes', last.offset),
			number('Total length of the last, in bytes', HEADER + last.data)
		],
		why: `Each has a header of ${HEADER} bytes of its own, and all but the last carry a multiple of 8: ${pieces[0]?.data ?? 0} here.`
	};
};

export const MAKERS: Readonly<Record<Kind, Make>> = { ack, state, end, segments, fields, order, fragments };
