/** 1.2: a shut door answers at once with RST, an open one with SYN,ACK; ACK is the number expected next. */
import type { Input } from '#lib/sim/event.ts';
import { ACK, RST, SYN } from '#lib/wire/tcp.ts';
import { both, met, order, seen, type Log, type Match } from './goals.ts';
import { answeredRight, online, packet, tcpState } from './matches.ts';
import type { Level, Question } from './level.ts';
import { segmentOf } from './segment.ts';
import { ISN, t0 } from './topologies.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const answer = (question: string, value: number): Input => ({ kind: 'answer', question, value });

const slam: Match = packet({ from: 'post', srcPort: 109, flags: RST });
const open: Match = tcpState('desk', 'ESTABLISHED', 110);
const second: Match = packet({ from: 'post', srcPort: 110, flags: SYN | ACK });
const third: Match = packet({ from: 'desk', dstPort: 110, flags: ACK, without: SYN });

/** The acknowledgement number that the first such packet of the run carries. */
function ackOf(match: Match): (log: Log) => number | null {
	return (log) => {
		const sent = seen(match)(log);
		return sent?.kind === 'packet.sent' ? (segmentOf(sent.bytes)?.ack ?? null) : null;
	};
}

const synAck: Question = {
	id: 'synack.ack',
	kind: 'point',
	ask: 'Open post’s answer from door 110, the packet with the flags SA (SYN,ACK). Then point at its acknowledgement number.',
	opens: second,
	form: { kind: 'field', name: 'tcp.ack_raw', packet: second },
	answer: ackOf(second),
	explain: (given, right) =>
		`You chose ${given}. Look for the acknowledgement number in post’s SYN,ACK. It is ${right}: desk’s SYN was ${Number(right) - 1} and used that number up.`
};

const thirdAck: Question = {
	id: 'third.ack',
	kind: 'predict',
	ask: `post’s SYN has sequence number ${ISN.post}. Now desk answers. Which acknowledgement number will it send?`,
	form: { kind: 'number', label: 'Acknowledgement number' },
	gate: third,
	answer: ackOf(third),
	explain: (given, right) => {
		const by = Number(given) - Number(right);
		const off =
			by === -1 ? `${given}: one short. ` : by === 1 ? `${given}: one too many. ` : `You said ${given}. `;
		return `${off}ACK means “I expect this number next”. The SYN counts as one: ${Number(right) - 1} + 1 = ${right}.`;
	}
};

const shut = type('connect post 109');
const knock = type('connect post 110');
const [pointAt, predict] = [ISN.desk + 1, ISN.post + 1];
const answers = [answer('synack.ack', pointAt), answer('third.ack', predict)];

export const shake: Level = {
	slug: 'shake',
	number: '1.2',
	chapter: 1,
	title: 'Three shakes or a slammed door',
	concept: 'Ports, the three-packet handshake, and RST for a closed port.',
	mission:
		'A machine has many numbered doors, called ports. Most are shut. Knock on door 109 of post, then on 110, and compare. On the open door, point at the number in post’s answer that says what post expects next.',
	teaches: ['connect', 'port', 'SYN', 'ACK', 'RST', 'sequence number'],
	breaks: ['M12', 'M13'],
	lens: 2,
	scenario: t0(),
	seed: 109,
	prelude: [],
	terminal: 'desk',
	prefill: 'connect post 109',
	worked: {
		packet: packet({ from: 'desk', flags: SYN, without: ACK }),
		fields: [
			{ name: 'tcp.srcport', say: 'The door it left by: a fresh number for each call.' },
			{ name: 'tcp.dstport', say: 'The door it knocks on.' },
			{ name: 'tcp.seq_raw', say: 'Where desk starts to count.' },
			{ name: 'tcp.flags.syn', say: 'SYN is set: let us start counting.' }
		]
	},
	goal: [
		{ say: 'Door 109 slams (RST), then door 110 opens', is: order(slam, open) },
		{ say: 'You pointed at the ACK number of SYN,ACK', is: answeredRight(synAck) },
		{ say: 'You said what desk acknowledges next', is: answeredRight(thirdAck) }
	],
	questions: [synAck, thirdAck],
	par: [{ unit: 'command', n: 2 }],
	hints: [
		'Look at the ACK number in post’s SYN,ACK.',
		'ACK means “the next number I expect”. A SYN counts as one.',
		`post started at ${ISN.post}, so desk now expects ${predict}. desk started at ${ISN.desk}.`
	],
	milestones: [
		{
			is: (log) => seen(slam)(log) !== null || !online('desk')(log),
			next: 'The shut door comes first. Leave this line with QUIT.',
			step: type('QUIT')
		},
		{ is: met(seen(slam)), next: 'Knock on the shut door: connect post 109', step: shut },
		{ is: met(order(slam, open)), next: 'Now knock on the open one: connect post 110', step: knock },
		{
			is: met(answeredRight(synAck)),
			next: 'Open SA, the SYN,ACK from post. Point at its acknowledgement number.',
			step: answer('synack.ack', pointAt)
		},
		{
			is: met(answeredRight(thirdAck)),
			next: 'Open the question above: which number does desk acknowledge?',
			step: answer('third.ack', predict)
		}
	],
	strays: [
		{
			is: both(open, (event, log) => seen(slam)(log.slice(0, event.seq)) === null),
			say: 'Door 110 opened before 109 was tried. Go back, or QUIT, and knock on 109 first.',
			amended: met(order(slam, open))
		}
	],
	showMe: [shut, knock, ...answers],
	alternatives: [
		[knock, type('QUIT'), shut, knock, ...answers],
		[type('connect 198.51.100.25 109'), type('connect mail.post.example 110'), ...answers],
		[shut, knock, answer('third.ack', ISN.post), answer('synack.ack', ISN.post), ...answers]
	],
	bypasses: [
		[knock, ...answers],
		[shut, ...answers],
		[knock, shut, ...answers],
		[type('connect post 80'), knock, ...answers],
		[shut, knock, answer('synack.ack', ISN.desk), answer('third.ack', ISN.post)]
	],
	debrief:
		'A shut port answers at once with RST. Silence would mean something else: a lost packet or a filter. An open port takes three packets, and each SYN uses up one number, so both sides count from the next.'
};
