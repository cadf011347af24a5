import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import type { Lens } from '#lib/levels/level.ts';
import { packetRows, previousOf } from '#lib/player/packets.ts';
import { Selection } from '#lib/player/selection.svelte.ts';
import Inspector from '#lib/ui/Inspector.svelte';
import type { Node } from '#lib/wire/node.ts';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';

const rows = packetRows(
	logOf([
		...STORY,
		{ at: 8e6, from: 'post', flags: 'PA', seq: 5040, ack: 1026, text: '+OK\r\n', checksum: 0xbeef },
		{ at: 9e6, from: 'post', flags: 'PA', seq: 5035, ack: 1026, text: '+OK\r\n' }
	]),
	scenario
);
const row = (packet: number) => {
	const found = rows.find((candidate) => candidate.packet === packet);
	if (!found) throw new Error(`no packet ${packet}`);
	return found;
};

let selection: Selection;
let pointed: Node[];
beforeEach(() => {
	selection = new Selection();
	pointed = [];
});

async function inspect(packet: number, lens: Lens, width = 432, height = 512) {
	const target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = `${height}px`;
	document.body.replaceChildren(target);
	selection.pick(packet);
	const props = {
		row: row(packet),
		previous: previousOf(rows, row(packet)),
		selection,
		lens,
		onpoint: (node: Node) => pointed.push(node)
	};
	return render(Inspector, { target, props });
}
const field = (name: string) => page.getByRole('treeitem', { name, exact: false });
const open = () =>
	[...document.querySelectorAll('[role=treeitem][aria-level="1"]')].map(
		(item) => `${item.querySelector('.tag')?.textContent} ${item.getAttribute('aria-expanded')}`
	);

test('without a packet it says what to do', async () => {
	await render(Inspector, { row: null, previous: null, selection, lens: 1 });
	await expect.element(page.getByText('Choose a packet. Its bytes open here.')).toBeVisible();
});

test.each([
	[1, ['IP false', 'TCP false', 'POP3 true']],
	[2, ['IP false', 'TCP true', 'POP3 false']],
	[3, ['IP true', 'TCP false', 'POP3 false']],
	[4, ['IP true', 'TCP true', 'POP3 true']]
] as const)('lens %i opens its layer', async (lens, layers) => {
	await inspect(6, lens);
	expect(open()).toEqual(layers);
});

test('the head says what the packet answers and what is remarkable about it', async () => {
	await inspect(10, 2);
	await expect.element(page.getByText('acknowledges #8', { exact: true })).toBeVisible();
	await inspect(15, 2);
	await expect.element(page.getByText('spurious retransmission of #10', { exact: true })).toBeVisible();
});

test('a field says its place, its octets, and whether it changed or was computed', async () => {
	await inspect(6, 3);
	await expect
		.element(field('Time to live'))
		.toHaveAccessibleName('Time to live, 64, byte 8, hex 40, unchanged');
	await expect
		.element(field('Total length'))
		.toHaveAccessibleName('Total length, 50 octets, bytes 2 to 3, hex 00 32, computed');
});

test('the arrows walk the tree and open it; Enter pins and points', async () => {
	await inspect(2, 2);
	await field('Control bits').click();
	await userEvent.keyboard('{ArrowLeft}');
	await expect.element(field('Control bits')).toHaveAttribute('aria-expanded', 'false');
	await userEvent.keyboard('{ArrowRight}{ArrowRight}');
	await expect.element(field('Reserved')).toHaveFocus();
	await userEvent.keyboard('{ArrowUp}{ArrowUp}');
	await expect.element(field('Data offset')).toHaveFocus();
	expect(selection.hoveredBits).toEqual([256, 260]);
	await userEvent.keyboard('{Enter}');
	expect(selection.bits).toEqual([256, 260]);
	expect(pointed.at(-1)?.name).toBe('tcp.hdr_len');
	await userEvent.keyboard('{ArrowLeft}');
	await expect.element(field('Transmission Control Protocol')).toHaveFocus();
});

