/**
 * A capture file as it arrives, chunk by chunk: whole records are handed to the format's reader, what is left over waits
 * for the next chunk. Law: a reader believes no length; what waits is bounded, and octets from anywhere end in packets or
 * in a `CaptureError` that names the octet.
 */
import { CaptureError, type Limits } from './capture.ts';

/** What is here of a file: `bytes`, of which the first is octet `base` of the file. */
export interface Window {
	readonly bytes: Uint8Array;
	readonly view: DataView;
	readonly base: number;
}

/** How one format is read. */
export interface Format {
	/** Reads the record that begins at `at` of the window; its octets, or 0 while it is not all here. */
	next(window: Window, at: number): number;
	/** What the file lacks that ends inside the record at `at`. */
	torn(window: Window, at: number): CaptureError;
}

/** More than a record of either format takes when its packet is within the limits. */
const LONGEST_RECORD = 16 * 1024 * 1024;

const windowOf = (bytes: Uint8Array, base: number): Window => ({
	bytes,
	view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
	base
});

/** Takes a file in pieces of any size. Throws a CaptureError from either verb; what was read before it stays read. */
export class RecordReader {
	readonly #choose: (window: Window) => Format;
	readonly #octets: number;
	#format: Format | null = null;
	#rest = new Uint8Array(0);
	#base = 0;

	/** `choose` is asked once four octets are here, or none will come. */
	constructor(choose: (window: Window) => Format, { octets }: Limits) {
		this.#choose = choose;
		this.#octets = octets;
	}

	push(chunk: Uint8Array): void {
		if (this.#base + this.#rest.length + chunk.length > this.#octets)
			throw new CaptureError(`more than ${this.#octets} octets`, this.#octets);
		let bytes = chunk;
		if (this.#rest.length > 0) {
			bytes = new Uint8Array(this.#rest.length + chunk.length);
			bytes.set(this.#rest);
			bytes.set(chunk, this.#rest.length);
		}
		if (!this.#format && bytes.length < 4) {
			this.#rest = bytes.slice();
			return;
		}
		const window = windowOf(bytes, this.#base);
		this.#format ??= this.#choose(window);
		let at = 0;
		while (at < bytes.length) {
			const length = this.#format.next(window, at);
			if (length === 0) break;
			at += length;
		}
		this.#base += at;
		this.#rest = bytes.slice(at);
		if (this.#rest.length > LONGEST_RECORD)
			throw new CaptureError(`a record of more than ${LONGEST_RECORD} octets`, this.#base);
	}

	/** No more comes. */
	end(): void {
		const window = windowOf(this.#rest, this.#base);
		this.#format ??= this.#choose(window);
		if (this.#rest.length > 0) throw this.#format.torn(window, 0);
	}
}
