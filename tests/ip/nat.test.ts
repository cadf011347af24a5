import { describe, expect, test } from 'vitest';
import { judge, type FilterRule } from '#lib/ip/filter.ts';
import { fragment } from '#lib/ip/fragment.ts';
import { Nat, type Translated } from '#lib/ip/nat.ts';
import { sealAll } from '#lib/ip/rewrite.ts';
import { formatAddress, parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, RST, SYN } from '#lib/wire/tcp.ts';
import { encodeUdp, parseUdp } from '#lib/wire/udp.ts';
import { counting, datagram, read } from './datagram.ts';

const at = parseAddress;
const INSIDE = at('192.168.1.10');
const OUTSIDE = at('203.0.113.7');
const PEER = at('198.51.100.25');

const udp = (src: number, srcPort: number, dst: number, dstPort: number, checksum?: number) =>
	encodeIpv4(
		{ src, dst, protocol: 17 },
		encodeUdp(
			{ srcPort, dstPort, payload: counting(11), ...(checksum !== undefined && { checksum }) },
			src,
			dst
		)
	);
function bytes(translated: Translated): Uint8Array {
	if (translated.kind === 'refused') throw new Error(translated.detail);
	return translated.bytes;
}
function ends(datagrams: Uint8Array): string {
	const { src, dst, payload } = read(datagrams);
	const parsed = parseUdp(payload, src, dst);
	if (!parsed.ok) throw new Error(parsed.detail);
	return `${formatAddress(src)}:${parsed.packet.srcPort}>${formatAddress(dst)}:${parsed.packet.dstPort}`;
}

