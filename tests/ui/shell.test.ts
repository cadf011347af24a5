// The page around everything: the keyboard, the opening, the switches, the map, and a level played from end to end.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Engine } from '#lib/engine/client.ts';
import { CHAPTERS, PLANNED } from '#lib/levels/chapters.ts';
import { LEVELS } from '#lib/levels/index.ts';
import { knock } from '#lib/levels/knock.ts';
import { shake } from '#lib/levels/shake.ts';
import type { Level } from '#lib/levels/level.ts';
import { ProgressBook } from '#lib/player/progress.svelte.ts';
import { RUN_KEY } from '#lib/player/run.ts';
import { DEMO_AFTER } from '#lib/player/opening.svelte.ts';
import { Session, type SessionOptions } from '#lib/player/session.svelte.ts';
import { readChoices, Settings, SETTINGS_KEY } from '#lib/player/settings.svelte.ts';
import LevelPage from '#lib/ui/LevelPage.svelte';
import MapPage from '#lib/ui/MapPage.svelte';
import { commandFor, type Stroke, type Where } from '#lib/ui/keys.ts';

const connect: SessionOptions['connect'] = (receive) =>
	new Engine({ mode: 'inline', events: receive, fault: receive });

/** Time enough on a busy machine. */
const BUSY = { timeout: 20_000 };

beforeEach(() => localStorage.clear());

describe('keys', () => {
	const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
		key,
		ctrlKey: false,
		metaKey: false,
		shiftKey: false,
		altKey: false,
		...more
	});
	const free: Where = { inText: false, onControl: false, inList: false, singleKeys: true };

	test('single keys act only outside text, and not when they are switched off', () => {
		for (const key of ['[', ']', '1', '4', 'g', 'h', 'r', 'l', 's', '/', '?', ' ', 'ArrowLeft', 'Home']) {
			expect(commandFor(stroke(key), free), key).not.toBeNull();
			expect(commandFor(stroke(key), { ...free, inText: true }), key).toBeNull();
			expect(commandFor(stroke(key), { ...free, singleKeys: false }), key).toBeNull();
		}
	});

	test('panes, going on, saving and Escape work from anywhere', () => {
		const text = { ...free, inText: true, singleKeys: false };
		expect(commandFor(stroke('F6'), text)).toBe('next-pane');
		expect(commandFor(stroke('F6', { shiftKey: true }), text)).toBe('previous-pane');
		expect(commandFor(stroke('F6', { ctrlKey: true }), text)).toBe('next-pane');
		expect(commandFor(stroke('Enter', { ctrlKey: true }), text)).toBe('go-on');
		expect(commandFor(stroke('s', { metaKey: true }), text)).toBe('saved');
		expect(commandFor(stroke('Escape'), text)).toBe('escape');
	});

	test('arrows step by events, with Shift by packets, unless a list has them', () => {
		expect(commandFor(stroke('ArrowRight'), free)).toBe('event-on');
		expect(commandFor(stroke('ArrowLeft', { shiftKey: true }), free)).toBe('packet-back');
		expect(commandFor(stroke('ArrowRight'), { ...free, inList: true })).toBeNull();
		expect(commandFor(stroke(' '), { ...free, onControl: true })).toBeNull();
	});

	test('the browser keeps every other combination', () => {
		for (const key of ['a', 'f', 'l', 'p', 'r', 't', 'w', '1'])
			expect(commandFor(stroke(key, { ctrlKey: true }), free), key).toBeNull();
		expect(commandFor(stroke('ArrowLeft', { altKey: true }), free)).toBeNull();
		expect(commandFor(stroke('Tab'), free)).toBeNull();
	});
});

