/**
 * What the world offers to the hosts in it: the clock, the log and the queue. A host reaches another host only by `carry`,
 * which puts a datagram on a link; it is handed over later, from the queue, never by a call from one host into another.
 */
import type { DropReason, EventBody, EventOf, Micros } from './event.ts';
import type { Link } from './link.ts';
import type { Ticket } from './queue.ts';

/** Position in the log of the event that led to what is done now. */
export type Cause = number;

/** What has become of a datagram put on a link. */
export interface Sent {
	/** The datagram's number, from 1 in the order of building. */
	readonly packet: number;
	/** Log position of its `packet.sent`. */
	readonly event: Cause;
	/** It did not leave: its link carries so many octets at most, and it may not be cut. */
	readonly widest?: number;
}

/** What is known of a datagram besides its octets. */
export interface About {
	/** Its number, when it is passed on; absent: it gets the next. */
	readonly packet?: number;
	/** As in `packet.sent`. */
	readonly again?: number;
	readonly partOf?: number;
}

/** What has a text that the log calls it by, made when the log wants it. */
export interface Named {
	readonly name: string;
}

export type Moved = Pick<EventOf<'tcp.state'>, 'from' | 'to' | 'on'>;

export interface Kernel {
	readonly now: Micros;
	/** Appends to the log and returns the event's position. The body becomes the event: nobody may use it for another. */
	emit(body: EventBody, cause: Cause): Cause;
	/** Logs `tcp.state`: a connection of `host` has changed its state. */
	moved(host: string, connection: Named, step: Moved, cause: Cause): Cause;
	/** Logs `packet.sent` and queues what the link makes of it. */
	carry(link: Link, from: string, bytes: Uint8Array, cause: Cause, about?: About): Sent;
	/** A datagram that no link can take: numbered and logged as dropped by `host`; `unroutable` unless another reason is given. */
	unroutable(host: string, detail: string, cause: Cause, reason?: DropReason): void;
	/** Calls `fire` at `at`. Background timers do not keep the world busy. */
	wake(at: Micros, background: boolean, fire: () => void): Ticket;
	cancel(ticket: Ticket): void;
}
