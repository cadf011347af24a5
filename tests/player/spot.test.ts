/** Places in a run as the end of an address, and the place that a level's card shows. */
import { describe, expect, it } from 'vitest';
import { LEVELS } from '#lib/levels/index.ts';
import { KEYS, keyPacket } from '#lib/levels/keys.ts';
import { fieldAt, readSpot, spotHash } from '#lib/player/spot.ts';
import { play } from '../levels/play.ts';

describe('an address', () => {
	it.each([
		['#packet=9&field=tcp.ack', { packet: 9, field: 'tcp.ack' }],
		['packet=1', { packet: 1, field: null }],
		['#field=ip.ttl&packet=12', { packet: 12, field: 'ip.ttl' }],
		['#packet=3&field=<script>', { packet: 3, field: null }],
		['#packet=0', null],
		['#packet=-1', null],
		['#packet=1e3', null],
		['#packet=99999999999', null],
		['#terminal', null],
		['', null],
		['#%', null]
	])('%s is %j', (hash, spot) => {
		expect(readSpot(hash)).toEqual(spot);
	});

	it('is written as it is read', () => {
		for (const spot of [
			{ packet: 7, field: null },
			{ packet: 7, field: 'tcp.flags.syn' }
		])
			expect(readSpot(spotHash(spot))).toEqual(spot);
	});
});

describe.each(LEVELS.map((level) => [level.slug, level] as const))('the key of %s', (slug, listed) => {
	it('is in the reference run, with its field', async () => {
		const level = await listed.load();
		const { log } = play(level, level.showMe);
		const key = KEYS[slug];
		if (!key) {
			expect(
				log.filter(({ kind }) => kind === 'packet.sent'),
				'a run with packets has a key'
			).toEqual([]);
			return;
		}
		const packet = keyPacket(key, log);
		expect(packet, 'the packet').not.toBeNull();
		expect(packet && fieldAt(packet.bytes, key.field)?.name, 'the field').toMatch(
			new RegExp(`^${key.field.replaceAll('.', '\\.')}`)
		);
	});
});

it('a short name of a field stands for the one on the wire', async () => {
	const level = await LEVELS[0]?.load();
	if (!level) throw new Error('no level');
	const sent = play(level, level.showMe).log.find(({ kind }) => kind === 'packet.sent');
	if (sent?.kind !== 'packet.sent') throw new Error('no packet');
	expect(fieldAt(sent.bytes, 'tcp.seq')?.name).toBe('tcp.seq_raw');
	expect(fieldAt(sent.bytes, 'ip.ttl')?.shown).toBe('64');
	expect(fieldAt(sent.bytes, 'smtp.req')).toBeNull();
});
