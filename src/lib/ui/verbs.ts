/** What each keyboard command does on a level page. A verb returns false when it leaves the key to the browser. */
import { SPEEDS } from '#lib/player/playback.svelte.ts';
import { isMark, isOfLayer, nearest } from '#lib/player/marks.ts';
import type { Event } from '#lib/sim/event.ts';
import type { Session } from '#lib/player/session.svelte.ts';
import * as words from '#words/level.ts';
import type { Command } from './keys.ts';
import { enterPane, movePane } from './panes.ts';
import type { Sheet } from './sheets.ts';
import type { Arrangement } from './view.svelte.ts';

export interface PageVerbs {
	readonly root: () => HTMLElement;
	readonly focusTerminal: () => void;
	readonly toggleMission: () => void;
	/** Closes the mission's text; false when it was not open. */
	readonly closeMission: () => boolean;
	readonly open: (sheet: Exclude<Sheet, 'settings'>) => void;
	/** Says a line in passing. */
	readonly say: (line: string) => void;
	/** Shows this many events. */
	readonly rewind: (count: number) => void;
	/** Goes on with the search; false when there is none. */
	readonly find: (by: 1 | -1) => boolean;
}

export type Verbs = Readonly<Record<Command, () => boolean | void>>;

export function verbsOf(session: Session, arrangement: Arrangement, page: PageVerbs): Verbs {
	const { game } = session;
	const faster = (by: 1 | -1) => {
		const to = SPEEDS[SPEEDS.indexOf(game.speed) + by];
		if (to) game.setSpeed(to);
	};
	const jump = (by: 1 | -1, wanted: (event: Event) => boolean) => {
		const to = nearest(game.log, game.start, game.seen, game.cursor, by, wanted);
		if (to !== null) game.seek(to);
	};
	const inLayer = (event: Event) => isOfLayer(event, session.lens);
	const lens = (stop: 1 | 2 | 3 | 4) => () => {
		session.lens = stop;
	};
	return {
		'next-pane': () => movePane(page.root(), 1),
		'previous-pane': () => movePane(page.root(), -1),
		'into-pane': enterPane,
		'go-on': () => {
			const open = page
				.root()
				.querySelector<HTMLElement>('[data-question] form, [data-question] [data-first]');
			if (open instanceof HTMLFormElement) open.requestSubmit();
			else if (open) open.focus();
			else page.root().querySelector<HTMLElement>('[data-finish] a')?.click();
		},
		escape: () => {
			if (session.inOpening) session.leaveOpening();
			if (arrangement.alone !== null) return arrangement.stand(null);
			if (!page.closeMission()) arrangement.closeSheet();
			page.focusTerminal();
		},
		'one-pane': () => {
			const pane = document.activeElement?.closest<HTMLElement>('.pane[data-pane]')?.dataset['pane'];
			if (pane === undefined) return false;
			arrangement.stand(arrangement.alone === pane ? null : pane);
		},
		saved: () => page.say(words.saved),
		'toggle-play': () => game.toggle(),
		'event-back': () => game.step(-1),
		'event-on': () => game.step(1),
		'packet-back': () => game.step(-1, { packets: true }),
		'packet-on': () => game.step(1, { packets: true }),
		first: () => game.toStart(),
		last: () => game.toEnd(),
		'mark-back': () => jump(-1, isMark),
		'mark-on': () => jump(1, isMark),
		'layer-back': () => jump(-1, inLayer),
		'layer-on': () => jump(1, inLayer),
		bookmark: () => {
			game.bookmarks.toggle(game.cursor);
			page.say(game.bookmarks.places.includes(game.cursor) ? words.bookmarked : words.unbookmarked);
		},
		slower: () => faster(-1),
		faster: () => faster(1),
		'lens-1': lens(1),
		'lens-2': lens(2),
		'lens-3': lens(3),
		'lens-4': lens(4),
		'open-packet': () => {
			const { selection, shownRows } = session;
			if (selection.packet === null) selection.pick(shownRows.at(-1)?.packet ?? null);
			if (selection.packet === null) return false;
			if (arrangement.layout === 'low') arrangement.show('stage');
			selection.unfold(!selection.unfolded);
		},
		goal: () => {
			const mission = page.root().querySelector<HTMLElement>('.at-mission');
			// where its text always stands there is nothing to open: one is led there
			if (mission?.querySelector('.more')?.checkVisibility() === false) mission.focus();
			else page.toggleMission();
		},
		hint: () => session.hint(),
		rewind: () => {
			const to = session.report.message?.rewindTo ?? session.report.away?.rewindTo;
			if (to != null) page.rewind(to);
		},
		ladder: () => arrangement.show('ladder'),
		states: () => arrangement.show('states'),
		'follow-stream': () => arrangement.follow('wire'),
		'follow-dialogue': () => arrangement.follow('dialogue'),
		'find-packet': () => page.open('packet'),
		'find-next': () => page.find(1),
		'find-before': () => page.find(-1),
		'state-as-text': () => page.open('state'),
		shortcuts: () => page.open('shortcuts')
	};
}
