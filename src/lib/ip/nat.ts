/**
 * Network address and port translation (RFC 3022 §2.2): many inside hosts behind one outside address. The mapping is
 * endpoint-independent (RFC 4787 REQ-1): an inside address and port keep their outside port whoever they speak to. The
 * filter is address and port-dependent (REQ-8's stricter choice): only who was spoken to may answer. Whole datagrams only:
 * a fragment has no ports, so whoever translates puts the pieces together first (REQ-14).
 */
import type { Address } from '#lib/wire/address.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { Session } from './nat-session.ts';
import { endpointOf, sealIcmp, setEndpoint, type Endpoint, type Side } from './rewrite.ts';

const SECOND = 1_000_000;
/** µs without outbound traffic after which a mapping ends: RFC 4787 REQ-5 and 6, RFC 5508 REQ-2. TCP's have sessions. */
const IDLE: ReadonlyMap<number, number> = new Map([
	[UDP_PROTOCOL, 300 * SECOND],
	[ICMP_PROTOCOL, 60 * SECOND]
]);
const LAST_PORT = 65_535;
const MOST_PEERS = 256;
const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;
const ERRORS: ReadonlySet<number> = new Set([3, 11, 12]);

export interface Mapping {
	readonly protocol: number;
	readonly inside: Endpoint;
	readonly outside: Endpoint;
}

interface Held extends Mapping {
	/** Of UDP and ICMP. */
	expires: number;
	/** Who was spoken to, the longest ago first: `address port`, and `address` alone for ICMP; of TCP with what was seen. */
	readonly peers: Map<string, Session | null>;
}

export type Translated =
	/** A copy with other addresses and ports. `fresh`: the mapping was made for it. */
	| {
			readonly kind: 'translated';
			readonly bytes: Uint8Array;
			readonly mapping: Mapping;
			readonly fresh: boolean;
	  }
	| { readonly kind: 'refused'; readonly detail: string };

export class Nat {
	readonly outside: Address;
	readonly #firstPort: number;
	readonly #inside = new Map<string, Held>();
	readonly #outside = new Map<string, Held>();
	readonly #nextPort = new Map<number, number>();

	/** `firstPort`: outside ports are given from here upwards, and round again. */
	constructor(outside: Address, firstPort = 61_001) {
		this.outside = outside;
		this.#firstPort = firstPort;
	}

