// The ladder.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import { ROW } from '#lib/stage/ladder-pace.ts';
import Ladder from '#lib/ui/Ladder.svelte';
import { handshake, SCENARIO, Story } from '../stage/story.ts';

let selection: Selection;
let target: HTMLElement;
beforeEach(() => {
	selection = new Selection();
	target = document.createElement('div');
	target.style.width = '552px';
	target.style.height = '300px';
	document.body.replaceChildren(target);
});

async function show(story: Story, cursor = story.log.length, time = story.log[cursor - 1]?.at ?? 0) {
	const { rerender } = await render(Ladder, {
		target,
		props: { scenario: SCENARIO, log: story.log, cursor, time, selection }
	});
	return rerender;
}
const rows = () =>
	page.getByRole('list', { name: 'Packets in order of time' }).getByRole('button').elements();
const pane = () => target.querySelector('.scroll') as HTMLElement;

/** A long talk: `count` lines each way. */
function talk(count: number): Story {
	const story = handshake();
	for (let i = 0; i < count; i++) {
		const packet = story.send(100 + i * 20, i % 2 ? 'post' : 'desk', 'PA', { payload: 'NOOP\r\n' });
		story.arrive(120 + i * 20, packet, i % 2 ? 'desk' : 'post');
	}
	return story;
}

test('is an ordered list whose rows are as high as the drawing’s', async () => {
	await show(handshake());
	expect(rows().map((row) => row.textContent?.trim())).toEqual([
		'Packet 1, desk to post: SYN',
		'Packet 2, post to desk: SYN, ACK',
		'Packet 3, desk to post: ACK'
	]);
	await expect.poll(() => rows().map((row) => row.getBoundingClientRect().height)).toEqual([ROW, ROW, ROW]);
	const label = [...target.querySelectorAll('.words')].find((node) => node.textContent === '2 SA');
	const [text, row] = [label?.getBoundingClientRect(), rows()[1]?.getBoundingClientRect()];
	expect(text?.top).toBeGreaterThanOrEqual((row?.top ?? Infinity) - 1);
	expect(text?.bottom).toBeLessThanOrEqual(row?.bottom ?? 0);
});

test('one tab stop, arrows move, Enter pins, and a pick elsewhere shows here', async () => {
	await show(handshake());
	for (let i = 0; i < 4; i++) await userEvent.tab();
	await expect.element(rows()[0] ?? null).toHaveFocus();
	await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
	await expect.element(rows()[2] ?? null).toHaveFocus();
	expect(rows().map((row) => row.getAttribute('tabindex'))).toEqual(['-1', '-1', '0']);
	await userEvent.keyboard('{ArrowUp}{Enter}');
	expect(selection.packet).toBe(2);
	selection.pick(1);
	await expect
		.poll(() => rows().map((row) => row.getAttribute('aria-current')))
		.toEqual(['true', null, null]);
	expect(target.querySelectorAll('.rung.selected')).toHaveLength(1);
});

test('draws a packet under way part of its way', async () => {
	const length = () => target.querySelector<SVGPathElement>('.rung .arrow')?.getTotalLength() ?? 0;
	const rerender = await show(handshake(), 2, 10_000);
	const half = length();
	await rerender({ cursor: 3, time: 20_000 });
	expect(half / length()).toBeCloseTo(0.5);
});

const firstLabel = () => target.querySelector('.words')?.textContent;

test('follows the newest row while it is in view, and leaves a reader alone', async () => {
	const story = talk(30);
	const rerender = await show(story, 30);
	await expect.poll(() => pane().scrollTop).toBeGreaterThan(0);
	await expect.poll(firstLabel).not.toBe('1 S');
	const before = pane().scrollTop;
	await rerender({ cursor: 50 });
	await expect.poll(() => pane().scrollTop).toBeGreaterThan(before);
	pane().scrollTop = 0;
	await expect.poll(firstLabel).toBe('1 S');
	await rerender({ cursor: story.log.length });
	expect(pane().scrollTop).toBe(0);
});

test('a long log draws only what is near the view', async () => {
	await show(talk(400));
	await expect.poll(() => target.querySelectorAll('.rung').length).toBeLessThan(40);
	await expect.poll(() => rows().at(-1)?.parentElement?.getAttribute('aria-posinset')).toBe('403');
	expect(rows().length).toBeLessThan(41);
	expect(rows().at(-1)?.parentElement?.getAttribute('aria-setsize')).toBe('403');
	await userEvent.tab();
	await userEvent.tab();
	await userEvent.tab();
	await userEvent.tab();
	await userEvent.keyboard('{End}{ArrowUp}');
	await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('401');
	await userEvent.keyboard('{Home}');
	await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('0');
	await expect.poll(() => pane().scrollTop).toBeLessThan(ROW);
});

test('true to time a wait is torn; causes on demand are drawn and told, and lead to their packets', async () => {
	const story = new Story();
	const cause = story.add(0, { kind: 'input', input: { kind: 'type', host: 'desk', line: 'STAT' } });
	story.send(0, 'desk', 'PA', { payload: 'STAT\r\n', lost: true });
	const first = story.log.length - 1;
	story.lose(10, 1);
	const timer = story.add(1000, {
		kind: 'tcp.retransmit',
		host: 'desk',
		connection: '',
		sequence: 1,
		reason: 'rto'
	});
	story.send(1000, 'desk', 'PA', { payload: 'STAT\r\n', again: 1 });
	const because = new Map([
		[first, cause],
		[timer, first],
		[timer + 1, timer]
	]);
	story.log.forEach((event, i) => {
		const own = because.get(i);
		if (own !== undefined) story.log[i] = { ...event, cause: own };
	});
	await show(story);
	await page.getByRole('button', { name: 'True to time' }).click();
	await expect.poll(() => target.querySelector('.gap')?.textContent).toBe('1.0 s');
	await page.getByRole('button', { name: 'Causes' }).click();
	const why = page.getByRole('group', { name: 'Causes' });
	await expect.element(why).toHaveTextContent('Choose a packet');
	selection.pick(2);
	await expect.element(why).toHaveTextContent(/desk typed STAT\s*#1\s*desk timeout after 1 s\s*#2/);
	expect(target.querySelectorAll('.way.timer')).toHaveLength(1);
	expect(target.querySelectorAll('.rung.because')).toHaveLength(2);
	await why.getByRole('button', { name: '#1' }).click();
	expect(selection.packet).toBe(1);
	await expect.poll(() => target.querySelectorAll('.rung.led')).toHaveLength(1);
});

test('before any packet there are two lifelines with their states', async () => {
	await show(new Story());
	expect(target.querySelectorAll('.rows .life')).toHaveLength(2);
	expect([...target.querySelectorAll('.state')].map((node) => node.textContent?.trim())).toEqual([
		'CLOSED',
		'LISTEN'
	]);
});
