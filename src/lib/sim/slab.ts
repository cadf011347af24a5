/**
 * Room for datagrams. An array of its own for each costs more than all that is written into it, so they are views of
 * larger ones; a slab lives as long as any view of it, and slabs begin small, for most hosts send little.
 */
const FIRST = 1 << 11;
const LARGEST = 1 << 16;

export class Slab {
	#room: Uint8Array | null = null;
	#at = 0;

	/** Octets of which every one must be written. */
	take(length: number): Uint8Array {
		let room = this.#room;
		if (room === null || room.length - this.#at < length) {
			const size = room === null ? FIRST : Math.min(LARGEST, room.length * 2);
			room = new Uint8Array(Math.max(size, length));
			this.#room = room;
			this.#at = 0;
		}
		const from = this.#at;
		this.#at = from + length;
		return new Uint8Array(room.buffer, from, length);
	}
}
