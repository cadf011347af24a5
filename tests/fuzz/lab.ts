/**
 * Hosts on links in virtual time, as the world has them, but without a log: what happens is told to a watcher and
 * forgotten, so that a run may be as long as it likes. Whoever runs the lab may put a datagram into a host's hands, and
 * take one out of them before it reaches its link.
 */
import { Air, type Ground } from '#lib/sim/air.ts';
import type { EventBody, Micros } from '#lib/sim/event.ts';
import { Host, type Arrival } from '#lib/sim/host.ts';
import { Journal } from '#lib/sim/journal.ts';
import type { About, Cause, Kernel, Moved, Named, Sent } from '#lib/sim/kernel.ts';
import { createLink, type Link } from '#lib/sim/link.ts';
import { Queue, type Ticket } from '#lib/sim/queue.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { addressOn, neighbours, routesOf } from '#lib/sim/topology.ts';

export interface Watcher {
	/** A host is handed a datagram. */
	takes?(host: string, bytes: Uint8Array): void;
	event?(body: EventBody, at: Micros): void;
	/** A host sends; `answering`: because of what it has been handed just now, not of a timer or a program. False: it goes nowhere. */
	sends?(host: string, link: string, bytes: Uint8Array, answering: boolean): boolean;
}

/** Far more than the links of a lab carry in one second of virtual time. */
const BUDGET = 50_000;

export class Lab implements Kernel, Ground {
	readonly journal: Journal;
	readonly queue = new Queue<() => void>();
	readonly #hosts = new Map<string, Host>();
	readonly #links = new Map<string, Link>();
	readonly #watcher: Watcher;
	readonly #air: Air;
	#packets = 0;
	#answering: string | null = null;
	/** Steps done in second number `#second`. */
	#steps = 0;
	#second = -1;

	constructor(scenario: Scenario, seed: number, watcher: Watcher) {
		this.#watcher = watcher;
		this.journal = new Journal((event) => watcher.event?.(event, event.at));
		this.#air = new Air(this);
		for (const spec of scenario.hosts) this.#hosts.set(spec.id, new Host(spec, seed, this));
		for (const spec of scenario.links)
			this.#links.set(spec.id, createLink(spec, seed, undefined, scenario.faults));
		for (const spec of scenario.hosts) {
			const host = this.host(spec.id);
			for (const [{ id }, peer] of neighbours(spec, scenario))
				host.attach(this.#links.get(id) as Link, peer, addressOn(spec, id));
			for (const route of [...routesOf(spec, scenario), ...(spec.routes ?? [])]) host.setRoute(route);
		}
	}

	get now(): Micros {
		return this.journal.now;
	}

	host(id: string): Host {
		const host = this.#hosts.get(id);
		if (!host) throw new Error(`there is no host ${id}`);
		return host;
	}

	/** The host takes this datagram from its link at this very moment. */
	hand(id: string, link: string, bytes: Uint8Array): void {
		const before = this.#answering;
		this.#answering = id;
		this.#watcher.takes?.(id, bytes);
		this.host(id).receive(bytes, { packet: ++this.#packets, link, event: this.journal.next });
		this.#answering = before;
	}

	/** Does all that is due up to `to`. Throws where that has no end. */
	advance(to: Micros): void {
		for (let due = this.queue.dueAt; due !== null && due <= to; due = this.queue.dueAt) {
			const second = Math.floor(due / 1_000_000);
			this.#steps = second === this.#second ? this.#steps + 1 : 0;
			this.#second = second;
			if (this.#steps > BUDGET) throw new Error(`more than ${BUDGET} steps in second ${second}`);
			this.journal.now = due;
			this.queue.pop()?.();
		}
		this.journal.now = Math.max(this.now, to);
	}

	emit(body: EventBody): Cause {
		return this.journal.append(body, null);
	}

	/** For the air. */
	number(): number {
		return ++this.#packets;
	}

	deliver(to: string, bytes: Uint8Array, { link }: Arrival): void {
		this.hand(to, link, bytes);
	}

	carry(link: Link, from: string, bytes: Uint8Array, cause: Cause, about?: About): Sent {
		const passes = this.#watcher.sends?.(from, link.spec.id, bytes, this.#answering === from) ?? true;
		if (!passes) return { packet: ++this.#packets, event: this.journal.next };
		return this.#air.carry(link, from, bytes, cause, about);
	}

	unroutable(host: string, detail: string): void {
		this.emit({ kind: 'packet.dropped', packet: 0, link: '', host, reason: 'unroutable', detail });
	}

	moved(host: string, connection: Named, step: Moved): Cause {
		return this.journal.moved(host, connection, step, null);
	}

	wake(at: Micros, background: boolean, fire: () => void): Ticket {
		return this.queue.push(at, fire, background);
	}

	cancel(ticket: Ticket): void {
		this.queue.cancel(ticket);
	}
}
