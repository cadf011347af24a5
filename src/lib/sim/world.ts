/**
 * The world: a scenario made flesh. It owns the clock, the queue and the log; hosts and links live in it. Everything that
 * happens is an entry taken from the queue or an input, so seed + scenario + inputs decide every event and octet.
 */
import { latin1ToOctets } from '#lib/mail/octets.ts';
import { isPrefix } from '#lib/ip/prefix.ts';
import type { DropReason, Event, EventBody, Input, Micros, TimedInput } from './event.ts';
import type { Fault } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';
import type { FaultOf } from './faults/spec.ts';
import { Air, type Ground } from './air.ts';
import { Host, type Arrival } from './host.ts';
import { Journal } from './journal.ts';
import type { About, Cause, Kernel, Moved, Named, Sent } from './kernel.ts';
import { createLink, type Link } from './link.ts';
import { namesOf, type Resolve } from './names.ts';
import type { Program } from './program.ts';
import { Queue } from './queue.ts';
import { runPrograms } from './roles.ts';
import { checkScenario, filterProblem, stackProblem } from './check.ts';
import type { HostSpec, Scenario } from './scenario.ts';
import { DAY, isMicros, SECOND } from './time.ts';
import { addressOn, neighbours, routesOf } from './topology.ts';

/**
 * What may happen in one second of virtual time, in queue entries and datagrams, before the world stops itself: far more
 * than a lesson's links can carry, far less than freezes a page.
 */
export const BUDGET = 50_000;

/** Inputs that concern the network of one host. */
type OfHost = 'ping' | 'route' | 'filter' | 'app' | 'stack';

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
	/** What a host runs: as `runPrograms`. */
	readonly programs?: typeof runPrograms;
	/** False: events are counted and not kept, for runs of which only the traffic matters. */
	readonly keepLog?: boolean;
}

class Running implements World, Kernel, Ground {
	readonly journal: Journal;
	readonly #log: Event[] = [];
	readonly #queue = new Queue<() => void>();
	readonly #hosts = new Map<string, Host>();
	readonly #programs = new Map<string, Program>();
	readonly #links = new Map<string, Link>();
	readonly #resolve: Resolve;
	readonly #air: Air;
	readonly #budget: number;
	#packets = 0;
	#second = 0;
	#spent = 0;
	#stopped: string | null = null;

