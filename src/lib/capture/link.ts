/**
 * Where the IPv4 datagram begins in a captured packet, by the link type of its interface (the registry of the pcap
 * formats). Law: octets from anywhere; what is no IPv4 gets its name instead of a place.
 */

export const ETHERNET = 1;
/** IPv4 or IPv6 without any link header. */
export const RAW = 101;
const IPV4 = 228;
/** The address family in the byte order of the machine that captured. */
const NULL = 0;
/** The same, in network byte order. */
const LOOP = 108;
/** Linux "any" interface, versions 1 and 2. */
const SLL = 113;
const SLL2 = 276;
/** What some systems write for raw IP. */
const RAW_OLD = 12;
const RAW_BSD = 14;

/** EtherTypes (the registry of IEEE 802). */
const TYPE_IPV4 = 0x0800;
const NAMES: ReadonlyMap<number, string> = new Map([
	[0x0806, 'ARP'],
	[0x86dd, 'IPv6'],
	[0x8863, 'PPPoE'],
	[0x8864, 'PPPoE'],
	[0x8847, 'MPLS'],
	[0x88cc, 'LLDP'],
	[0x888e, 'EAPOL']
]);
/** Tags of virtual networks: IEEE 802.1Q, 802.1ad, and what came before that. */
const TAGS = new Set([0x8100, 0x88a8, 0x9100]);
const MOST_TAGS = 4;
/** Below this the field is a length, and an 802.2 header follows. */
const FIRST_TYPE = 0x0600;
const AF_INET = 2;
/** AF_INET6 has another number on every system. */
const AF_INET6 = new Set([10, 24, 28, 30]);

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** By EtherType at `at`, tags stepped over. */
function afterType(bytes: Uint8Array, at: number): number | string {
	let type = word(bytes, at);
	let next = at + 2;
	for (let tags = 0; TAGS.has(type) && tags < MOST_TAGS; tags++) {
		type = word(bytes, next + 2);
		next += 4;
	}
	if (next > bytes.length) return 'cut short';
	if (type === TYPE_IPV4) return next;
	if (type < FIRST_TYPE) return 'IEEE 802.2';
	return NAMES.get(type) ?? `EtherType 0x${type.toString(16).padStart(4, '0')}`;
}

/** By the version in the first octet. */
function version(bytes: Uint8Array, at: number): number | string {
	if (bytes.length <= at) return at === 0 ? 0 : 'cut short';
	const first = bytes[at]! >> 4;
	return first === 4 ? at : first === 6 ? 'IPv6' : `IP version ${first}`;
}

function byFamily(bytes: Uint8Array, family: number): number | string {
	if (family === AF_INET) return bytes.length < 4 ? 'cut short' : 4;
	return AF_INET6.has(family) ? 'IPv6' : `address family ${family}`;
}

/** The octet at which the IPv4 datagram begins, or what the packet is instead. */
export function findDatagram(linkType: number, bytes: Uint8Array): number | string {
	switch (linkType) {
		case RAW:
		case RAW_OLD:
		case RAW_BSD:
			return version(bytes, 0);
		case IPV4:
			return 0;
		case ETHERNET:
			return afterType(bytes, 12);
		case SLL:
			return afterType(bytes, 14);
		case SLL2: {
			const type = word(bytes, 0);
			if (bytes.length < 20) return 'cut short';
			return type === TYPE_IPV4
				? 20
				: (NAMES.get(type) ?? `EtherType 0x${type.toString(16).padStart(4, '0')}`);
		}
		case NULL: {
			// 2 in either byte order: families are small numbers
			const family = bytes[0] || bytes[3] || 0;
			return byFamily(bytes, family);
		}
		case LOOP:
			return byFamily(bytes, bytes[3] ?? 0);
		default:
			return `link type ${linkType}`;
	}
}
