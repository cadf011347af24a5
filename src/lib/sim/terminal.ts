/**
 * The program of a client host: a person's terminal with one POP3 session in it. Each `connect` opens a new connection;
 * what an earlier one still has to say no longer reaches the screen.
 */
import { latin1ToOctets, octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { TerminalSession, type TerminalEffect } from '#lib/pop3/terminal-session.ts';
import type { Cause, Kernel } from './kernel.ts';
import type { Circuit, CircuitUser, Program, Sockets, Unopened } from './program.ts';
import type { Resolve } from './names.ts';
import type { Surroundings } from './roles.ts';
import { record } from './session-log.ts';

export class Terminal implements Program {
	readonly #host: string;
	readonly #kernel: Kernel;
	readonly #sockets: Sockets;
	readonly #resolve: Resolve;
	readonly #session = new TerminalSession();
	#circuit: Circuit | null = null;

	constructor(host: string, { kernel, sockets, resolve }: Surroundings) {
		this.#host = host;
		this.#kernel = kernel;
		this.#sockets = sockets;
		this.#resolve = resolve;
	}

	typed(line: string, cause: Cause): void {
		this.#echo(octetsToLatin1(utf8ToOctets(line)), cause);
		this.#perform(this.#session.typed(line), cause);
	}

	raw(octets: string, cause: Cause): void {
		this.#echo(octets, cause);
		this.#perform(this.#session.raw(latin1ToOctets(octets)), cause);
	}

	abort(cause: Cause): void {
		const circuit = this.#circuit;
		if (!this.#session.open || !circuit) return;
		this.#circuit = null;
		circuit.abort(cause);
		this.#perform(this.#session.failed('aborted'), cause);
	}

	#echo(octets: string, cause: Cause): void {
		this.#kernel.emit({ kind: 'terminal', host: this.#host, origin: 'typed', octets }, cause);
	}

	#perform(effects: readonly TerminalEffect[], cause: Cause): void {
		// what is said on the way to a new connection belongs to no session yet
		const dialling = effects.some(({ type }) => type === 'connect');
		const session = dialling ? '' : (this.#circuit?.name ?? '');
		const why = record(this.#kernel, this.#host, session, effects, cause);
		for (const effect of effects) {
			if (effect.type === 'write') this.#circuit?.send(effect.octets, why);
			else if (effect.type === 'close') this.#circuit?.close(why);
			else if (effect.type === 'connect') this.#connect(effect.host, effect.port, cause);
		}
	}

	#connect(name: string, port: number, cause: Cause): void {
		const address = this.#resolve(name);
		if (address === null) {
			this.#perform(this.#session.failed('unknown-host'), cause);
			return;
		}
		let opened: Circuit | Unopened | null = null;
		const current = () => opened === this.#circuit;
		const user: CircuitUser = {
			opened: (why) => current() && this.#perform(this.#session.connected(this.#circuit?.name ?? ''), why),
			octets: (octets, why) => current() && this.#perform(this.#session.octets(octets), why),
			ended: (why) => current() && this.#perform(this.#session.ended(), why),
			failed: (failure, why) => current() && this.#perform(this.#session.failed(failure), why)
		};
		opened = this.#sockets.open(address, port, user, cause);
		this.#circuit = typeof opened === 'string' ? null : opened;
		if (typeof opened === 'string') this.#perform(this.#session.failed(opened), cause);
	}
}
