/** The packet to try things on: right at first, wrong when a field is changed, right again when that is asked for. */
import { describe, expect, it } from 'vitest';
import {
	logOfPacket,
	MADE,
	madePacket,
	withChecksum,
	withField,
	type MadeKind
} from '#lib/player/made-packet.ts';
import { packetRows } from '#lib/player/packets.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { problems } from '#lib/wire/nodes.ts';
import { t0 } from '#lib/levels/topologies.ts';

const wrong = (bytes: Uint8Array) => problems(dissect(bytes)).map(({ name }) => name);

describe.each(Object.keys(MADE) as MadeKind[])('%s', (kind) => {
	const { header, at } = MADE[kind];

	it('has nothing wrong with it, and is a row of the list', () => {
		expect(wrong(madePacket(kind))).toEqual([]);
		expect(packetRows(logOfPacket(madePacket(kind)), t0())).toHaveLength(1);
	});

	it('holds whatever a field is set to, and nothing else of the header changes', () => {
		for (const field of header.fields) {
			const before = madePacket(kind);
			const value = (field.read(before, at) ^ 1) >>> 0;
			const after = withField(before, kind, field, value);
			expect(wrong(before), 'the given octets stay').toEqual([]);
			for (const other of header.fields)
				expect(other.read(after, at), other.name).toBe(other === field ? value : other.read(before, at));
		}
	});

	it('is right again once its checksum is put right', () => {
		const field = header.fields.find(({ name }) => ['id', 'seq', 'srcPort', 'code'].includes(name));
		if (!field) throw new Error('no harmless field');
		const changed = withField(madePacket(kind), kind, field, 77);
		expect(wrong(changed)).toEqual([
			{ ipv4: 'ip', tcp: 'tcp', udp: 'udp', icmp: 'icmp' }[kind] + '.checksum'
		]);
		expect(wrong(withChecksum(changed, kind))).toEqual([]);
	});
});
