/**
 * The clock, and where events come into being: each gets its position and its time here and goes to who keeps the log.
 * The kinds that every packet and every connection causes have a call of their own, which costs one object and no copy;
 * a journal that nobody reads only counts.
 */
import type { DropReason, Event, EventBody, EventOf, Micros, Stamp } from './event.ts';
import type { Cause, Moved, Named } from './kernel.ts';

/** Which datagram on which link between which hosts. */
export interface Head {
	readonly packet: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
}

/** What `packet.sent` says besides the octets; what is absent is not said. */
export interface Remarks {
	readonly again?: number | undefined;
	readonly partOf?: number | undefined;
	readonly forged?: true | undefined;
	readonly lostAt?: Micros | undefined;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export class Journal {
	now: Micros = 0;
	readonly #reader: ((event: Event) => void) | null;
	#next = 0;

	constructor(reader: ((event: Event) => void) | null) {
		this.#reader = reader;
	}

	/** Position of the next event. */
	get next(): Cause {
		return this.#next;
	}

	/** The body itself becomes the event: nobody may use it for another. */
	append(body: EventBody, cause: Cause | null): Cause {
		const seq = this.#next++;
		if (!this.#reader) return seq;
		const event: EventBody & Draft<Partial<Stamp>> = body;
		event.seq = seq;
		event.at = this.now;
		event.cause = cause;
		this.#reader(event as Event);
		return seq;
	}

	sent(head: Head, bytes: Uint8Array, arrives: Micros | null, remarks: Remarks, cause: Cause | null): Cause {
		const seq = this.#next++;
		if (!this.#reader) return seq;
		const { packet, link, from, to } = head;
		const at = this.now;
		const kind = 'packet.sent';
		const event: Draft<EventOf<'packet.sent'>> = {
			seq,
			at,
			cause,
			kind,
			packet,
			link,
			from,
			to,
			bytes,
			arrives
		};
		if (remarks.lostAt !== undefined) event.lostAt = remarks.lostAt;
		if (remarks.again !== undefined) event.again = remarks.again;
		if (remarks.partOf !== undefined) event.partOf = remarks.partOf;
		if (remarks.forged) event.forged = true;
		this.#reader(event);
		return seq;
	}

	delivered({ packet, link, to }: Head, cause: Cause): Cause {
		const seq = this.#next++;
		if (this.#reader) {
			const at = this.now;
			this.#reader({ seq, at, cause, kind: 'packet.delivered', packet, link, host: to });
		}
		return seq;
	}

	/** A connection of `host` has changed its state. */
	moved(host: string, named: Named, { from, to, on }: Moved, cause: Cause | null): Cause {
		const seq = this.#next++;
		if (this.#reader) {
			const at = this.now;
			const connection = named.name;
			this.#reader({ seq, at, cause, kind: 'tcp.state', host, connection, from, to, on });
		}
		return seq;
	}

	dropped({ packet, link }: Head, host: string | null, reason: DropReason, detail: string, cause: Cause) {
		return this.append({ kind: 'packet.dropped', packet, link, host, reason, detail }, cause);
	}
}
