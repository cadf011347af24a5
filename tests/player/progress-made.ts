// Results and progress to keep, and a storage that can be told to fail.
import type { TimedInput } from '#lib/sim/event.ts';
import { NO_RECORD, NOTHING, withResult, type Progress, type Result } from '#lib/player/progress.ts';
import type { Shelf } from '#lib/player/progress-slots.ts';

export const NO_STAMPS = NO_RECORD.stamps;
export const ALL_STAMPS = { delivered: true, lightBag: true, calledIt: true };
export const run = (line: string): TimedInput[] => [{ at: 0, input: { kind: 'type', host: 'desk', line } }];
export const result = (slug: string, more: Partial<Result> = {}): Result => ({
	slug,
	stamps: { ...NO_STAMPS, delivered: true },
	cost: 4,
	shown: false,
	inputs: run('connect post 110'),
	...more
});
export const reached = (...slugs: string[]): Progress =>
	slugs.reduce((progress, slug, i) => withResult(progress, result(slug), 1000 + i), NOTHING);

/** A storage that refuses what it is told to refuse. */
export class FakeShelf implements Shelf {
	readonly items = new Map<string, string>();
	refuses: (verb: 'get' | 'set' | 'remove', key: string) => boolean = () => false;

	getItem(key: string): string | null {
		this.#check('get', key);
		return this.items.get(key) ?? null;
	}
	setItem(key: string, value: string): void {
		this.#check('set', key);
		this.items.set(key, value);
	}
	removeItem(key: string): void {
		this.#check('remove', key);
		this.items.delete(key);
	}
	#check(verb: 'get' | 'set' | 'remove', key: string): void {
		if (this.refuses(verb, key)) throw new DOMException('refused', 'QuotaExceededError');
	}
}
