// The States tab: charts from the definitions, the state at the cursor, and the way from a transition to its octets.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import { replay } from '#lib/sim/replay.ts';
import States from '#lib/ui/States.svelte';
import { converse, t3 } from '../fixtures/net.ts';
import { t0, typed } from '../fixtures/t0.ts';

const scenario = t0();
const world = replay(
	scenario,
	110,
	typed(['connect post 110', 'USER ada', 'PASS lovelace', 'STAT', 'UIDL', 'QUIT'])
);
world.advance(1_000_000);
const { log } = world;
const after = (kind: string, on: string) =>
	log.findIndex((event) => event.kind === kind && 'on' in event && event.on === on) + 1;

let selection: Selection;
let target: HTMLElement;
beforeEach(() => {
	selection = new Selection();
	target = document.createElement('div');
	target.style.width = '552px';
	target.style.height = '384px';
	document.body.replaceChildren(target);
});

async function show(cursor: number, reducedMotion = true) {
	const props = { scenario, log: log.slice(0, cursor), selection, reducedMotion };
	const { rerender } = await render(States, { target, props });
	await expect.element(page.getByRole('group', { name: 'Chart' })).toBeVisible();
	return (next: number) => rerender({ ...props, log: log.slice(0, next) });
}
/** The choice is seen first, then the chart is drawn. */
async function choose(name: RegExp) {
	await page.getByRole('button', { name }).click();
	await expect.poll(() => target.querySelector('.canvas')).not.toBeNull();
}
const filled = () => target.querySelector('.box.current .title')?.textContent;
const transitions = () => page.getByRole('list', { name: 'Transitions' }).getByRole('button');
const marked = () => target.querySelectorAll('.edge.marked').length;
const tokenAt = () => target.querySelector('.token')?.getAttribute('transform');

test('the server’s chart: filled, in words, and followed', async () => {
	const go = await show(after('pop3.state', 'USER'));
	await choose(/^POP3 at post/);
	const words = page.getByRole('region', { name: 'POP3 at post, in words' });
	expect(filled()).toBe('AUTHORIZATION');
	await expect.element(words).toHaveTextContent(/Current: AUTHORIZATION waitingForPassword/);
	await expect.element(words).toHaveTextContent(/openingMaildrop on PASS/);
	await expect.element(words).toHaveTextContent(/Last: waitingForName to waitingForPassword on USER/);
	await go(after('pop3.state', 'OPENED'));
	expect(filled()).toBe('TRANSACTION');
	await expect.element(words).toHaveTextContent(/UPDATE on QUIT/);
	expect(target.querySelectorAll('.edge.last')).toHaveLength(1);
	await go(log.length);
	expect(filled()).toBe('closed');
});

test('a box opens and closes, one at a time', async () => {
	await show(after('pop3.state', 'USER'));
	await choose(/^POP3 at post/);
	await page.getByRole('button', { name: 'Show what is inside AUTHORIZATION' }).click();
	expect(filled()).toBe('waitingForPassword');
	expect(target.querySelectorAll('.frame')).toHaveLength(1);
	await page.getByRole('button', { name: 'Hide what is inside AUTHORIZATION' }).click();
	expect(filled()).toBe('AUTHORIZATION');
});

test('a transition leads to the octets that caused it, by keyboard', async () => {
	await show(after('pop3.state', 'OPENED'));
	await choose(/^POP3 at post/);
	const opened = transitions()
		.elements()
		.findIndex((button) => /on OPENED/.test(button.textContent ?? ''));
	(transitions().elements()[0] as HTMLElement).focus();
	for (let i = 0; i < opened; i++) await userEvent.keyboard('{ArrowDown}');
	await userEvent.keyboard('{Enter}');
	const sent = log.find((event) => event.kind === 'packet.sent' && event.packet === selection.packet);
	expect(sent?.kind === 'packet.sent' && new TextDecoder().decode(sent.bytes.slice(40))).toBe(
		'PASS lovelace\r\n'
	);
	expect(selection.bits).toEqual([320, 320 + 15 * 8]);
	const words = page.getByRole('region', { name: 'POP3 at post, in words' });
	await expect.element(words).toHaveTextContent(/AUTHORIZATION → TRANSACTION/);
	expect(
		transitions()
			.elements()
			.filter((button) => button.getAttribute('tabindex') === '0')
	).toHaveLength(1);
});

