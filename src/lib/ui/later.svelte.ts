/**
 * First what answers a person, then the work: what is large is made after the picture that shows that it was asked for.
 * In the browser only.
 */
import { untrack } from 'svelte';

/** A tab in the background shows no pictures; then it is this many ms. */
const HIDDEN = 120;

/** The next picture is on the screen. */
export const painted = (): Promise<void> =>
	new Promise((done) => {
		const fallback = setTimeout(done, HIDDEN);
		requestAnimationFrame(() => {
			clearTimeout(fallback);
			setTimeout(done);
		});
	});

/** Loads a part of the page after the next picture. */
export const thenLoad = <T>(load: () => Promise<T>): Promise<T> => painted().then(load);

/** While a component is set up: what `of` is, one picture after it came to be so. `late`: at first it is nothing. */
export function trailing<T>(of: () => T, late = false): { readonly now: T | null } {
	let now = $state.raw(late ? null : of());
	let waiting = false;
	let open = true;
	$effect(() => () => (open = false));
	$effect(() => {
		if (of() === untrack(() => now) || waiting) return;
		waiting = true;
		void painted().then(() => {
			waiting = false;
			// it may be another by now: the newest is shown
			if (open) now = untrack(of);
		});
	});
	return {
		get now() {
			return now;
		}
	};
}
