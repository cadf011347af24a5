/**
 * Follows every connection of one host through the log: each goes from where it was, and only where the table of TCP's
 * states leads.
 */
import type { EventBody } from '#lib/sim/event.ts';
import { transition, type TcpGuard, type TcpState } from '#lib/tcp/states.ts';

const GUARDS: readonly (readonly TcpGuard[])[] = [[], ['opened passively']];

export class ChartWatch {
	/** Of the connections that there are, by their names. */
	readonly states = new Map<string, TcpState>();
	readonly #host: string;
	readonly #problems: string[];

	/** What goes against the table is added to `problems`. */
	constructor(host: string, problems: string[]) {
		this.#host = host;
		this.#problems = problems;
	}

	event(body: EventBody): void {
		if (body.kind !== 'tcp.state' || body.host !== this.#host) return;
		const { connection, from, to, on } = body;
		const before = this.states.get(connection) ?? from;
		const allowed = GUARDS.some((guards) => transition(from, on, guards)?.target === to);
		if (before !== from) this.#problems.push(`${connection} was ${before} and leaves ${from}`);
		if (!allowed) this.#problems.push(`${connection} went from ${from} to ${to} on ${on}`);
		if (to === 'CLOSED' || to === 'LISTEN') this.states.delete(connection);
		else this.states.set(connection, to);
	}
}
