/**
 * What `dissect` returns: a tree in which every value carries the bits it was read from. The screen renders nodes and
 * knows no protocol; selecting is comparing bit ranges.
 */

/** Half-open range of bits, counted from the first bit of the packet's first octet. */
export type BitRange = readonly [from: number, to: number];

export interface Node {
	/**
	 * Stable dotted name. Where Wireshark has a display-filter field for the value this is that field's name
	 * (`ip.ttl`, `tcp.flags.syn`, `pop.request.command`).
	 */
	readonly name: string;
	/** What a person reads: "Time to live". */
	readonly label: string;
	/** The value as text: "64", "198.51.100.25", "SYN, ACK". */
	readonly shown: string;
	/** The raw number where the value is one (fields of at most 32 bits). */
	readonly value?: number;
	readonly bits: BitRange;
	/** Clause: "RFC 791 §3.1". */
	readonly rfc: string;
	/** One plain sentence: why this field is there. */
	readonly note: string;
	/** What is wrong with it, in words: "checksum is 0xbeef, should be 0x1c46". */
	readonly problem?: string;
	/** In order, without gaps or overlaps: the children cover the parent's bits exactly. Leaves have none. */
	readonly children?: readonly Node[];
}
