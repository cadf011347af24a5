// A datagram taken apart: fields side by side, lengths, checksums, fragments, and cut short anywhere.
import { describe, expect, test } from 'vitest';
import { dissect } from '#lib/wire/dissect.ts';
import { encodeIcmp, quote } from '#lib/wire/icmp.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { find, leaves } from '#lib/wire/nodes.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { encodeUdp } from '#lib/wire/udp.ts';
import { src, dst, tcp, faults } from './dissected.ts';

function udp(change: { length?: number; checksum?: number } = {}): Uint8Array {
	const datagram = { srcPort: 5000, dstPort: 5001, payload: fromLatin1('hello'), ...change };
	return encodeIpv4({ src, dst, protocol: 17 }, encodeUdp(datagram, src, dst));
}

function names(bytes: Uint8Array): string[] {
	return dissect(bytes).children!.map((node) => node.name);
}

describe('what stands side by side', () => {
	test.each([
		['a command', tcp(), ['ip', 'tcp', 'pop']],
		['a reply', tcp({ srcPort: 110, dstPort: 49152, payload: fromLatin1('+OK\r\n') }), ['ip', 'tcp', 'pop']],
		['no data', tcp({ payload: new Uint8Array(0) }), ['ip', 'tcp']],
		['another port', tcp({ dstPort: 80 }), ['ip', 'tcp', 'data.data']],
		['UDP', udp(), ['ip', 'udp', 'data.data']],
		['another protocol', tcp({}, { protocol: 99 }), ['ip', 'data.data']],
		['only a header', encodeIpv4({ src, dst, protocol: 6 }, new Uint8Array(0)), ['ip']]
	])('%s', (_, bytes, expected) => {
		expect(names(bytes)).toEqual(expected);
		expect(faults(bytes)).toEqual([]);
	});

	test('headers say in short what they hold', () => {
		expect(dissect(tcp()).children!.map((node) => node.shown)).toEqual([
			'192.0.2.10 → 198.51.100.25',
			'49152 → 110 PSH, ACK',
			'USER ada'
		]);
	});

	test('port 110 at the source means that the server speaks', () => {
		const reply = tcp({ srcPort: 110, dstPort: 49152, payload: fromLatin1('+OK\r\n') });
		expect(find(dissect(reply), 'pop.response.indicator')?.shown).toBe('+OK');
		expect(find(dissect(tcp()), 'pop.request.parameter')?.shown).toBe('ada');
	});
});

describe('every field says what it is, why it is there, and where that is written', () => {
	const options = [
		{ kind: 'mss', value: 1460 },
		{ kind: 'unknown', number: 99, data: Uint8Array.of(1, 2) },
		{ kind: 'eol' }
	] as const;
	const trees = [
		tcp({ options }, { options: [{ kind: 'recordRoute', pointer: 8, route: [1, 2] }] }),
		tcp({}, { options: [{ kind: 'unknown', type: 0x5e, data: Uint8Array.of(1) }] }),
		udp(),
		encodeIpv4(
			{ src, dst, protocol: 1 },
			encodeIcmp({ kind: 'timeExceeded', code: 0, quoted: quote(tcp()) })
		),
		Uint8Array.of(...tcp(), 0)
	].map(dissect);

	test.each(trees.map((tree, i) => [i, tree] as const))('tree %i', (_, tree) => {
		for (const node of leaves(tree)) {
			expect(node.label).not.toBe('');
			expect(node.note).toMatch(/[.]$/);
			expect(node.rfc).toMatch(/^RFC \d+/);
		}
	});
});

