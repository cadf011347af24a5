// The timeline on a real run: the engine inline, the frame loop replaced by ticks.
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Engine } from '#lib/engine/client.ts';
import type { Level } from '#lib/levels/level.ts';
import { knock } from '#lib/levels/knock.ts';
import { papers } from '#lib/levels/papers.ts';
import { Game } from '#lib/player/game.svelte.ts';
import { packetRows } from '#lib/player/packets.ts';
import Timeline from '#lib/ui/Timeline.svelte';

let game: Game;
afterEach(() => game.close());

async function open(level: Level, width = 1264) {
	game = new Game(level, (receive) => new Engine({ mode: 'inline', events: receive, fault: receive }));
	await vi.waitUntil(() => game.ready, { timeout: 10_000 });
	const target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = '56px';
	// what opens stands above the bar
	target.style.marginTop = '500px';
	document.body.replaceChildren(target);
	await render(Timeline, { target, props: { game, rows: packetRows(game.shown, level.scenario) } });
}
async function play() {
	await vi.waitUntil(() => {
		while (game.tick(100));
		return game.question !== null || (game.ready && game.atEnd);
	}, 10_000);
}
const button = (name: string) => page.getByRole('button', { name });
const slider = () => page.getByRole('slider', { name: 'Events' });

test('counts from where the player took over, in events and in seconds', async () => {
	await open(papers);
	await expect.element(page.getByText('event 0 of 0')).toBeVisible();
	await expect.element(slider()).toBeDisabled();
	game.type('USER ada');
	await play();
	const total = game.log.length - game.start;
	expect(total).toBeGreaterThan(5);
	await expect.element(page.getByText(`event ${total} of ${total}`)).toBeVisible();
	await expect.element(page.getByText(`${(game.time / 1e6).toFixed(3)} s`).first()).toBeVisible();
});

test('steps back and on by events, with Shift by packets', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	const end = game.cursor;
	await button('Step back').click();
	expect(game.cursor).toBe(end - 1);
	await button('Step on').click();
	expect(game.cursor).toBe(end);
	await button('Step back').click({ modifiers: ['Shift'] });
	expect(game.log[game.cursor - 1]?.kind).toMatch(/^packet\./);
	await button('To the start').click();
	expect(game.cursor).toBe(game.start);
	await expect.element(button('Step back')).toBeDisabled();
	await button('To the end').click();
	expect(game.cursor).toBe(end);
});

test('the scrubber seeks, says where it is, and leads back to now', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	const end = game.cursor;
	await slider().fill(String(game.start + 2));
	expect(game.cursor).toBe(game.start + 2);
	await expect
		.element(slider())
		.toHaveAttribute('aria-valuetext', expect.stringMatching(/^event 2 of \d+, \d\.\d{3} seconds/));
	await expect.element(page.getByText('in the past')).toBeVisible();
	const element = slider().element();
	if (element instanceof HTMLElement) element.focus();
	await userEvent.keyboard('{ArrowRight}');
	expect(game.cursor).toBe(game.start + 3);
	await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
	expect(game.log[game.cursor - 1]?.kind).toMatch(/^packet\./);
	await button('Back to now').click();
	expect(game.cursor).toBe(end);
	await expect.element(page.getByText('in the past')).not.toBeInTheDocument();
});

test('nothing moves when the past begins', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	const width = () => slider().element().getBoundingClientRect().width;
	const before = width();
	await button('Step back').click();
	await expect.element(button('Back to now')).toBeVisible();
	expect(width()).toBe(before);
});

test('plays and pauses, and plays at other speeds', async () => {
	await open(papers);
	await expect.element(button('Play')).toBeDisabled();
	game.type('USER ada');
	await button('Pause').click();
	expect(game.playing).toBe(false);
	await button('Play').click();
	expect(game.playing).toBe(true);
	await play();
	// what is over is played once more
	const end = game.cursor;
	await button('Play').click();
	expect(game.cursor).toBe(game.start);
	await play();
	expect(game.cursor).toBe(end);
	await page.getByLabelText('Speed').selectOptions('0.25×');
	expect(game.speed).toBe(0.25);
});

test('a gate holds the scrubber where the question is', async () => {
	await open(knock);
	game.type('connect post 110');
	await play();
	await expect.element(page.getByText('waiting for your answer')).toBeVisible();
	const held = game.cursor;
	expect(held).toBeLessThan(game.log.length);
	await slider().fill(String(game.log.length));
	expect(game.cursor).toBe(held);
	await expect.element(slider()).toHaveValue(String(held));
});

test('the run left behind by a branch can be taken up again', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	await button('To the start').click();
	game.type('USER eve', { branch: true });
	await play();
	await button('Return to the other run').click();
	await vi.waitUntil(() => game.ready);
	expect(game.inputs.map((timed) => timed.input)).toContainEqual(
		expect.objectContaining({ kind: 'type', line: 'USER ada' })
	);
});

test('waiting for a background timer is a button that names it', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	game.type('QUIT');
	await play();
	const chip = page.getByRole('button', { name: /^Wait .* for TIME-WAIT$/ });
	await expect.element(chip).toBeVisible();
	const before = game.log.length;
	await chip.click();
	await vi.waitUntil(() => game.log.length > before);
	await play();
	expect(game.shown.some((event) => event.kind === 'tcp.state' && event.from === 'TIME-WAIT')).toBe(true);
	await expect.element(page.getByText(/^\d+ (s|min)/).first()).toBeInTheDocument();
});

test('on a phone the ways to elsewhere open from where one stands', async () => {
	await page.viewport(390, 700);
	await open(papers, 390);
	game.type('USER ada');
	await play();
	const end = game.cursor;
	const jump = button('Jump');
	await expect.element(jump).toBeVisible();
	expect(jump.element().getBoundingClientRect().right).toBeLessThanOrEqual(390);
	await jump.click();
	const ways = page.getByRole('group', { name: 'Jump' });
	await ways.getByRole('button', { name: 'IP event before' }).click();
	expect(game.log[game.cursor - 1]?.kind).toMatch(/^packet\./);
	await expect.element(ways.getByRole('button', { name: 'TCP event before' })).toBeDisabled();
	await ways.getByRole('button', { name: 'POP3 event before' }).click();
	expect(game.log[game.cursor - 1]?.kind).toMatch(/^(pop3\.|terminal|input)/);
	expect(game.cursor).toBeLessThanOrEqual(end);
	await ways.getByRole('button', { name: 'Real ratio' }).click();
	expect(game.ratio).toBe('real');
	await page.viewport(1280, 720);
});
