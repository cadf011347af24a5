// A packet in hand: where it is by the log, and what the hand is told before the world is asked.
import { expect, test } from 'vitest';
import { EDITABLE, forgery, inHand, refusal } from '#lib/player/bend.ts';
import { WAYS, type WayId } from '#lib/levels/topologies.ts';
import { yard } from '#lib/levels/yard.ts';
import { replay } from '#lib/sim/replay.ts';
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
