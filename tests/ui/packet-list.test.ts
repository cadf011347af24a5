import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { packetRows } from '#lib/player/packets.ts';
import type { PacketRow } from '#lib/player/packets.ts';
import { Selection } from '#lib/player/selection.svelte.ts';
import { Search } from '#lib/player/search.svelte.ts';
import PacketList from '#lib/ui/PacketList.svelte';
import { logOf, rowWith, scenario, STORY } from '../fixtures/exchange.ts';
import { button, listOf, rowOf, rows } from './listed.ts';

let selection: Selection;

beforeEach(() => {
	localStorage.clear();
	selection = new Selection();
});

const list = (shown = rows, width = 432, height = 248) => listOf(selection, shown, width, height);
const scroller = () => {
	const grid = page.getByRole('grid', { name: 'Packets' }).element();
	if (!grid.parentElement) throw new Error('the grid stands alone');
	return grid.parentElement;
};
const drawn = () => [...document.querySelectorAll<HTMLElement>('[data-packet]')];

test('an empty wire says so', async () => {
	await list([]);
	await expect.element(page.getByText('Nothing on the wire. Your next line will appear here.')).toBeVisible();
});

test('where a mail program does the talking, nobody is told to type', async () => {
	await render(PacketList, { rows: [], selection: new Selection(), program: true });
	await expect
		.element(page.getByText('Nothing on the wire. What the mail program says will appear here.'))
		.toBeVisible();
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
	await expect.element(page.getByText('6 of 13 packets')).toBeVisible();
	await page.getByRole('button', { name: 'Text only' }).click();
	await page.getByRole('button', { name: 'No bare ACKs' }).click();
	await expect.element(page.getByText('11 of 13 packets')).toBeVisible();
	await page.getByRole('button', { name: 'Lost' }).click();
	await expect.element(page.getByText('2 of 13 packets')).toBeVisible();
});

