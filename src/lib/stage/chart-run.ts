/**
 * What a run has done on a chart: the steps that the log tells of, each with the transition that it took and the packet
 * whose octets brought it about. Its law: a fold over the log; what the log does not name is found in the chart.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';
import * as words from '#words/chart-model.ts';
import { innermost, outwards, type Chart } from './chart.ts';

export interface Step {
	/** Log position of the event that tells of it. */
	readonly seq: number;
	/** Innermost states; equal where the chart stayed. */
	readonly from: string;
	readonly to: string;
	readonly on: string;
	/** Id of the transition taken; null: none of the chart's. */
	readonly transition: string | null;
}

/** The transition that leads from one state to the other on an event: the innermost, and the first of those. */
function taken(chart: Chart, from: string, to: string, on: string): string | null {
	for (const event of [on, '', '*'])
		for (const source of outwards(from))
			for (const transition of chart.transitions)
				if (transition.from === source && transition.on === event && transition.to !== null)
					if (innermost(chart, transition.to) === to) return transition.id;
	return null;
}

export function tcpSteps(chart: Chart, log: readonly Event[], host: string): readonly Step[] {
	return log.flatMap((event) => {
		if (event.kind !== 'tcp.state' || event.host !== host || event.from === event.to) return [];
		const { seq, from, to, on } = event;
		return [{ seq, from, to, on, transition: taken(chart, from, to, on) }];
	});
}

/** A state of this name is in the chart, at its outside. */
const knows = (chart: Chart, path: string): boolean =>
	chart.states.some((state) => state.path === path.split('.', 1)[0]);

/** Which of a host's charts its last move belongs to; the first where nothing tells. */
export function chartInUse(charts: readonly Chart[], log: readonly Event[], host: string): number {
	for (let i = log.length - 1; i >= 0; i--) {
		const event = log[i];
		if (event?.kind !== 'pop3.state' || event.host !== host) continue;
		const fit = charts.flatMap((chart, n) =>
			[event.from, event.to].every((path) => path === '' || knows(chart, path)) ? [n] : []
		);
		if (fit.length === 1) return fit[0] ?? 0;
	}
	return 0;
}

export function pop3Steps(chart: Chart, log: readonly Event[], host: string): readonly Step[] {
	const steps: Step[] = [];
	const places = new Map<string, string>();
	/** The command whose outcome is not known yet. */
	let command: EventOf<'pop3.command'> | null = null;
	let last = chart.initial;

	/** A command that has moved nothing is a step on the spot. */
	const settle = () => {
		if (command === null) return;
		const { seq, session, keyword } = command;
		const at = places.get(session) ?? last;
		const own = chart.transitions.find(
			({ from, to, on }) => to === null && on === keyword && outwards(at).includes(from)
		);
		if (own) steps.push({ seq, from: at, to: at, on: keyword, transition: own.id });
		command = null;
	};
	for (const event of log) {
		if (event.kind === 'pop3.command' && event.host === host) {
			settle();
			command = event;
		}
		if (event.kind !== 'pop3.state' || event.host !== host || !knows(chart, event.to)) continue;
		if (event.cause === command?.seq) command = null;
		const begun = innermost(chart, event.from);
		const held = places.get(event.session) ?? last;
		const from = event.from === '' || held.split('.', 1)[0] === event.from ? held : begun;
		const to = innermost(chart, event.path ?? event.to);
		steps.push({ seq: event.seq, from, to, on: event.on, transition: taken(chart, from, to, event.on) });
		places.set(event.session, to);
		last = to;
	}
	settle();
	return steps;
}

/** The packet whose octets led to an event; null: what a person did, or a timer. */
export function packetBehind(log: readonly Event[], seq: number): number | null {
	for (let event = log[seq]; event; event = event.cause === null ? undefined : log[event.cause]) {
		if (event.kind === 'packet.delivered' || event.kind === 'packet.sent') return event.packet;
	}
	return null;
}

/** What began it where no packet did: `what was typed: connect post 110`. */
export function beginning(log: readonly Event[], seq: number): string {
	let event = log[seq];
	while (event && event.cause !== null) event = log[event.cause];
	if (event?.kind !== 'input') return words.aTimer;
	return event.input.kind === 'type' ? words.lineTyped(event.input.line) : words.playerDid;
}

/** Fields that carry each of TCP's events; of POP3 it is the text. */
const FIELDS: Readonly<Record<string, string>> = {
	'rcv SYN': 'tcp.flags.syn',
	'rcv SYN,ACK': 'tcp.flags',
	'rcv ACK of SYN': 'tcp.ack',
	'rcv ACK of FIN': 'tcp.ack',
	'rcv FIN': 'tcp.flags.fin',
	'rcv RST': 'tcp.flags.reset'
};

const find = (nodes: readonly Node[], name: string): Node | undefined => {
	for (const node of nodes) {
		const found = node.name === name ? node : find(node.children ?? [], name);
		if (found) return found;
	}
	return undefined;
};

/** The octets of a packet that an event of a chart is in; null: no field of its own. */
export function octetsOf(log: readonly Event[], packet: number, on: string): BitRange | null {
	const sent = log.find((event) => event.kind === 'packet.sent' && event.packet === packet);
	if (sent?.kind !== 'packet.sent') return null;
	return find([dissect(sent.bytes)], FIELDS[on] ?? 'pop')?.bits ?? null;
}

/** The steps that a packet brought about. */
export const stepsOf = (log: readonly Event[], steps: readonly Step[], packet: number): readonly Step[] =>
	steps.filter(({ seq }) => packetBehind(log, seq) === packet);