describe('the opening of the first level', () => {
	let session: Session;
	async function open(fresh: boolean) {
		session = new Session(knock, { connect, fresh: () => fresh });
		await vi.waitUntil(() => session.game.ready, BUSY);
		session.begin();
	}
	/** Lets shown time pass in frames until `done`. */
	async function until(done: () => boolean, most = 30_000) {
		let passed = 0;
		await vi.waitUntil(
			() => {
				for (let i = 0; i < 50 && !done() && passed < most; i++, passed += 16) session.frame(16);
				return done() || passed >= most;
			},
			{ timeout: 10_000, interval: 5 }
		);
		return passed;
	}
	afterEach(() => session.close());

	test('with no input the knock plays once by itself, and then waits', async () => {
		await open(true);
		const started = await until(() => session.watching);
		expect(started).toBeGreaterThanOrEqual(DEMO_AFTER - 16);
		expect(started).toBeLessThanOrEqual(DEMO_AFTER + 200);
		await until(() => session.shownRows.length > 0, 2000);
		expect(session.shownRows).toHaveLength(1);
		await until(() => !session.watching);
		await vi.waitUntil(() => session.game.ready, BUSY);
		expect(session.game.inputs).toEqual([]);
		expect(session.box.text).toBe('connect post 110');
		expect(session.verdict).toBeNull();
		await until(() => session.watching, 20_000);
		expect(session.watching).toBe(false);
	});

	test('any sign of life ends the demonstration, and the line goes out', async () => {
		await open(true);
		await until(() => session.watching);
		session.touch();
		expect(session.watching).toBe(false);
		session.send('connect post 110');
		await vi.waitUntil(() => session.game.inputs.length === 1, BUSY);
		expect(session.lines.filter(({ origin }) => origin === 'typed').length).toBeLessThanOrEqual(1);
	});

	test('three packets cross at half speed, then the pace is the usual one', async () => {
		await open(true);
		session.send('connect post 110');
		expect(session.game.speed).toBe(0.5);
		await until(() => session.game.question !== null);
		expect(session.game.question?.id).toBe('first');
		session.asking.answer('first', 'post');
		await until(() => session.verdict !== null);
		expect(session.game.speed).toBe(1);
		expect(session.verdict?.stamps).toEqual({ delivered: true, lightBag: true, calledIt: true });
	});

	test('who has solved it, or skips, sees no opening', async () => {
		await open(false);
		await until(() => session.watching, DEMO_AFTER + 1000);
		expect(session.watching).toBe(false);
		session.close();
		await open(true);
		session.leaveOpening();
		await until(() => session.watching, DEMO_AFTER + 1000);
		expect(session.watching).toBe(false);
	});

	test('"Show me" types and does not send, and takes the stamps', async () => {
		await open(false);
		session.fill('');
		session.hint();
		session.hint();
		session.hint();
		session.hint();
		expect(session.hints).toBe(3);
		session.showHow();
		expect(session.box.text).toBe('connect post 110');
		expect(session.game.inputs).toEqual([]);
		session.send('connect post 110');
		await until(() => session.game.question !== null);
		session.asking.answer('first', 'post');
		await until(() => session.verdict !== null);
		expect(session.verdict?.stamps.delivered).toBe(false);
	});
});

describe('a field by field opening', () => {
	test('holds the run, walks the fields in the selection, and lets go', async () => {
		const session = new Session(shake, { connect, fresh: () => true });
		await vi.waitUntil(() => session.game.ready, BUSY);
		session.begin();
		session.send('connect post 109');
		await vi.waitUntil(() => {
			session.frame(16);
			return session.lesson.now !== null;
		});
		const names: (string | undefined)[] = [];
		while (session.lesson.now) {
			names.push(session.lesson.now.node?.name);
			expect(session.selection.bits).toEqual(session.lesson.now.node?.bits);
			expect(session.game.playing).toBe(false);
			session.lesson.next();
		}
		expect(names).toEqual(shake.worked?.fields.map(({ name }) => name));
		expect(session.game.playing).toBe(true);
		session.close();
	});
});

