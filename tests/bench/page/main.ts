// The level page as it is, over a log that is there already: `?world=crowd|lane|session|list`.
import { mount } from 'svelte';
import '../../../src/app.css';
import type { FromEngine, ToEngine } from '#lib/engine/protocol.ts';
import { papers } from '#lib/levels/papers.ts';
import { ProgressBook } from '#lib/player/progress.svelte.ts';
import { Settings } from '#lib/player/settings.svelte.ts';
import LevelPage from '#lib/ui/LevelPage.svelte';
import { crowd, lane, list, session } from './worlds.ts';

const wanted = new URLSearchParams(location.search).get('world');
const WORLDS = { crowd, lane, session: () => session(20_000), list: () => list(100_000) };
const { scenario, log } =
	WORLDS[wanted === 'crowd' || wanted === 'lane' || wanted === 'list' ? wanted : 'session']();

/** An engine that has run ahead, and from then on never answers: whoever waits for it waits for ever. */
function connect(receive: (message: FromEngine) => void) {
	return {
		recorded: true as const,
		send({ type, epoch }: ToEngine) {
			if (type !== 'advance' || epoch !== 1) return;
			const now = log.at(-1)?.at ?? 0;
			receive({ type: 'events', epoch, from: 0, events: log, now, nextAt: null, timerAt: null });
		},
		close() {}
	};
}

const level = { ...papers, scenario, prelude: [], questions: [] };
mount(LevelPage, {
	target: document.getElementById('page') ?? document.body,
	props: {
		level,
		connect,
		book: new ProgressBook(),
		settings: new Settings(),
		next: null,
		map: '/',
		skip: true
	}
});
