// The stage on a hand-made log: what travels, what is told, and the card that a packet opens.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import Stage from '#lib/ui/Stage.svelte';
import { handshake, SCENARIO, Story } from '../stage/story.ts';

let selection: Selection;
let opened: number[];
let target: HTMLElement;
beforeEach(async () => {
	await page.viewport(1000, 700);
	selection = new Selection();
	opened = [];
});

async function show(story: Story, ms: number, { width = 552, height = 340, ...more } = {}) {
	const time = ms * 1000;
	const at = (moment: number) => ({
		time: moment,
		cursor: story.log.filter((event) => event.at <= moment).length
	});
	target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = `${height}px`;
	document.body.replaceChildren(target);
	const { rerender } = await render(Stage, {
		target,
		props: {
			scenario: SCENARIO,
			log: story.log,
			...at(time),
			selection,
			lens: 3,
			reducedMotion: false,
			onopen: (packet: number) => opened.push(packet),
			...more
		}
	});
	await expect
		.poll(() => target.querySelector('svg')?.getAttribute('viewBox'))
		.toBe(`0 0 ${width} ${height}`);
	return { to: (later: number, changed = {}) => rerender({ ...at(later * 1000), ...changed }) };
}
const packets = () => [...target.querySelectorAll<SVGGElement>('.moving > g')];
const caption = () => target.querySelector('figcaption')?.textContent?.trim() ?? '';
const texts = () => [...target.querySelectorAll('svg text')].map((node) => node.textContent?.trim() ?? '');

test('says in words what it shows, and the words follow the cursor', async () => {
	const { to } = await show(handshake(), 10);
	expect(caption()).toBe(
		'Packet 1 on its way from desk to post. desk SYN-SENT, post LISTEN. Maildrop of ada: 4 letters.'
	);
	await to(30);
	expect(caption()).toContain('Packet 2 on its way from post to desk. desk SYN-SENT, post SYN-RECEIVED.');
	expect(target.querySelector('.zoomed > svg')?.getAttribute('aria-hidden')).toBe('true');
});

test('without a connection it says how to get one', async () => {
	await show(new Story(), 0);
	expect(caption()).toContain('No connection yet. Knock with connect post 110.');
	expect(texts()).toEqual(expect.arrayContaining(['No connection yet.', 'Knock with', 'connect post 110']));
});

test('from frame to frame a packet keeps its element, and only transform and opacity change', async () => {
	const { to } = await show(handshake(), 5);
	const [first] = packets();
	const seen: string[] = [];
	const observer = new MutationObserver((records) =>
		seen.push(...records.map(({ type, attributeName }) => attributeName ?? type))
	);
	observer.observe(target, { subtree: true, childList: true, attributes: true, characterData: true });
	const before = first?.getAttribute('transform');
	await to(6);
	seen.push(...observer.takeRecords().map(({ type, attributeName }) => attributeName ?? type));
	observer.disconnect();
	expect(packets()[0]).toBe(first);
	expect(first?.getAttribute('transform')).not.toBe(before);
	expect(seen).toContain('transform');
	for (const change of seen) expect(['transform', 'opacity']).toContain(change);
	await to(30);
	expect(packets()).toHaveLength(1);
	expect(packets()[0]).not.toBe(first);
});

test('captions name the first packets from the level’s start on', async () => {
	const { to } = await show(handshake(), 10, { captions: ['knock', 'who’s there?', 'me'] } as object);
	expect(texts()).toContain('knock');
	await to(30);
	expect(texts()).toContain('who’s there?');
	await show(handshake(), 30, { captions: ['later'], start: 6 } as object);
	expect(texts()).not.toContain('later');
});

test('a click lays the packet open on the spot, inside the stage; Escape closes it', async () => {
	const held: boolean[] = [];
	const { to } = await show(handshake(), 10, {
		playing: true,
		onhold: (hold: boolean) => held.push(hold)
	} as object);
	const hit = target.querySelector('.pk');
	if (!hit) throw new Error('nothing to click on');
	await userEvent.click(hit);
	expect(selection.packet).toBe(1);
	expect(opened).toEqual([1]);
	expect(held).toEqual([true]);
	const envelope = page.getByRole('group', { name: 'Packet 1 laid open' });
	await expect.element(envelope).toBeVisible();
	const inside = () => {
		const [box, stage] = [envelope.element().getBoundingClientRect(), target.getBoundingClientRect()];
		return (
			box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom
		);
	};
	await expect.poll(inside).toBe(true);
	await to(25);
	await expect.poll(inside).toBe(true);
	await userEvent.keyboard('{Escape}');
	await expect.element(envelope).not.toBeInTheDocument();
	expect(selection.packet).toBe(1);
	expect(held).toEqual([true, false]);
});