	/** The table as it is at `now`. */
	table(now: number): readonly Mapping[] {
		return [...this.#inside.values()]
			.filter((held) => expiryOf(held) > now)
			.map(({ protocol, inside, outside }) => ({ protocol, inside, outside }));
	}

	/** Forgets what has been idle too long at `now`, and returns it. */
	expire(now: number): readonly Mapping[] {
		const ended = [...this.#inside.values()].filter((held) => expiryOf(held) <= now);
		for (const { protocol, inside, outside } of ended) {
			this.#inside.delete(key(protocol, inside));
			this.#outside.delete(key(protocol, outside));
		}
		return ended;
	}

	/** A valid, whole datagram on its way out. */
	outbound(datagram: Uint8Array, now: number): Translated {
		const protocol = IPV4.get.protocol(datagram, 0);
		const quoted = quotedAt(datagram);
		if (quoted !== null) return this.#error(datagram, quoted, 'dst', this.#inside);
		if (!translatable(datagram)) return refused(`${words(datagram)} has nothing to be told apart by`);
		const inside = endpointOf(datagram, 0, 'src');
		const known = this.#inside.get(key(protocol, inside));
		const mapping = known ?? this.#map(protocol, inside);
		if (!mapping) return refused('every outside port is taken');
		mapping.expires = now + (IDLE.get(protocol) ?? 0);
		const peer = peerOf(datagram, 'dst');
		const session = mapping.peers.get(peer) ?? (protocol === TCP_PROTOCOL ? new Session() : null);
		session?.see(flagsOf(datagram), true, now);
		mapping.peers.delete(peer);
		mapping.peers.set(peer, session);
		const [longestAgo] = mapping.peers.keys();
		if (mapping.peers.size > MOST_PEERS && longestAgo !== undefined) mapping.peers.delete(longestAgo);
		const bytes = datagram.slice();
		setEndpoint(bytes, 0, 'src', mapping.outside);
		return { kind: 'translated', bytes, mapping, fresh: known === undefined };
	}

	/** A valid, whole datagram to the outside address. */
	inbound(datagram: Uint8Array, now: number): Translated {
		const protocol = IPV4.get.protocol(datagram, 0);
		const quoted = quotedAt(datagram);
		if (quoted !== null) return this.#error(datagram, quoted, 'src', this.#outside);
		if (!translatable(datagram)) return refused(`${words(datagram)} has nothing to be told apart by`);
		const outside = endpointOf(datagram, 0, 'dst');
		const mapping = this.#outside.get(key(protocol, outside));
		if (!mapping) return refused(`no mapping for outside port ${outside.port}`);
		const peer = peerOf(datagram, 'src');
		const session = mapping.peers.get(peer);
		if (session === undefined || (session && session.expires <= now))
			return refused(`outside port ${outside.port} has not spoken to the sender`);
		session?.see(flagsOf(datagram), false, now);
		const bytes = datagram.slice();
		setEndpoint(bytes, 0, 'dst', mapping.inside);
		return { kind: 'translated', bytes, mapping, fresh: false };
	}

	/** An ICMP error belongs to the mapping of the datagram it quotes, and the quotation is translated too (RFC 5508 REQ-4, 5). */
	#error(datagram: Uint8Array, quoted: number, side: Side, held: ReadonlyMap<string, Held>): Translated {
		const mapping = held.get(key(IPV4.get.protocol(datagram, quoted), endpointOf(datagram, quoted, side)));
		if (!mapping) return refused('no mapping for the datagram that this ICMP error is about');
		const bytes = datagram.slice();
		const [from, to]: [Side, Endpoint] = side === 'dst' ? ['src', mapping.outside] : ['dst', mapping.inside];
		setEndpoint(bytes, quoted, side, to);
		setAddress(bytes, from, to.address);
		sealIcmp(bytes, IPV4.get.ihl(bytes, 0) * 4, IPV4.get.totalLength(bytes, 0));
		return { kind: 'translated', bytes, mapping, fresh: false };
	}

	#map(protocol: number, inside: Endpoint): Held | null {
		const ports = LAST_PORT - this.#firstPort + 1;
		const start = this.#nextPort.get(protocol) ?? this.#firstPort;
		for (let tried = 0; tried < ports; tried++) {
			const port = this.#firstPort + ((start - this.#firstPort + tried) % ports);
			const outside = { address: this.outside, port };
			if (this.#outside.has(key(protocol, outside))) continue;
			this.#nextPort.set(protocol, port === LAST_PORT ? this.#firstPort : port + 1);
			const held = { protocol, inside, outside, expires: 0, peers: new Map<string, Session | null>() };
			this.#inside.set(key(protocol, inside), held);
			this.#outside.set(key(protocol, outside), held);
			return held;
		}
		return null;
	}
}

/** When a mapping has been idle too long, µs: that of TCP with the last of its connections. */
function expiryOf({ protocol, expires, peers }: Held): number {
	if (protocol !== TCP_PROTOCOL) return expires;
	let last = 0;
	for (const session of peers.values()) last = Math.max(last, session?.expires ?? 0);
	return last;
}

/** Control bits of a TCP segment. */
function flagsOf(datagram: Uint8Array): number {
	return datagram[IPV4.get.ihl(datagram, 0) * 4 + 13] ?? 0;
}

/** Changes the address of the datagram itself and nothing that its payload sums up: an ICMP message has no pseudo-header. */
function setAddress(bytes: Uint8Array, side: Side, address: Address): void {
	const { port } = endpointOf(bytes, 0, side);
	setEndpoint(bytes, 0, side, { address, port });
}

function key(protocol: number, { address, port }: Endpoint): string {
	return `${protocol} ${address} ${port}`;
}

function peerOf(bytes: Uint8Array, side: Side): string {
	const { address, port } = endpointOf(bytes, 0, side);
	return IPV4.get.protocol(bytes, 0) === ICMP_PROTOCOL ? `${address}` : `${address} ${port}`;
}

function translatable(bytes: Uint8Array): boolean {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const protocol = IPV4.get.protocol(bytes, 0);
	if (bytes.length < at + 8) return false;
	if (protocol !== ICMP_PROTOCOL) return protocol === TCP_PROTOCOL || protocol === UDP_PROTOCOL;
	return bytes[at] === ECHO_REQUEST || bytes[at] === ECHO_REPLY;
}

/** Octet at which the datagram quoted by an ICMP error begins; null: it is no such error. */
function quotedAt(bytes: Uint8Array): number | null {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	if (IPV4.get.protocol(bytes, 0) !== ICMP_PROTOCOL || !ERRORS.has(bytes[at] ?? -1)) return null;
	const quoted = at + 8;
	const there = bytes.length >= quoted + IPV4.octets;
	return there && bytes.length >= quoted + IPV4.get.ihl(bytes, quoted) * 4 + 8 ? quoted : null;
}

function words(bytes: Uint8Array): string {
	return `protocol ${IPV4.get.protocol(bytes, 0)}`;
}

function refused(detail: string): Translated {
	return { kind: 'refused', detail };
}
