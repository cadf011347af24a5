/**
 * All that is on the links at this moment. A link decides at once what will become of a datagram, and the log says so;
 * until it arrives a person may still change that, and then the log says that too. Nothing here reads a packet.
 */
import { sealAll } from '#lib/ip/rewrite.ts';
import type { Act, DropReason, EventBody, Micros } from './event.ts';
import type { Arriving, Fate } from './faults/fault.ts';
import { edited, flip, joinSegments, splitSegment, type Tampered } from './faults/tamper.ts';
import type { Arrival } from './host.ts';
import type { About, Cause, Sent } from './kernel.ts';
import type { Link } from './link.ts';
import type { Ticket } from './queue.ts';

/** What the world does for the air. */
export interface Ground {
	readonly now: Micros;
	append(body: EventBody, cause: Cause | null): Cause;
	wake(at: Micros, background: boolean, fire: () => void): Ticket;
	cancel(ticket: Ticket): void;
	/** The next packet number. */
	number(): number;
	deliver(to: string, bytes: Uint8Array, arrival: Arrival): void;
}

/** One datagram on one link. */
interface Flight {
	readonly packet: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
	/** Octets as the log has last told them. */
	told: Uint8Array;
	fate: Arriving;
	/** What it comes of: its `packet.sent`, or the last change to it. */
	event: Cause;
	/** Time still to go when it was held; its entry in the queue otherwise. */
	state: { readonly left: Micros } | { readonly ticket: Ticket; readonly at: Micros };
}

type Head = Pick<Flight, 'packet' | 'link' | 'from' | 'to'>;

export class Air {
	readonly #ground: Ground;
	/** In the order in which they entered their links. */
	readonly #flights = new Set<Flight>();
	/** Links that are cut. */
	readonly #down = new Set<string>();

	constructor(ground: Ground) {
		this.#ground = ground;
	}

	/** Puts a datagram on a link; `forged`: no host did. */
	carry(
		link: Link,
		from: string,
		bytes: Uint8Array,
		cause: Cause | null,
		{ packet: known, ...about }: About & { readonly forged?: true } = {}
	): Sent {
		const { now } = this.#ground;
		const packet = known ?? this.#ground.number();
		const to = link.other(from) ?? from;
		const { id, mtu } = link.spec;
		const head: Head = { packet, link: id, from, to };
		const sent = { kind: 'packet.sent', ...head } as const;
		if (bytes.length > mtu) {
			const event = this.#ground.append({ ...sent, bytes, arrives: null, lostAt: now, ...about }, cause);
			const detail = `${bytes.length} octets, and link ${id} carries at most ${mtu}`;
			const dropped = {
				kind: 'packet.dropped',
				packet,
				link: id,
				host: from,
				reason: 'mtu',
				detail
			} as const;
			this.#ground.append(dropped, event);
			return { packet, event };
		}
		const fates: readonly Fate[] = this.#down.has(id)
			? [{ bytes, arrives: null, lostAt: now, detail: `link ${id} is cut`, reason: 'cut' }]
			: link.carry(from, bytes, now);
		let first: Cause | null = null;
		for (const fate of fates) {
			const piece = fate.arrives !== null && fate.piece;
			const own = piece ? { ...head, packet: this.#ground.number() } : head;
			// what the line will do to it shows when it arrives; it enters as it was sent
			const told = piece ? fate.bytes : bytes;
			const lost = fate.arrives === null ? { lostAt: fate.lostAt } : {};
			const part = piece ? { partOf: packet } : {};
			const body = { ...sent, ...own, bytes: told, arrives: fate.arrives, ...lost, ...about, ...part };
			const event = this.#ground.append(body, cause);
			first ??= event;
			if (fate.arrives === null) this.#lose(own, fate.lostAt, fate.detail, fate.reason ?? 'loss', event);
			else this.#launch(own, fate, told, event);
		}
		return { packet, event: first ?? cause ?? 0 };
	}

	/** Cuts a link with all that is on it, or restores it. */
	setLink(id: string, up: boolean, cause: Cause): void {
		if (up) this.#down.delete(id);
		else this.#down.add(id);
		if (up) return;
		for (const flight of [...this.#flights].filter(({ link }) => link === id))
			this.#remove(flight, 'cut', `link ${id} is cut`, cause);
	}

	/** What `act` will do to a packet, as a function of the input's place in the log; text: why it cannot be done. */
	act(packet: number, link: string | undefined, act: Act): ((cause: Cause) => void) | string {
		const flight = this.#find(packet, link);
		if (!flight) return `packet ${packet} is on no link`;
		const held = 'left' in flight.state;
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
					this.#enter({ ...flight, packet: this.#ground.number() }, parts.rest, 0, cause, packet);
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
		for (const flight of this.#flights)
			if (flight.packet === packet && (link ?? flight.link) === flight.link) return flight;
		return undefined;
	}

	#launch({ packet, link, from, to }: Head, fate: Arriving, told: Uint8Array, event: Cause): Flight {
		const state = { left: 0 };
		const flight: Flight = { packet, link, from, to, told, fate, event, state };
		this.#flights.add(flight);
		this.#schedule(flight, fate.arrives);
		return flight;
	}

	#schedule(flight: Flight, at: Micros): void {
		flight.state = { at, ticket: this.#ground.wake(at, false, () => this.#land(flight)) };
	}

	#land(flight: Flight): void {
		this.#flights.delete(flight);
		const { packet, link, to, fate, told } = flight;
		if (fate.bytes !== told) {
			const [first] = fate.changes ?? [];
			const detail = (fate.changes ?? []).map((one) => one.detail).join('; ') || 'changed on the way';
			const change = { packet, link, what: first?.what ?? 'edit', detail, bytes: fate.bytes };
			flight.event = this.#ground.append({ kind: 'packet.changed', ...change }, flight.event);
		}
		const event = this.#ground.append({ kind: 'packet.delivered', packet, link, host: to }, flight.event);
		this.#ground.deliver(to, fate.bytes, { packet, link, event });
	}

	/** The link loses it at `at`. */
	#lose({ packet, link }: Head, at: Micros, detail: string, reason: DropReason, event: Cause): void {
		const body = { kind: 'packet.dropped', packet, link, host: null, reason, detail } as const;
		this.#ground.wake(at, false, () => this.#ground.append(body, event));
	}

	#remove(flight: Flight, reason: DropReason, detail: string, cause: Cause): void {
		this.#flights.delete(flight);
		if ('ticket' in flight.state) this.#ground.cancel(flight.state.ticket);
		const { packet, link } = flight;
		this.#ground.append({ kind: 'packet.dropped', packet, link, host: null, reason, detail }, cause);
	}

