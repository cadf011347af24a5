/**
 * Where a person has put the hosts of a stage, as shares of its size, kept on the device for each level. Law: a place is
 * a wish: the layout bounds it, and a storage that refuses costs only that.
 */
import type { Shelf } from './progress-slots.ts';

export const PLACES_KEY = 'interactive-pop3.places';
/** Levels whose places are kept; the ones moved in longest ago fall away. */
const LEVELS = 60;

export interface Share {
	readonly x: number;
	readonly y: number;
}
type Hosts = Readonly<Record<string, Share>>;

const isShare = (value: unknown): value is Share =>
	typeof value === 'object' &&
	value !== null &&
	[0, 1].every((i) => {
		const share: unknown = Reflect.get(value, i ? 'y' : 'x');
		return typeof share === 'number' && share >= 0 && share <= 1;
	});

/** Reads what was stored; what is no place is left out. */
export function readPlaces(text: string | null): ReadonlyMap<string, Hosts> {
	let given: unknown = null;
	try {
		given = JSON.parse(text ?? 'null');
	} catch {
		// a damaged entry holds nothing worth a message: every host stands where the layout puts it
	}
	const all = new Map<string, Hosts>();
	for (const [level, hosts] of Object.entries(typeof given === 'object' && given !== null ? given : {})) {
		if (typeof hosts !== 'object' || hosts === null) continue;
		const own = Object.entries(hosts as Record<string, unknown>).filter((entry): entry is [string, Share] =>
			isShare(entry[1])
		);
		if (own.length) all.set(level, Object.fromEntries(own.map(([id, { x, y }]) => [id, { x, y }])));
	}
	return all;
}

export class Places {
	readonly #level: string;
	#shelf: Shelf | null = null;
	#moved = $state.raw<ReadonlyMap<string, Share>>(new Map());

	constructor(level: string) {
		this.#level = level;
	}

	/** By host. */
	get moved(): ReadonlyMap<string, Share> {
		return this.#moved;
	}
	/** In the browser only. */
	open(shelf: Shelf | null): void {
		this.#shelf = shelf;
		this.#moved = new Map(Object.entries(this.#read().get(this.#level) ?? {}));
	}
	/** Null: where the layout has it. */
	move(host: string, to: Share | null): void {
		const moved = new Map(this.#moved);
		const whole = (share: number) => Math.round(Math.max(0, Math.min(1, share)) * 1e4) / 1e4;
		if (to) moved.set(host, { x: whole(to.x), y: whole(to.y) });
		else moved.delete(host);
		this.#moved = moved;
	}
	/** The move is over: from now on it is remembered. */
	keep(): void {
		const all = new Map(this.#read());
		all.delete(this.#level);
		if (this.#moved.size) all.set(this.#level, Object.fromEntries(this.#moved));
		try {
			this.#shelf?.setItem(PLACES_KEY, JSON.stringify(Object.fromEntries([...all].slice(-LEVELS))));
		} catch {
			// full or forbidden: the places hold until the page is closed
			this.#shelf = null;
		}
	}

	#read(): ReadonlyMap<string, Hosts> {
		try {
			return readPlaces(this.#shelf?.getItem(PLACES_KEY) ?? null);
		} catch {
			this.#shelf = null;
			return new Map();
		}
	}
}
