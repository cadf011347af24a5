// The terminal: what it shows is what arrived, and the keys of its box.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { papers } from '#lib/levels/papers.ts';
import { sessionState, transcript, typedLines, type Line } from '#lib/player/transcript.ts';
import type { Event } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import Terminal from '#lib/ui/Terminal.svelte';
import { chipsFor, completion } from '#lib/ui/suggest.ts';

function run(lines: readonly string[]): readonly Event[] {
	const world = createWorld(papers.scenario, papers.seed);
	const inputs = [...papers.prelude, ...lines.map((line) => ({ kind: 'type', host: 'desk', line }) as const)];
	for (const input of inputs) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	return world.log;
}
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (octet) => String.fromCharCode(octet)).join('');
const log = run(['USER ada', 'PASS lovelace', 'LIST', 'RETR 3']);
const lines = transcript(log, 'desk');

describe('what it shows', () => {
	test('server text equals the octets on the wire, character for character', () => {
		const shown = lines.filter(({ origin }) => origin === 'server').map(({ text, end }) => text + end);
		const sent = log.flatMap((event) => {
			if (event.kind !== 'packet.sent' || event.from !== 'post') return [];
			const { bytes } = event;
			const ip = ((bytes[0] ?? 0) & 15) * 4;
			return [latin1(bytes.subarray(ip + ((bytes[ip + 12] ?? 0) >> 4) * 4))];
		});
		expect(shown.join('')).toBe(sent.join(''));
		expect(shown.length).toBeGreaterThan(10);
	});

	test('a line is whole although it came in two segments', () => {
		const at = { at: 0, cause: null, kind: 'terminal', host: 'desk', origin: 'server' } as const;
		const cut: readonly Event[] = [
			{ ...at, seq: 0, octets: '+OK 4 mess' },
			{ ...at, seq: 1, octets: 'ages\r' },
			{ ...at, seq: 2, octets: '\n1 198\r\n' }
		];
		expect(transcript(cut, 'desk').map(({ text, end }) => [text, end])).toEqual([
			['+OK 4 messages', '\r\n'],
			['1 198', '\r\n']
		]);
	});

	test('where the session stands', () => {
		expect(sessionState([], 'desk')).toBeNull();
		expect(sessionState(run([]), 'desk')).toBe('AUTHORIZATION');
		expect(sessionState(log, 'desk')).toBe('TRANSACTION');
		expect(sessionState(run(['QUIT']), 'desk')).toBeNull();
	});

	test('the history holds what was typed, repeats once', () => {
		const twice = transcript(run(['NOOP', 'NOOP', 'STAT']), 'desk');
		expect(typedLines(twice)).toEqual(['connect post 110', 'NOOP', 'STAT']);
	});
});

describe('what it offers', () => {
	test('the commands that are legal in the state, from the table', () => {
		const names = (state: string | null) => chipsFor(state, 'connect post 110').map(({ label }) => label);
		expect(names(null)).toEqual(['connect post 110']);
		expect(names('AUTHORIZATION')).toEqual(['USER …', 'PASS …', 'APOP …', 'QUIT']);
		expect(names('TRANSACTION')).toContain('RETR …');
		expect(names('TRANSACTION')).not.toContain('USER …');
		expect(names('UPDATE')).toEqual([]);
	});

	test('what a server offers besides, where the level says so', () => {
		const offers = ['USER', 'STAT', 'CAPA', 'LANG', 'LAST'] as const;
		const names = (state: string) => chipsFor(state, '', offers).map(({ label }) => label);
		expect(names('AUTHORIZATION')).toEqual(['USER …', 'CAPA', 'LANG']);
		expect(names('TRANSACTION')).toEqual(['STAT', 'CAPA', 'LANG', 'LAST']);
		expect(completion('ca', 'AUTHORIZATION', '', offers)).toBe('pa');
		expect(completion('ca', 'AUTHORIZATION', '')).toBe('');
		expect(completion('LI', 'TRANSACTION', '', offers)).toBe('');
	});

	test('the rest of a word, in the case that was typed', () => {
		expect(completion('LI', 'TRANSACTION', '')).toBe('ST');
		expect(completion('li', 'TRANSACTION', '')).toBe('st');
		expect(completion('LI', 'AUTHORIZATION', '')).toBe('');
		expect(completion('con', null, 'connect post 110')).toBe('nect post 110');
		expect(completion('', 'TRANSACTION', '')).toBe('');
		expect(completion('QUIT', 'TRANSACTION', '')).toBe('');
	});
});

