/** What is told without words: a met goal is heard, where one wants that, and the first hint points. Each is fetched when it is due. */
import { untrack } from 'svelte';
import type { Session } from '#lib/player/session.svelte.ts';

/** Called while a page is set up. */
export function keepTold(session: Session, sounds: () => boolean, root: () => HTMLElement): void {
	/** Goals met, and hints taken, when it was last looked; null: it was not yet. */
	let heard: number | null = null;
	let hinted: number | null = null;
	$effect(() => {
		const { rows, solved } = session.report;
		const met = rows.filter(({ state }) => state === 'met').length;
		const more = heard !== null && met > heard;
		heard = met;
		if (more && untrack(() => sounds() && session.game.playing))
			void import('./sound.ts').then(({ CLICK, THUD, sound }) => sound(solved ? THUD : CLICK));
	});
	$effect(() => {
		const { hints } = session;
		const first = hinted === 0 && hints === 1;
		hinted = hints;
		if (first)
			void import('./glow.ts').then(({ glow }) => {
				glow(root(), session.report.show, session.level);
			});
	});
}