test('a packet chosen anywhere marks what it caused', async () => {
	await show(after('tcp.state', 'rcv SYN,ACK'));
	await choose(/^TCP at desk/);
	expect(filled()).toBe('ESTABLISHED');
	expect(marked()).toBe(0);
	selection.pick(2);
	await expect.poll(marked).toBe(1);
	const words = page.getByRole('region', { name: 'TCP at desk, in words' });
	await expect.element(words).toHaveTextContent(/Packet 2 caused/);
	selection.pick(1);
	await expect.poll(marked).toBe(0);
});

test('the token slides along its edge, and with reduced motion it jumps', async () => {
	const go = await show(after('tcp.state', 'active OPEN'));
	await choose(/^TCP at desk/);
	const start = tokenAt();
	await go(after('tcp.state', 'rcv SYN,ACK'));
	const end = tokenAt();
	expect(end).not.toBe(start);
	expect(target.querySelectorAll('.flash')).toHaveLength(1);

	target.replaceChildren();
	const slide = await show(after('tcp.state', 'active OPEN'), false);
	await choose(/^TCP at desk/);
	await slide(after('tcp.state', 'rcv SYN,ACK'));
	expect(tokenAt()).not.toBe(end);
	await expect.poll(tokenAt).toBe(end);
	await slide(after('tcp.state', 'active OPEN'));
	expect(tokenAt()).toBe(start);
});

test('the recommended order, and the way over it', async () => {
	await show(log.length);
	await choose(/^Order/);
	expect(target.querySelectorAll('.edge.own')).toHaveLength(5);
	const words = page.getByRole('region', { name: 'Order of commands at desk, in words' });
	await expect.element(words).toHaveTextContent(/4: from STAT to UIDL/);
	await words.getByRole('button', { name: 'STAT' }).click();
	const sent = log.find((event) => event.kind === 'packet.sent' && event.packet === selection.packet);
	expect(sent?.kind === 'packet.sent' && new TextDecoder().decode(sent.bytes.slice(40))).toBe('STAT\r\n');
});

test('enlarged by buttons, and shown large; nothing under 12 px', async () => {
	await show(log.length);
	await choose(/^POP3 at desk/);
	const before = target.querySelector('.drawing')?.getBoundingClientRect().width ?? 0;
	await page.getByRole('button', { name: 'Larger' }).click();
	expect((target.querySelector('.drawing')?.getBoundingClientRect().width ?? 0) / before).toBeCloseTo(1.25);
	await page.getByRole('button', { name: 'Show the chart large' }).click();
	const dialog = page.getByRole('dialog', { name: 'Statecharts' });
	await expect.element(dialog.getByRole('button', { name: /^TCP at post/ })).toBeVisible();
	const sizes = [...target.querySelectorAll('text, p, li, span, button')].map((node) =>
		Number.parseFloat(getComputedStyle(node).fontSize)
	);
	expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('button', { name: 'Show the chart large' })).toHaveFocus();
});

test('a translator’s table: rows as they are made, and the packet that made each', async () => {
	const behind = converse(t3(), ['connect post 110']);
	converse(t3(), ['connect post 110'], 'pocket', behind);
	const made = behind.log.flatMap((event) => (event.kind === 'nat.mapped' ? [event.seq] : []));
	const props = { scenario: t3(), selection, reducedMotion: true };
	const { rerender } = await render(States, {
		target,
		props: { ...props, log: behind.log.slice(0, made[0]) }
	});
	await page.getByRole('button', { name: /^Translation at r1 0 rows/ }).click();
	const table = page.getByRole('region', { name: 'Translation table of r1' });
	await expect.element(table).toHaveTextContent('No row yet');
	await rerender({ ...props, log: behind.log });
	await expect.element(page.getByRole('button', { name: /^Translation at r1 2 rows/ })).toBeVisible();
	await expect
		.element(table.getByRole('row').nth(2))
		.toHaveTextContent(/^TCP\s*192\.168\.1\.11:49152\s*203\.0\.113\.7:61002\s*#6/);
	await table.getByRole('button', { name: /^#/ }).nth(1).click();
	const first = behind.log.find((event) => event.kind === 'packet.sent' && event.from === 'pocket');
	expect(selection.packet).toBe(first?.kind === 'packet.sent' && first.packet);
	expect(target.querySelectorAll('.translations .picked')).toHaveLength(1);
});
