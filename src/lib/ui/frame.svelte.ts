/**
 * What every page of panes does alike: it is told of each frame, follows the window, draws the panes at the sizes that a
 * person has given them, and gives one of them the whole screen. In the browser only.
 */
import type { Panes, Sizes } from '#lib/player/panes.svelte.ts';
import type { Shelf } from '#lib/player/progress-slots.ts';
import type { Arrangement } from './view.svelte.ts';

/** The style sheet's names of the sizes. */
const NAMES = {
	left: '--left-width',
	right: '--right-width',
	stage: '--stage-height',
	packets: '--packets-height'
} as const;
const SPLITS = ['left', 'right', 'stage', 'packets'] as const;

/** While the component is set up: keeps the page at what is arranged. `usual` are sizes that hold where none was drawn. */
export function keepArranged(
	root: () => HTMLElement,
	arrangement: Arrangement,
	panes: Panes,
	usual: () => Sizes = () => ({})
): void {
	$effect(() => {
		for (const pane of root().querySelectorAll<HTMLElement>('.pane[data-pane]'))
			pane.toggleAttribute('data-max', pane.dataset['pane'] === arrangement.alone);
	});
	$effect(() => {
		const { style } = root();
		for (const split of SPLITS) {
			const size = panes.sizes[split] ?? usual()[split];
			if (size === undefined) style.removeProperty(NAMES[split]);
			else style.setProperty(NAMES[split], `${size}px`);
		}
	});
}

/** Once the page is there: follows the window and tells how many ms each frame took. Returns what stops it. */
export function keepRunning(
	root: HTMLElement,
	arrangement: Arrangement,
	panes: Panes,
	shelf: Shelf | null,
	frame: (passed: number) => void
): () => void {
	const stop = arrangement.watch(root);
	panes.open(shelf);
	let before = performance.now();
	let request = requestAnimationFrame(function run(now) {
		// a tab that was away goes on where it was
		frame(Math.min(100, Math.max(0, now - before)));
		before = now;
		request = requestAnimationFrame(run);
	});
	return () => {
		cancelAnimationFrame(request);
		stop();
	};
}
