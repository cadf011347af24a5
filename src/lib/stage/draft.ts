/**
 * A parcel while its log is read: its fate is written into it. Law: what its octets show and which way it goes is made when
 * a drawing asks, for of a long log only what is near the playhead is drawn.
 */
import type { DropReason, EventOf, Micros } from '#lib/sim/event.ts';
import { contentsOf, tornOf, type Contents, type Torn } from './contents.ts';
import type { Bend, Knot, Parcel } from './parcel.ts';

const NO_BENDS: readonly Bend[] = [];

export class Draft implements Parcel {
	readonly sent: number;
	readonly #event: EventOf<'packet.sent'>;
	readonly torn: Torn | null;
	ended = Infinity;
	until: Micros;
	lost: boolean;
	reason: DropReason | null = null;
	taken: number | null = null;
	fall: Micros = 0;
	again: number | null;
	forged: boolean;
	copy = false;
	piece = '';
	refused: { readonly at: number; readonly reason: DropReason } | null = null;
	bends = NO_BENDS;
	#path: readonly Knot[] | null = null;
	#contents: Contents | null = null;

	/** `sent`: log position of the event. */
	constructor(event: EventOf<'packet.sent'>, sent: number) {
		this.#event = event;
		this.sent = sent;
		this.torn = tornOf(event.bytes);
		this.until = event.arrives ?? event.lostAt ?? event.at;
		this.lost = event.arrives === null;
		this.again = event.again ?? null;
		this.forged = event.forged ?? false;
	}

	get packet(): number {
		return this.#event.packet;
	}
	get link(): string {
		return this.#event.link;
	}
	get from(): string {
		return this.#event.from;
	}
	get to(): string {
		return this.#event.to;
	}
	get at(): Micros {
		return this.#event.at;
	}
	get path(): readonly Knot[] {
		return (this.#path ??= [
			{ at: this.at, progress: 0 },
			{ at: this.until, progress: 1 }
		]);
	}
	set path(path: readonly Knot[]) {
		this.#path = path;
	}

	get kind(): Contents['kind'] {
		return this.#read().kind;
	}
	get letters(): string {
		return this.#read().letters;
	}
	get octets(): number {
		return this.#read().octets;
	}
	get paper(): Contents['paper'] {
		return this.#read().paper;
	}
	get speech(): Contents['speech'] {
		return this.#read().speech;
	}
	get word(): string {
		return this.#read().word;
	}
	get line(): string {
		return this.#read().line;
	}

	#read(): Contents {
		return (this.#contents ??= contentsOf(this.#event.bytes));
	}
}
