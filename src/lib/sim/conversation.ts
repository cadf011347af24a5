/**
 * One TCP connection in its place on a host: it performs the effects that the connection asks for, in their order, keeps
 * the connection's timer in the world's queue, and speaks to the program. What the program does in answer joins the end
 * of the line, so no call ever re-enters the connection; when the line is empty, what is still owed is flushed.
 */
import type { Connection, Effect, Status, Timeout } from '#lib/tcp/connection.ts';
import type { Address } from '#lib/wire/address.ts';
import { unreachable } from '#lib/wire/icmp.ts';
import { ACK, type TcpSegment } from '#lib/wire/tcp.ts';
import type { Micros } from './event.ts';
import { Flight } from './flight.ts';
import { inWords, type IcmpReport } from './icmp-agent.ts';
import type { Manner } from './ip-layer.ts';
import type { Cause, Kernel, Sent } from './kernel.ts';
import type { Circuit, CircuitUser } from './program.ts';
import type { Ticket } from './queue.ts';

type Transmit = Extract<Effect, { type: 'transmit' }>;

/** Effects that wait for their turn, and their cause. */
interface Batch {
	readonly effects: readonly Effect[];
	readonly cause: Cause;
}

/** A line that nothing stands in. */
const NOBODY: Batch[] = [];

export interface Peer {
	readonly address: number;
	readonly port: number;
}

/** Octets of the largest datagram that the link takes, and that is known to reach the peer in one piece. */
export interface Widths {
	readonly link: number;
	readonly path: number;
}

/** What a conversation asks of the host that it belongs to; one for all of them. */
export interface Place {
	readonly kernel: Kernel;
	readonly host: string;
	/** Sends a segment; null: it did not leave. */
	transmit(segment: TcpSegment, to: Address, cause: Cause, how: Manner): Sent | null;
	widths(address: Address): Widths;
	/** Text of a connection between `port` here and `remote`; `accepted`: it came from LISTEN. */
	nameOf(port: number, remote: Peer, accepted: boolean): string;
	/** Whether the program reads what its connections bring. */
	readonly reading: boolean;
	/** A connection that came from LISTEN at `port` has left SYN-RECEIVED. */
	settled(port: number): void;
	/** The connection is gone for good. */
	gone(conversation: Conversation): void;
}

/** Asked for a user when a connection is established. */
export type Accept = (circuit: Circuit) => CircuitUser;

export class Conversation implements Circuit {
	/** Local port and remote end. */
	readonly port: number;
	readonly remote: Peer;
	/** The next in the table of conversations.ts. */
	next: Conversation | null = null;
	readonly #place: Place;
	readonly #accepted: boolean;
	#name: string | null = null;
	readonly #connection: Connection;
	/** An active opener is there from the start. */
	#user: CircuitUser | Accept;
	readonly #flight = new Flight();
	#line: Batch[] = NOBODY;
	#settling = false;
	/** The connection was called upon since it was last flushed. */
	#stirred = false;
	/** The last thing done to the connection: what leaves at the flush leaves because of it. */
	#latest: Cause = 0;
	/** The entry in the queue for `nextTimeout`, what that said, and what was going on: the cause of what it will do. */
	#ticket: Ticket | null = null;
	#due: Timeout | null = null;
	#dueCause: Cause = 0;
	#fire: (() => void) | null = null;
	/** The path carries less than the link, as far as is known for now (RFC 1191 §6.3). */
	#narrow = false;
	/** The program has not been told yet that the peer has closed. */
	#held = false;

	constructor(place: Place, port: number, remote: Peer, connection: Connection, user: CircuitUser | Accept) {
		this.#place = place;
		this.port = port;
		this.remote = remote;
		this.#connection = connection;
		this.#user = user;
		this.#accepted = typeof user === 'function';
	}

