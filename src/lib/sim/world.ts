/**
 * The world: a scenario made flesh. It owns the clock, the queue and the log; hosts and links live in it. Everything that
 * happens is an entry taken from the queue or an input, so seed + scenario + inputs decide every event and octet.
 */
import { parseAddress } from '#lib/wire/address.ts';
import type { Event, EventBody, Input, Micros, TimedInput } from './event.ts';
import type { Fate, Fault } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';
import { Host } from './host.ts';
import type { Cause, Kernel, Sent } from './kernel.ts';
import { createLink, type Link } from './link.ts';
import { namesOf } from './names.ts';
import type { Program } from './program.ts';
import { Queue } from './queue.ts';
import { runPrograms } from './roles.ts';
import { checkScenario } from './check.ts';
import type { Scenario } from './scenario.ts';
import { DAY, isMicros, SECOND } from './time.ts';

/**
 * What may happen in one second of virtual time, in queue entries and datagrams, before the world stops itself: far more
 * than a lesson's links can carry, far less than freezes a page.
 */
export const BUDGET = 50_000;

/** An input that cannot be performed: nothing of it is logged. */
export class InputError extends Error {
	override readonly name = 'InputError';
}

export interface World {
	readonly now: Micros;
	readonly log: readonly Event[];
	/** When the next foreground entry is due; null: quiet until someone acts. */
	readonly nextAt: Micros | null;
	/** When the next background entry (TIME-WAIT) is due; null: none pending. */
	readonly timerAt: Micros | null;
	/** Why the world has stopped for good; null while it runs. */
	readonly stopped: string | null;
	/** Advances to the input's instant, logs it and performs it. Throws an InputError if that is impossible. */
	input(timed: TimedInput): void;
	/** Does everything due up to and at `to`, background timers too; the clock then shows `to`. */
	advance(to: Micros): void;
	/**
	 * Runs until no foreground entry is due at or before `limit` (a day from now unless given). Background entries that fall
	 * due on the way are done, later ones wait. The clock shows the last thing done.
	 */
	runUntilQuiet(limit?: Micros): void;
}

/** Other than a scenario's; a run that is to be replayed elsewhere uses none of them. */
export interface Options {
	readonly budget?: number;
	readonly faults?: readonly Fault[];
}

class Running implements World, Kernel {
	readonly #log: Event[] = [];
	readonly #queue = new Queue<() => void>();
	readonly #hosts = new Map<string, Host>();
	readonly #programs = new Map<string, Program>();
	readonly #budget: number;
	#now: Micros = 0;
	#packets = 0;
	#second = 0;
	#spent = 0;
	#stopped: string | null = null;

	constructor(scenario: Scenario, seed: number, { budget, faults }: Required<Options>) {
		checkScenario(scenario);
		this.#budget = budget;
		for (const spec of scenario.hosts) this.#hosts.set(spec.id, new Host(spec, seed, this));
		for (const spec of scenario.links) {
			const link = createLink(spec, seed, faults);
			for (const end of spec.ends) {
				const peer = scenario.hosts.find(({ id }) => id === link.other(end));
				if (peer) this.#hosts.get(end)?.attach(link, parseAddress(peer.address));
			}
		}
		const resolve = namesOf(scenario);
		for (const spec of scenario.hosts) {
			const host = this.#hosts.get(spec.id);
			const program = host && runPrograms(spec, { kernel: this, sockets: host.sockets, resolve });
			if (program) this.#programs.set(spec.id, program);
		}
	}

	get now(): Micros {
		return this.#now;
	}
	get log(): readonly Event[] {
		return this.#log;
	}
	get nextAt(): Micros | null {
		return this.#stopped === null ? this.#queue.nextAt : null;
	}
	get timerAt(): Micros | null {
		return this.#stopped === null ? this.#queue.timerAt : null;
	}
	get stopped(): string | null {
		return this.#stopped;
	}

