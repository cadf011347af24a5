/**
 * All that is on the links at this moment. A link decides at once what will become of a datagram, and the log says so;
 * until it arrives a person may still change that, and then the log says that too. Nothing here reads a packet.
 */
import { sealAll } from '#lib/ip/rewrite.ts';
import type { Act, DropReason, Micros } from './event.ts';
import type { Arriving, Fate } from './faults/fault.ts';
import { edited, flip, joinSegments, splitSegment, type Tampered } from './faults/tamper.ts';
import type { Arrival } from './host.ts';
import type { Head, Journal } from './journal.ts';
import type { About, Cause, Sent } from './kernel.ts';
import type { Link } from './link.ts';
import type { Ticket } from './queue.ts';

/** What the world does for the air. */
export interface Ground {
	readonly journal: Journal;
	wake(at: Micros, background: boolean, fire: () => void): Ticket;
	cancel(ticket: Ticket): void;
	/** The next packet number. */
	number(): number;
	deliver(to: string, bytes: Uint8Array, arrival: Arrival): void;
}

/** One datagram on one link. */
class Flight implements Head {
	readonly packet: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
	fate: Arriving;
	/** Octets as the log has last told them. */
	told: Uint8Array;
	/** What it comes of: its `packet.sent`, or the last change to it. */
	event: Cause;
	/** When it arrives, by its entry in the queue. */
	at: Micros = 0;
	ticket: Ticket = 0;
	/** Time still to go when it was held; null: it is on its way. */
	left: Micros | null = null;
	/** Its neighbours in the order in which they entered their links. */
	before: Flight | null = null;
	after: Flight | null = null;

	constructor({ packet, link, from, to }: Head, fate: Arriving, told: Uint8Array, event: Cause) {
		this.packet = packet;
		this.link = link;
		this.from = from;
		this.to = to;
		this.fate = fate;
		this.told = told;
		this.event = event;
	}
}

const NOTHING: About = {};

export class Air {
	readonly #ground: Ground;
	readonly #journal: Journal;
	/** Ends of the row of flights. */
	#first: Flight | null = null;
	#last: Flight | null = null;
	/** Links that are cut. */
	readonly #down = new Set<string>();

	constructor(ground: Ground) {
		this.#ground = ground;
		this.#journal = ground.journal;
	}

	/** Puts a datagram on a link; `forged`: no host did. */
	carry(
		link: Link,
		from: string,
		bytes: Uint8Array,
		cause: Cause | null,
		about: About & { readonly forged?: true } = NOTHING
	): Sent {
		const { id, mtu } = link.spec;
		const { now } = this.#journal;
		const packet = about.packet ?? this.#ground.number();
		const head: Head = { packet, link: id, from, to: link.other(from) ?? from };
		if (bytes.length > mtu) {
			const event = this.#journal.sent(head, bytes, null, { ...about, lostAt: now }, cause);
			const detail = `${bytes.length} octets, and link ${id} carries at most ${mtu}`;
			this.#journal.dropped(head, from, 'mtu', detail, event);
			return { packet, event };
		}
		const fates: readonly Fate[] = this.#down.has(id)
			? [{ bytes, arrives: null, lostAt: now, detail: `link ${id} is cut`, reason: 'cut' }]
			: link.carry(from, bytes, now);
		let first: Cause | null = null;
		for (const fate of fates) {
			let event: Cause;
			if (fate.arrives === null) {
				event = this.#journal.sent(head, bytes, null, { ...about, lostAt: fate.lostAt }, cause);
				this.#lose(head, fate.lostAt, fate.detail, fate.reason ?? 'loss', event);
			} else if (fate.piece) {
				const piece = { ...head, packet: this.#ground.number() };
				event = this.#journal.sent(piece, fate.bytes, fate.arrives, { ...about, partOf: packet }, cause);
				this.#launch(piece, fate, fate.bytes, event);
			} else {
				// what the line will do to it shows when it arrives; it enters as it was sent
				event = this.#journal.sent(head, bytes, fate.arrives, about, cause);
				this.#launch(head, fate, bytes, event);
			}
			first ??= event;
		}
		return { packet, event: first ?? cause ?? 0 };
	}

	/** Cuts a link with all that is on it, or restores it. */
	setLink(id: string, up: boolean, cause: Cause): void {
		if (up) this.#down.delete(id);
		else this.#down.add(id);
		if (up) return;
		for (let flight = this.#first; flight; flight = flight.after)
			if (flight.link === id) this.#remove(flight, 'cut', `link ${id} is cut`, cause);
	}

	/** What `act` will do to a packet, as a function of the input's place in the log; text: why it cannot be done. */
	act(packet: number, link: string | undefined, act: Act): ((cause: Cause) => void) | string {
		const flight = this.#find(packet, link);
		if (!flight) return `packet ${packet} is on no link`;
		const held = flight.left !== null;
		switch (act.do) {
			case 'drop':
				return (cause) => this.#remove(flight, 'taken', 'taken off the link', cause);
			case 'hold':
				return held ? `packet ${packet} is held already` : (cause) => this.#hold(flight, cause);
			case 'release':
				return held ? (cause) => this.#move(flight, 0, 'release', cause) : `packet ${packet} is not held`;
			case 'delay':
				return held ? `packet ${packet} is held` : (cause) => this.#move(flight, act.by, 'delay', cause);
			case 'duplicate':
				return (cause) => this.#copy(flight, act.after, cause);
			case 'corrupt':
				return this.#tamper(flight, flip(flight.fate.bytes, act.bit));
			case 'edit':
				return this.#tamper(flight, edited(flight.fate.bytes, act));
			case 'split': {
				const parts = splitSegment(flight.fate.bytes, act.at);
				if (typeof parts === 'string') return parts;
				return (cause) => {
					this.#change(flight, parts, cause);
					this.#enter(flight, parts.rest, 0, cause, { number: this.#ground.number(), of: packet });
				};
			}
			case 'coalesce': {
				const next = this.#find(act.next, flight.link);
				if (!next) return `packet ${act.next} is not on the same link`;
				if (next.to !== flight.to) return `packet ${act.next} goes the other way`;
				const joined = joinSegments(flight.fate.bytes, next.fate.bytes);
				if (typeof joined === 'string') return joined;
				return (cause) => {
					this.#change(flight, joined, cause);
					this.#remove(next, 'joined', `it goes on with packet ${packet}`, cause);
				};
			}
		}
	}

	/** A forged datagram. */
	forge(
		link: Link,
		towards: string,
		octets: Uint8Array,
		checksums: 'fixed' | 'kept',
		cause: Cause | null
	): void {
		const bytes = octets.slice();
		if (checksums === 'fixed') sealAll(bytes);
		this.carry(link, link.other(towards) ?? towards, bytes, cause, { forged: true });
	}

	#find(packet: number, link: string | undefined): Flight | undefined {
		for (let flight = this.#first; flight; flight = flight.after)
			if (flight.packet === packet && (link ?? flight.link) === flight.link) return flight;
		return undefined;
	}

	#launch(head: Head, fate: Arriving, told: Uint8Array, event: Cause): void {
		const flight = new Flight(head, fate, told, event);
		flight.before = this.#last;
		if (this.#last) this.#last.after = flight;
		else this.#first = flight;
		this.#last = flight;
		this.#schedule(flight, fate.arrives);
	}

	/** It keeps its own `after`, so that whoever walks the row can go on. */
	#take(flight: Flight): void {
		const { before, after } = flight;
		if (before) before.after = after;
		else this.#first = after;
		if (after) after.before = before;
		else this.#last = before;
	}

	#schedule(flight: Flight, at: Micros): void {
		flight.left = null;
		flight.at = at;
		flight.ticket = this.#ground.wake(at, false, () => this.#land(flight));
	}

