// The display filter above the list of packets: typed, kept, refused, completed.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import { button, listOf, rowOf, rows } from './listed.ts';

beforeEach(() => localStorage.clear());

describe('the filter box', () => {
	const box = () => page.getByRole('combobox', { name: 'Display filter' });
	const open = async (width = 760) => {
		await listOf(new Selection(), rows, width);
		await button('Filter by fields').click();
		await expect.element(box()).toHaveFocus();
	};

	test('a filter is in force as it is typed, together with the chips, until it is cleared', async () => {
		await open();
		await box().fill('pop.request.command == "PASS"');
		await expect.element(page.getByText('2 of 13 packets')).toBeVisible();
		await button('Lost').click();
		await box().fill('tcp.analysis.retransmission');
		await expect.element(page.getByText('1 of 13 packets')).toBeVisible();
		await expect.element(rowOf(9)).toBeVisible();
		await button('Lost').click();
		await button('Clear the filter').click();
		await expect.element(page.getByText('13 packets', { exact: true })).toBeVisible();
		await expect.element(box()).toHaveFocus();
	});

	test('closed, the box keeps its filter and shows that there is one', async () => {
		await open();
		await box().fill('tcp.flags.fin');
		await box().fill('tcp.flags.fin == 1');
		await button('Filter by fields').click();
		await expect.element(box()).not.toBeInTheDocument();
		await expect.element(page.getByText('1 of 13 packets')).toBeVisible();
		await expect.element(button('Filter by fields')).toHaveAttribute('aria-pressed', 'true');
		await button('Filter by fields').click();
		await expect.element(box()).toHaveValue('tcp.flags.fin == 1');
	});

	test('what cannot be read is marked at its place and said, and the last good filter stays', async () => {
		await open();
		await box().fill('tcp.flags.fin == 1');
		await expect.element(page.getByText('1 of 13 packets')).toBeVisible();
		await box().fill('ip && tcp.flag.fin == 1');
		await expect.element(box()).toHaveAttribute('aria-invalid', 'true');
		await expect
			.element(box())
			.toHaveAccessibleDescription('no field is called tcp.flag.fin; did you mean tcp.flags.fin?');
		expect(document.querySelector('mark')?.textContent).toBe('tcp.flag.fin');
		await expect.element(page.getByText('1 of 13 packets')).toBeVisible();
		await box().fill('ip && tcp.flags.fin == 1');
		await expect.element(box()).not.toHaveAttribute('aria-invalid');
		expect(document.querySelector('mark')).toBeNull();
	});

	test('completes the name at the caret: arrows choose, Enter takes, Esc closes only the list', async () => {
		await open();
		const offers = page.getByRole('listbox', { name: 'Fields' });
		await userEvent.keyboard('ip && tcp.flags.s');
		await expect.element(offers.getByRole('option', { name: /tcp.flags.syn/ })).toBeVisible();
		await expect.element(box()).toHaveAttribute('aria-expanded', 'true');
		await userEvent.keyboard('{ArrowDown}');
		const active = box().element().getAttribute('aria-activedescendant');
		expect(document.getElementById(active ?? '')?.textContent).toMatch(/^tcp.flags.syn /);
		let left = 0;
		const count = () => left++;
		addEventListener('keydown', count);
		await userEvent.keyboard('{Enter}');
		await expect.element(box()).toHaveValue('ip && tcp.flags.syn');
		await expect.element(offers).not.toBeInTheDocument();
		await userEvent.keyboard(' == 1 && tcp.');
		await expect.element(offers).toBeVisible();
		left = 0;
		await userEvent.keyboard('{Escape}');
		removeEventListener('keydown', count);
		expect(left).toBe(0);
		await expect.element(offers).not.toBeInTheDocument();
		await expect.element(box()).toHaveAttribute('aria-expanded', 'false');
		await expect.element(box()).toHaveValue('ip && tcp.flags.syn == 1 && tcp.');
	});

	test('an offer is taken by the pointer, and the box keeps the focus', async () => {
		await open();
		await userEvent.keyboard('icmp.t');
		await page.getByRole('option', { name: /icmp.type/ }).click();
		await expect.element(box()).toHaveValue('icmp.type');
		await expect.element(box()).toHaveFocus();
	});
});
