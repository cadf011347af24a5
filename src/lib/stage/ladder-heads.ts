/** Names over the lifelines: in small type where they would run into each other, and of very many only as many as fit. */
import type { Lifeline } from './ladder.ts';

/** Width of a character of 12 px mono, and what a name's neighbours keep from it. */
const [CHAR, GAP] = [7.2, 6];

export interface Heads {
	readonly tight: boolean;
	/** The hosts whose names stand; both ends' always do. */
	readonly named: ReadonlySet<string>;
}

/** As they stand in Ladder.svelte: the names at the ends go inwards from 4 px beside their lines, the others are centred. */
function spanOf({ host, x, side }: Lifeline): readonly [from: number, to: number] {
	const width = host.length * CHAR;
	return side === 'left'
		? [x - 4, x - 4 + width]
		: side === 'right'
			? [x + 4 - width, x + 4]
			: [x - width / 2, x + width / 2];
}

export function headsOf(lines: readonly Lifeline[]): Heads {
	const tight = lines.some(({ host, x }, i) => {
		const before = lines[i - 1];
		return before !== undefined && x - before.x < 5 * (host.length + before.host.length) + 4;
	});
	const named = new Set(lines.map(({ host }) => host));
	const [last] = lines.slice(-1);
	if (!tight || !last) return { tight, named };
	const [end] = spanOf(last);
	let free = -Infinity;
	for (const line of lines) {
		const [from, to] = spanOf(line);
		if (line.side === null && (from < free + GAP || to + GAP > end)) named.delete(line.host);
		else free = to;
	}
	return { tight, named };
}