test('down to each bit by keyboard alone: rings, fields, bits, and back', async () => {
	await show(handshake(), 10, { lens: 2, reducedMotion: true } as object);
	selection.pick(1);
	selection.unfold();
	const item = (name: RegExp) => page.getByRole('treeitem', { name });
	await expect.element(item(/^Transmission Control Protocol/)).toHaveFocus();
	await expect.element(item(/^Internet Protocol/)).toHaveAttribute('aria-expanded', 'false');
	await expect.element(item(/^Source port, 49152, bytes 20 to 21/)).toBeVisible();
	for (
		let i = 0;
		i < 20 && !document.activeElement?.getAttribute('aria-label')?.startsWith('Control bits');
		i++
	)
		await userEvent.keyboard('{ArrowRight}');
	await userEvent.keyboard('{Enter}');
	await expect.element(item(/^Control bits/)).toHaveAttribute('aria-expanded', 'true');
	expect(selection.bits).toEqual([260, 272]);
	await userEvent.keyboard('{ArrowDown}');
	for (
		let i = 0;
		i < 12 && !document.activeElement?.getAttribute('aria-label')?.startsWith('Synchronize');
		i++
	)
		await userEvent.keyboard('{ArrowRight}');
	await userEvent.keyboard('{Enter}');
	expect(document.activeElement?.getAttribute('aria-label')).toBe('Synchronize (SYN): 1');
	expect(selection.bits).toEqual([270, 271]);
	await userEvent.keyboard('{Escape}');
	await expect.element(item(/^Control bits/)).toHaveFocus();
	await expect.element(item(/^Control bits/)).toHaveAttribute('aria-expanded', 'false');
	await userEvent.keyboard('{Escape}');
	expect(selection.unfolded).toBe(false);
});

test('a field that is pinned elsewhere opens on the stage, and playing on closes the packet', async () => {
	const story = handshake();
	const { to } = await show(story, 10, { lens: 2, reducedMotion: true } as object);
	selection.pick(1);
	selection.unfold();
	await expect.element(page.getByRole('tree')).toBeVisible();
	selection.pickBits([64, 72]);
	const ttl = page.getByRole('treeitem', { name: /^Time to live, 64/ });
	await expect.element(ttl).toHaveAttribute('aria-expanded', 'true');
	expect(target.querySelectorAll('.bit')).toHaveLength(8);
	await to(11);
	expect(selection.unfolded).toBe(true);
	await to(12, { playing: true });
	await expect.poll(() => selection.unfolded).toBe(false);
});

test('on a phone the stage only picks: the page has a sheet for the fields', async () => {
	await page.viewport(390, 700);
	await show(handshake(), 10, { width: 366, height: 132 });
	const hit = target.querySelector('.pk');
	if (!hit) throw new Error('nothing to click on');
	await userEvent.click(hit);
	expect(selection.packet).toBe(1);
	expect(opened).toEqual([1]);
	expect(target.querySelector('.envelope')).toBeNull();
	await userEvent.click(page.getByRole('button', { name: 'Open #1 here' }));
	await expect.poll(() => target.querySelector('.envelope')?.clientWidth).toBe(388);
});

test('every packet under way is a button too, and focus returns to it', async () => {
	const { to } = await show(handshake(), 10);
	await userEvent.tab();
	const twin = page.getByRole('button', { name: /^Packet 1, desk to post: SYN, on its way/ });
	await expect.element(twin).toHaveFocus();
	expect(selection.hoveredPacket).toBe(1);
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('treeitem', { name: /^Internet Protocol/ })).toHaveFocus();
	await userEvent.keyboard('{Escape}');
	await expect.element(twin).toHaveFocus();
	await to(30);
	await expect
		.element(page.getByRole('button', { name: /^Packet 1, desk to post: SYN\. Open/ }))
		.toHaveFocus();
});

test('with reduced motion nothing travels: a numbered dashed line stands for the packet', async () => {
	const { to } = await show(handshake(), 10, { reducedMotion: true } as object);
	expect(packets()).toHaveLength(0);
	expect(texts()).toContain('1');
	expect(target.querySelector('.dashed')).not.toBeNull();
	await to(70);
	expect(target.querySelector('.dashed')).toBeNull();
});

test('an X stays where a packet was lost until the next one leaves', async () => {
	const story = new Story();
	story.send(0, 'desk', 'S', { lost: true });
	story.lose(10, 1);
	story.send(1010, 'desk', 'S', { again: 1 });
	const { to } = await show(story, 900);
	expect(target.querySelectorAll('path.x')).toHaveLength(1);
	expect(packets()).toHaveLength(0);
	await to(1015);
	expect(target.querySelectorAll('path.x')).toHaveLength(0);
	expect(texts()).toContain('again');
});

test.each([
	[552, 340],
	[520, 260],
	[366, 132],
	[300, 110]
])('at %i × %i no text is cut off, and none under 12 px', async (width, height) => {
	const story = handshake();
	story.session(60, 'AUTHORIZATION');
	await show(story, 60, { width, height });
	const stage = target.getBoundingClientRect();
	for (const node of target.querySelectorAll('svg text')) {
		const box = node.getBoundingClientRect();
		expect(box.left).toBeGreaterThanOrEqual(stage.left - 0.5);
		expect(box.right).toBeLessThanOrEqual(stage.right + 0.5);
		expect(box.bottom).toBeLessThanOrEqual(stage.bottom + 1.5);
		expect(parseFloat(getComputedStyle(node).fontSize)).toBeGreaterThanOrEqual(12);
	}
});