describe('switches', () => {
	test('what is stored is read value by value', () => {
		expect(readChoices(null).narration).toBe('summary');
		expect(readChoices('{"theme":"dark","motion":"sideways","keys":7}')).toEqual({
			theme: 'dark',
			motion: 'system',
			narration: 'summary',
			keys: 'on'
		});
		expect(readChoices('[1').theme).toBe('system');
		expect(readChoices('"x"').theme).toBe('system');
	});

	test('the script before the first paint agrees with them', async () => {
		const boot = await (await fetch('/boot.js')).text();
		const before = { ...document.documentElement.dataset };
		for (const theme of ['light', 'dark', 'system'] as const)
			for (const motion of ['on', 'off', 'system'] as const) {
				const settings = new Settings();
				const close = settings.open();
				settings.set('theme', theme);
				settings.set('motion', motion);
				expect(localStorage.getItem(SETTINGS_KEY)).toContain(theme);
				// the map is the only place it may send anyone to, and only from the first page
				new Function('document', boot)({
					documentElement: document.documentElement,
					currentScript: { src: 'https://example.test/somewhere/else/boot.js' }
				});
				expect(document.documentElement.dataset['theme']).toBe(settings.theme);
				expect(document.documentElement.dataset['motion']).toBe(settings.reducedMotion ? 'reduced' : 'full');
				close();
			}
		delete document.documentElement.dataset['theme'];
		delete document.documentElement.dataset['motion'];
		Object.assign(document.documentElement.dataset, before);
	});
});

const book = () => {
	const made = new ProgressBook();
	made.open();
	return made;
};

describe('a level', () => {
	const open = async (level: Level) => {
		const progress = book();
		const settings = new Settings();
		settings.open();
		const shown = await render(LevelPage, {
			level,
			connect,
			book: progress,
			settings,
			next: { href: '#next', title: 'Next one' },
			map: '#map',
			skip: true
		});
		await vi.waitUntil(() => document.documentElement.dataset['hydrated'] !== undefined, BUSY);
		return { progress, shown };
	};

	test('1.1 is solved by keyboard alone, and kept', async () => {
		await page.viewport(1440, 900);
		const { progress, shown } = await open(knock);
		await expect.element(page.getByRole('textbox', { name: /Line to send/ })).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('button', { name: 'post, the server' })).toHaveFocus();
		expect(localStorage.getItem(RUN_KEY)).toContain('connect post 110');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('link', { name: 'Next: Next one' })).toHaveFocus();
		await vi.waitUntil(() => progress.solved.has('knock'), BUSY);
		expect(progress.level('knock').stamps).toEqual({ delivered: true, lightBag: true, calledIt: true });
		expect(localStorage.getItem(RUN_KEY)).toBeNull();
		// what the server said, and only that
		await expect
			.element(page.getByText('+OK POP3 post.example ready', { exact: true }).first())
			.toBeVisible();
		await shown.unmount();
		expect(document.documentElement.dataset['hydrated']).toBeUndefined();
	}, 20_000);

	test('F6 goes round the panes in the order of the document and then lets go', async () => {
		await page.viewport(1440, 900);
		const { shown } = await open(shake);
		await expect.element(page.getByRole('textbox', { name: /Line to send/ })).toHaveFocus();
		const seen: string[] = [];
		for (let i = 0; i < 6; i++) {
			const pane = document.activeElement?.closest<HTMLElement>('[data-pane]');
			seen.push(pane?.dataset['pane'] ?? '');
			await userEvent.keyboard('{F6}');
		}
		expect(seen).toEqual(['Terminal', 'Stage', 'Packets', 'Inspector', 'Views', 'Timeline']);
		expect(document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']).toBe('Timeline');
		await shown.unmount();
	});

	test('at every size nothing is wider than the window, and the rows of the goal are there', async () => {
		for (const [width, height] of [
			[1440, 900],
			[1280, 720],
			[1280, 560],
			[1024, 768],
			[834, 1112],
			[390, 844],
			[320, 568]
		] as const) {
			await page.viewport(width, height);
			const { shown } = await open(shake);
			const at = `${width}x${height}`;
			expect(document.documentElement.scrollWidth, at).toBeLessThanOrEqual(width);
			expect(document.documentElement.scrollHeight, at).toBeLessThanOrEqual(height + 16);
			if (width >= 600)
				await expect.element(page.getByText(`${shake.goal[0]?.say}, open`), { message: at }).toBeVisible();
			else await expect.element(page.getByLabelText('0 of 3 goals met')).toBeVisible();
			await shown.unmount();
		}
		await page.viewport(1440, 900);
	}, 30_000);

	test('a reload goes on where the run was', async () => {
		await page.viewport(1440, 900);
		const first = await open(shake);
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByText(/Connection refused/).first()).toBeVisible();
		await first.shown.unmount();
		const second = await open(shake);
		await expect.element(page.getByText(/Connection refused/).first()).toBeVisible();
		await second.shown.unmount();
	}, 20_000);
});

