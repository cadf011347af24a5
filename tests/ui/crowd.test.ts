// So many packets that a canvas draws them: they look, are found and are taken away as in the drawing.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import { CROWD } from '#lib/stage/join.ts';
import Stage from '#lib/ui/Stage.svelte';
import { WHOLE } from '#lib/ui/stage-open.svelte.ts';
import { crowd } from '../bench/page/worlds.ts';

const { scenario, log } = crowd();

/** The stage when so many events have happened. */
async function show(events: number) {
	await page.viewport(1000, 700);
	const selection = new Selection();
	const target = document.createElement('div');
	target.style.cssText = 'width:900px;height:340px';
	document.body.replaceChildren(target);
	const moment = (cursor: number) => ({ cursor, time: log[cursor - 1]?.at ?? 0 });
	const props = { scenario, log, selection, lens: 3 as const, reducedMotion: false };
	const { rerender } = await render(Stage, { target, props: { ...props, ...moment(events) } });
	return { target, selection, to: (later: number) => rerender(moment(later)) };
}
const drawn = (target: HTMLElement) => target.querySelectorAll('.moving > g').length;
const canvas = (target: HTMLElement) => target.querySelector('canvas');

test('few packets are shapes of the drawing', async () => {
	const { target } = await show(12);
	await expect.poll(() => drawn(target)).toBe(12);
	expect(canvas(target)).toBeNull();
});

test('a crowd is on the canvas, each packet where a pointer finds it; the list of them is whole', async () => {
	const { target, selection } = await show(2000);
	await expect.poll(() => canvas(target)?.dataset['drawn']).toBeDefined();
	const sheet = canvas(target);
	if (!sheet) throw new Error('no canvas');
	expect(Number(sheet.dataset['drawn'])).toBeGreaterThan(CROWD);
	expect(drawn(target)).toBe(0);
	await expect.element(page.getByRole('list', { name: 'Packets on the wire' })).toBeInTheDocument();
	expect(target.querySelectorAll('li [data-packet]').length).toBeGreaterThanOrEqual(CROWD);

	const pen = sheet.getContext('2d');
	const ratio = devicePixelRatio;
	const ink = () => pen?.getImageData(0, 0, sheet.width, sheet.height).data.some((part) => part > 0);
	await expect.poll(ink).toBe(true);
	// somewhere there is a packet: the first dot with something opaque on it
	const { data, width } = pen?.getImageData(0, 0, sheet.width, sheet.height) ?? { data: [], width: 1 };
	const dot = [...data].findIndex((part, i) => i % 4 === 3 && part > 250) >> 2;
	const position = { x: ((dot % width) + 2) / ratio, y: (Math.floor(dot / width) + 2) / ratio };
	await userEvent.click(target, { position });
	expect(selection.packet).not.toBeNull();
	expect(selection.hoveredPacket).toBe(selection.packet);
});

test('a picture of a crowd has it as shapes', async () => {
	const { target } = await show(2000);
	await expect.poll(() => canvas(target)?.dataset['drawn']).toBeDefined();
	const count = Number(canvas(target)?.dataset['drawn']);
	expect(drawn(target)).toBe(0);
	target.querySelector('.zoomed > svg')?.dispatchEvent(new Event(WHOLE));
	expect(drawn(target)).toBe(count);
	await expect.poll(() => drawn(target)).toBe(0);
});

test('where few are left, they are shapes again', async () => {
	const { target, to } = await show(2000);
	await expect.poll(() => canvas(target)?.dataset['drawn']).toBeDefined();
	await to(log.length - 10);
	await expect.poll(() => canvas(target)).toBeNull();
	expect(drawn(target)).toBeGreaterThan(0);
	expect(drawn(target)).toBeLessThanOrEqual(CROWD);
});