describe('its box', () => {
	let sent: { line: string; branch: boolean }[] = [];
	let past = false;
	let returned = 0;
	const props = (
		more: Partial<{ lines: readonly Line[]; lens: 1 | 3; past: object; text: string }> = {}
	) => ({
		host: 'desk',
		lines: more.lines ?? lines,
		session: 'TRANSACTION',
		door: 'connect post 110',
		box: { text: more.text ?? '', times: 0 },
		lens: more.lens ?? (1 as const),
		disabled: false,
		past: past ? { cursor: 14, total: 31 } : null,
		onsend: (line: string, options?: { branch?: boolean }) => {
			sent.push({ line, branch: options?.branch ?? false });
			return past && !options?.branch ? ('past' as const) : ('done' as const);
		},
		onpresent: () => {
			returned++;
		}
	});
	const box = () => page.getByRole('textbox', { name: 'Line to send from desk' });
	const value = () => (box().element() as HTMLInputElement).value;
	beforeEach(() => {
		sent = [];
		past = false;
		returned = 0;
	});

	test('Enter sends the line and empties the box', async () => {
		await render(Terminal, props());
		await userEvent.type(box(), 'STAT{Enter}');
		expect(sent).toEqual([{ line: 'STAT', branch: false }]);
		expect(value()).toBe('');
		await expect.element(box()).toHaveFocus();
	});

	test('Enter in an empty box sends nothing', async () => {
		await render(Terminal, props());
		await userEvent.type(box(), '{Enter}{Enter}');
		expect(sent).toEqual([]);
	});

	test('opens with the line that is ready', async () => {
		await render(Terminal, props({ lines: [], text: 'connect post 110' }));
		expect(value()).toBe('connect post 110');
		await page.getByRole('button', { name: 'Knock (Enter)' }).click();
		expect(sent).toEqual([{ line: 'connect post 110', branch: false }]);
	});

	test('Up and Down go through what was typed and come back to the draft', async () => {
		await render(Terminal, props());
		await userEvent.type(box(), 'dra');
		await userEvent.keyboard('{ArrowUp}');
		expect(value()).toBe('RETR 3');
		await userEvent.keyboard('{ArrowUp}{ArrowUp}');
		expect(value()).toBe('PASS lovelace');
		await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
		expect(value()).toBe('dra');
	});

	test('Right accepts the suggestion only at the end of the line', async () => {
		await render(Terminal, props());
		await userEvent.type(box(), 'RET{ArrowLeft}{ArrowRight}');
		expect(value()).toBe('RET');
		await userEvent.keyboard('{ArrowRight}');
		expect(value()).toBe('RETR');
	});

	test('Ctrl+L clears the screen and nothing else', async () => {
		await render(Terminal, props());
		await userEvent.type(box(), 'NO');
		await expect.element(page.getByText('RETR 3', { exact: true })).toBeVisible();
		await userEvent.keyboard('{Control>}l{/Control}');
		await expect.element(page.getByText('RETR 3', { exact: true })).not.toBeInTheDocument();
		expect(value()).toBe('NO');
	});

	test('a chip puts its command into the box and waits for the argument', async () => {
		await render(Terminal, props());
		await page.getByRole('button', { name: 'RETR …' }).click();
		await expect.element(box()).toHaveFocus();
		await userEvent.keyboard('1');
		expect(value()).toBe('RETR 1');
		expect(sent).toEqual([]);
	});

	test('in the past it asks; Enter again branches, Esc returns to now', async () => {
		past = true;
		await render(Terminal, props());
		await userEvent.type(box(), 'DELE 1{Enter}');
		await expect.element(page.getByText(/You stand at event 14 of 31/)).toBeVisible();
		expect(value()).toBe('DELE 1');
		await userEvent.keyboard('{Escape}');
		expect(returned).toBe(1);
		await expect.element(page.getByText(/You stand at event/)).not.toBeInTheDocument();
		await userEvent.keyboard('{Enter}{Enter}');
		expect(sent.at(-1)).toEqual({ line: 'DELE 1', branch: true });
		expect(value()).toBe('');
	});

	test('line ends are shown from the third stop of the lens on', async () => {
		const screen = await render(Terminal, props());
		await expect.element(page.getByText('CRLF').first()).not.toBeInTheDocument();
		await screen.rerender(props({ lens: 3 }));
		await expect.element(page.getByText('CRLF').first()).toBeVisible();
	});

	test('long lines wrap, and text is at least 15 px', async () => {
		const long: Line = { origin: 'server', text: 'x'.repeat(300), end: '\r\n', seq: 0 };
		document.body.style.width = '390px';
		await render(Terminal, props({ lines: [long] }));
		const text = page.getByText(long.text).element();
		const screen = text.closest('[data-scroll]');
		expect(screen?.scrollWidth).toBe(screen?.clientWidth);
		expect(parseFloat(getComputedStyle(text).fontSize)).toBeGreaterThanOrEqual(15);
		document.body.style.width = '';
	});
});
