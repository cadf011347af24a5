// A packet in hand: where it is by the log, and what the hand is told before the world is asked.
import { expect, test } from 'vitest';
import { continuation, cutLink, EDITABLE, forgery, inHand, otherFields, refusal } from '#lib/player/bend.ts';
import { WAYS, type WayId } from '#lib/levels/topologies.ts';
import { yard } from '#lib/levels/yard.ts';
import type { Act } from '#lib/sim/event.ts';
import { edited } from '#lib/sim/faults/tamper.ts';
import { replay } from '#lib/sim/replay.ts';
import { converse } from '../fixtures/net.ts';
import { of } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';
import { Story } from '../stage/story.ts';

function flying(payload = 'STAT\r\n') {
	const story = new Story();
	story.send(0, 'desk', 'PA', { payload });
	return story;
}

test('it is in hand from its departure to its end, and as it was last changed', () => {
	const story = flying();
	expect(inHand(story.log, 1)).toMatchObject({ packet: 1, link: 'desk-post', to: 'post', held: false });
	expect(inHand(story.log, 2)).toBeNull();
	const change = { kind: 'packet.changed', packet: 1, link: 'desk-post', detail: '' } as const;
	story.add(5, { ...change, what: 'edit', bytes: new Uint8Array([1]) });
	story.add(6, { ...change, what: 'hold', arrives: null });
	expect(inHand(story.log, 1)).toMatchObject({ bytes: new Uint8Array([1]), held: true });
	story.add(7, { ...change, what: 'release', arrives: 30_000 });
	expect(inHand(story.log, 1)?.held).toBe(false);
	story.arrive(30, 1, 'post');
	expect(inHand(story.log, 1)).toBeNull();
});

test('what the world would refuse is told first', () => {
	const hand = inHand(flying().log, 1)!;
	expect(refusal(hand, { do: 'corrupt', bit: 46 * 8 - 1 })).toBeNull();
	expect(refusal(hand, { do: 'corrupt', bit: 46 * 8 })).toBe('there is no bit 368');
	expect(refusal(hand, { do: 'split', at: 2 })).toBeNull();
	expect(refusal(hand, { do: 'split', at: 6 })).toBe('it has 6 octets of data');
	expect(refusal(hand, { do: 'edit', field: 'ip.ttl', value: 255, checksums: 'fixed' })).toBeNull();
	expect(refusal(hand, { do: 'edit', field: 'ip.ttl', value: 256, checksums: 'fixed' })).toBe(
		'256 does not fit into 8 bits'
	);
	expect(refusal({ ...hand, held: true }, { do: 'delay', by: 1 })).toContain('held');
	expect(forgery(hand, 'reset')).toMatchObject({ kind: 'forge', link: 'desk-post', towards: 'post' });
});

test('the next one is what continues it on the same link, as long as it is there', () => {
	const world = converse(t0(), ['connect post 110', 'USER ada', 'PASS lovelace']);
	const start = world.now;
	world.input({ at: start, input: { kind: 'type', host: 'desk', line: 'RETR 4' } });
	world.advance(start + 25_000);
	const [a, b, c] = of(world.log, 'packet.sent')
		.filter(({ from, at }) => from === 'post' && at > start)
		.map(({ packet }) => packet);
	const next = (packet: number) => continuation(world.log, inHand(world.log, packet)!);
	expect([next(a!), next(b!)]).toEqual([b, c]);
	const act = (packet: number, what: Act) =>
		world.input({ at: world.now, input: { kind: 'packet', packet, act: what } });
	act(b!, { do: 'drop' });
	expect(next(a!)).toBeNull();
	act(c!, { do: 'coalesce', next: next(c!)! });
	expect(of(world.log, 'packet.changed').at(-1)).toMatchObject({ packet: c, what: 'coalesce' });
	const lone = flying();
	lone.send(1, 'desk', 'PA', { payload: 'QUIT\r\n' });
	expect(continuation(lone.log, inHand(lone.log, 1)!)).toBeNull();
});

test('a link that is cut is known by the packets that have crossed it, until it is restored', () => {
	const world = converse(t0(), ['connect post 110']);
	const link = (up: boolean) =>
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up } });
	expect(cutLink(world.log, 1)).toBeNull();
	link(false);
	expect([cutLink(world.log, 1), cutLink(world.log, 99)]).toEqual(['desk-post', null]);
	link(true);
	expect(cutLink(world.log, 1)).toBeNull();
});

test('every other field of the headers can be set too, by the name under which it is listed', () => {
	const { bytes } = inHand(flying().log, 1)!;
	const hand = inHand(flying().log, 1)!;
	const others = otherFields(bytes);
	const names = others.map(({ field }) => field);
	for (const name of [
		'ip.id',
		'ip.version',
		'ip.proto',
		'ip.checksum',
		'tcp.urgent_pointer',
		'tcp.flags.ack'
	])
		expect(names).toContain(name);
	expect(new Set(names).size).toBe(names.length);
	for (const { field } of others) {
		expect(refusal(hand, { do: 'edit', field, value: 1, checksums: 'kept' }), field).toBeNull();
		const done = edited(bytes, { field, value: 1, checksums: 'kept' });
		expect(typeof done, field).toBe('object');
	}
	for (const { field } of EDITABLE) expect(names).not.toContain(field);
});

test('every field of the form is in a data packet', () => {
	const hand = inHand(flying().log, 1)!;
	for (const { field } of EDITABLE)
		expect(refusal(hand, { do: 'edit', field, value: 1, checksums: 'fixed' })).toBeNull();
});

test.each(Object.keys(WAYS) as WayId[])('in the yard the way %s leads to the greeting', (way) => {
	const { scenario, seed } = yard('post', way);
	const input = { kind: 'type', host: 'desk', line: 'connect post 110' } as const;
	const world = replay(scenario, seed, [{ at: 0, input }]);
	world.advance(20_000_000);
	expect(world.log.some((event) => event.kind === 'pop3.reply' && event.keyword === 'greeting')).toBe(true);
});
