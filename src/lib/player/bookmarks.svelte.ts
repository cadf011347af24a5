/** Places in a run that the person wants to find again: counts of events, in order. */
export class Bookmarks {
	#places = $state.raw<readonly number[]>([]);

	get places(): readonly number[] {
		return this.#places;
	}
	set(places: readonly number[]): void {
		this.#places = places;
	}
	/** Puts a bookmark at `place`, or takes it away. */
	toggle(place: number): void {
		this.#places = this.#places.includes(place)
			? this.#places.filter((other) => other !== place)
			: [...this.#places, place].sort((a, b) => a - b);
	}
}

/** The nearest of `places` behind or before `from`; null: there is none. */
export function nextPlace(places: readonly number[], from: number, direction: 1 | -1): number | null {
	const sorted = [...places].sort((a, b) => (a - b) * direction);
	return sorted.find((place) => (place - from) * direction > 0) ?? null;
}
