/**
 * First what answers a person, then the work: what is large is made after the picture that shows that it was asked for.
 * In the browser only.
 */

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
