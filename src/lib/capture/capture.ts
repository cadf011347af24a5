/**
 * What a capture file holds, whichever format it has: interfaces, and packets in the order in which they were seen.
 * Times are integer microseconds. Files come from anywhere, so a reader believes no length in them, and what it cannot
 * read it refuses with a `CaptureError` that names the octet.
 */
import { findDatagram, RAW } from './link.ts';

export { ETHERNET, RAW } from './link.ts';

export interface CaptureInterface {
	readonly name: string;
	readonly description?: string;
	/** Most octets of a packet that were kept; 0 or absent: all of them. */
	readonly snaplen?: number;
	/** Absent: `RAW`. */
	readonly linkType?: number;
}

export interface CapturePacket {
	/** Position in `interfaces`. */
	readonly interface: number;
	/** Microseconds, an integer. */
	readonly at: number;
	readonly bytes: Uint8Array;
	/** How long the packet was on the link, when fewer octets were kept; absent: as long as `bytes`. */
	readonly originalLength?: number;
	readonly comment?: string;
}

export interface Capture {
	readonly interfaces: readonly CaptureInterface[];
	readonly packets: readonly CapturePacket[];
}

/** What a reader accepts before it gives up. */
export interface Limits {
	/** Octets of the whole file. */
	readonly octets: number;
	readonly packets: number;
	/** Octets of one packet. */
	readonly packet: number;
}

export const LIMITS: Limits = { octets: 100 * 1024 * 1024, packets: 250_000, packet: 262_144 };

/** A file that is no capture, or a damaged one. */
export class CaptureError extends Error {
	/** The octet at which reading stopped. */
	readonly at: number;

	constructor(message: string, at: number) {
		super(`${message} (at octet ${at})`);
		this.name = 'CaptureError';
		this.at = at;
	}
}

/** The IPv4 datagram inside a captured packet: link header taken off; null when it carries something else. */
export function datagramOf(capture: Capture, packet: CapturePacket): Uint8Array | null {
	const { bytes } = packet;
	const place = findDatagram(capture.interfaces[packet.interface]?.linkType ?? RAW, bytes);
	return typeof place === 'number' ? bytes.subarray(place) : null;
}