test('the chosen field tells why it is there, with its clause and its bits', async () => {
	await inspect(2, 4);
	await field('Synchronize').click();
	await expect.element(page.getByText('Opens a connection', { exact: false })).toBeVisible();
	await expect.element(page.getByText('byte 33, bit 6', { exact: true })).toBeVisible();
	expect([...document.querySelectorAll('.bit')].map((bit) => bit.textContent).join('')).toBe('00010010');
	expect(document.querySelectorAll('.bit.marked')).toHaveLength(1);
	await expect.element(field('Synchronize')).toHaveAccessibleDescription(/Opens a connection.*RFC 9293/);
});

test('a byte lights its field and a field its bytes', async () => {
	await inspect(6, 3);
	await page.getByRole('gridcell', { name: 'byte 9, Protocol' }).hover();
	await expect.element(field('Protocol, TCP')).toHaveClass(/hovered/);
	await field('Source address').hover();
	expect(document.querySelectorAll('.octet.hovered')).toHaveLength(4);
	expect(selection.bits).toBeNull();
});

test('a byte pinned opens the tree down to its field', async () => {
	await inspect(6, 1);
	await page.getByRole('gridcell', { name: 'byte 22, Destination port' }).click();
	expect(selection.bits).toEqual([176, 192]);
	await expect.element(field('Destination port')).toHaveAttribute('aria-selected', 'true');
	expect(pointed.map((node) => node.name)).toEqual(['tcp.dstport']);
});

test('Shift and arrows select a range of bytes', async () => {
	await inspect(6, 1);
	await page.getByRole('gridcell', { name: 'byte 40, Keyword' }).click();
	await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
	expect(selection.bits).toEqual([320, 344]);
	await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
	expect(document.querySelectorAll('[role=gridcell][aria-selected=true]')).toHaveLength(7);
	await userEvent.keyboard('{ArrowUp}');
	await expect.element(page.getByRole('gridcell', { name: 'byte 26, Sequence number' })).toHaveFocus();
});

test('a problem is told in words, and a closed layer shows that there is one', async () => {
	await inspect(14, 2);
	await expect.element(page.getByText(/checksum is 0xbeef, should be 0x/)).toBeVisible();
	await expect.element(field('Checksum')).toHaveAccessibleName(/problem: checksum is 0xbeef/);
	await inspect(14, 1);
	expect(document.querySelector('.layer.tcp .alert')).not.toBeNull();
});

test('what the player opened stays open in the next packet; a turn of the lens starts anew', async () => {
	const { rerender } = await inspect(4, 1);
	await field('Internet Protocol').click();
	expect(open()[0]).toBe('IP true');
	selection.pick(6);
	await rerender({ row: row(6), previous: previousOf(rows, row(6)) });
	await expect.poll(open).toEqual(['IP true', 'TCP false', 'POP3 true']);
	await rerender({ lens: 2 });
	await expect.poll(open).toEqual(['IP false', 'TCP true', 'POP3 false']);
});

test('a low pane shows one view at a time', async () => {
	await inspect(6, 1, 368, 400);
	await expect.element(page.getByRole('tree')).toBeVisible();
	await expect.element(page.getByRole('grid')).not.toBeInTheDocument();
	await page.getByRole('tab', { name: 'Bytes' }).click();
	await expect.element(page.getByRole('grid', { name: 'Bytes of packet 6' })).toBeVisible();
	await expect.element(page.getByRole('tree')).not.toBeInTheDocument();
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(page.getByRole('tab', { name: 'Tree' })).toHaveFocus();
});

test('bytes fit: eight a row in a narrow pane, sixteen in a wide one', async () => {
	await inspect(6, 1, 368, 512);
	const perRow = () => document.querySelector('[role=row]')?.querySelectorAll('[role=gridcell]').length;
	await expect.poll(perRow).toBe(8);
	await inspect(6, 1, 640, 512);
	await expect.poll(perRow).toBe(16);
});

test('choosing a field moves nothing', async () => {
	await inspect(6, 4);
	const top = () => page.getByRole('grid').element().getBoundingClientRect().top;
	const before = top();
	await field('Version').click();
	expect(top()).toBe(before);
});
