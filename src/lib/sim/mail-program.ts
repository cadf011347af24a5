/**
 * A client host's mail program: a sync opens one connection, runs the account's policy on it and ends. What it remembers
 * of each account's letters lives here from sync to sync; what it has fetched is in the log, which the inbox is folded from.
 */
import { ClientSession, type ClientEffect } from '#lib/pop3/client-session.ts';
import { policy, type Settings } from '#lib/pop3/policy.ts';
import type { Known } from '#lib/pop3/popstate.ts';
import type { Cause, Kernel } from './kernel.ts';
import type { Resolve } from './names.ts';
import type { Circuit, CircuitUser, Sockets } from './program.ts';
import type { Ticket } from './queue.ts';
import type { Surroundings } from './roles.ts';
import type { Account } from './scenario.ts';
import { record } from './session-log.ts';

/** RFC 1939 §3. */
const POP3_PORT = 110;

/** `ada@post`. */
const nameOf = ({ user, server }: Account): string => `${user}@${server}`;

export class MailProgram {
	readonly #host: string;
	readonly #kernel: Kernel;
	readonly #sockets: Sockets;
	readonly #resolve: Resolve;
	readonly #account: Account | undefined;
	/** By account. */
	readonly #known = new Map<string, readonly Known[]>();
	#running: Sync | null = null;
	/** What the person has set. */
	#settings: Settings = {};

	/** `account` is the one that a sync without settings of its own is for. */
	constructor(host: string, account: Account | undefined, { kernel, sockets, resolve }: Surroundings) {
		this.#host = host;
		this.#kernel = kernel;
		this.#sockets = sockets;
		this.#resolve = resolve;
		this.#account = account;
	}

	/** What it would set. Throws an Error, in words, where that cannot be. */
	set(settings: Settings): () => void {
		if (!this.#account) throw new Error(`${this.#host} has no account`);
		policy(this.#account.policy, settings);
		return () => {
			this.#settings = { ...this.#settings, ...settings };
		};
	}

	abort(cause: Cause): void {
		this.#running?.abort(cause);
	}

	get #own(): Account | undefined {
		const account = this.#account;
		return account && { ...account, settings: { ...account.settings, ...this.#settings } };
	}

	/** What it would do for this account. Throws an Error, in words, where that is nothing. */
	prepare(given: Account | undefined): (cause: Cause) => void {
		const account = given ?? this.#own;
		if (!account) throw new Error(`${this.#host} has no account`);
		const { policy: name, settings, user, password, wanted = [], removed = [] } = account;
		const known = () => this.#known.get(nameOf(account)) ?? [];
		const begin = () =>
			new ClientSession({
				policy: policy(name, settings),
				user,
				password,
				known: known(),
				wanted,
				removed,
				now: this.#kernel.now,
				// the log is the storage
				keep: () => true
			});
		begin();
		return (cause) => this.#sync(account, begin, cause);
	}

	#sync(account: Account, begin: () => ClientSession, cause: Cause): void {
		const host = this.#host;
		if (this.#running && !this.#running.session.over) {
			const what = 'a sync is under way already';
			this.#kernel.emit(
				{ kind: 'mail.problem', host, session: '', weight: 'stop', what, where: 'sync' },
				cause
			);
			return;
		}
		const begun = this.#kernel.emit(
			{ kind: 'mail.sync', host, account: nameOf(account), policy: account.policy },
			cause
		);
		const sync = new Sync(host, begin(), this.#kernel, (known) => this.#known.set(nameOf(account), known));
		this.#running = sync;
		const address = this.#resolve(account.server);
		if (address === null) sync.failed('unknown-host', begun);
		else {
			const circuit = this.#sockets.open(address, account.port ?? POP3_PORT, sync, begun);
			if (typeof circuit === 'string') sync.failed(circuit, begun);
			else sync.circuit = circuit;
		}
	}
}

/** One sync on its connection. */
class Sync implements CircuitUser {
	readonly session: ClientSession;
	circuit: Circuit | null = null;
	readonly #host: string;
	readonly #kernel: Kernel;
	readonly #remember: (known: readonly Known[]) => void;
	#alarm: Ticket | null = null;

	constructor(
		host: string,
		session: ClientSession,
		kernel: Kernel,
		remember: (known: readonly Known[]) => void
	) {
		this.#host = host;
		this.session = session;
		this.#kernel = kernel;
		this.#remember = remember;
	}

	opened(cause: Cause): void {
		this.#perform(this.session.connected(), cause);
	}

	octets(octets: Uint8Array, cause: Cause): void {
		this.#perform(this.session.octets(octets), cause);
	}

	ended(cause: Cause): void {
		this.#perform(this.session.ended(), cause);
	}

	failed(failure: Parameters<ClientSession['failed']>[0], cause: Cause): void {
		this.#perform(this.session.failed(failure), cause);
	}

	abort(cause: Cause): void {
		const { circuit } = this;
		if (this.session.over || !circuit) return;
		circuit.abort(cause);
		this.failed('aborted', cause);
	}

	#perform(effects: readonly ClientEffect[], cause: Cause): void {
		const why = record(this.#kernel, this.#host, this.circuit?.name ?? '', effects, cause);
		this.#remember(this.session.known);
		for (const effect of effects) {
			if (effect.type === 'write') this.circuit?.send(effect.octets, why);
			else if (effect.type === 'close') this.circuit?.close(why);
			else if (effect.type === 'wait') this.#wait(effect.for, why);
		}
	}

	#wait(time: number | null, cause: Cause): void {
		if (this.#alarm !== null) this.#kernel.cancel(this.#alarm);
		this.#alarm = null;
		if (time === null) return;
		this.#alarm = this.#kernel.wake(this.#kernel.now + time, false, () => {
			this.#alarm = null;
			this.#perform(this.session.timeout(), cause);
		});
	}
}
