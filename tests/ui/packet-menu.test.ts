// The menu of a packet in flight, on a real run: each of its tools does to the packet what it says, or says why not.
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { yard } from '#lib/levels/yard.ts';
import { inHand } from '#lib/player/bend.ts';
import { Session } from '#lib/player/session.svelte.ts';
import type { Event, EventOf } from '#lib/sim/event.ts';
import PacketMenu from '#lib/ui/PacketMenu.svelte';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { BUSY, connect } from './page.ts';

let session: Session;
let closed = 0;
afterEach(() => session.close());

/** The menu of the knock's first packet, which is on its way. */
async function open() {
	await page.viewport(1000, 700);
	document.body.replaceChildren();
	closed = 0;
	session = new Session(yard('post', 'direct'), { connect, fresh: () => false });
	const { game } = session;
	await vi.waitUntil(() => game.ready, BUSY);
	game.type('connect post 110');
	await vi.waitUntil(() => inHand(game.log, 1) === null && game.log.length > 3, BUSY);
	const sent = game.log.find(({ kind }) => kind === 'packet.sent');
	// as if it had just left, and nobody had seen more
	game.pause();
	while (game.cursor <= (sent?.seq ?? 0)) game.step(1);
	await show();
}
async function show() {
	document.body.replaceChildren();
	await render(PacketMenu, {
		props: { session, packet: 1, beside: null, onfollow: vi.fn(), onclose: () => closed++ }
	});
	await expect.element(page.getByRole('dialog', { name: 'Packet 1, desk to post' })).toBeVisible();
}
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const events = <K extends Event['kind']>(kind: K) =>
	session.game.log.filter((event): event is EventOf<K> => event.kind === kind);
const changed = (what: string) => events('packet.changed').find((event) => event.what === what);
const happened = (what: () => unknown) => vi.waitUntil(() => Boolean(what()), BUSY);
/** What the packet is at its end, or was last made. */
const octets = () => events('packet.changed').findLast(({ bytes }) => bytes)?.bytes ?? new Uint8Array();

test('Drop: it ends on its link, and TCP sends it again', async () => {
	await open();
	await press('Drop');
	await happened(() => events('packet.dropped').some(({ packet }) => packet === 1));
	expect(closed).toBe(1);
	await happened(() => events('packet.sent').some(({ again }) => again === 1));
});

test('Hold stops it, and Release lets it go', async () => {
	await open();
	await press('Hold');
	await happened(() => changed('hold'));
	expect(closed).toBe(1);
	expect(events('packet.delivered').some(({ packet }) => packet === 1)).toBe(false);
	while (!session.game.shown.some(({ kind }) => kind === 'packet.changed')) session.game.step(1);
	await show();
	await expect.element(page.getByRole('button', { name: 'Hold', exact: true })).not.toBeInTheDocument();
	await press('Release');
	await happened(() => events('packet.delivered').some(({ packet }) => packet === 1));
});

test('Duplicate: it arrives twice', async () => {
	await open();
	await press('Duplicate');
	await happened(
		() => events('packet.delivered').filter(({ packet }) => packet <= 2 && packet > 0).length > 1
	);
	const [first, second] = events('packet.sent').filter(({ from }) => from === 'desk');
	expect(second?.bytes).toEqual(first?.bytes);
	expect((second?.arrives ?? 0) - (first?.arrives ?? 0)).toBe(5000);
});

test('Flip a bit: that one and no other, and a checksum notices', async () => {
	await open();
	const [before] = events('packet.sent');
	await press('Flip a bit…');
	await page.getByRole('spinbutton', { name: /Bit/ }).fill('64');
	await userEvent.keyboard('{Enter}');
	await happened(() => changed('corrupt'));
	const after = octets();
	const flipped = [...after].map((octet, i) => octet ^ (before?.bytes[i] ?? 0));
	expect(flipped.map((bits, i) => [i, bits] as const).filter(([, bits]) => bits)).toEqual([[8, 0x80]]);
	await happened(() => events('packet.dropped').some(({ packet }) => packet === 1));
});

test('Edit a field, with checksums computed anew or kept; what does not fit is told and nothing happens', async () => {
	await open();
	await press('Edit a field…');
	const value = page.getByRole('spinbutton', { name: 'Value' });
	await value.fill('300');
	await press('Do it');
	await expect
		.element(page.getByRole('alert'))
		.toHaveTextContent('It cannot be done: 300 does not fit into 8 bits.');
	expect(session.game.inputs).toHaveLength(1);
	await value.fill('9');
	await press('Do it');
	await happened(() => changed('edit'));
	expect(IPV4.get.ttl(octets(), 0)).toBe(9);
	await happened(() => events('packet.delivered').some(({ packet }) => packet === 1));

	await open();
	await press('Edit a field…');
	await page.getByRole('spinbutton', { name: 'Value' }).fill('9');
	await page.getByRole('checkbox', { name: 'Compute the checksums anew' }).click();
	await press('Do it');
	await happened(() => events('packet.dropped').some(({ packet }) => packet === 1));
});

test('Forge after it: the same with FIN follows it to the same host', async () => {
	await open();
	await press('Forge after it…');
	await page.getByRole('combobox', { name: 'After it comes' }).selectOptions('the same with FIN');
	await press('Do it');
	await happened(() => session.game.inputs.length === 2);
	expect(session.game.inputs[1]).toMatchObject({
		input: { kind: 'forge', towards: 'post', link: 'desk-post' }
	});
	await happened(() => events('packet.sent').some(({ bytes, forged }) => forged && bytes[33] === 0x03));
});

test('by keys alone: Down goes from tool to tool, and a form is filled without a pointer', async () => {
	await open();
	await expect.element(page.getByRole('button', { name: 'Open it here' })).toHaveFocus();
	for (let i = 0; i < 12 && document.activeElement?.textContent !== 'Delay…'; i++)
		await userEvent.keyboard('{ArrowDown}');
	await userEvent.keyboard('{Enter}{Tab}');
	for (let i = 0; i < 4 && document.activeElement?.tagName !== 'INPUT'; i++)
		await userEvent.keyboard('{Tab}');
	await userEvent.keyboard('{Control>}a{/Control}250{Enter}');
	await happened(() => changed('delay'));
	const [sent] = events('packet.sent');
	expect((changed('delay')?.arrives ?? 0) - (sent?.arrives ?? 0)).toBe(250_000);
});

test('in the past it asks before it branches, and the old run is kept', async () => {
	await open();
	session.game.toEnd();
	const whole = session.game.log.length;
	await press('Back to where it left');
	await press('Drop');
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Branch from here\?/);
	expect(session.game.log.length).toBe(whole);
	await press('Leave it');
	await press('Drop');
	await press('Branch');
	await happened(() => events('packet.dropped').some(({ packet }) => packet === 1));
	expect(session.game.left?.log.length).toBe(whole);
	expect(closed).toBe(1);
});
