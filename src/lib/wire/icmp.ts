/**
 * ICMP messages (RFC 792): `encodeIcmp` and the strict `parseIcmp`. The tables are in `icmp-header.ts`. A message of a
 * type that has no name here is kept as `other`, octet for octet.
 */
import type { Address } from './address.ts';
import { checksum as checksumOf, finish, sum } from './checksum.ts';
import { ECHO, FRAGMENTATION_NEEDED, ICMP, PARAMETER_PROBLEM, REDIRECT } from './icmp-header.ts';
import { checksumProblem, refuse, type Parsed } from './parsed.ts';

/** Codes of `unreachable` (RFC 792). */
export const unreachable = { net: 0, host: 1, protocol: 2, port: 3, fragmentationNeeded: 4 } as const;

export type IcmpMessage = {
	/** Absent: computed when encoding. Given: kept, even if wrong. */
	readonly checksum?: number;
} & (
	| {
			readonly kind: 'echoRequest' | 'echoReply';
			readonly identifier: number;
			readonly sequence: number;
			readonly data: Uint8Array;
	  }
	/** `quoted`: header and first octets of the datagram that caused the message, see `quote`. */
	| {
			readonly kind: 'unreachable';
			readonly code: number;
			/** Next-hop MTU in octets, with code 4 only (RFC 1191 §4). */
			readonly mtu?: number;
			readonly quoted: Uint8Array;
	  }
	| { readonly kind: 'timeExceeded'; readonly code: number; readonly quoted: Uint8Array }
	| {
			readonly kind: 'parameterProblem';
			readonly code: number;
			readonly pointer: number;
			readonly quoted: Uint8Array;
	  }
	| {
			readonly kind: 'redirect';
			readonly code: number;
			readonly gateway: Address;
			readonly quoted: Uint8Array;
	  }
	| {
			readonly kind: 'other';
			readonly type: number;
			readonly code: number;
			/** The four octets after the checksum. */
			readonly rest: number;
			readonly data: Uint8Array;
	  }
);

/** A router quotes as much as keeps its whole message under 576 octets (RFC 1812 §4.3.2.3). */
const MOST_QUOTED = 576 - 20 - 8;

/** The part of `datagram` that an error message carries. A copy. */
export function quote(datagram: Uint8Array): Uint8Array {
	return datagram.slice(0, MOST_QUOTED);
}

const typeNumbers = {
	echoReply: 0,
	unreachable: 3,
	redirect: 5,
	echoRequest: 8,
	timeExceeded: 11,
	parameterProblem: 12
} as const;

function bodyOf(message: IcmpMessage): Uint8Array {
	return 'quoted' in message ? message.quoted : message.data;
}

/** Octets of the whole message. */
export function icmpLength(message: IcmpMessage): number {
	return ICMP.octets + bodyOf(message).length;
}

/** Writes a message into `into` at octet `at`; returns the octet after it. Throws a RangeError when it does not fit. */
export function putIcmp(into: Uint8Array, at: number, message: IcmpMessage): number {
	const end = at + icmpLength(message);
	if (end > into.length) throw new RangeError(`the message takes ${end - at} octets`);
	ICMP.encode(
		{
			type: message.kind === 'other' ? message.type : typeNumbers[message.kind],
			code: 'code' in message ? message.code : 0,
			checksum: message.checksum ?? 0,
			rest: message.kind === 'other' ? message.rest : 0
		},
		into,
		at
	);
	if (message.kind === 'echoRequest' || message.kind === 'echoReply') {
		ECHO.set.identifier(into, at, message.identifier);
		ECHO.set.sequence(into, at, message.sequence);
	} else if (message.kind === 'unreachable') {
		FRAGMENTATION_NEEDED.set.mtu(into, at, message.mtu ?? 0);
	} else if (message.kind === 'parameterProblem') {
		PARAMETER_PROBLEM.set.pointer(into, at, message.pointer);
	} else if (message.kind === 'redirect') {
		REDIRECT.set.gateway(into, at, message.gateway);
	}
	into.set(bodyOf(message), at + ICMP.octets);
	if (message.checksum === undefined) ICMP.set.checksum(into, at, finish(sum(into, at, end)));
	return end;
}

/** A whole message. */
export function encodeIcmp(message: IcmpMessage): Uint8Array {
	const bytes = new Uint8Array(icmpLength(message));
	putIcmp(bytes, 0, message);
	return bytes;
}

function read(bytes: Uint8Array): IcmpMessage {
	const { type, code, rest } = ICMP.decode(bytes);
	const body = bytes.subarray(ICMP.octets);
	if ((type === 8 || type === 0) && code === 0) {
		const { identifier, sequence } = ECHO.decode(bytes);
		return { kind: type === 8 ? 'echoRequest' : 'echoReply', identifier, sequence, data: body };
	}
	if (type === 3) {
		const mtu =
			code === unreachable.fragmentationNeeded ? { mtu: FRAGMENTATION_NEEDED.get.mtu(bytes, 0) } : {};
		return { kind: 'unreachable', code, ...mtu, quoted: body };
	}
	if (type === 5) return { kind: 'redirect', code, gateway: REDIRECT.get.gateway(bytes, 0), quoted: body };
	if (type === 11) return { kind: 'timeExceeded', code, quoted: body };
	if (type === 12) {
		return { kind: 'parameterProblem', code, pointer: PARAMETER_PROBLEM.get.pointer(bytes, 0), quoted: body };
	}
	return { kind: 'other', type, code, rest, data: body };
}

/** Reads a message; one that is too short or has a wrong checksum is refused. Unused octets are not looked at. */
export function parseIcmp(bytes: Uint8Array): Parsed<IcmpMessage> {
	if (bytes.length < ICMP.octets) {
		return refuse('truncated', bytes.length * 8, `an ICMP header takes 8 octets, ${bytes.length} are here`);
	}
	if (checksumOf(bytes) !== 0) {
		const is = ICMP.get.checksum(bytes, 0);
		return refuse('checksum', 16, checksumProblem(is, finish(sum(bytes) - is)));
	}
	return { ok: true, packet: read(bytes) };
}
