/**
 * Segments that nobody should send: valid ones with flags, numbers near every edge, options and lengths changed, and the
 * checksums made right again, so that most of them get as far as TCP's own rules.
 */
import { sealAll } from '#lib/ip/rewrite.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { add } from '#lib/wire/seq.ts';
import { ACK, encodeTcp, FIN, PSH, RST, SYN, URG, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { tcpOptionsLength } from '#lib/wire/tcp-options.ts';
import type { Dice } from './dice.ts';

/** The four-tuple of a datagram to the victim, and the sequence numbers that matter to it. */
export interface Target {
	readonly src: number;
	readonly srcPort: number;
	readonly dst: number;
	readonly dstPort: number;
	/** Of the victim as its segments told: SND.NXT, its ISS, RCV.NXT and RCV.WND. */
	readonly sndNxt: number;
	readonly iss: number;
	readonly rcvNxt: number;
	readonly rcvWnd: number;
	/** Latest timestamp that the victim sent and the one it echoed; null: it sends none. */
	readonly stamp: readonly [value: number, echo: number] | null;
}

const FLAGS = [
	ACK,
	ACK,
	ACK | PSH,
	ACK | FIN,
	ACK | PSH | FIN,
	SYN,
	SYN | ACK,
	RST,
	RST | ACK,
	FIN,
	ACK | URG,
	SYN | FIN,
	SYN | RST,
	0,
	0xff
];
const NEAR = [
	0, 0, 0, 0, 1, -1, 2, -2, 10, -10, 536, -536, 1459, 1460, 1461, -1460, 65_534, 65_535, 65_536, -65_536
];
const SIZES = [0, 0, 0, 0, 1, 1, 2, 10, 100, 535, 536, 537, 1459, 1460, 1461, 4_000, 8_960];
const WINDOWS = [0, 0, 1, 2, 535, 536, 1460, 4_096, 65_534, 65_535, 65_535, 65_535];
const HALF = 0x8000_0000;
const OPTION_SPACE = 40;

function around(dice: Dice, edges: readonly number[]): number {
	if (dice.hit(0.04)) return dice.u32();
	const far = dice.hit(0.02) ? HALF + dice.from(-2, 2) : 0;
	return add(dice.pick(edges), far + dice.pick(NEAR));
}

function option(dice: Dice, { sndNxt, iss, stamp }: Target): TcpOption {
	switch (dice.from(0, 7)) {
		case 0:
			return { kind: 'mss', value: dice.pick([0, 1, 7, 48, 536, 1460, 8_960, 65_535]) };
		case 1:
			return { kind: 'windowScale', shift: dice.pick([0, 1, 7, 14, 15, 255]) };
		case 2:
			return { kind: 'sackPermitted' };
		case 3:
		case 4: {
			const blocks = Array.from({ length: dice.from(1, 4) }, () => {
				const left = dice.hit(0.8) ? add(iss, dice.from(0, add(sndNxt, -iss))) : around(dice, [sndNxt, iss]);
				return [left, dice.hit(0.8) ? add(left, dice.from(1, 3_000)) : around(dice, [sndNxt, left])] as const;
			});
			return { kind: 'sack', blocks };
		}
		case 5:
		case 6: {
			const [value, echo] = stamp ?? [dice.u32(), dice.u32()];
			return { kind: 'timestamps', value: around(dice, [echo, value]), echo: around(dice, [value, echo, 0]) };
		}
		default:
			return {
				kind: 'unknown',
				number: dice.pick([6, 9, 19, 28, 29, 34, 253, 255]),
				data: dice.octets(dice.from(0, 12))
			};
	}
}

function options(dice: Dice, target: Target): TcpOption[] {
	const list: TcpOption[] = [];
	// where timestamps are agreed upon, whatever has none is dropped at once
	if (target.stamp && dice.hit(0.9)) {
		const [value, echo] = target.stamp;
		list.push({ kind: 'timestamps', value: add(echo, dice.pick([0, 0, 1, 5, -1])), echo: value });
	}
	if (!dice.hit(0.35)) return list;
	for (let count = dice.from(1, 4); count > 0; count -= 1) {
		const next = option(dice, target);
		if (tcpOptionsLength([...list, next]) <= OPTION_SPACE) list.push(next);
	}
	return list;
}

/** A segment to the target with right checksums. */
function segmentFor(dice: Dice, target: Target): TcpSegment {
	const { srcPort, dstPort, sndNxt, iss, rcvNxt, rcvWnd } = target;
	const flags = dice.hit(0.06) ? dice.from(0, 0xff) : dice.pick(FLAGS);
	const size = dice.pick(SIZES);
	return {
		srcPort,
		dstPort,
		seq: around(dice, [
			rcvNxt,
			rcvNxt,
			rcvNxt,
			add(rcvNxt, rcvWnd),
			add(rcvNxt, -size),
			add(rcvNxt, rcvWnd - size)
		]),
		ack: around(dice, [sndNxt, sndNxt, sndNxt, iss, add(iss, 1), add(sndNxt, -65_535)]),
		flags,
		window: dice.pick(WINDOWS),
		urgent: dice.hit(0.1) ? dice.pick([0, 1, 100, 1_460, 65_535]) : 0,
		options: options(dice, target),
		payload: size > 0 ? new Uint8Array(size).fill(dice.u32()) : EMPTY
	};
}

const EMPTY = new Uint8Array(0);

/** A datagram to the target. One in four is bent once more below TCP; one in fifty keeps a sum that is wrong. */
export function packetFor(dice: Dice, target: Target): Uint8Array {
	const segment = segmentFor(dice, target);
	const { src, dst } = target;
	const bytes = encodeIpv4(
		{ src, dst, protocol: TCP_PROTOCOL, id: dice.from(0, 0xffff) },
		encodeTcp(segment, src, dst)
	);
	if (dice.hit(0.75)) return bytes;
	const bent = bend(dice, bytes);
	if (!dice.hit(0.08)) sealAll(bent);
	return bent;
}

/** Bits flipped, octets set, cut short or drawn out; sums are left as they are. */
export function bend(dice: Dice, bytes: Uint8Array): Uint8Array {
	const header = IPV4.get.ihl(bytes, 0) * 4;
	let bent = bytes.slice();
	switch (dice.from(0, 4)) {
		case 0:
			for (let count = dice.from(1, 4); count > 0; count -= 1) {
				const at = dice.from(0, bent.length - 1);
				bent[at] = (bent[at] ?? 0) ^ (1 << dice.from(0, 7));
			}
			return bent;
		case 1: {
			// the transport's header only, address and ports excepted
			const at = dice.from(header + 4, Math.min(bent.length - 1, header + 59));
			if (at < bent.length)
				bent[at] = dice.pick([0, 1, 2, 3, 5, 8, 0x50, 0x7f, 0x80, 0xf0, 0xff, dice.from(0, 255)]);
			return bent;
		}
		case 2: {
			bent = bent.slice(0, dice.from(0, bent.length));
			if (bent.length >= 20 && dice.hit(0.9)) IPV4.set.totalLength(bent, 0, bent.length);
			return bent;
		}
		case 3: {
			const longer = new Uint8Array(Math.min(65_535, bent.length + dice.from(1, 64)));
			longer.set(bent);
			longer.set(dice.octets(longer.length - bent.length), bent.length);
			if (dice.hit(0.7)) IPV4.set.totalLength(longer, 0, longer.length);
			return longer;
		}
		default:
			// octets of options at random, the data offset as it was
			for (let at = header + 20; at < Math.min(bent.length, header + 60); at += 1)
				if (dice.hit(0.3)) bent[at] = dice.u32();
			return bent;
	}
}
