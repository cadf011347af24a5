/** Datagrams to try the rules of IP on. */
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, parseIpv4, type Ipv4Fields, type Ipv4Packet } from '#lib/wire/ipv4.ts';

export const DESK = parseAddress('192.0.2.10');
export const POST = parseAddress('198.51.100.25');

/** Octets that count 0, 1, 2 …, so that any mix-up shows. */
export const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);

export const datagram = (payload: number | Uint8Array, fields: Partial<Ipv4Fields> = {}): Uint8Array =>
	encodeIpv4(
		{ src: DESK, dst: POST, protocol: 17, id: 0x1c46, ...fields },
		typeof payload === 'number' ? counting(payload) : payload
	);

export function read(bytes: Uint8Array): Ipv4Packet {
	const parsed = parseIpv4(bytes);
	if (!parsed.ok) throw new Error(parsed.detail);
	return parsed.packet;
}
