// What our analysis says of each packet, held against Wireshark's, on seeded bad lines and on captures of real hosts.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import { analyse, createAnalysis } from '#lib/capture/analysis/analyse.ts';
import type { Mark } from '#lib/capture/analysis/marks.ts';
import type { Analysed } from '#lib/capture/analysis/row.ts';
import { datagramOf, type Capture } from '#lib/capture/capture.ts';
import { readCapture } from '#lib/capture/pcap.ts';
import { writePcapng } from '#lib/capture/pcapng.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { readTcpOptions } from '#lib/wire/tcp-options.ts';
import { lt } from '#lib/wire/seq.ts';
import { TABLE, type Context, type Difference, type Entry } from './differences.ts';
import { bad, joined, net, quotation, strange } from './taps.ts';
import { tshark } from './tshark.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

const FLAGS: Record<Mark, string> = {
	retransmission: 'retransmission',
	'fast retransmission': 'fast_retransmission',
	'spurious retransmission': 'spurious_retransmission',
	'out of order': 'out_of_order',
	'previous segment not captured': 'lost_segment',
	'acknowledges unseen segment': 'ack_lost_segment',
	'duplicate ACK': 'duplicate_ack',
	'zero window': 'zero_window',
	'window probe': 'zero_window_probe',
	'answer to window probe': 'zero_window_probe_ack',
	'window full': 'window_full',
	'window update': 'window_update',
	'keep-alive': 'keep_alive',
	'answer to keep-alive': 'keep_alive_ack',
	'port reused': 'reused_ports'
};
const VALUES = [
	'duplicate_ack_num',
	'duplicate_ack_frame',
	'acks_frame',
	'ack_rtt',
	'initial_rtt',
	'bytes_in_flight'
];
const FIELDS = [
	...['tcp.stream', 'tcp.seq', 'tcp.ack', 'tcp.len'],
	...[...Object.values(FLAGS), ...VALUES].map((name) => `tcp.analysis.${name}`),
	...['ip.fragment', 'icmp.resp_to', 'icmp.resptime', 'udp.stream']
];
const MARKS = new Set(Object.values(FLAGS).map((name) => `tcp.analysis.${name}`));

/** Our row in Wireshark's words. */
function told({ tcp, udp, piece, echo }: Analysed): Map<string, string> {
	const said = new Map<string, string>();
	const say = (field: string, value: string | number | null | undefined) =>
		value !== undefined && value !== null && said.set(field, String(value));
	if (tcp) {
		const note = (name: string, value: string | number | undefined) => say(`tcp.analysis.${name}`, value);
		say('tcp.stream', tcp.conversation);
		say('tcp.seq', tcp.seq);
		say('tcp.ack', tcp.ack);
		say('tcp.len', tcp.length);
		for (const mark of tcp.marks) note(FLAGS[mark], 1);
		// theirs tells of the special kinds that they are retransmissions too
		if (tcp.marks.some((mark) => mark.endsWith('retransmission'))) note('retransmission', 1);
		note('duplicate_ack_num', tcp.duplicate?.count);
		note('duplicate_ack_frame', tcp.duplicate?.of);
		note('acks_frame', tcp.acknowledges?.packet);
		note('ack_rtt', tcp.acknowledges && tcp.acknowledges.after / 1e6);
		note('initial_rtt', tcp.initialRoundTrip !== undefined ? tcp.initialRoundTrip / 1e6 : undefined);
		note('bytes_in_flight', tcp.inFlight);
	}
	say('udp.stream', udp?.conversation);
	say('ip.fragment', piece?.whole?.join(','));
	say('icmp.resp_to', echo?.answers?.packet);
	say('icmp.resptime', echo?.answers && echo.answers.after / 1000);
	return said;
}

interface Report {
	/** How many blocks it has. */
	readonly blocks: number;
	/** Its first block tells of octets that came twice (RFC 2883 §4). */
	readonly twice: boolean;
}
const NOTHING: Report = { blocks: 0, twice: false };

/** The selective acknowledgment of a segment. */
function reportOf(bytes: Uint8Array): Report {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const options = readTcpOptions(bytes, at + TCP.octets, at + TCP.get.dataOffset(bytes, at) * 4);
	const sack = options.find((option) => option.kind === 'sack');
	const [first, ...others] = sack?.blocks ?? [];
	if (!first) return NOTHING;
	const within = others.some(([left, right]) => !lt(first[0], left) && !lt(right, first[1]));
	return { blocks: others.length + 1, twice: within || lt(first[0], TCP.get.ack(bytes, at)) };
}

interface Memory {
	taken: boolean;
	/** By direction: where its last window probe began. */
	probe: Record<string, number>;
	unseen: boolean;
	lateSyn: boolean;
	early: boolean;
	/** By direction, once it has sent: the last selective acknowledgment. */
	report: Record<string, Report>;
}

interface Found {
	/** How often each field had a value on either side. */
	readonly seen: ReadonlyMap<string, number>;
	readonly used: ReadonlyMap<Entry, number>;
	/** Differences between the findings themselves, not between their numbers. */
	readonly parted: number;
	readonly unexplained: readonly string[];
}