describe('a translator', () => {
	test('keeps one outside port for one inside port, whoever is spoken to (RFC 4787 REQ-1)', () => {
		const nat = new Nat(OUTSIDE);
		expect(ends(bytes(nat.outbound(udp(INSIDE, 5_000, PEER, 53), 0)))).toBe(
			'203.0.113.7:61001>198.51.100.25:53'
		);
		expect(ends(bytes(nat.outbound(udp(INSIDE, 5_000, at('8.8.8.8'), 7), 0)))).toBe(
			'203.0.113.7:61001>8.8.8.8:7'
		);
		expect(ends(bytes(nat.outbound(udp(INSIDE, 5_001, PEER, 53), 0)))).toBe(
			'203.0.113.7:61002>198.51.100.25:53'
		);
		expect(nat.table(0)).toHaveLength(2);
	});

	test('lets in only whom that port has spoken to, address and port', () => {
		const nat = new Nat(OUTSIDE);
		nat.outbound(udp(INSIDE, 5_000, PEER, 53), 0);
		expect(ends(bytes(nat.inbound(udp(PEER, 53, OUTSIDE, 61_001), 0)))).toBe(
			'198.51.100.25:53>192.168.1.10:5000'
		);
		expect(nat.inbound(udp(PEER, 54, OUTSIDE, 61_001), 0)).toMatchObject({ kind: 'refused' });
		expect(nat.inbound(udp(at('8.8.8.8'), 53, OUTSIDE, 61_001), 0)).toMatchObject({ kind: 'refused' });
		expect(nat.inbound(udp(PEER, 53, OUTSIDE, 61_002), 0)).toMatchObject({
			kind: 'refused',
			detail: 'no mapping for outside port 61002'
		});
	});

	test('leaves a datagram without checksum without one', () => {
		const out = bytes(new Nat(OUTSIDE).outbound(udp(INSIDE, 5_000, PEER, 53, 0), 0));
		expect([out[26], out[27]]).toEqual([0, 0]);
	});

	test('hides no damage: a wrong sum stays wrong', () => {
		const damaged = udp(INSIDE, 5_000, PEER, 53, 0x1234);
		const { payload, src, dst } = read(bytes(new Nat(OUTSIDE).outbound(damaged, 0)));
		expect(parseUdp(payload, src, dst)).toMatchObject({ ok: false, reason: 'checksum' });
	});

	test('a sum that comes to 0 is written as all ones, for 0 says that there is none (RFC 768)', () => {
		// some outside port makes it come to 0 for some identification of the payload
		let zeros = 0;
		for (let port = 1; port < 0x10000; port += 1) {
			const nat = new Nat(OUTSIDE, 61_001);
			const out = bytes(nat.outbound(udp(INSIDE, 5_000, PEER, port), 0));
			const { payload, src, dst } = read(out);
			const sum = (out[26]! << 8) | out[27]!;
			expect(sum).not.toBe(0);
			if (sum === 0xffff) zeros += 1;
			if (sum === 0xffff) expect(parseUdp(payload, src, dst).ok).toBe(true);
		}
		expect(zeros).toBe(1);
	});

	test('forgets what is idle: ICMP after a minute (RFC 5508 REQ-2)', () => {
		const nat = new Nat(OUTSIDE);
		const echo = encodeIcmp({ kind: 'echoRequest', identifier: 9, sequence: 1, data: counting(8) });
		nat.outbound(encodeIpv4({ src: INSIDE, dst: PEER, protocol: 1 }, echo), 0);
		expect(nat.expire(59_999_999)).toEqual([]);
		expect(nat.expire(60_000_000)).toMatchObject([{ protocol: 1, inside: { port: 9 } }]);
	});

	test('forgets what is idle: UDP after 5 minutes, counted from the last outbound datagram', () => {
		const nat = new Nat(OUTSIDE);
		nat.outbound(udp(INSIDE, 5_000, PEER, 53), 0);
		nat.outbound(udp(INSIDE, 5_000, PEER, 53), 100_000_000);
		expect(nat.expire(399_999_999)).toEqual([]);
		expect(nat.expire(400_000_000)).toMatchObject([{ protocol: 17, inside: { port: 5_000 } }]);
		expect(nat.inbound(udp(PEER, 53, OUTSIDE, 61_001), 0).kind).toBe('refused');
	});

	describe('how long TCP may be silent (RFC 5382 §5 REQ-5)', () => {
		const SECOND = 1_000_000;
		const segment = (src: number, srcPort: number, dst: number, dstPort: number, flags: number) => {
			const rest = { seq: 1, ack: 1, window: 1, urgent: 0, options: [], payload: counting(0) };
			const bytes = encodeTcp({ srcPort, dstPort, flags, ...rest }, src, dst);
			return encodeIpv4({ src, dst, protocol: 6 }, bytes);
		};
		const out = (nat: Nat, flags: number, now: number, port = 110) =>
			nat.outbound(segment(INSIDE, 5_000, PEER, port, flags), now).kind;
		const back = (nat: Nat, flags: number, now: number, port = 110) =>
			nat.inbound(segment(PEER, port, OUTSIDE, 61_001, flags), now).kind;
		/** Seconds after `now` at which the mapping is gone. */
		const lasts = (nat: Nat, now: number) => {
			let seconds = 0;
			while (nat.table(now + seconds * SECOND).length > 0) seconds += 1;
			return seconds;
		};
		const open = () => {
			const nat = new Nat(OUTSIDE);
			out(nat, SYN, 0);
			back(nat, SYN | ACK, 0);
			out(nat, ACK, 0);
			return nat;
		};

		test('four minutes while it is half open', () => {
			const nat = new Nat(OUTSIDE);
			out(nat, SYN, 0);
			expect(lasts(nat, 0)).toBe(240);
			back(nat, SYN | ACK, 10 * SECOND);
			expect(lasts(nat, 10 * SECOND)).toBe(240);
		});

		test('two hours and four minutes while it is open, from the last segment either way', () => {
			const nat = open();
			expect(lasts(nat, 0)).toBe(7_440);
			back(nat, ACK, 100 * SECOND);
			expect(lasts(nat, 100 * SECOND)).toBe(7_440);
		});

		test('one FIN leaves it open, two or an RST close it: four minutes again', () => {
			const nat = open();
			out(nat, FIN | ACK, 0);
			expect(lasts(nat, 0)).toBe(7_440);
			back(nat, FIN | ACK, 0);
			expect(lasts(nat, 0)).toBe(240);
			const reset = open();
			back(reset, RST, 0);
			expect(lasts(reset, 0)).toBe(240);
		});

		test('a new SYN between the same ends begins anew', () => {
			const nat = open();
			out(nat, RST, 0);
			out(nat, SYN, 0);
			back(nat, SYN | ACK, 0);
			out(nat, ACK, 0);
			expect(lasts(nat, 0)).toBe(7_440);
		});

		test('the mapping lives as long as one of its connections, and the others are shut out before', () => {
			const nat = open();
			out(nat, SYN, 0, 111);
			expect(back(nat, SYN | ACK, 239 * SECOND, 111)).toBe('translated');
			expect(back(nat, ACK, 480 * SECOND, 111)).toBe('refused');
			expect(back(nat, ACK, 480 * SECOND)).toBe('translated');
			expect(nat.expire(7_000 * SECOND)).toEqual([]);
			expect(nat.expire(8_000 * SECOND)).toHaveLength(1);
			expect(nat.table(8_000 * SECOND)).toEqual([]);
		});
	});

	test('gives no port twice, goes round, and refuses when all are taken', () => {
		const nat = new Nat(OUTSIDE, 65_533);
		const ports = [1, 2, 3].map((port) => ends(bytes(nat.outbound(udp(INSIDE, port, PEER, 53), port))));
		expect(ports.map((text) => /:(\d+)>/.exec(text)?.[1])).toEqual(['65533', '65534', '65535']);
		expect(nat.outbound(udp(INSIDE, 4, PEER, 53), 4)).toMatchObject({
			detail: 'every outside port is taken'
		});
		nat.expire(300_000_001);
		expect(ends(bytes(nat.outbound(udp(INSIDE, 4, PEER, 53), 300_000_001)))).toContain(':65533>');
	});

	test('remembers a bounded number of peers', () => {
		const nat = new Nat(OUTSIDE);
		for (let port = 1; port <= 1_000; port++) nat.outbound(udp(INSIDE, 5_000, PEER, port), 0);
		expect(nat.inbound(udp(PEER, 1, OUTSIDE, 61_001), 0).kind).toBe('refused');
		expect(nat.inbound(udp(PEER, 1_000, OUTSIDE, 61_001), 0).kind).toBe('translated');
	});

	test('translates what a complaint quotes, both ways (RFC 5508)', () => {
		const nat = new Nat(OUTSIDE);
		const out = bytes(nat.outbound(udp(INSIDE, 5_000, PEER, 53), 0));
		const complaint = (src: number, dst: number, quoted: Uint8Array) =>
			encodeIpv4({ src, dst, protocol: 1 }, encodeIcmp({ kind: 'unreachable', code: 3, quoted }));
		const inward = read(bytes(nat.inbound(complaint(at('203.0.113.1'), OUTSIDE, out), 0)));
		expect(formatAddress(inward.dst)).toBe('192.168.1.10');
		expect(ends(inward.payload.subarray(8))).toBe('192.168.1.10:5000>198.51.100.25:53');
		const back = bytes(nat.inbound(udp(PEER, 53, OUTSIDE, 61_001), 0));
		const outward = read(bytes(nat.outbound(complaint(INSIDE, PEER, back), 0)));
		expect(formatAddress(outward.src)).toBe('203.0.113.7');
		expect(ends(outward.payload.subarray(8))).toBe('198.51.100.25:53>203.0.113.7:61001');
		const stranger = complaint(PEER, OUTSIDE, udp(OUTSIDE, 61_009, PEER, 53));
		expect(nat.inbound(stranger, 0)).toMatchObject({ kind: 'refused' });
	});

	test.each([
		['a protocol without ports', datagram(20, { src: INSIDE, protocol: 47 })],
		['a header cut short', datagram(4, { src: INSIDE, protocol: 6 })],
		[
			'an ICMP redirect',
			datagram(encodeIcmp({ kind: 'redirect', code: 0, gateway: 1, quoted: new Uint8Array(28) }), {
				src: INSIDE,
				protocol: 1
			})
		]
	])('refuses %s', (_, given) => {
		expect(new Nat(OUTSIDE).outbound(given, 0)).toMatchObject({ kind: 'refused' });
	});
});

