/** What the filter box needs of the language of display filters, in one piece that loads when it is first opened. */
import { completions, type Completion } from '#lib/wire/filter/complete.ts';
import { parseFilter } from '#lib/wire/filter/parse.ts';
import type { Place } from '#lib/wire/filter/problem.ts';
import { Sieve } from './sieve.ts';

export type Understood =
	/** `sieve` is null when everything passes. */
	| { readonly ok: true; readonly sieve: Sieve | null }
	| { readonly ok: false; readonly at: Place; readonly say: string };

export function understand(text: string): Understood {
	const parsed = parseFilter(text);
	if (!parsed.ok) return parsed;
	return { ok: true, sieve: parsed.filter === null ? null : new Sieve(parsed.filter) };
}

/** The text with the completion in place, and where the caret then stands. */
export function completed(
	text: string,
	{ name, at: [from, to] }: Completion
): { text: string; caret: number } {
	return { text: text.slice(0, from) + name + text.slice(to), caret: from + name.length };
}

export { completions };
