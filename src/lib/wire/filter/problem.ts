/** What is wrong with a display filter, and where. */

/** From a character of the source up to one before the other. */
export type Place = readonly [from: number, to: number];

export class Problem extends Error {
	readonly at: Place;

	constructor(at: Place, say: string) {
		super(say);
		this.at = at;
	}
}

export function problemAt(at: Place, say: string): Problem {
	return new Problem(at, say);
}
