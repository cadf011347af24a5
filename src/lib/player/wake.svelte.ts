/**
 * What follows the playhead: the panes, one behind the other, a frame each, so that a step is seen at once on the stage
 * and no frame has to draw them all. Law: each shows one moment of the run, never a mixture; once the playhead stands,
 * as many frames later all of them stand there too. Until somebody calls `follow` they are where the playhead is.
 */
import type { Lens } from '#lib/levels/level.ts';
import type { Event } from '#lib/sim/event.ts';
import type { Game } from './game.svelte.ts';

/** A moment of a run. */
export interface Moment {
	readonly log: readonly Event[];
	/** The log up to the cursor. */
	readonly shown: readonly Event[];
	readonly cursor: number;
	/** µs, fractional while something is under way. */
	readonly time: number;
	/** Number of the packet that is chosen. */
	readonly packet: number | null;
	readonly lens: Lens;
	/** The playhead came here by itself; else somebody moved it. */
	readonly running: boolean;
}

/** What a person has chosen. */
type Live = Pick<Moment, 'packet' | 'lens'>;

/** The moment at which one of those that follow is. */
export class Place implements Omit<Moment, 'running'> {
	readonly #game: Game;
	readonly #live: () => Live;
	#at = $state.raw<Moment | null>(null);

	/** Of another run, or of a future that is no more, nothing is shown: then it is where the playhead is. */
	readonly #stands = $derived.by(() => {
		const last = (this.#at?.cursor ?? 0) - 1;
		const isHere = last < 0 || this.#at?.log[last] === this.#game.log[last];
		return this.#at && isHere ? this.#at : this.#game;
	});
	readonly log = $derived.by(() => this.#stands.log);
	readonly shown = $derived.by(() => this.#stands.shown);
	readonly cursor = $derived.by(() => this.#stands.cursor);
	readonly time = $derived.by(() => this.#stands.time);
	readonly packet = $derived.by(() => (this.#at ?? this.#live()).packet);
	readonly lens = $derived.by(() => (this.#at ?? this.#live()).lens);

	constructor(game: Game, live: () => Live) {
		this.#game = game;
		this.#live = live;
	}
	/** The moment that was given; null: none was. */
	get at(): Moment | null {
		return this.#at;
	}
	go(at: Moment | null): void {
		this.#at = at;
	}
}

export class Wake {
	readonly #game: Game;
	readonly #live: () => Live;
	/** The list of packets; the views of the run; the packet that is open; what is told of the run: in this order. */
	readonly list: Place;
	readonly views: Place;
	readonly open: Place;
	readonly told: Place;
	#follows = false;
	/** Where the playhead was a frame ago. */
	#last: Moment | null = null;

	constructor(game: Game, live: () => Live) {
		this.#game = game;
		this.#live = live;
		this.list = new Place(game, live);
		this.views = new Place(game, live);
		this.open = new Place(game, live);
		this.told = new Place(game, live);
	}

	/** From now on there are frames to follow in. */
	follow(): void {
		this.#follows = true;
	}
	/** Another frame: each goes where the one before it was. Returns whether what is told came about by itself. */
	frame(running: boolean): boolean {
		if (!this.#follows) return running;
		const { list, views, open, told } = this;
		told.go(open.at);
		open.go(views.at);
		views.go(list.at);
		list.go(this.#last);
		this.#last = this.#moment(running);
		return told.at?.running ?? running;
	}

	/** Where the playhead is; the moment of the frame before while nothing moved. */
	#moment(running: boolean): Moment {
		const { log, shown, cursor, time } = this.#game;
		const { packet, lens } = this.#live();
		const last = this.#last;
		const isSame =
			last?.log === log &&
			last.cursor === cursor &&
			last.time === time &&
			last.packet === packet &&
			last.lens === lens &&
			last.running === running;
		return isSame ? last : { log, shown, cursor, time, packet, lens, running };
	}
}
