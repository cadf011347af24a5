/**
 * What a packet that lies open on the stage has to do with the rest of the page: the run stands still meanwhile, and the
 * focus comes back to where it was. And the word by which the stage's drawing is asked to be whole.
 */
import { untrack } from 'svelte';
import type { Selection } from '#lib/player/selection.svelte.ts';

/** An event on the drawing: whoever takes it away as a picture wants all of it there, now. */
export const WHOLE = 'whole';

interface Given {
	readonly selection: Selection;
	readonly playing: boolean;
	/** The stage. */
	readonly figure: HTMLElement | undefined;
}

/** While the stage is set up. `onhold`: the playhead is to stand still, or to go on. */
export function keepOpened(given: () => Given, onhold: (hold: boolean) => void): void {
	/** What had the focus before, and whether the run went on then. */
	let opener: Element | null = null;
	let held = false;
	let wasOpen = false;
	$effect(() => {
		const open = given().selection.unfolded;
		untrack(() => {
			if (open && !wasOpen) {
				opener = document.activeElement;
				held = given().playing;
				if (held) onhold(true);
			} else if (wasOpen && !open) {
				if (held) onhold(false);
				const at = document.activeElement;
				if (!at || at === document.body || at.closest('.envelope')) {
					if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) opener.focus();
					else given().figure?.closest<HTMLElement>('[data-pane]')?.focus();
				}
				opener = null;
			}
			wasOpen = open;
		});
	});
	// whoever plays on wants to see the stage
	let wasPlaying = false;
	$effect(() => {
		const now = given().playing;
		untrack(() => {
			if (now && !wasPlaying && wasOpen) {
				held = false;
				given().selection.unfold(false);
			}
			wasPlaying = now;
		});
	});
}
