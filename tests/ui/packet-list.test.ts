import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { packetRows } from '#lib/player/packets.ts';
import type { PacketRow } from '#lib/player/packets.ts';
import { Selection } from '#lib/player/selection.svelte.ts';
import PacketList from '#lib/ui/PacketList.svelte';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';

const rows = packetRows(logOf(STORY), scenario);
let selection: Selection;

beforeEach(() => {
	selection = new Selection();
});

/** The list in a box of its own, as a pane would give it. */
async function list(shown: readonly PacketRow[] = rows, width = 432, height = 248) {
	const target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = `${height}px`;
	document.body.replaceChildren(target);
	return render(PacketList, { target, props: { rows: shown, selection } });
}
const scroller = () => {
	const grid = page.getByRole('grid', { name: 'Packets' }).element();
	if (!grid.parentElement) throw new Error('the grid stands alone');
	return grid.parentElement;
};
const rowOf = (packet: number) => page.getByRole('row', { name: `Packet ${packet},` });

test('an empty wire says so', async () => {
	await list([]);
	await expect.element(page.getByText('Nothing on the wire. Your next line will appear here.')).toBeVisible();
});

test('one row a packet, read aloud in words, with the lost and the repeated told in text', async () => {
	await list();
	await expect
		.element(rowOf(4))
		.toHaveAccessibleName(
			'Packet 4, post to desk, POP3, push and ack, 29 bytes: +OK POP3 post.example ready'
		);
	await expect.element(rowOf(8).getByText('lost on desk-post')).toBeInTheDocument();
	await expect.element(rowOf(9).getByText('again of 8')).toBeInTheDocument();
	await expect.element(rowOf(9).getByText('retransmission')).not.toBeInTheDocument();
	await expect.element(rowOf(10).getByText('acknowledges #8')).toBeInTheDocument();
	await expect.element(page.getByText('13 packets')).toBeVisible();
});

test('what the packets before make of one is remarked beside it, in words for everyone', async () => {
	const again = { at: 8e6, from: 'desk', flags: 'A', seq: 1026, ack: 5040 } as const;
	await list(packetRows(logOf([...STORY.slice(0, 10), again, again, again]), scenario), 760);
	await expect.element(rowOf(13).getByText('duplicate ACK #2 of #11')).toBeVisible();
	await expect.element(rowOf(11).getByText('acknowledges #10')).toBeVisible();
	await expect.element(rowOf(13)).toHaveAccessibleName(/ACK 5040, duplicate ACK 2 of 11$/);
});

test('arrows, Home and End move the selection; the platform keeps the other keys', async () => {
	await list();
	await rowOf(13).click();
	expect(selection.packet).toBe(13);
	await userEvent.keyboard('{ArrowUp}');
	expect(selection.packet).toBe(12);
	await expect.element(rowOf(12)).toHaveFocus();
	await userEvent.keyboard('{Home}');
	expect(selection.packet).toBe(1);
	await expect.element(rowOf(1)).toHaveAttribute('aria-selected', 'true');
	await userEvent.keyboard('{ArrowUp}{End}');
	expect(selection.packet).toBe(13);
	await userEvent.keyboard('{ArrowLeft}');
	expect(selection.packet).toBe(13);
});

test('only one row is in the tab order, and Enter pins it', async () => {
	await list();
	const stops = document.querySelectorAll('[data-packet][tabindex="0"]');
	expect(stops).toHaveLength(1);
	if (stops[0] instanceof HTMLElement) stops[0].focus();
	expect(selection.packet).toBeNull();
	expect(selection.hoveredPacket).toBe(13);
	await userEvent.keyboard('{Enter}');
	expect(selection.packet).toBe(13);
});

test('hover outlines without picking or scrolling', async () => {
	await list();
	scroller().scrollTop = 0;
	const before = scroller().scrollTop;
	await rowOf(2).hover();
	expect(selection.hoveredPacket).toBe(2);
	expect(selection.packet).toBeNull();
	expect(scroller().scrollTop).toBe(before);
});

test('filters hide rows and count what is left', async () => {
	await list();
	await page.getByRole('button', { name: 'Text only' }).click();
	await expect.element(page.getByText('6 of 13 shown')).toBeVisible();
	await page.getByRole('button', { name: 'Text only' }).click();
	await page.getByRole('button', { name: 'No bare ACKs' }).click();
	await expect.element(page.getByText('11 of 13 shown')).toBeVisible();
	await page.getByRole('button', { name: 'Lost' }).click();
	await expect.element(page.getByText('2 of 13 shown')).toBeVisible();
});

test('"this connection" needs a packet and then keeps to its connection', async () => {
	await list();
	const chip = page.getByRole('button', { name: 'This connection' });
	await expect.element(chip).toBeDisabled();
	await rowOf(12).click();
	await chip.click();
	await expect.element(page.getByText('2 of 13 shown')).toBeVisible();
});

test('filters that hide everything offer the way back', async () => {
	await list(rows.slice(0, 3));
	await page.getByRole('button', { name: 'Text only' }).click();
	await page.getByRole('button', { name: 'Show all' }).click();
	await expect.element(page.getByText('3 packets')).toBeVisible();
});

test('a new row comes into view only when the list stood at its end', async () => {
	const { rerender } = await list(rows.slice(0, 11));
	const atEnd = () => scroller().scrollTop + scroller().clientHeight >= scroller().scrollHeight - 1;
	await expect.poll(atEnd).toBe(true);
	await rerender({ rows: rows.slice(0, 12) });
	await expect.poll(atEnd).toBe(true);
	scroller().scrollTop = 20;
	await expect.poll(() => scroller().scrollTop).toBe(20);
	await new Promise((resolve) => requestAnimationFrame(resolve));
	await rerender({ rows });
	await expect.element(rowOf(13)).toBeInTheDocument();
	expect(scroller().scrollTop).toBe(20);
});

test('narrow shows six columns, wide shows the numbers too', async () => {
	await list(rows, 368, 196);
	const header = page.getByRole('columnheader', { name: 'seq' });
	await expect.element(header).not.toBeInTheDocument();
	expect(scroller().scrollWidth).toBe(scroller().clientWidth);
	await list(rows, 760, 196);
	await expect.element(page.getByRole('columnheader', { name: 'Sequence number' })).toBeVisible();
});
