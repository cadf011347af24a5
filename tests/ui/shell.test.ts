// The page around everything: the keyboard, the switches, and a level played from end to end.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { knock } from '#lib/levels/knock.ts';
import { shake } from '#lib/levels/shake.ts';
import type { Level } from '#lib/levels/level.ts';
import { RUN_KEY } from '#lib/player/run.ts';
import { readChoices, Settings, SETTINGS_KEY } from '#lib/player/settings.svelte.ts';
import LevelPage from '#lib/ui/LevelPage.svelte';
import { commandFor, type Stroke, type Where } from '#lib/ui/keys.ts';
import { connect, BUSY, book } from './page.ts';

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
	const free: Where = { inText: false, inLine: false, onControl: false, inList: false, singleKeys: true };

	test('single keys act only outside text, and not when they are switched off', () => {
		for (const key of ['[', ']', '1', '4', 'g', 'h', 'r', 'l', 's', '/', '?', ' ', 'ArrowLeft', 'Home']) {
			expect(commandFor(stroke(key), free), key).not.toBeNull();
			expect(commandFor(stroke(key), { ...free, inText: true }), key).toBeNull();
			expect(commandFor(stroke(key), { ...free, singleKeys: false }), key).toBeNull();
		}
	});

	test('panes, going on, saving and Escape work from anywhere', () => {
		const text = { ...free, inText: true, singleKeys: false };
		expect(commandFor(stroke('ArrowDown'), text)).toBeNull();
		expect(commandFor(stroke('ArrowDown'), free)).toBe('into-pane');
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

	test('Shift+Enter is for the pane, from its head and from the terminal’s line', () => {
		const enter = stroke('Enter', { shiftKey: true });
		expect(commandFor(enter, free)).toBe('one-pane');
		expect(commandFor(enter, { ...free, inText: true, inLine: true, onControl: true })).toBe('one-pane');
		expect(commandFor(enter, { ...free, inText: true, onControl: true })).toBeNull();
		expect(commandFor(enter, { ...free, onControl: true })).toBeNull();
		expect(commandFor(stroke('Enter'), { ...free, inText: true, inLine: true, onControl: true })).toBeNull();
	});

	test('the browser keeps every other combination', () => {
		for (const key of ['a', 'f', 'l', 'p', 'r', 't', 'w', '1'])
			expect(commandFor(stroke(key, { ctrlKey: true }), free), key).toBeNull();
		expect(commandFor(stroke('ArrowLeft', { altKey: true }), free)).toBeNull();
		expect(commandFor(stroke('Tab'), free)).toBeNull();
	});
});

describe('switches', () => {
	test('what is stored is read value by value', () => {
		expect(readChoices(null).narration).toBe('summary');
		expect(readChoices('{"theme":"dark","motion":"sideways","keys":7}')).toEqual({
			theme: 'dark',
			motion: 'system',
			narration: 'summary',
			keys: 'on',
			sound: 'off'
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
			next: { href: '#next', number: '1.2', title: 'Next one' },
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
		await expect.element(page.getByRole('region', { name: 'Question' }).getByRole('group')).toHaveFocus();
		const option = page.getByRole('button', { name: 'post, the server' });
		for (let i = 0; i < 6 && document.activeElement !== option.element(); i++)
			await userEvent.keyboard('{ArrowDown}');
		await expect.element(option).toHaveFocus();
		expect(localStorage.getItem(RUN_KEY)).toContain('connect post 110');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('link', { name: 'Next: 1.2 Next one' })).toHaveFocus();
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