	#land(flight: Flight): void {
		this.#take(flight);
		const { packet, link, fate } = flight;
		if (fate.bytes !== flight.told) {
			const [first] = fate.changes ?? [];
			const detail = (fate.changes ?? []).map((one) => one.detail).join('; ') || 'changed on the way';
			this.#tell(flight, first?.what ?? 'edit', detail, { bytes: fate.bytes }, flight.event);
		}
		const event = this.#journal.delivered(flight, flight.event);
		this.#ground.deliver(flight.to, fate.bytes, { packet, link, event });
	}

	/** The link loses it at `at`. */
	#lose(head: Head, at: Micros, detail: string, reason: DropReason, event: Cause): void {
		this.#ground.wake(at, false, () => this.#journal.dropped(head, null, reason, detail, event));
	}

	#remove(flight: Flight, reason: DropReason, detail: string, cause: Cause): void {
		flight.fate.settled = true;
		this.#take(flight);
		if (flight.left === null) this.#ground.cancel(flight.ticket);
		this.#journal.dropped(flight, null, reason, detail, cause);
	}

	#hold(flight: Flight, cause: Cause): void {
		if (flight.left !== null) return;
		flight.fate.settled = true;
		this.#ground.cancel(flight.ticket);
		flight.left = flight.at - this.#journal.now;
		this.#tell(flight, 'hold', 'held', { arrives: null }, cause);
	}

	/** When it arrives, were it not held any more. */
	#due({ left, at }: Flight): Micros {
		return left === null ? at : this.#journal.now + left;
	}

	/** It arrives later by `by`, or, if it was held, after the time that it still had to go. */
	#move(flight: Flight, by: Micros, what: 'release' | 'delay', cause: Cause): void {
		flight.fate.settled = true;
		if (flight.left === null) this.#ground.cancel(flight.ticket);
		const arrives = this.#due(flight) + by;
		this.#schedule(flight, arrives);
		this.#tell(flight, what, what === 'release' ? 'released' : `later by ${by} µs`, { arrives }, cause);
	}

	/** A copy, or a piece that has a number of its own, that goes beside a flight. */
	#enter(
		flight: Flight,
		bytes: Uint8Array,
		after: Micros,
		cause: Cause,
		piece?: { readonly number: number; readonly of: number }
	): void {
		const { link, from, to } = flight;
		const head = { packet: piece?.number ?? flight.packet, link, from, to };
		const arrives = this.#due(flight) + after;
		const event = this.#journal.sent(head, bytes, arrives, { partOf: piece?.of }, cause);
		this.#launch(head, { bytes, arrives }, bytes, event);
	}

	#copy(flight: Flight, after: Micros, cause: Cause): void {
		this.#enter(flight, flight.fate.bytes, after, cause);
	}

	#tamper(flight: Flight, tampered: Tampered | string): ((cause: Cause) => void) | string {
		return typeof tampered === 'string' ? tampered : (cause) => this.#change(flight, tampered, cause);
	}

	#change(flight: Flight, { bytes, what, detail }: Tampered, cause: Cause): void {
		flight.fate.settled = true;
		flight.fate = { bytes, arrives: flight.fate.arrives };
		flight.told = bytes;
		this.#tell(flight, what, detail, { bytes }, cause);
	}

	/** Logs what was done to a flight, which from now on comes of that. */
	#tell(
		flight: Flight,
		what: string,
		detail: string,
		news: { readonly bytes?: Uint8Array; readonly arrives?: Micros | null },
		cause: Cause
	): void {
		const { packet, link } = flight;
		flight.event = this.#journal.append(
			{ kind: 'packet.changed', packet, link, what, detail, ...news },
			cause
		);
	}
}
