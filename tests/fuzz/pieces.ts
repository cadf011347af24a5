/**
 * Datagrams that nobody should send, below TCP: pieces that overlap and collide, ICMP errors about everything, addresses
 * that are no one's, options and lifetimes at random. And the judge of reassembly, which paints each whole datagram anew.
 */
import { fragment, sealHeader } from '#lib/ip/fragment.ts';
import { Reassembly, REASSEMBLY_LIMITS } from '#lib/ip/reassembly.ts';
import { sealAll } from '#lib/ip/rewrite.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, type IcmpMessage } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { encodeTcp } from '#lib/wire/tcp.ts';
import { encodeUdp } from '#lib/wire/udp.ts';
import { Dice, Failure, hex } from './dice.ts';
import { bend } from './mutate.ts';

const { get, set } = IPV4;
const NO_ONES = ['255.255.255.255', '224.0.0.1', '127.0.0.1', '0.0.0.0', '240.0.0.1', '198.18.0.1'].map(
	parseAddress
);
/** Few, so that pieces of different datagrams meet. */
const IDS = [0, 1, 2, 3, 0xffff];

export interface Surroundings {
	/** Addresses of the hosts attacked and of the bystander's. */
	readonly addresses: readonly number[];
	/** Datagrams seen of late, which an ICMP error may quote. */
	readonly seen: readonly Uint8Array[];
	/** Ports of the bystander: nothing is forged with both of them. */
	readonly ports: ReadonlySet<number>;
}

function anyAddress(dice: Dice, { addresses }: Surroundings): number {
	if (dice.hit(0.08)) return dice.u32();
	return dice.hit(0.08) ? dice.pick(NO_ONES) : dice.pick(addresses);
}

function anyPort(dice: Dice, { ports }: Surroundings): number {
	for (;;) {
		const port = dice.hit(0.5) ? dice.pick([7, 53, 110, 4_000, 49_160, 61_010]) : dice.from(0, 65_535);
		if (!ports.has(port)) return port;
	}
}

function transport(dice: Dice, protocol: number, src: number, dst: number, around: Surroundings): Uint8Array {
	const size = dice.pick([0, 1, 8, 100, 600, 1_480, 3_000, 8_000]);
	const payload = dice.octets(size);
	const srcPort = anyPort(dice, around);
	const dstPort = anyPort(dice, around);
	if (protocol === UDP_PROTOCOL) return encodeUdp({ srcPort, dstPort, payload }, src, dst);
	if (protocol === TCP_PROTOCOL) {
		const numbers = {
			seq: dice.u32(),
			ack: dice.u32(),
			flags: dice.from(0, 0xff),
			window: dice.from(0, 0xffff)
		};
		return encodeTcp({ srcPort, dstPort, ...numbers, urgent: 0, options: [], payload }, src, dst);
	}
	if (protocol !== ICMP_PROTOCOL) return payload;
	const kind = dice.hit(0.7) ? 'echoRequest' : 'echoReply';
	return encodeIcmp({ kind, identifier: dice.from(0, 3), sequence: dice.from(0, 3), data: payload });
}

/** Of any type and code, about something that was seen, or about nothing. */
function complaint(dice: Dice, { seen }: Surroundings): Uint8Array {
	const about = seen.length > 0 && dice.hit(0.9) ? dice.pick(seen) : dice.octets(dice.from(0, 60));
	let quoted: Uint8Array = about.slice(0, dice.hit(0.7) ? 28 : dice.from(0, Math.min(about.length, 576)));
	if (quoted.length > 20 && dice.hit(0.3)) quoted = bend(dice, quoted);
	const code = dice.hit(0.8) ? dice.from(0, 15) : dice.from(0, 255);
	const messages: IcmpMessage[] = [
		{ kind: 'unreachable', code, quoted },
		{
			kind: 'unreachable',
			code: 4,
			mtu: dice.pick([0, 1, 67, 68, 69, 296, 576, 1_400, 1_500, 65_535]),
			quoted
		},
		{ kind: 'timeExceeded', code, quoted },
		{ kind: 'parameterProblem', code, pointer: dice.from(0, 255), quoted },
		{ kind: 'redirect', code, gateway: dice.u32(), quoted },
		{ kind: 'other', type: dice.from(0, 255), code, rest: dice.u32(), data: quoted }
	];
	return encodeIcmp(dice.pick(messages));
}

/** Changes what says where a piece belongs. */
function misplace(dice: Dice, piece: Uint8Array): Uint8Array {
	const bent = piece.slice();
	switch (dice.from(0, 5)) {
		case 0:
			set.fragmentOffset(bent, 0, Math.max(0, get.fragmentOffset(bent, 0) + dice.pick([-2, -1, 1, 2])));
			break;
		case 1:
			set.fragmentOffset(bent, 0, dice.pick([0, 1, 2, 0x1ffe, 0x1fff]));
			break;
		case 2:
			set.mf(bent, 0, 1 - get.mf(bent, 0));
			break;
		case 3: {
			const shorter = bent.slice(0, dice.from(20, bent.length));
			set.totalLength(shorter, 0, shorter.length);
			return shorter;
		}
		case 4:
			if (bent.length > 20) bent[dice.from(20, bent.length - 1)] = dice.from(0, 255);
			break;
		default:
			break;
	}
	return bent;
}

