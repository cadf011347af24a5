import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { packetRows, previousOf } from '#lib/player/packets.ts';
import { Selection } from '#lib/player/selection.svelte.ts';
import Inspector from '#lib/ui/Inspector.svelte';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';

const rows = packetRows(
	logOf([
		...STORY,
		{ at: 8e6, from: 'post', flags: 'PA', seq: 5040, ack: 1026, text: '+OK\r\n', checksum: 0xbeef }
	]),
	scenario
);
const row = (packet: number) => rows.find((one) => one.packet === packet)!;
let selection: Selection;
beforeEach(async () => {
	await page.viewport(1440, 900);
	selection = new Selection();
});

async function inspect(packet: number, width = 432, height = 512) {
	const target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = `${height}px`;
	document.body.replaceChildren(target);
	selection.pick(packet);
	const props = {
		row: row(packet),
		previous: previousOf(rows, row(packet)),
		selection,
		lens: 4 as const,
		rows
	};
	return render(Inspector, { target, props });
}
const tab = (name: string) => page.getByRole('tab', { name });
const bits = () => page.getByRole('grid', { name: /^Bits of packet/ });
const cell = (name: RegExp) => bits().getByRole('gridcell', { name });
const field = (name: RegExp) => page.getByRole('treeitem', { name });

test('the bits stand under the tree, 32 a row, with each value and every bit', async () => {
	await inspect(6);
	await tab('Bits').click();
	await expect.element(bits()).toBeVisible();
	await expect.element(page.getByRole('tree')).toBeVisible();
	await expect.element(page.getByRole('grid', { name: /^Bytes/ })).not.toBeInTheDocument();
	await expect
		.element(cell(/^Protocol/))
		.toHaveAccessibleName('Protocol, TCP (6), binary 00000110, unchanged');
	const first = bits().element().querySelector('[role=row]');
	expect([...(first?.querySelectorAll('.digits') ?? [])].map(({ textContent }) => textContent).join('')).toBe(
		'01000101000000000000000000110010'
	);
	expect(first?.getBoundingClientRect().right).toBeLessThanOrEqual(432);
});

test('bits, tree and bytes light each other', async () => {
	await inspect(6);
	await tab('Bits').click();
	await cell(/^Window/).click();
	expect(selection.bits).toEqual([272, 288]);
	await expect.element(field(/^Window/)).toHaveAttribute('aria-selected', 'true');
	await field(/^Push/).click();
	await expect.element(cell(/^Push/)).toHaveAttribute('aria-selected', 'true');
	await expect.element(page.getByText('byte 33, bit 4', { exact: true })).toBeVisible();
});

test('the arrows go from cell to cell, Enter pins', async () => {
	await inspect(6);
	await tab('Bits').click();
	await cell(/^Version/).click();
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(cell(/^Header length/)).toHaveFocus();
	await userEvent.keyboard('{ArrowDown}{ArrowDown}');
	await expect.element(cell(/^Time to live/)).toHaveFocus();
	expect(selection.hoveredBits).toEqual([64, 72]);
	await userEvent.keyboard('{End}{Enter}');
	expect(selection.bits).toEqual([80, 96]);
	await userEvent.keyboard('{Control>}{End}{/Control}');
	await expect.element(cell(/^Line end/)).toHaveFocus();
});

test('a choice lasts from packet to packet', async () => {
	const { rerender } = await inspect(6);
	await tab('Bits').click();
	selection.pick(7);
	await rerender({ row: row(7), previous: previousOf(rows, row(7)) });
	await expect.element(page.getByRole('grid', { name: 'Bits of packet 7' })).toBeVisible();
});

test('a number tells the packet that it follows, and leads there', async () => {
	await inspect(7);
	await field(/^Acknowledgment number/).click();
	await expect
		.element(page.getByText('1001 of #6 + 10 octets = 1011, the next awaited.', { exact: true }))
		.toBeVisible();
	await page.getByRole('button', { name: 'Go to #6' }).click();
	expect(selection.packet).toBe(6);
});

test('a checksum is worked through word by word, by buttons and by keys', async () => {
	await inspect(14);
	await field(/^Checksum/).click();
	await page.getByRole('button', { name: 'Work it through' }).click();
	const walk = page.getByRole('group', { name: 'TCP checksum, word by word' });
	await expect.element(walk.getByRole('button', { name: 'Add next' })).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(selection.bits).toEqual([96, 112]);
	await expect.element(walk.getByText('0x0000 + 0xc633 = 0xc633.')).toBeVisible();
	expect(document.querySelectorAll('.octet.pinned')).toHaveLength(2);
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(walk.getByText(/The carry goes back in at the right/)).toBeVisible();
	await userEvent.keyboard('{End}');
	await expect.element(walk.getByText(/The packet carries 0xbeef: wrong\./)).toBeVisible();
	await page.getByRole('gridcell', { name: 'byte 26, Sequence number' }).click();
	await expect.element(walk.getByText('word 10 of 19', { exact: true })).toBeVisible();
	await walk.getByRole('button', { name: 'Close' }).click();
	await expect.element(page.getByRole('tree')).toBeVisible();
	await expect.element(field(/^Checksum/)).toHaveFocus();
	await expect.element(field(/^Checksum/)).toHaveAttribute('aria-selected', 'true');
});

test('a packet is kept and held against another: what differs is marked by number', async () => {
	const { rerender } = await inspect(6);
	await page.getByRole('button', { name: 'Pin' }).click();
	selection.pick(8);
	await rerender({ row: row(8), previous: previousOf(rows, row(8)) });
	await expect.element(page.getByRole('button', { name: 'Kept #6' })).toBeVisible();
	await page.getByRole('button', { name: 'Diff' }).click();
	const table = page.getByRole('table', { name: 'Packet 6 beside packet 8' });
	await expect.element(table).toBeVisible();
	await expect.element(page.getByText('8 fields differ.')).toBeVisible();
	const told = [...table.element().querySelectorAll('tr.differs')].map(({ textContent }) =>
		textContent?.replace(/\s+/g, ' ').trim()
	);
	expect(told[3]).toBe('≠4Sequence number, differs10011011 +10');
	await table.getByRole('button', { name: 'PASS' }).click();
	expect(selection.bits).toEqual([320, 352]);
	await page.getByRole('checkbox', { name: 'all fields' }).click();
	await expect.element(table.getByRole('rowheader', { name: 'Time to live' })).toBeVisible();
});