test('"this connection" needs a packet and then keeps to its connection', async () => {
	await list();
	const chip = page.getByRole('button', { name: 'This connection' });
	await expect.element(chip).toBeDisabled();
	await rowOf(12).click();
	await chip.click();
	await expect.element(page.getByText('2 of 13 packets')).toBeVisible();
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

describe('a hundred thousand packets', () => {
	const many = (count: number): readonly PacketRow[] => {
		const [first] = rows;
		if (!first) throw new Error('no rows');
		return Array.from({ length: count }, (_, i) => rowWith(first, { packet: i + 1, seq: i, at: i * 1000 }));
	};
	const long = many(100_000);

	test('only those near what is seen are in the page', async () => {
		await list(long);
		await expect.element(page.getByText('100000 packets')).toBeInTheDocument();
		expect(drawn().length).toBeLessThan(100);
		await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001');
		await expect.element(rowOf(100_000)).toHaveAttribute('aria-rowindex', '100001');
		await expect.element(rowOf(100_000)).toBeVisible();
	});

	test('scrolling brings in the rows that belong there', async () => {
		await list(long);
		scroller().scrollTop = 24 * 50_000;
		await expect.element(rowOf(50_003)).toBeVisible();
		const { top } = rowOf(50_003).element().getBoundingClientRect();
		expect(top - scroller().getBoundingClientRect().top).toBe(24 + 2 * 24);
		expect(drawn().length).toBeLessThan(100);
	});

	test('while it flies past only what is seen is drawn, all of it; at rest there is more on either side', async () => {
		await list(long);
		const around = () => drawn().filter(({ tabIndex }) => tabIndex !== 0).length;
		await expect.poll(around).toBeGreaterThan(0);
		const seen = Math.floor(scroller().clientHeight / 24);
		scroller().scrollTop = 24 * 50_000;
		await expect.element(rowOf(50_001)).toBeVisible();
		const flying = around();
		for (let place = 50_001; place < 50_000 + seen; place++) expect(rowOf(place).query()).not.toBeNull();
		expect(flying).toBeLessThan(seen + 6);
		await expect.poll(around).toBeGreaterThan(flying + 10);
	});

	test('the keyboard travels to both ends and by the page, and keeps its place when it is scrolled away', async () => {
		await list(long);
		drawn()
			.find(({ tabIndex }) => tabIndex === 0)
			?.focus();
		await userEvent.keyboard('{Home}');
		await expect.element(rowOf(1)).toHaveFocus();
		await userEvent.keyboard('{PageDown}{ArrowDown}');
		expect(selection.packet).toBe(9);
		await expect.element(rowOf(9)).toHaveFocus();
		scroller().scrollTop = 24 * 70_000;
		await expect.element(rowOf(70_000)).toBeInTheDocument();
		expect(document.activeElement?.getAttribute('data-packet')).toBe('9');
		await userEvent.keyboard('{ArrowDown}');
		await expect.element(rowOf(10)).toHaveFocus();
		await expect.element(rowOf(10)).toBeInViewport();
		await userEvent.keyboard('{End}');
		await expect.element(rowOf(100_000)).toHaveFocus();
	});

	test('a packet picked elsewhere comes into view', async () => {
		await list(long);
		selection.pick(31_337);
		await expect.element(rowOf(31_337)).toBeInViewport();
		await expect.element(rowOf(31_337)).toHaveAttribute('aria-selected', 'true');
	});

	test('a filter judges a part of them in each frame until all are judged', async () => {
		await list(long.slice(0, 5000), 900);
		await button('Filter by fields').click();
		await page.getByRole('combobox', { name: 'Display filter' }).fill('frame.number > 4990 && tcp.flags.syn');
		await expect.element(page.getByText('10 of 5000 packets', { exact: true })).toBeVisible();
	});
});

describe('relations of the chosen packet', () => {
	test('stand beside the others in words, for eye and ear', async () => {
		await list(rows, 1000);
		selection.pick(6);
		await expect.element(rowOf(7).getByText('reply to #6')).toBeVisible();
		await expect.element(rowOf(7).getByText('acknowledges #6')).toBeVisible();
		await expect.element(rowOf(6)).toHaveAccessibleName(/, acknowledged by 7, answered by 7$/);
		selection.pick(9);
		await expect.element(rowOf(8).getByText('sent again as #9')).toBeVisible();
		await expect.element(rowOf(7).getByText('reply to #6')).not.toBeInTheDocument();
	});

	test('stand there by mark and number where the words would be cut, and are heard in full', async () => {
		await list(rows, 760);
		selection.pick(6);
		await expect.element(rowOf(7).getByText('acknowledges #6')).not.toBeVisible();
		await expect.element(rowOf(7).getByText('#6', { exact: true }).first()).toBeVisible();
		await expect.element(rowOf(6)).toHaveAccessibleName(/, acknowledged by 7, answered by 7$/);
	});
});

describe('find', () => {
	const search = () => new Search(selection, () => rows);
	const octets = (text: string) =>
		({
			kind: 'octets',
			octets: new TextEncoder().encode(text),
			anyCase: true,
			said: JSON.stringify(text)
		}) as const;

	test('names where it was found and goes on to the next and the one before', async () => {
		const under = search();
		const target = document.createElement('div');
		target.style.width = '432px';
		target.style.height = '248px';
		document.body.replaceChildren(target);
		await render(PacketList, { target, props: { rows, selection, search: under } });
		under.start(octets('pass'));
		await expect.element(page.getByRole('status')).toHaveTextContent('"pass" in #8');
		await button('Find the next').click();
		await expect.element(rowOf(9)).toHaveAttribute('aria-selected', 'true');
		await button('Find the one before').click();
		expect(selection.packet).toBe(8);
		expect(selection.bits).toEqual([40 * 8, 44 * 8]);
		await button('Filter by fields').click();
		await page.getByRole('combobox', { name: 'Display filter' }).fill('tcp.flags.syn == 1');
		await expect.element(page.getByRole('status')).toHaveTextContent('which the filters hide');
		await button('End the search').click();
		await expect.element(page.getByRole('group', { name: 'Search' })).not.toBeInTheDocument();
	});
});

describe('columns', () => {
	test('count from the SYN when asked, and remember it', async () => {
		await list(rows, 760);
		await expect.element(rowOf(2)).toHaveTextContent('SYN 5000, ACK 1001');
		await button('Columns').click();
		await page.getByRole('checkbox', { name: 'Sequence numbers from 0' }).click();
		await expect.element(rowOf(2)).toHaveTextContent('SYN 0, ACK 1,');
		await expect.element(rowOf(2).getByRole('gridcell').nth(6)).toHaveTextContent(/^1$/);
		await list(rows, 760);
		await expect.element(rowOf(2)).toHaveTextContent('SYN 0, ACK 1,');
		await button('Columns').click();
		await page.getByRole('checkbox', { name: 'Sequence numbers from 0' }).click();
		await expect.element(rowOf(2)).toHaveTextContent('SYN 5000, ACK 1001');
	});
	test('are chosen in a menu, remembered, and as many as fit again', async () => {
		await list(rows, 760);
		await button('Columns').click();
		await page.getByRole('checkbox', { name: 'Seconds since the start' }).click();
		await page.getByRole('checkbox', { name: 'Sequence number', exact: true }).click();
		await expect.element(page.getByRole('columnheader', { name: 'Seconds since the start' })).toBeVisible();
		await expect.element(page.getByRole('columnheader', { name: 'Sequence number' })).not.toBeInTheDocument();
		await userEvent.keyboard('{Escape}');
		await expect.element(button('Columns')).toHaveFocus();
		await list(rows, 368);
		await expect.element(page.getByRole('columnheader', { name: 'Seconds since the start' })).toBeVisible();
		await expect
			.element(page.getByRole('columnheader', { name: 'Acknowledgement number' }))
			.toBeInTheDocument();
		await button('Columns').click();
		await page.getByRole('checkbox', { name: 'As many as fit' }).click();
		await expect
			.element(page.getByRole('columnheader', { name: 'Seconds since the start' }))
			.not.toBeInTheDocument();
	});
});
