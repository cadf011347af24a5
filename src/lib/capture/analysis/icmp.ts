/**
 * ICMP messages and what they are about (RFC 792): a reply finds its request by identifier and sequence number, an error
 * finds the packet of which it quotes the beginning. Its law: only the latest packets are remembered.
 */
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { ECHO, ICMP, quotesDatagram } from '#lib/wire/icmp-header.ts';
import { readDatagram, type Datagram } from './read.ts';
import { Recent } from './recent.ts';
import type { EchoRow, Micros } from './row.ts';

const MOST = 4096;
const REPLY = 0;
const REQUEST = 8;
/** Octets of a datagram's payload that every error quotes. */
const QUOTED = 8;

interface Sent {
	readonly packet: number;
	readonly at: Micros;
}

export interface Messages {
	/** Echo requests by ends, identifier and sequence number. */
	readonly requests: Recent<string, Sent>;
	/** Datagrams by what an error quotes of them. */
	readonly datagrams: Recent<string, number>;
}

export function createMessages(): Messages {
	return { requests: new Recent(MOST), datagrams: new Recent(MOST) };
}

const long = (bytes: Uint8Array, at: number): number =>
	((bytes[at] ?? 0) << 24) |
	((bytes[at + 1] ?? 0) << 16) |
	((bytes[at + 2] ?? 0) << 8) |
	(bytes[at + 3] ?? 0);

/** What of a datagram stays the same on its way and is quoted by an error. */
function quotable({ src, dst, id, protocol, offset, payload }: Datagram): string {
	return `${src} ${dst} ${id} ${protocol} ${offset} ${long(payload, 0)} ${long(payload, 4)}`;
}

/** Remembers a datagram, so that an error about it is understood. */
export function takeDatagram(messages: Messages, datagram: Datagram, packet: number): void {
	messages.datagrams.set(quotable(datagram), packet);
}

/** Reads the ICMP message in `bytes`, between `src` and `dst`. */
export function takeMessage(
	messages: Messages,
	src: number,
	dst: number,
	bytes: Uint8Array,
	packet: number,
	at: Micros
): { readonly echo?: EchoRow; readonly about?: number } {
	if (bytes.length < QUOTED) return {};
	const type = ICMP.get.type(bytes, 0);
	if (type === REQUEST || type === REPLY) {
		const ends = type === REQUEST ? `${src} ${dst}` : `${dst} ${src}`;
		const key = `${ends} ${ECHO.get.identifier(bytes, 0)} ${ECHO.get.sequence(bytes, 0)}`;
		if (type === REQUEST) {
			messages.requests.set(key, { packet, at });
			return { echo: { kind: 'request' } };
		}
		const request = messages.requests.get(key);
		if (!request) return { echo: { kind: 'reply' } };
		return { echo: { kind: 'reply', answers: { packet: request.packet, after: at - request.at } } };
	}
	if (!quotesDatagram(type)) return {};
	const inner = bytes.subarray(ECHO.octets);
	const quoted = inner.length < IPV4.octets + QUOTED ? null : readDatagram(inner);
	const about = quoted && messages.datagrams.get(quotable(quoted));
	return about ? { about } : {};
}
