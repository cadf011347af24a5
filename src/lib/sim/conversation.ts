/**
 * One TCP connection in its place on a host: it performs the effects that the connection asks for, in their order, keeps
 * the connection's timer in the world's queue, and speaks to the program. What the program does in answer joins the end
 * of the line, so no call ever re-enters the connection; when the line is empty, what is still owed is flushed.
 */
import type { Connection, Effect, Status } from '#lib/tcp/connection.ts';
import { TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, type TcpSegment } from '#lib/wire/tcp.ts';
import type { Micros } from './event.ts';
import { Flight } from './flight.ts';
import type { Ip } from './host.ts';
import type { Cause, Kernel } from './kernel.ts';
import type { Circuit, CircuitUser } from './program.ts';
import type { Ticket } from './queue.ts';

export interface Peer {
	readonly address: number;
	readonly port: number;
}

export interface Place {
	readonly kernel: Kernel;
	readonly ip: Ip;
	readonly host: string;
	/** Text of the connection, the same at both ends. */
	readonly name: string;
	readonly remote: Peer;
	/** A connection that came from LISTEN has left SYN-RECEIVED. */
	readonly settled?: (() => void) | undefined;
	/** The connection is gone for good. */
	readonly gone: () => void;
}

interface Armed {
	readonly at: Micros;
	readonly background: boolean;
	readonly ticket: Ticket;
	/** What was going on when the timer was set: the cause of what it will do. */
	readonly cause: Cause;
}

export class Conversation implements Circuit {
	readonly name: string;
	readonly #place: Place;
	readonly #connection: Connection;
	/** Asked for a user when the connection is established; for an active opener the user is there from the start. */
	readonly #accept: (circuit: Circuit) => CircuitUser;
	#user: CircuitUser | null = null;
	readonly #flight = new Flight();
	#line: { effect: Effect; cause: Cause }[] = [];
	#settling = false;
	/** The last thing done to the connection: what leaves at the flush leaves because of it. */
	#latest: Cause = 0;
	#armed: Armed | null = null;

	constructor(place: Place, connection: Connection, accept: (circuit: Circuit) => CircuitUser) {
		this.name = place.name;
		this.#place = place;
		this.#connection = connection;
		this.#accept = accept;
	}

	/** Performs what opening the connection asked for. */
	begin(effects: readonly Effect[], cause: Cause): void {
		this.#perform(effects, cause);
	}

	send(octets: Uint8Array, cause: Cause): void {
		this.#perform(this.#connection.send(octets, this.#now), cause);
	}

	close(cause: Cause): void {
		this.#perform(this.#connection.close(this.#now), cause);
	}

	abort(cause: Cause): void {
		this.#perform(this.#connection.abort(this.#now), cause);
	}

	status(): Status {
		return this.#connection.status();
	}

	/** As `Connection.successor`. */
	successor(segment: TcpSegment): number | null {
		return this.#connection.successor(segment);
	}

	/** A segment has arrived for this connection. */
	segment(segment: TcpSegment, cause: Cause): void {
		if (segment.flags & ACK) this.#flight.acknowledged(segment.ack);
		this.#perform(this.#connection.segment(segment, this.#now), cause);
	}

	get #now(): Micros {
		return this.#place.kernel.now;
	}

	#perform(effects: readonly Effect[], cause: Cause): void {
		for (const effect of effects) this.#line.push({ effect, cause });
		this.#latest = cause;
		if (this.#settling) return;
		this.#settling = true;
		do {
			for (let next = this.#line.shift(); next; next = this.#line.shift())
				this.#apply(next.effect, next.cause);
			for (const effect of this.#connection.flush(this.#now))
				this.#line.push({ effect, cause: this.#latest });
		} while (this.#line.length > 0);
		this.#settling = false;
		this.#arm(cause);
	}

	#apply(effect: Effect, cause: Cause): void {
		const { kernel, host } = this.#place;
		switch (effect.type) {
			case 'transmit':
				this.#transmit(effect.segment, effect.retransmission, cause);
				break;
			case 'state': {
				const { from, to, on } = effect;
				const moved = kernel.emit({ kind: 'tcp.state', host, connection: this.name, from, to, on }, cause);
				if (from === 'SYN-RECEIVED') this.#place.settled?.();
				if (to === 'ESTABLISHED') {
					this.#user ??= this.#accept(this);
					this.#user.opened(moved);
				}
				break;
			}
			case 'readable': {
				const octets = this.#connection.receive();
				if (octets.length > 0) this.#user?.octets(octets, cause);
				break;
			}
			case 'end':
				this.#user?.ended(cause);
				break;
			case 'error': {
				const { error } = effect;
				const told = kernel.emit({ kind: 'tcp.error', host, connection: this.name, error }, cause);
				this.#user ??= this.#accept(this);
				this.#user.failed(error, told);
				break;
			}
			case 'closed':
				this.#place.gone();
				break;
		}
	}

	#transmit(segment: TcpSegment, reason: 'rto' | 'fast' | undefined, cause: Cause): void {
		const { kernel, ip, host, remote } = this.#place;
		const payload = encodeTcp(segment, ip.address, remote.address);
		const original = this.#flight.original(segment);
		let why = cause;
		if (reason && original) {
			const sequence = segment.seq;
			const body = { kind: 'tcp.retransmit', host, connection: this.name, sequence, reason } as const;
			why = kernel.emit(body, original.event);
		}
		const sent = ip.output(TCP_PROTOCOL, remote.address, payload, why, original?.packet);
		if (sent) this.#flight.note(segment, sent);
	}

	/** Keeps exactly one entry in the queue while the connection has a timer, and none otherwise. */
	#arm(cause: Cause): void {
		const wanted = this.#connection.nextTimeout();
		const armed = this.#armed;
		if (armed && wanted && armed.at === wanted.at && armed.background === wanted.background) return;
		if (armed) this.#place.kernel.cancel(armed.ticket);
		this.#armed = null;
		if (!wanted) return;
		const at = Math.max(wanted.at, this.#now);
		const ticket = this.#place.kernel.wake(at, wanted.background, () => this.#timeout());
		this.#armed = { ...wanted, ticket, cause };
	}

	#timeout(): void {
		const cause = this.#armed?.cause ?? 0;
		this.#armed = null;
		this.#perform(this.#connection.timeout(this.#now), cause);
	}
}
