import { expect, test } from 'vitest';
import { clampMss } from '#lib/ip/clamp.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, parseTcp, SYN, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { counting, datagram, DESK, POST, read } from './datagram.ts';

function syn(options: readonly TcpOption[], flags = SYN): Uint8Array {
	const rest = { seq: 1, ack: 0, window: 1, urgent: 0, payload: new Uint8Array(0) };
	const bytes = encodeTcp({ srcPort: 1, dstPort: 2, flags, options, ...rest }, DESK, POST);
	return encodeIpv4({ src: DESK, dst: POST, protocol: TCP_PROTOCOL }, bytes);
}

/** The segment after clamping; it throws where a checksum is not right any more. */
function clamped(bytes: Uint8Array, mtu: number): TcpSegment {
	clampMss(bytes, mtu);
	const parsed = parseTcp(read(bytes).payload, DESK, POST);
	if (!parsed.ok) throw new Error(parsed.detail);
	return parsed.packet;
}

const mss = (value: number): TcpOption => ({ kind: 'mss', value });
const NOP: TcpOption = { kind: 'nop' };

test.each([
	['a SYN', SYN],
	['a SYN,ACK', SYN | ACK]
])('%s offers what fits, and its checksum is right', (_, flags) => {
	expect(clamped(syn([mss(1460)], flags), 600).options).toEqual([mss(560)]);
});

test('wherever the option lies, on even and odd octets', () => {
	for (let before = 0; before < 8; before += 1) {
		const options = [
			...Array.from({ length: before }, () => NOP),
			mss(8960),
			{ kind: 'sackPermitted' } as const
		];
		const after = clamped(syn(options), 1500).options;
		expect(after.find(({ kind }) => kind === 'mss')).toEqual(mss(1460));
	}
});

test('it only ever lowers, and touches nothing else', () => {
	expect(clamped(syn([mss(536)]), 1500).options).toEqual([mss(536)]);
	for (const bytes of [
		syn([]),
		syn([mss(1460)], ACK),
		datagram(60),
		datagram(counting(9), { protocol: 6 })
	]) {
		const before = bytes.slice();
		clampMss(bytes, 600);
		expect(bytes).toEqual(before);
	}
});

test('a damaged sum stays wrong, and a broken list ends the search', () => {
	const damaged = syn([mss(1460)]);
	damaged[36] = (damaged[36] ?? 0) ^ 1;
	clampMss(damaged, 600);
	expect(parseTcp(read(damaged).payload, DESK, POST)).toMatchObject({ ok: false, reason: 'checksum' });
	for (const length of [0, 1]) {
		const bytes = syn([mss(1460)]);
		bytes[41] = length;
		const before = bytes.slice();
		clampMss(bytes, 600);
		expect(bytes).toEqual(before);
	}
});
