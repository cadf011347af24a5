/**
 * Why a packet was sent: the way up the log from it to what somebody typed, through the packets, commands and timers
 * between, and the packets that it led to itself. Pure walks of `cause`; every event names the one that led to it.
 */
import type { Event, EventOf, Micros } from '#lib/sim/event.ts';
import * as words from '#words/ladder-model.ts';

export type CauseStep =
	| { readonly kind: 'packet'; readonly seq: number; readonly packet: number }
	| {
			readonly kind: 'input' | 'command' | 'reply';
			readonly seq: number;
			readonly host: string;
			readonly text: string;
	  }
	| {
			readonly kind: 'timer';
			readonly seq: number;
			readonly host: string;
			/** `timeout after 1 s`, `three duplicate ACKs`. */
			readonly text: string;
			/** Log position of the packet that it waited on. */
			readonly from: number | null;
	  };

export interface Causes {
	/** From the first cause to the packet itself. */
	readonly steps: readonly CauseStep[];
	/** There are causes before the first step. */
	readonly more: boolean;
	/** Log positions of the packets that it led to. */
	readonly led: readonly number[];
}

/** As many packets are told before the one that is asked about. */
const MOST = 6;
/** How far on in the log what it led to is looked for. */
const AHEAD = 4000;

const seconds = (wait: Micros) => `${Number((wait / 1e6).toFixed(wait < 1e6 ? 2 : 1))} s`;

const REPEATED: { readonly [R in EventOf<'tcp.retransmit'>['reason']]?: string } = {
	fast: words.fast,
	mtu: words.tooBig,
	probe: words.probe
};

function stepOf(log: readonly Event[], event: Event): CauseStep | null {
	const { seq } = event;
	switch (event.kind) {
		case 'packet.sent':
			return { kind: 'packet', seq, packet: event.packet };
		case 'input': {
			const { input } = event;
			const host = 'host' in input ? input.host : '';
			if (input.kind === 'type') return { kind: 'input', seq, host, text: words.typed(input.line) };
			return { kind: 'input', seq, host, text: input.kind === 'sync' ? 'Sync' : input.kind };
		}
		case 'pop3.command':
			return { kind: 'command', seq, host: event.host, text: words.reads(event.keyword) };
		case 'pop3.reply':
			return { kind: 'reply', seq, host: event.host, text: words.answers(event.ok ? '+OK' : '-ERR') };
		case 'tcp.retransmit': {
			const before = event.cause === null ? undefined : log[event.cause];
			const wait = seconds(event.at - (before?.at ?? event.at));
			const text = REPEATED[event.reason] ?? words.timeout(wait);
			const from = before?.kind === 'packet.sent' ? before.seq : null;
			return { kind: 'timer', seq, host: event.host, text, from };
		}
		default:
			return null;
	}
}

/** The nearest packet up the log from an event, itself not counted. */
function parentOf(log: readonly Event[], event: Event): number | null {
	for (let at = event.cause; at !== null; at = log[at]?.cause ?? null)
		if (log[at]?.kind === 'packet.sent') return at;
	return null;
}

/** `sent`: log position of a `packet.sent`; what is not shown yet has led to nothing. */
export function causesOf(log: readonly Event[], sent: number, cursor = log.length): Causes {
	const steps: CauseStep[] = [];
	let packets = 0;
	let at: number | null = sent;
	while (at !== null && packets <= MOST) {
		const event: Event | undefined = log[at];
		if (!event) break;
		const step = stepOf(log, event);
		// the same packet on the link before is the same packet
		const last = steps[0];
		const again = step?.kind === 'packet' && last?.kind === 'packet' && step.packet === last.packet;
		if (step && !again) {
			steps.unshift(step);
			if (step.kind === 'packet') packets++;
		}
		at = event.cause;
	}
	if (packets > MOST) steps.shift();
	const led: number[] = [];
	for (let i = sent + 1; i < Math.min(cursor, sent + AHEAD); i++) {
		const event = log[i];
		if (event?.kind === 'packet.sent' && parentOf(log, event) === sent) led.push(i);
	}
	return { steps, more: at !== null, led };
}
