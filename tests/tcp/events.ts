/**
 * One event of RFC 9293 §3.10 happens to a connection in one state, and what comes of it in one line: what the user is
 * answered or reads, what is sent (>), where it leads (=), and what the user is told (!). Numbers count from the initial
 * ones; `nothing` where nothing happens.
 */
import { LESSON } from '#lib/tcp/connection.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { ConnectionBench } from './bench.ts';
import { readPacket } from './draft.ts';
import { CONFIG, enter, IRS, Teller } from './story.ts';

const SECOND = 1_000_000;
/** Longer than the first time-out. */
const PATIENCE = 3 * SECOND;

/** SND.NXT and RCV.NXT of a connection brought there by the shortest way; where it has none, what the peer may believe. */
const NUMBERS: Readonly<Record<TcpState, readonly [snd: number, rcv: number]>> = {
	CLOSED: [77, 0],
	LISTEN: [77, 0],
	'SYN-SENT': [1, 0],
	'SYN-RECEIVED': [1, 1],
	ESTABLISHED: [1, 1],
	'FIN-WAIT-1': [2, 1],
	'FIN-WAIT-2': [2, 1],
	'CLOSE-WAIT': [1, 2],
	CLOSING: [2, 2],
	'LAST-ACK': [2, 2],
	'TIME-WAIT': [2, 2]
};

const CALLS = ['OPEN', 'SEND', 'RECEIVE', 'CLOSE', 'ABORT', 'STATUS'] as const;

/** SEGMENT: `seq` is RCV.NXT and `ack` is SND.NXT. */
const SEGMENTS: Readonly<Record<string, (seq: number, ack: number) => string>> = {
	SYN: (seq) => `SYN ${seq}:${seq}(0)`,
	'SYN,ACK': (seq, ack) => `SYN,ACK ${seq}:${seq}(0) ack ${ack}`,
	ACK: (seq, ack) => `ACK ${seq}:${seq}(0) ack ${ack}`,
	'ACK of the unsent': (seq, ack) => `ACK ${seq}:${seq}(0) ack ${ack + 1}`,
	text: (seq, ack) => `PSH,ACK ${seq}:${seq + 3}(3) ack ${ack} "abc"`,
	'text too early': (seq, ack) => `PSH,ACK ${seq + 9}:${seq + 12}(3) ack ${ack} "xyz"`,
	'text beyond window': (seq, ack) => `PSH,ACK ${seq + 70_000}:${seq + 70_003}(3) ack ${ack} "xyz"`,
	FIN: (seq, ack) => `FIN,ACK ${seq}:${seq}(0) ack ${ack}`,
	'FIN again': (seq, ack) => `FIN,ACK seq=${IRS + seq - 1} ack ${ack}`,
	RST: (seq, ack) => `RST,ACK ${seq}:${seq}(0) ack ${ack}`,
	'RST within window': (seq) => `RST ${seq + 1}:${seq + 1}(0)`,
	'RST beyond window': (seq) => `RST ${seq + 70_000}:${seq + 70_000}(0)`,
	'no ACK': (seq) => `PSH ${seq}:${seq + 3}(3) "abc"`
};

const TIMEOUTS = ['USER TIMEOUT', 'RETRANSMISSION TIMEOUT', 'TIME-WAIT TIMEOUT'];

export const EVENTS: readonly string[] = [...CALLS, ...Object.keys(SEGMENTS), ...TIMEOUTS];

export function outcome(state: TcpState, event: string): string {
	const userTimeout = event === 'USER TIMEOUT' ? PATIENCE : 0;
	const config = { ...CONFIG, tuning: { ...LESSON, userTimeout } };
	const bench = new ConnectionBench(config, IRS);
	if (state === 'CLOSED' && event === 'OPEN') bench.open(0);
	else {
		enter(new Teller(bench, event), state);
		const answer = perform(bench, state, event);
		if (answer !== null) return answer;
	}
	const read = bench.read().length;
	const sent = bench.sent().map((line) => `> ${line.replace(/ win 65535| from \d+ to \d+| win 0/g, '')}`);
	const told = bench.told().filter((what) => what === 'end' || what.startsWith('error'));
	const all = [
		...(read > 0 ? [`reads ${read}`] : []),
		...sent,
		...(bench.state === state ? [] : [`= ${bench.state}`]),
		...told.map((what) => `! ${what}`)
	];
	return all.length > 0 ? all.join(' ') : 'nothing';
}

/** Returns the answer to a call, where there is one. */
function perform(bench: ConnectionBench, state: TcpState, event: string): string | null {
	const call = CALLS.find((name) => name === event);
	if (call !== undefined) {
		const objection = bench.connection.objection(call);
		if (objection !== null || call === 'STATUS') return objection ?? bench.connection.status().state;
		if (call === 'SEND') bench.act('send', '"x"', 0);
		else if (call === 'OPEN') bench.act('open', '', 0);
		else if (call === 'RECEIVE') bench.act('receive', '', 0);
		else bench.act(call === 'CLOSE' ? 'close' : 'abort', '', 0);
		return null;
	}
	const [snd, rcv] = NUMBERS[state];
	const segment = SEGMENTS[event];
	if (segment !== undefined) {
		for (const draft of readPacket(segment(rcv, snd))) bench.arrive(draft, 0);
		return null;
	}
	// where nothing is outstanding no timer runs
	if (state === 'ESTABLISHED' || state === 'CLOSE-WAIT') bench.act('send', '"x"', 0);
	bench.sent();
	const until = { 'USER TIMEOUT': PATIENCE, 'TIME-WAIT TIMEOUT': 2 * CONFIG.msl }[event] ?? SECOND;
	for (let due = bench.nextTimeout(); due !== null && due.at <= until; due = bench.nextTimeout()) {
		if (due.background !== (event === 'TIME-WAIT TIMEOUT')) break;
		bench.sent();
		bench.timeout(due.at);
	}
	return null;
}
