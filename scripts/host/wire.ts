/**
 * The link of a host that runs in real time: packets on two byte streams, each preceded by its length as 16 bits,
 * big-endian. Its law: nothing but packets ever goes out, and what the other side does not fetch is dropped as a network
 * card would, so neither side can wait for the other for ever.
 */
import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

const LENGTH = 2;
/** Octets that may wait to be fetched. */
const MOST_WAITING = 4 << 20;

/** The packets in what is read, however it is cut. */
export class PacketReader {
	/** Pieces of a packet that is not whole yet, and their octets. */
	#pieces: Uint8Array[] = [];
	#held = 0;
	/** Octets that are needed before anything can be taken out of the pieces. */
	#wanted = LENGTH;

	/** Octets of a packet that has not come to its end. */
	get unfinished(): number {
		return this.#held;
	}

	/** Calls `take` with each packet that is whole now. */
	push(chunk: Uint8Array, take: (packet: Uint8Array) => void): void {
		this.#pieces.push(chunk);
		this.#held += chunk.length;
		if (this.#held < this.#wanted) return;
		const bytes = this.#pieces.length === 1 ? chunk : joined(this.#pieces, this.#held);
		let at = 0;
		this.#wanted = LENGTH;
		while (bytes.length - at >= LENGTH) {
			const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
			if (bytes.length - at < LENGTH + length) {
				this.#wanted = LENGTH + length;
				break;
			}
			take(bytes.subarray(at + LENGTH, at + LENGTH + length));
			at += LENGTH + length;
		}
		this.#pieces = at < bytes.length ? [bytes.subarray(at)] : [];
		this.#held = bytes.length - at;
	}
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}

/** Collects packets, and writes them all at once at the next `flush`. */
export class PacketWriter {
	readonly #stream: Writable;
	#packets: Uint8Array[] = [];
	#octets = 0;
	/** Packets for which there was no room. */
	dropped = 0;

	constructor(stream: Writable) {
		this.#stream = stream;
	}

	/** False: there is no room, and the packet is dropped. */
	write(packet: Uint8Array): boolean {
		const more = LENGTH + packet.length;
		if (this.#stream.writableLength + this.#octets + more > MOST_WAITING) {
			this.dropped += 1;
			return false;
		}
		this.#packets.push(packet);
		this.#octets += more;
		return true;
	}

	flush(): void {
		if (this.#octets === 0) return;
		const bytes = new Uint8Array(this.#octets);
		let at = 0;
		for (const packet of this.#packets) {
			bytes[at] = packet.length >> 8;
			bytes[at + 1] = packet.length & 0xff;
			bytes.set(packet, at + LENGTH);
			at += LENGTH + packet.length;
		}
		this.#packets = [];
		this.#octets = 0;
		this.#stream.write(bytes);
	}

	/** Writes what is left, then ends the stream. */
	end(): void {
		this.flush();
		this.#stream.end();
	}
}

/** A file descriptor as a stream that never blocks the program, whatever is behind it. */
export function writableOf(fd: number): Writable {
	const about = fstatSync(fd);
	if (about.isFIFO() || about.isSocket()) return new Socket({ fd, readable: false, writable: true });
	return createWriteStream('', { fd });
}