/** With options at random between header and payload. */
function withOptions(dice: Dice, bytes: Uint8Array): Uint8Array {
	const words = dice.from(1, 10);
	if (get.ihl(bytes, 0) !== 5 || bytes.length + words * 4 > 65_535) return bytes;
	const longer = new Uint8Array(bytes.length + words * 4);
	longer.set(bytes.subarray(0, 20));
	for (let at = 20; at < 20 + words * 4; at += 1)
		longer[at] = dice.hit(0.5) ? dice.pick([0, 1, 3, 4, 7, 0x44, 0x83, 0x94]) : dice.u32();
	longer.set(bytes.subarray(20), 20 + words * 4);
	set.ihl(longer, 0, 5 + words);
	set.totalLength(longer, 0, longer.length);
	return longer;
}

/** One datagram, or one piece. */
export function anyDatagram(dice: Dice, around: Surroundings): Uint8Array {
	const src = anyAddress(dice, around);
	const dst = anyAddress(dice, around);
	const complains = dice.hit(0.3);
	const protocol = complains
		? ICMP_PROTOCOL
		: dice.pick([ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL, UDP_PROTOCOL, 47]);
	const payload = complains ? complaint(dice, around) : transport(dice, protocol, src, dst, around);
	const ttl = dice.hit(0.15) ? dice.from(0, 2) : 64;
	let bytes = encodeIpv4({ src, dst, protocol, id: dice.pick(IDS), ttl, df: dice.hit(0.2) ? 1 : 0 }, payload);
	if (dice.hit(0.1)) bytes = withOptions(dice, bytes);
	if (dice.hit(0.4) && !get.df(bytes, 0)) {
		const pieces = fragment(bytes, dice.pick([84, 124, 300, 576, 1_500]));
		bytes = dice.pick(pieces);
		if (dice.hit(0.5)) bytes = misplace(dice, bytes);
	}
	if (dice.hit(0.1)) {
		bytes = bend(dice, bytes);
		if (dice.hit(0.9)) sealAll(bytes);
		return bytes;
	}
	sealHeader(bytes);
	return bytes;
}

interface Piece {
	readonly from: number;
	readonly data: Uint8Array;
}

/**
 * Pieces at random into one reassembly. Law: its bounds hold, and a whole datagram is exactly its pieces, laid side by
 * side without a gap and without one octet that two of them claim.
 */
export function fuzzReassembly(seed: number, pieces: number): { pieces: number; whole: number } {
	const dice = new Dice(seed, 'reassembly');
	const limits = { ...REASSEMBLY_LIMITS, datagrams: dice.pick([2, 64]), octets: dice.pick([4_096, 262_144]) };
	const reassembly = new Reassembly<Piece>(limits);
	const inputs: string[] = [];
	const fail = (problem: string) => new Failure('reassembly', seed, problem, inputs);
	let now = 0;
	let whole = 0;
	for (let count = 0; count < pieces; count += 1) {
		const bytes = anyPiece(dice);
		inputs.push(`${now} µs < ${hex(bytes)}`);
		if (inputs.length > 40) inputs.shift();
		const header = get.ihl(bytes, 0) * 4;
		const piece = { from: get.fragmentOffset(bytes, 0) * 8, data: bytes.slice(header) };
		const taken = reassembly.take(bytes, now, piece);
		if (taken.kind === 'whole') {
			whole += 1;
			const problem = painted(taken.datagram, taken.tags);
			if (problem) throw fail(problem);
		}
		if (reassembly.size > limits.datagrams) throw fail(`${reassembly.size} datagrams in the making`);
		if (reassembly.octets > limits.octets || reassembly.octets < 0)
			throw fail(`${reassembly.octets} octets held`);
		if (dice.hit(0.05)) now += dice.from(0, 30_000_000);
		reassembly.expire(now);
	}
	reassembly.expire(now + limits.timeout);
	if (reassembly.size + reassembly.octets > 0 || reassembly.nextAt !== null) throw fail('something is left');
	return { pieces, whole };
}

function anyPiece(dice: Dice): Uint8Array {
	const size = dice.pick([40, 64, 200, 1_000, 5_000]);
	const data = new Uint8Array(size).fill(dice.from(0, 255));
	const src = dice.pick([1, 2]);
	const bytes = encodeIpv4({ src, dst: 3, protocol: 17, id: dice.pick(IDS) }, data);
	const piece = dice.pick(fragment(bytes, dice.pick([28, 44, 84, 500])));
	return dice.hit(0.1) ? misplace(dice, piece) : piece;
}

function painted(datagram: Uint8Array, pieces: readonly Piece[]): string | null {
	const header = get.ihl(datagram, 0) * 4;
	const data = datagram.subarray(header);
	const owner = new Uint8Array(data.length);
	for (const { from, data: part } of pieces) {
		for (let at = 0; at < part.length; at += 1) {
			if (owner[from + at] !== 0) return `octet ${from + at} is in two pieces, or in none`;
			owner[from + at] = 1;
			if (data[from + at] !== part[at]) return `octet ${from + at} is not that of its piece`;
		}
	}
	const gap = owner.indexOf(0);
	return gap < 0 ? null : `octet ${gap} came in no piece`;
}
