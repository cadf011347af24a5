/** Which known word was meant: edit distance with neighbouring letters swapped counted once (Damerau). */

/** The first of the nearest words, if it is at distance 1 or 2 and not most of the word is wrong; null: none. */
export function closest(word: string, known: readonly string[]): string | null {
	const most = Math.min(2, Math.floor(word.length / 2));
	let best: string | null = null;
	let least = most + 1;
	for (const candidate of known) {
		const d = distance(word, candidate);
		if (d > 0 && d < least) [best, least] = [candidate, d];
	}
	return best;
}

/** How many letters must be put in, taken out, changed or swapped with a neighbour. */
export function distance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let d = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				d = Math.min(d, (beforeLast[j - 2] ?? 0) + 1);
			row.push(d);
		}
		[beforeLast, last] = [last, row];
	}
	return last[b.length] ?? 0;
}
