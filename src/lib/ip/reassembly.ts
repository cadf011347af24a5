/**
 * Putting the pieces of datagrams together again (RFC 791 §3.2, RFC 815). Memory and time are bounded, and pieces that
 * overlap condemn the whole datagram, with all that still comes of it (RFC 5722 §4, said of IPv6 and true here): no one
 * may write over what a filter has already seen. A piece that comes twice, octet for octet, is no overlap.
 */
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { MAX_DATAGRAM } from '#lib/wire/ipv4.ts';
import { sealHeader } from './fragment.ts';

const { get, set } = IPV4;
/** Congestion experienced (RFC 3168 §5). */
const CONGESTION = 3;
const TOO_LONG = `the whole would exceed ${MAX_DATAGRAM} octets`;

export interface ReassemblyLimits {
	/** µs from the first piece's arrival until the rest is given up; never extended (RFC 1122 §3.3.2: 60 to 120 s). */
	readonly timeout: number;
	/** Datagrams in the making at one time. */
	readonly datagrams: number;
	/** Octets held at one time. */
	readonly octets: number;
}

export const REASSEMBLY_LIMITS: ReassemblyLimits = { timeout: 60_000_000, datagrams: 64, octets: 262_144 };

interface Piece {
	/** Octets from the start of the data. */
	readonly from: number;
	readonly to: number;
	readonly data: Uint8Array;
}

interface Unfinished<T> {
	readonly expires: number;
	/** Of the pieces held, in the order of their arrival. */
	tags: T[];
	/** In order of their place, never overlapping. */
	pieces: Piece[];
	/** Header of the piece at offset 0, once here. */
	header: Uint8Array | null;
	/** First piece as it came, for whoever reports that the rest never did. */
	first: Uint8Array | null;
	/** A piece was marked: the whole is (RFC 3168 §5.3). */
	congested: boolean;
	/** Octets of data, once the last piece is here. */
	length: number | null;
	condemned: boolean;
}

export type Taken<T> = {
	/** Tags of other pieces that had to go: overlapped, or the oldest where there was no room. */
	readonly discarded: readonly T[];
} & (
	| { readonly kind: 'kept' }
	/** Complete; `tags` are those of its pieces in the order of their arrival. */
	| { readonly kind: 'whole'; readonly datagram: Uint8Array; readonly tags: readonly T[] }
	| { readonly kind: 'refused'; readonly detail: string }
);

/** A datagram given up; `first` is its piece at offset 0, which alone may be reported (RFC 792, time exceeded). */
export interface GivenUp<T> {
	readonly first: Uint8Array | null;
	readonly tags: readonly T[];
}

/** Each piece comes with a tag of the owner's choice, by which it is spoken of. */
export class Reassembly<T> {
	readonly #limits: ReassemblyLimits;
	/** By source, destination, protocol and identification (RFC 791 §3.2), the oldest first. */
	readonly #partials = new Map<string, Unfinished<T>>();
	#octets = 0;
	#discarded: T[] = [];

	constructor(limits: ReassemblyLimits = REASSEMBLY_LIMITS) {
		this.#limits = limits;
	}

	/** Datagrams in the making. */
	get size(): number {
		return this.#partials.size;
	}

	/** Octets held. */
	get octets(): number {
		return this.#octets;
	}

	/** When the oldest will be given up; null: nothing waits. */
	get nextAt(): number | null {
		const [oldest] = this.#partials.values();
		return oldest?.expires ?? null;
	}

	/** Takes a valid datagram that is a piece (MF set, or an offset) at `now` µs. */
	take(bytes: Uint8Array, now: number, tag: T): Taken<T> {
		const result = this.#take(bytes, now, tag);
		const discarded = this.#discarded;
		this.#discarded = [];
		if (typeof result === 'string') return { kind: 'refused', detail: result, discarded };
		return result ? { ...result, discarded } : { kind: 'kept', discarded };
	}