describe('the map', () => {
	const open = async () => {
		const progress = book();
		const shown = await render(MapPage, {
			levels: LEVELS,
			book: progress,
			settings: new Settings(),
			notice: null,
			yard: '/yard/',
			capture: '/capture/',
			reference: (topic: string) => `/reference/${topic}/`,
			report: '/report/',
			teach: '/teach/',
			href: (slug: string) => `#${slug}`
		});
		return { progress, shown };
	};

	test('names every planned level, links those whose chapter is open', async () => {
		const { progress } = await open();
		await expect.element(page.getByText(`0 of ${PLANNED.length} solved`)).toBeVisible();
		for (const { name, concept } of PLANNED) {
			await expect.element(page.getByText(concept, { exact: true })).toBeVisible();
			expect(document.body.textContent).toContain(name);
		}
		const links = () => [...document.querySelectorAll('article a')].map((link) => link.getAttribute('href'));
		const first = LEVELS.filter(({ chapter }) => chapter === 1).map(({ slug }) => `#${slug}`);
		expect(links()).toEqual(first);
		progress.place(CHAPTERS.length);
		await expect.poll(links).toEqual(LEVELS.map(({ slug }) => `#${slug}`));
	});

	test('finds a level by what it teaches', async () => {
		await open();
		await userEvent.type(page.getByRole('searchbox'), 'ttl');
		await expect.element(page.getByText('TTL counts hops, and the checksum must follow.')).toBeVisible();
		await expect.element(page.getByText(`2 of ${PLANNED.length}`)).toBeVisible();
		await expect
			.element(page.getByRole('link', { name: 'Time to live' }))
			.toHaveAttribute('href', '/reference/ipv4/#ip.ttl');
		await userEvent.fill(page.getByRole('searchbox'), 'FIN-WAIT-2');
		await expect.element(page.getByText('Two goodbyes')).toBeVisible();
		await expect
			.element(page.getByRole('link', { name: 'FIN-WAIT-2' }))
			.toHaveAttribute('href', '/reference/tcp/#fin-wait-2');
		await userEvent.fill(page.getByRole('searchbox'), 'xyzzy');
		await expect.element(page.getByText(/No letter in the rack/)).toBeVisible();
	});

	test('shows what was reached, and refuses a damaged file without losing it', async () => {
		const { progress } = await open();
		progress.record({
			slug: 'knock',
			stamps: { delivered: true, lightBag: true, calledIt: false },
			cost: 1,
			shown: false,
			inputs: []
		});
		await expect.element(page.getByText('Best 1, par 1')).toBeVisible();
		const text = progress.export();
		const field = page.getByLabelText('Read from a file');
		await userEvent.upload(field, new File([text.replace('"best": 1', '"best": 0')], 'p.json'));
		await expect.element(page.getByRole('alert')).toHaveTextContent(/damaged.*Nothing was changed/);
		await userEvent.upload(field, new File(['not json'], 'p.json'));
		await expect.element(page.getByRole('alert')).toHaveTextContent(/not JSON.*Nothing was changed/);
		expect(progress.level('knock').best).toBe(1);
		await userEvent.upload(field, new File([text], 'p.json'));
		await expect.element(page.getByText('Read. You had all of it already.')).toBeVisible();
	});
});