	constructor(scenario: Scenario, seed: number, { budget, faults, programs, keepLog }: Required<Options>) {
		checkScenario(scenario);
		this.#budget = budget;
		this.journal = new Journal(keepLog ? (event) => void this.#log.push(event) : null);
		this.#air = new Air(this);
		for (const spec of scenario.hosts) this.#hosts.set(spec.id, new Host(spec, seed, this));
		for (const spec of scenario.links) {
			const link = createLink(spec, seed, faults, scenario.faults);
			this.#links.set(spec.id, link);
		}
		for (const spec of scenario.hosts) this.#connect(spec, scenario);
		for (const fault of scenario.faults ?? []) if (fault.kind === 'forge') this.#forgeLater(fault);
		this.#resolve = namesOf(scenario);
		const resolve = this.#resolve;
		for (const spec of scenario.hosts) {
			const host = this.#hosts.get(spec.id);
			const program = host && programs(spec, { kernel: this, sockets: host.sockets, resolve });
			if (program) this.#programs.set(spec.id, program);
		}
	}

	get now(): Micros {
		return this.journal.now;
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
		if (at < this.now) throw new InputError(`an input at ${at} µs, but the clock shows ${this.now} µs`);
		// what can be done to a packet depends on where it is by then
		const early = input.kind === 'packet' ? null : this.#actOf(input);
		this.advance(at);
		if (this.#stopped !== null) return;
		const act = early ?? this.#actOf(input);
		act(this.journal.append({ kind: 'input', input }, null));
	}

	advance(to: Micros): void {
		if (!isMicros(to)) throw new RangeError(`cannot advance to ${to} µs`);
		for (let due = this.#queue.dueAt; due !== null && due <= to; due = this.#queue.dueAt)
			if (!this.#step(due)) return;
		if (to > this.now && this.#stopped === null) this.journal.now = to;
	}

	runUntilQuiet(limit: Micros = this.now + DAY): void {
		for (let next = this.#queue.nextAt; next !== null && next <= limit; next = this.#queue.nextAt) {
			const due = this.#queue.dueAt;
			if (due === null || !this.#step(due)) return;
		}
	}

	emit(body: EventBody, cause: Cause): Cause {
		return this.journal.append(body, cause);
	}

	moved(host: string, connection: Named, step: Moved, cause: Cause): Cause {
		return this.journal.moved(host, connection, step, cause);
	}

	wake(at: Micros, background: boolean, fire: () => void): number {
		return this.#queue.push(at, fire, background);
	}

	cancel(ticket: number): void {
		this.#queue.cancel(ticket);
	}

	carry(link: Link, from: string, bytes: Uint8Array, cause: Cause, about?: About): Sent {
		this.#spent++;
		return this.#air.carry(link, from, bytes, cause, about);
	}

	unroutable(host: string, detail: string, cause: Cause, reason: DropReason = 'unroutable'): void {
		const packet = ++this.#packets;
		this.journal.append({ kind: 'packet.dropped', packet, link: '', host, reason, detail }, cause);
	}

	number(): number {
		return ++this.#packets;
	}

	deliver(to: string, bytes: Uint8Array, arrival: Arrival): void {
		this.#hosts.get(to)?.receive(bytes, arrival);
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
		this.journal.now = due;
		this.#queue.pop()?.();
		return true;
	}

	/** What `input` will do, found before anything is logged. */
	#actOf(input: Input): (event: Cause) => void {
		if (input.kind === 'answer' || input.kind === 'set') return () => {};
		if (input.kind === 'type' || input.kind === 'octets') {
			const program = this.#programs.get(input.host);
			if (!program?.typed || !program.raw) throw new InputError(`${input.host} has no terminal`);
			return input.kind === 'type'
				? (event) => program.typed?.(input.line, event)
				: (event) => program.raw?.(input.octets, event);
		}
		if (input.kind === 'packet') {
			const act = this.#air.act(input.packet, input.link, input.act);
			if (typeof act === 'string') throw new InputError(act);
			return act;
		}
		if (input.kind === 'sync' || input.kind === 'settings' || input.kind === 'tidy')
			return this.#mailOf(input);
		if (input.kind === 'wire' || input.kind === 'drill') return this.#drillOf(input);
		if (input.kind === 'abort') {
			const program = this.#programs.get(input.host);
			if (!program?.abort) throw new InputError(`${input.host} runs nothing that could be cut off`);
			return (event) => program.abort?.(event);
		}
		if (input.kind === 'link' || input.kind === 'forge') {
			const link = this.#links.get(input.link);
			if (!link) throw new InputError(`there is no link ${input.link}`);
			if (input.kind === 'link') return (event) => this.#air.setLink(input.link, input.up, event);
			const { towards, octets, checksums } = input;
			if (link.other(towards) === null) throw new InputError(`link ${input.link} does not end at ${towards}`);
			return (event) => this.#air.forge(link, towards, latin1ToOctets(octets), checksums, event);
		}
		const host = this.#hosts.get(input.host);
		if (!host) throw new InputError(`there is no host ${input.host}`);
		return this.#actOn(host, input);
	}

	#mailOf(input: Extract<Input, { kind: 'sync' | 'settings' | 'tidy' }>): (event: Cause) => void {
		const { host } = input;
		const program = this.#programs.get(host);
		if (!program?.sync || !program.set) throw new InputError(`${host} has no mail program`);
		// the log is the storage: what is in an inbox is read from it, and so is what was thrown out
		if (input.kind === 'tidy') return () => {};
		try {
			return input.kind === 'sync' ? program.sync(input.account) : program.set(input.settings);
		} catch (error) {
			throw new InputError(error instanceof Error ? error.message : String(error));
		}
	}

	#drillOf(input: Extract<Input, { kind: 'wire' | 'drill' }>): (event: Cause) => void {
		const program = this.#programs.get(input.host);
		if (!program?.drill) throw new InputError(`${input.host} has no POP3 server`);
		try {
			return program.drill(input.kind === 'wire' ? input.wire : null);
		} catch (error) {
			throw new InputError(error instanceof Error ? error.message : String(error));
		}
	}

	/** What concerns the network of one host. */
	#actOn(host: Host, input: Extract<Input, { kind: OfHost }>): (event: Cause) => void {
		if (input.kind === 'ping') {
			const to = this.#resolve(input.to);
			if (to === null) throw new InputError(`nobody is called ${input.to}`);
			return (event) => host.ping(to, input, event);
		}
		if (input.kind === 'filter') {
			const problem = filterProblem(input.rules);
			if (problem) throw new InputError(problem);
			return () => host.setFilter(input.rules);
		}
		if (input.kind === 'app') return (event) => host.setReading(input.reading, event);
		if (input.kind === 'stack') {
			const problem = stackProblem(input.stack);
			if (problem) throw new InputError(`stack.${problem}`);
			return () => host.setStack(input.stack);
		}
		const { to, link } = input;
		if (!isPrefix(to)) throw new InputError(`"${to}" is no prefix`);
		if (typeof link === 'string' && this.#links.get(link)?.other(host.id) == null)
			throw new InputError(`${host.id} has no link ${link}`);
		if (link !== undefined) return () => host.setRoute({ to, link });
		return () => void host.deleteRoute(to);
	}

	/** A datagram that the scenario forges enters its link when its time has come; nothing in the log is its cause. */
	#forgeLater({ link: id, towards, from = 0, octets, checksums }: FaultOf<'forge'>): void {
		const link = this.#links.get(id);
		if (!link) return;
		const to = towards ?? link.spec.ends[1];
		const forge = () => this.#air.forge(link, to, latin1ToOctets(octets), checksums, null);
		this.#queue.push(from, forge);
	}

	/** Gives a host its links, and the routes that follow from them. */
	#connect(spec: HostSpec, scenario: Scenario): void {
		const host = this.#hosts.get(spec.id);
		for (const [{ id }, peer] of neighbours(spec, scenario)) {
			const link = this.#links.get(id);
			if (link) host?.attach(link, peer, addressOn(spec, id));
		}
		for (const route of [...routesOf(spec, scenario), ...(spec.routes ?? [])]) host?.setRoute(route);
	}
}

/** A world at time 0. Throws a ScenarioError where the scenario contradicts itself. */
export function createWorld(scenario: Scenario, seed: number, options: Options = {}): World {
	const usual = { budget: BUDGET, faults: FAULTS, programs: runPrograms, keepLog: true };
	return new Running(scenario, seed, { ...usual, ...options });
}
