/**
 * What a router does to the octets it passes on: it takes one from the time to live and corrects the header checksum by
 * that difference alone (RFC 791 §3.2, RFC 1624). Options and everything else pass as they are.
 */
import { update } from '#lib/wire/checksum.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';

const { get, set } = IPV4;
const ttlAndProtocol = IPV4.run('ttl', 'protocol');

const fresh = (length: number): Uint8Array => new Uint8Array(length);

/** A copy with one hop less to live, in what `room` gives; null: it may not live on (RFC 1812 §5.3.1). */
export function decrementTtl(datagram: Uint8Array, room = fresh): Uint8Array | null {
	if (get.ttl(datagram, 0) <= 1) return null;
	const length = get.totalLength(datagram, 0);
	const bytes = room(length);
	bytes.set(length < datagram.length ? datagram.subarray(0, length) : datagram);
	const before = ttlAndProtocol.get(bytes, 0);
	set.ttl(bytes, 0, get.ttl(bytes, 0) - 1);
	set.checksum(bytes, 0, update(get.checksum(bytes, 0), before, ttlAndProtocol.get(bytes, 0)));
	return bytes;
}
