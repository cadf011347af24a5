/** The built levels, in the order in which they are played. */
import { knock } from './knock.ts';
import { papers } from './papers.ts';
import { shake } from './shake.ts';
import type { Level } from './level.ts';

export const LEVELS: readonly Level[] = [knock, shake, papers];

export function levelOf(slug: string): Level | null {
	return LEVELS.find((level) => level.slug === slug) ?? null;
}

/** The built level after this one; null after the last. */
export function nextLevel(slug: string): Level | null {
	const at = LEVELS.findIndex((level) => level.slug === slug);
	return at < 0 ? null : (LEVELS[at + 1] ?? null);
}