describe('sealing', () => {
	test('mends every sum of TCP, UDP and ICMP, and only the header of a fragment', () => {
		const tcp = encodeTcp(
			{
				srcPort: 1,
				dstPort: 2,
				seq: 3,
				ack: 4,
				flags: ACK,
				window: 5,
				urgent: 0,
				options: [],
				payload: counting(9)
			},
			INSIDE,
			PEER
		);
		const icmp = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: counting(5) });
		for (const whole of [
			encodeIpv4({ src: INSIDE, dst: PEER, protocol: 6 }, tcp),
			encodeIpv4({ src: INSIDE, dst: PEER, protocol: 1 }, icmp),
			udp(INSIDE, 1, PEER, 2)
		]) {
			const spoilt = whole.slice();
			const place = { 6: 36, 1: 22, 17: 26 }[whole[9]!]!;
			for (const i of [10, 11, place, place + 1]) spoilt[i] = spoilt[i]! ^ 0x5a;
			sealAll(spoilt);
			expect(spoilt).toEqual(whole);
		}
		const [piece] = fragment(datagram(200), 100);
		const same = piece!.slice();
		sealAll(same);
		expect(same).toEqual(piece);
	});
});

describe('a filter', () => {
	const says = (rules: FilterRule[], bytes: Uint8Array) => judge(rules, read(bytes)).action;
	const dns = udp(INSIDE, 5_000, PEER, 53);

	test.each<[FilterRule, boolean]>([
		[{ action: 'drop' }, true],
		[{ action: 'drop', src: '192.168.0.0/16' }, true],
		[{ action: 'drop', src: '192.168.1.11' }, false],
		[{ action: 'drop', dst: '198.51.100.25' }, true],
		[{ action: 'drop', dst: '198.51.100.0/27', protocol: 'udp', srcPort: 5_000, dstPort: 53 }, true],
		[{ action: 'drop', protocol: 'tcp' }, false],
		[{ action: 'drop', dstPort: 5_000 }, false],
		[{ action: 'drop', srcPort: 53 }, false],
		[{ action: 'drop', icmpType: 19 }, false],
		[{ action: 'drop', icmpCode: 136 }, false]
	])('rule %o: fits %s', (rule, fits) => {
		expect(says([rule], dns)).toBe(fits ? 'drop' : 'pass');
	});

	test('the first rule that fits decides', () => {
		expect(says([{ action: 'pass', dstPort: 53 }, { action: 'drop' }], dns)).toBe('pass');
		expect(says([{ action: 'reject' }, { action: 'pass' }], dns)).toBe('reject');
		expect(says([], dns)).toBe('pass');
	});

	test('a later fragment has no port to be told by', () => {
		const later = fragment(udp(INSIDE, 5_000, PEER, 53), 28).at(-1)!;
		expect(says([{ action: 'drop', dstPort: 53 }], later)).toBe('pass');
		expect(says([{ action: 'drop', protocol: 'udp' }], later)).toBe('drop');
	});
});