describe('lengths', () => {
	test.each([
		['ihl 4', tcp({}, { ihl: 4 }), ['ip.hdr_len: header length says 16 octets, at least 20 are needed']],
		['ihl 15 in 50 octets', tcp({}, { ihl: 15 }), ['ip.hdr_len: header length says 60 octets, 50 are here']],
		[
			'total length too large',
			tcp({}, { totalLength: 99 }),
			['ip.len: total length says 99 octets, 50 are here']
		],
		[
			'data offset too small',
			tcp({ dataOffset: 2 }),
			['tcp.hdr_len: data offset says 8 octets, at least 20 are needed']
		],
		[
			'data offset too large',
			tcp({ dataOffset: 9 }),
			['tcp.hdr_len: data offset says 36 octets, 30 are here']
		],
		['UDP length too small', udp({ length: 7 }), ['udp.length: length says 7 octets, at least 8 are needed']],
		['UDP length too large', udp({ length: 99 }), ['udp.length: length says 99 octets, 13 are here']],
		['version 6', tcp({}, { version: 6 }), ['ip.version: version is 6, should be 4']]
	])('%s', (_, bytes, expected) => {
		const found = faults(bytes);
		for (const problem of expected) expect(found).toContain(problem);
	});

	test('total length smaller than the header: what follows is a trailer', () => {
		const bytes = tcp({}, { totalLength: 12 });
		expect(names(bytes)).toEqual(['ip', 'trailer']);
		expect(faults(bytes)[0]).toBe('ip.len: total length says 12 octets, at least 20 are needed');
	});

	test('octets after the total length are a trailer', () => {
		const bytes = Uint8Array.of(...tcp(), 1, 2, 3);
		expect(names(bytes)).toEqual(['ip', 'tcp', 'pop', 'trailer']);
		expect(find(dissect(bytes), 'trailer')?.shown).toBe('01 02 03');
		expect(faults(bytes)).toEqual(['trailer: these octets lie beyond the stated length']);
	});

	test('octets after the UDP length are a trailer too', () => {
		const bytes = udp({ length: 10, checksum: 0 });
		expect(names(bytes)).toEqual(['ip', 'udp', 'data.data', 'trailer']);
	});
});

describe('checksums', () => {
	test.each([
		['IPv4', tcp({}, { checksum: 0xbeef }), 'ip.checksum'],
		['TCP', tcp({ checksum: 0xbeef }), 'tcp.checksum'],
		['UDP', udp({ checksum: 0xbeef }), 'udp.checksum']
	])('%s', (_, bytes, name) => {
		const found = faults(bytes);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(new RegExp(`^${name}: checksum is 0xbeef, should be 0x[0-9a-f]{4}$`));
	});

	test('the one it should be is the one that is right', () => {
		const should = Number(faults(tcp({ checksum: 0xbeef }))[0]!.slice(-6));
		expect(faults(tcp({ checksum: should }))).toEqual([]);
	});

	test('ICMP', () => {
		const bytes = encodeIpv4(
			{ src, dst, protocol: 1 },
			encodeIcmp({
				kind: 'echoRequest',
				identifier: 1,
				sequence: 1,
				data: Uint8Array.of(1),
				checksum: 0xbeef
			})
		);
		expect(faults(bytes)[0]).toMatch(/^icmp.checksum: checksum is 0xbeef/);
	});

	test('UDP without one is no fault', () => {
		expect(faults(udp({ checksum: 0 }))).toEqual([]);
		expect(find(dissect(udp({ checksum: 0 })), 'udp.checksum')?.shown).toBe('0x0000 (none)');
	});

	test('what is not all here is not judged', () => {
		expect(faults(tcp().subarray(0, 45))).toEqual(['ip.len: total length says 50 octets, 45 are here']);
	});
});

describe('fragments', () => {
	test('the first shows its header, and its sum is not judged', () => {
		const bytes = tcp({ checksum: 0xbeef }, { mf: 1 });
		expect(names(bytes)).toEqual(['ip', 'tcp', 'pop']);
		expect(faults(bytes)).toEqual([]);
	});

	test('the later ones are data', () => {
		const bytes = tcp({}, { fragmentOffset: 185 });
		expect(names(bytes)).toEqual(['ip', 'data.data']);
		expect(find(dissect(bytes), 'ip.frag_offset')?.shown).toBe('1480 octets (185 × 8)');
	});
});

describe('cut short at every length', () => {
	const options = [{ kind: 'timestamps', value: 1, echo: 2 }] as const;
	const whole = [
		tcp({ options }, { options: [{ kind: 'routerAlert', value: 0 }] }),
		udp(),
		encodeIpv4({ src, dst, protocol: 1 }, encodeIcmp({ kind: 'timeExceeded', code: 0, quoted: tcp() }))
	];

	test.each(whole.map((bytes, i) => [i, bytes] as const))('datagram %i', (_, bytes) => {
		for (let length = 1; length < bytes.length; length++) {
			const part = bytes.subarray(0, length);
			expect(faults(part).length, `${length} octets`).toBeGreaterThan(0);
			const kept = leaves(dissect(part)).filter((leaf) => leaf.shown !== 'cut off');
			expect(kept.length).toBeGreaterThan(0);
		}
	});

	test('half a field says how much of it is there', () => {
		expect(faults(tcp().subarray(0, 3))).toContain('ip.len: Total length takes 16 bits, 8 are here');
	});

	test('nothing at all', () => {
		const tree = dissect(new Uint8Array(0));
		expect(tree).toMatchObject({ name: 'frame', bits: [0, 0], problem: 'there is not a single octet here' });
		expect(tree.children).toBeUndefined();
	});
});