/** One run of tshark over the capture, and every difference sought in the table. */
function compare(capture: Capture): Found {
	const args = ['-T', 'fields', '-E', 'occurrence=a', ...FIELDS.flatMap((field) => ['-e', field])];
	const lines = tshark(writePcapng(capture), args).split('\n');
	const analysis = createAnalysis();
	const memories = new Map<number, Memory>();
	const pieces = new Set<number>();
	let quoted = false;
	let parted = 0;
	const seen = new Map<string, number>();
	const used = new Map<Entry, number>();
	const unexplained: string[] = [];
	capture.packets.forEach((one, i) => {
		const bytes = datagramOf(capture, one) ?? new Uint8Array();
		const row = analyse(analysis, { ...one, bytes });
		const ours = told(row);
		const columns = (lines[i] ?? '').split('\t');
		const all: Difference[] = [];
		FIELDS.forEach((field, column) => {
			// an ICMP error's quotation has a TCP header as well, which is not of this packet
			if (/^(tcp|udp)/.test(field) && !row.tcp && !row.udp) return;
			const text = columns[column] ?? '';
			const theirs = MARKS.has(field)
				? text.slice(0, 1)
				: /rtt|time/.test(field) && text
					? String(Number(text))
					: text;
			const mine = ours.get(field) ?? '';
			if (theirs || mine) seen.set(field, (seen.get(field) ?? 0) + 1);
			if (theirs !== mine) all.push({ field, theirs, ours: mine });
		});

		const { tcp } = row;
		const known = tcp && memories.get(tcp.conversation);
		const memory: Memory = known ?? {
			taken: false,
			probe: {},
			unseen: false,
			lateSyn: false,
			early: false,
			report: {}
		};
		if (row.piece) pieces.add(row.packet);
		quoted ||= row.about !== undefined && pieces.has(row.about);
		if (tcp) {
			const [mine, other] = [String(tcp.outward), String(!tcp.outward)];
			memories.set(tcp.conversation, memory);
			if (tcp.marks.includes('window probe')) memory.probe[mine] = tcp.seq;
			memory.taken ||= tcp.ack !== null && tcp.ack - 1 === memory.probe[other];
			memory.unseen ||= tcp.marks.includes('acknowledges unseen segment');
			memory.early ||= tcp.seq >= 2 ** 31 || (tcp.ack ?? 0) >= 2 ** 31;
			memory.lateSyn ||= tcp.ack === null && memory.report[other] !== undefined;
			explain(all, { row, all, quoted, ...memory, ...(memory.report[other] ?? NOTHING) });
			memory.report[mine] = row.piece ? NOTHING : reportOf(bytes);
		} else explain(all, { row, all, quoted, ...memory, ...NOTHING });

		function explain(differences: readonly Difference[], context: Context): void {
			for (const one of differences) {
				if (MARKS.has(one.field)) parted++;
				const entry = TABLE.find(({ explains }) => explains(one, context));
				if (entry) used.set(entry, (used.get(entry) ?? 0) + 1);
				else
					unexplained.push(
						`#${i + 1} ${one.field}: theirs ${one.theirs || 'none'}, ours ${one.ours || 'none'}`
					);
			}
		}
	});
	return { seen, used, parted, unexplained };
}

const run = haveJudge('tshark') ? describe : describe.skip;

run('our analysis and tshark', () => {
	const links = { interfaces: [{ name: 'line' }] };
	const results: Found[] = [];
	const judge = (capture: Capture): Found => {
		const found = compare(capture);
		results.push(found);
		return found;
	};

	test(`${SEEDS.length} bad lines, each tapped at four places or five`, () => {
		const found = judge({ ...links, packets: joined(SEEDS.flatMap(bad)) });
		expect(found.unexplained).toEqual([]);
		// every kind of finding occurs, and often
		for (const field of FIELDS.filter((name) => name.startsWith('tcp.') && !name.endsWith('reused_ports')))
			expect(found.seen.get(field) ?? 0, field).toBeGreaterThan(50);
	});

	test(`${SEEDS.length} exchanges that no stack would have`, () => {
		const found = judge({
			...links,
			packets: joined([...SEEDS.map((seed) => strange(seed, 80)), quotation()])
		});
		expect(found.unexplained).toEqual([]);
	});

	test('15 networks with pings, fragments, errors and mail, tapped at both ends', () => {
		const taps = SEEDS.slice(0, 15).flatMap((seed) => [net(seed, 'desk-r1'), net(seed, 'r2-post')]);
		const found = judge({ ...links, packets: joined(taps) });
		expect(found.unexplained).toEqual([]);
		for (const field of ['ip.fragment', 'icmp.resp_to', 'tcp.analysis.retransmission'])
			expect(found.seen.get(field) ?? 0, field).toBeGreaterThan(70);
	});

	test('captures of real hosts', () => {
		const folder = new URL('../fixtures/captures/', import.meta.url);
		const files = readdirSync(folder).filter((file) => /\.pcap(ng)?$/.test(file));
		// the one of broken packets last: theirs numbers conversations of which no segment is whole
		files.sort((a, b) => Number(a.startsWith('crafted')) - Number(b.startsWith('crafted')));
		const captures = files.map((file) => readCapture(readFileSync(new URL(file, folder))));
		const interfaces = captures.flatMap((capture) => capture.interfaces);
		let before = 0;
		const taps = captures.map((capture) => {
			const first = before;
			before += capture.interfaces.length;
			return capture.packets.map((one) => ({ ...one, interface: first + one.interface }));
		});
		expect(judge({ interfaces, packets: joined(taps) }).unexplained).toEqual([]);
	});

	test('every entry of the table is in use, and few findings differ', () => {
		const uses = TABLE.map((entry) => results.reduce((sum, { used }) => sum + (used.get(entry) ?? 0), 0));
		expect(TABLE.filter((_, i) => uses[i] === 0).map(({ reason }) => reason)).toEqual([]);
		const findings = results.reduce(
			(sum, { seen }) => sum + [...MARKS].reduce((of, field) => of + (seen.get(field) ?? 0), 0),
			0
		);
		const differing = results.reduce((sum, { parted }) => sum + parted, 0);
		expect(findings).toBeGreaterThan(20_000);
		expect(differing / findings).toBeLessThan(0.04);
	});
});