	/** Text of the connection, the same at both ends. */
	get name(): string {
		return (this.#name ??= this.#place.nameOf(this.port, this.remote, this.#accepted));
	}

	/** Performs what opening the connection asked for. */
	begin(effects: readonly Effect[], cause: Cause): void {
		this.#perform(effects, cause);
	}

	send(octets: Uint8Array, cause: Cause, urgent = false): void {
		this.#perform(this.#connection.send(octets, this.#now, urgent), cause);
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

	/** The program reads again: all that has come meanwhile, and that it was the end. */
	resume(cause: Cause): void {
		const effects: Effect[] = this.#connection.unread > 0 ? [{ type: 'readable' }] : [];
		if (this.#held) effects.push({ type: 'end' });
		this.#perform(effects, cause);
	}

	/** As `Connection.expects`. */
	expects(seq: number): boolean {
		return this.#connection.expects(seq);
	}

	/** An ICMP error about a segment of this connection. */
	reported({ kind, code, cause }: IcmpReport): void {
		if (kind === 'unreachable' && code === unreachable.fragmentationNeeded) {
			this.#perform(this.#fit(), cause);
			return;
		}
		const { kernel, host } = this.#place;
		const body = { kind: 'tcp.report', host, connection: this.name, ...inWords(kind, code) } as const;
		const told = kernel.emit(body, cause);
		const hard = kind === 'unreachable' && (code === unreachable.protocol || code === unreachable.port);
		if (hard) this.#perform(this.#connection.hardError(this.#now), told);
	}

	/** Cuts segments to what the path is known to carry, and widens them again when that has been forgotten. */
	#fit(): Effect[] {
		const { link, path } = this.#place.widths(this.remote.address);
		this.#narrow = path < link;
		return this.#connection.path(path, this.#now);
	}

	/** A segment has arrived for this connection; `marked` as in `Connection.segment`. */
	segment(segment: TcpSegment, cause: Cause, marked = false): void {
		if (segment.flags & ACK) this.#flight.acknowledged(segment.ack);
		this.#perform(this.#connection.segment(segment, this.#now, marked), cause);
	}

	get #now(): Micros {
		return this.#place.kernel.now;
	}

	#perform(effects: readonly Effect[], cause: Cause): void {
		if (this.#narrow) this.#fit();
		this.#latest = cause;
		this.#stirred = true;
		if (this.#settling) {
			if (effects.length > 0) this.#queue(effects, cause);
			return;
		}
		this.#settling = true;
		for (const effect of effects) this.#apply(effect, cause);
		while (this.#stirred) {
			this.#drain();
			this.#stirred = false;
			const owed = this.#connection.flush(this.#now);
			const latest = this.#latest;
			for (const effect of owed) this.#apply(effect, latest);
		}
		this.#settling = false;
		this.#arm(cause);
	}

	#queue(effects: readonly Effect[], cause: Cause): void {
		this.#stirred = true;
		if (this.#line === NOBODY) this.#line = [{ effects, cause }];
		else this.#line.push({ effects, cause });
	}

	/** Performs what stands in the line, and what joins its end meanwhile. */
	#drain(): void {
		const line = this.#line;
		if (line.length === 0) return;
		for (const { effects, cause } of line) for (const effect of effects) this.#apply(effect, cause);
		this.#line = NOBODY;
	}

	#apply(effect: Effect, cause: Cause): void {
		const { kernel, host } = this.#place;
		switch (effect.type) {
			case 'transmit':
				this.#transmit(effect, cause);
				break;
			case 'state': {
				const { from, to } = effect;
				const moved = kernel.moved(host, this, effect, cause);
				if (from === 'SYN-RECEIVED' && typeof this.#user === 'function') this.#place.settled(this.port);
				if (to === 'ESTABLISHED') this.#whoUses().opened(moved);
				break;
			}
			case 'readable': {
				if (!this.#place.reading) break;
				const octets = this.#connection.receive();
				if (octets.length > 0 && typeof this.#user === 'object') this.#user.octets(octets, cause);
				break;
			}
			case 'urgent': {
				const detail = `${effect.octets} octets`;
				const body = { host, connection: this.name, report: 'urgent', detail } as const;
				kernel.emit({ kind: 'tcp.report', ...body }, cause);
				break;
			}
			case 'discard': {
				const { reason } = effect;
				kernel.emit({ kind: 'tcp.discarded', host, connection: this.name, reason }, cause);
				break;
			}
			case 'end':
				this.#held = !this.#place.reading;
				if (this.#held) break;
				if (typeof this.#user === 'object') this.#user.ended(cause);
				break;
			case 'error': {
				const { error } = effect;
				const told = kernel.emit({ kind: 'tcp.error', host, connection: this.name, error }, cause);
				this.#whoUses().failed(error, told);
				break;
			}
			case 'closed':
				this.#place.gone(this);
				break;
		}
	}

	#whoUses(): CircuitUser {
		if (typeof this.#user === 'function') this.#user = this.#user(this);
		return this.#user;
	}

	#transmit({ segment, retransmission: reason, markable }: Transmit, cause: Cause): void {
		const place = this.#place;
		const original = this.#flight.original(segment);
		let why = cause;
		if (reason && original) {
			const { kernel, host } = place;
			const sequence = segment.seq;
			const body = { kind: 'tcp.retransmit', host, connection: this.name, sequence, reason } as const;
			why = kernel.emit(body, original.event);
		}
		const sent = place.transmit(segment, this.remote.address, why, {
			again: original?.packet,
			markable
		});
		if (sent) this.#flight.note(segment, sent);
		// the link has become narrower since the segment was cut
		if (sent?.widest !== undefined) this.#queue(this.#fit(), sent.event);
	}

	/** Keeps exactly one entry in the queue while the connection has a timer, and none otherwise. */
	#arm(cause: Cause): void {
		const wanted = this.#connection.nextTimeout();
		const due = this.#due;
		if (due === wanted) return;
		if (due && wanted && due.at === wanted.at && due.background === wanted.background) return;
		const { kernel } = this.#place;
		if (this.#ticket !== null) kernel.cancel(this.#ticket);
		this.#ticket = null;
		this.#due = wanted;
		if (!wanted) return;
		this.#fire ??= () => this.#timeout();
		this.#ticket = kernel.wake(Math.max(wanted.at, kernel.now), wanted.background, this.#fire);
		this.#dueCause = cause;
	}

	#timeout(): void {
		this.#ticket = null;
		this.#due = null;
		this.#perform(this.#connection.timeout(this.#now), this.#dueCause);
	}
}