	/** Text: why it is refused. Null: it is kept. */
	#take(bytes: Uint8Array, now: number, tag: T) {
		const header = get.ihl(bytes, 0) * 4;
		const data = bytes.slice(header, get.totalLength(bytes, 0));
		const from = get.fragmentOffset(bytes, 0) * 8;
		const to = from + data.length;
		const last = get.mf(bytes, 0) === 0;
		if (data.length === 0) return 'a piece without data';
		if (!last && data.length % 8 !== 0) return `a piece of ${data.length} octets is not the last`;
		if (to + header > MAX_DATAGRAM) return TOO_LONG;
		if (data.length > this.#limits.octets) return `more than ${this.#limits.octets} octets`;

		const name = nameOf(bytes);
		const partial = this.#partials.get(name) ?? this.#begin(name, now);
		if (partial.condemned) return 'its datagram is condemned already';
		const problem = this.#place(partial, { from, to, data }, last);
		if (problem === 'twice') return 'the same piece again';
		// the first piece may have options that this one has not
		const start = from === 0 ? header : (partial.header?.length ?? 0);
		const tooLong = start + (partial.length ?? 0) > MAX_DATAGRAM ? TOO_LONG : null;
		if (problem || tooLong) {
			this.#condemn(partial);
			return problem ?? tooLong;
		}
		partial.congested ||= get.ecn(bytes, 0) === CONGESTION;
		partial.tags.push(tag);
		if (from === 0) {
			partial.header = bytes.slice(0, header);
			partial.first = bytes;
		}
		const datagram = assembled(partial);
		if (datagram) {
			const { tags } = partial;
			partial.tags = [];
			this.#forget(name);
			return { kind: 'whole', datagram, tags } as const;
		}
		this.#makeRoom(name);
		return null;
	}

	/** Gives up what has waited too long at `now`. */
	expire(now: number): readonly GivenUp<T>[] {
		const given: GivenUp<T>[] = [];
		for (const [name, partial] of this.#partials) {
			if (partial.expires > now) continue;
			const { first, tags, condemned } = partial;
			partial.tags = [];
			this.#forget(name);
			if (!condemned) given.push({ first, tags });
		}
		return given;
	}

	#begin(name: string, now: number): Unfinished<T> {
		const [oldest] = this.#partials.keys();
		if (this.#partials.size >= this.#limits.datagrams && oldest !== undefined) this.#forget(oldest);
		const expires = now + this.#limits.timeout;
		const partial: Unfinished<T> = {
			expires,
			tags: [],
			pieces: [],
			header: null,
			first: null,
			congested: false,
			length: null,
			condemned: false
		};
		this.#partials.set(name, partial);
		return partial;
	}

	/** Null: it is in its place. `twice`: the very same piece is there already. Else why the datagram is condemned. */
	#place(partial: Unfinished<T>, piece: Piece, last: boolean): string | null {
		const { pieces, length } = partial;
		const { from, to } = piece;
		const same = pieces.find((other) => other.from === from && other.to === to);
		if (same?.data.every((octet, i) => octet === piece.data[i]) && last === (to === length)) return 'twice';
		const other = pieces.find((held) => held.from < to && from < held.to);
		if (other) return `octets ${from} to ${to} overlap ${other.from} to ${other.to}`;
		const end = pieces.at(-1)?.to ?? 0;
		if (last && (length !== null || end > to)) return `the data ends at ${to}, and there is more`;
		if (length !== null && to > length) return `octets ${from} to ${to}, but the data ends at ${length}`;
		if (last) partial.length = to;
		partial.pieces = [...pieces, piece].sort((a, b) => a.from - b.from);
		this.#octets += piece.data.length;
		return null;
	}

	/** Its octets go, its name stays until it expires: what still comes of it is refused. */
	#condemn(partial: Unfinished<T>): void {
		for (const { data } of partial.pieces) this.#octets -= data.length;
		this.#discarded.push(...partial.tags);
		partial.tags = [];
		partial.pieces = [];
		partial.header = partial.first = null;
		partial.condemned = true;
	}

	/** The oldest go, until what is left fits; `newest` stays. */
	#makeRoom(newest: string): void {
		for (const name of [...this.#partials.keys()].filter((held) => held !== newest))
			if (this.#octets > this.#limits.octets) this.#forget(name);
		const partial = this.#partials.get(newest);
		if (partial && this.#octets > this.#limits.octets) this.#condemn(partial);
	}

	#forget(name: string): void {
		const partial = this.#partials.get(name);
		if (partial) this.#condemn(partial);
		this.#partials.delete(name);
	}
}

function nameOf(bytes: Uint8Array): string {
	return `${get.src(bytes, 0)} ${get.dst(bytes, 0)} ${get.protocol(bytes, 0)} ${get.id(bytes, 0)}`;
}

/** The datagram when no hole is left in it. */
function assembled({ pieces, header, length, congested }: Unfinished<unknown>): Uint8Array | null {
	if (!header || length === null) return null;
	let end = 0;
	for (const { from, to } of pieces) {
		if (from !== end) return null;
		end = to;
	}
	if (end !== length) return null;
	const datagram = new Uint8Array(header.length + length);
	datagram.set(header);
	for (const { from, data } of pieces) datagram.set(data, header.length + from);
	set.totalLength(datagram, 0, datagram.length);
	set.mf(datagram, 0, 0);
	set.fragmentOffset(datagram, 0, 0);
	if (congested) set.ecn(datagram, 0, CONGESTION);
	sealHeader(datagram);
	return datagram;
}
