/** One end of a transfer: it writes what it has to say, judges what it is sent, and closes at once or when all is there. */
import type { Circuit, CircuitUser } from '#lib/sim/program.ts';
import { pattern } from '../tcp/octets.ts';

export interface Transfer {
	readonly client: string;
	readonly at: number;
	readonly port: number;
	/** Octets towards the server, and towards the client. */
	readonly up: number;
	readonly down: number;
	/** Closes as soon as all is written, and not when all has come. */
	readonly hasty: readonly [client: boolean, server: boolean];
}

export class End implements CircuitUser {
	circuit: Circuit | null = null;
	got = 0;
	finished = false;
	error: string | null = null;
	wrong: number | null = null;
	readonly expects: number;
	readonly #says: Uint8Array;
	readonly #hasty: boolean;
	readonly #moved: () => void;

	constructor(says: Uint8Array, expects: number, hasty: boolean, moved: () => void) {
		this.#says = says;
		this.expects = expects;
		this.#hasty = hasty;
		this.#moved = moved;
	}

	opened(cause: number): void {
		this.#moved();
		if (this.#says.length > 0) this.circuit?.send(this.#says, cause);
		if (this.#hasty || this.expects === 0) this.circuit?.close(cause);
	}

	octets(octets: Uint8Array, cause: number): void {
		this.#moved();
		const expected = pattern(octets.length, this.got);
		if (this.wrong === null && !octets.every((octet, at) => octet === expected[at])) this.wrong = this.got;
		this.got += octets.length;
		if (this.got === this.expects) this.circuit?.close(cause);
	}

	ended(cause: number): void {
		this.#moved();
		this.finished = true;
		this.circuit?.close(cause);
	}

	failed(error: string): void {
		this.#moved();
		this.error = error;
	}

	get outcome(): string {
		return `${this.got} of ${this.expects} octets${this.finished ? ', ended' : ''}${this.error ? `, ${this.error}` : ''}`;
	}

	/** It has nothing to wait for that anybody owes it. */
	get idle(): boolean {
		const status = this.circuit?.status();
		return !status || status.state === 'CLOSED' || status.unacknowledged + status.unsent === 0;
	}
}

/** It has seen its end, or was told of a failure. */
export const settled = (end: End): boolean => end.finished || end.error !== null;