	#hold(flight: Flight, cause: Cause): void {
		if ('left' in flight.state) return;
		this.#ground.cancel(flight.state.ticket);
		flight.state = { left: flight.state.at - this.#ground.now };
		const { packet, link } = flight;
		const change = { packet, link, what: 'hold', detail: 'held', arrives: null };
		flight.event = this.#ground.append({ kind: 'packet.changed', ...change }, cause);
	}

	/** It arrives later by `by`, or, if it was held, after the time that it still had to go. */
	#move(flight: Flight, by: Micros, what: 'release' | 'delay', cause: Cause): void {
		const { packet, link, state } = flight;
		if ('ticket' in state) this.#ground.cancel(state.ticket);
		const arrives = ('left' in state ? this.#ground.now + state.left : state.at) + by;
		this.#schedule(flight, arrives);
		const detail = what === 'release' ? 'released' : `later by ${by} µs`;
		const change = { packet, link, what, detail, arrives };
		flight.event = this.#ground.append({ kind: 'packet.changed', ...change }, cause);
	}

	/** A copy, or a piece that has a number of its own, that goes beside a flight. */
	#enter(flight: Flight, bytes: Uint8Array, after: Micros, cause: Cause, partOf?: number): void {
		const { packet, link, from, to, state } = flight;
		const arrives = ('left' in state ? this.#ground.now + state.left : state.at) + after;
		const part = partOf === undefined ? {} : { partOf };
		const body = { kind: 'packet.sent', packet, link, from, to, bytes, arrives, ...part } as const;
		this.#launch({ packet, link, from, to }, { bytes, arrives }, bytes, this.#ground.append(body, cause));
	}

	#copy(flight: Flight, after: Micros, cause: Cause): void {
		this.#enter(flight, flight.fate.bytes, after, cause);
	}

	#tamper(flight: Flight, tampered: Tampered | string): ((cause: Cause) => void) | string {
		return typeof tampered === 'string' ? tampered : (cause) => this.#change(flight, tampered, cause);
	}

	#change(flight: Flight, { bytes, what, detail }: Tampered, cause: Cause): void {
		const { packet, link, fate } = flight;
		flight.fate = { bytes, arrives: fate.arrives };
		flight.told = bytes;
		const change = { packet, link, what, detail, bytes };
		flight.event = this.#ground.append({ kind: 'packet.changed', ...change }, cause);
	}
}