	input({ at, input }: TimedInput): void {
		if (!isMicros(at)) throw new InputError(`an input's time is a whole number of µs, not ${at}`);
		if (at < this.#now) throw new InputError(`an input at ${at} µs, but the clock shows ${this.#now} µs`);
		const act = this.#actOf(input);
		this.advance(at);
		if (this.#stopped !== null) return;
		act(this.#append({ kind: 'input', input }, null));
	}

	advance(to: Micros): void {
		if (!isMicros(to)) throw new RangeError(`cannot advance to ${to} µs`);
		for (let due = this.#queue.dueAt; due !== null && due <= to; due = this.#queue.dueAt)
			if (!this.#step(due)) return;
		if (to > this.#now && this.#stopped === null) this.#now = to;
	}

	runUntilQuiet(limit: Micros = this.#now + DAY): void {
		for (let next = this.#queue.nextAt; next !== null && next <= limit; next = this.#queue.nextAt) {
			const due = this.#queue.dueAt;
			if (due === null || !this.#step(due)) return;
		}
	}

	emit(body: EventBody, cause: Cause): Cause {
		return this.#append(body, cause);
	}

	wake(at: Micros, background: boolean, fire: () => void): number {
		return this.#queue.push(at, fire, background);
	}

	cancel(ticket: number): void {
		this.#queue.cancel(ticket);
	}

	carry(link: Link, from: string, bytes: Uint8Array, cause: Cause, again?: number): Sent {
		const packet = ++this.#packets;
		this.#spent++;
		const to = link.other(from) ?? from;
		const { id, mtu } = link.spec;
		const head = { kind: 'packet.sent', packet, link: id, from, to } as const;
		const repeats = again === undefined ? {} : { again };
		if (bytes.length > mtu) {
			const event = this.#append({ ...head, bytes, arrives: null, lostAt: this.#now, ...repeats }, cause);
			const detail = `${bytes.length} octets, and link ${id} carries at most ${mtu}`;
			this.#append({ kind: 'packet.dropped', packet, link: id, host: from, reason: 'mtu', detail }, event);
			return { packet, event };
		}
		const fates = link.carry(from, bytes, this.#now);
		const events = fates.map((fate) => {
			const lost = fate.arrives === null ? { lostAt: fate.lostAt } : {};
			const body = { ...head, bytes: fate.bytes, arrives: fate.arrives, ...lost, ...repeats };
			const event = this.#append(body, cause);
			this.#await(fate, { packet, link: id, event }, to);
			return event;
		});
		return { packet, event: events[0] ?? cause };
	}

	unroutable(host: string, detail: string, cause: Cause): void {
		const packet = ++this.#packets;
		this.#append({ kind: 'packet.dropped', packet, link: '', host, reason: 'unroutable', detail }, cause);
	}

	/** Queues what a link has decided. */
	#await(fate: Fate, { packet, link, event }: Sent & { link: string }, to: string): void {
		if (fate.arrives === null) {
			const { lostAt, detail } = fate;
			const body = { kind: 'packet.dropped', packet, link, host: null, reason: 'loss', detail } as const;
			this.#queue.push(lostAt, () => this.#append(body, event));
			return;
		}
		this.#queue.push(fate.arrives, () => {
			const delivered = this.#append({ kind: 'packet.delivered', packet, link, host: to }, event);
			this.#hosts.get(to)?.receive(fate.bytes, { packet, link, event: delivered });
		});
	}

	/** Does the entry due first. False: the budget of this virtual second is spent and the world has stopped. */
	#step(due: Micros): boolean {
		if (this.#stopped !== null) return false;
		const second = Math.floor(due / SECOND);
		if (second !== this.#second) {
			this.#second = second;
			this.#spent = 0;
		}
		if (++this.#spent > this.#budget) {
			this.#stopped = `stopped at ${due} µs: more than ${this.#budget} steps in one second of virtual time`;
			return false;
		}
		this.#now = due;
		this.#queue.pop()?.();
		return true;
	}

	/** What `input` will do, found before anything is logged. */
	#actOf(input: Input): (event: Cause) => void {
		if (input.kind === 'answer') return () => {};
		const program = this.#programs.get(input.host);
		if (!program) throw new InputError(`${input.host} has no terminal`);
		return input.kind === 'type'
			? (event) => program.typed(input.line, event)
			: (event) => program.raw(input.octets, event);
	}

	#append(body: EventBody, cause: Cause | null): Cause {
		const seq = this.#log.length;
		this.#log.push({ seq, at: this.#now, cause, ...body });
		return seq;
	}
}

/** A world at time 0. Throws a ScenarioError where the scenario contradicts itself. */
export function createWorld(scenario: Scenario, seed: number, options: Options = {}): World {
	return new Running(scenario, seed, { budget: BUDGET, faults: FAULTS, ...options });
}
