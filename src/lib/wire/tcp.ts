/** TCP segments (RFC 9293 §3.1). Types only so far: the header table, encode and parse are being written. */

/** Bits of `TcpSegment.flags`. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

export type TcpOption =
	| { readonly kind: 'eol' }
	| { readonly kind: 'nop' }
	| { readonly kind: 'mss'; readonly value: number }
	| { readonly kind: 'windowScale'; readonly shift: number }
	| { readonly kind: 'sackPermitted' }
	| { readonly kind: 'sack'; readonly blocks: readonly (readonly [left: number, right: number])[] }
	| { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
	| { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array };

export interface TcpSegment {
	readonly srcPort: number;
	readonly dstPort: number;
	/** Sequence number, unsigned 32 bits. */
	readonly seq: number;
	/** Acknowledgement number, unsigned 32 bits; meaningful when the ACK flag is set. */
	readonly ack: number;
	readonly flags: number;
	/** Window as carried, before scaling. */
	readonly window: number;
	readonly urgent: number;
	readonly options: readonly TcpOption[];
	readonly payload: Uint8Array;
	/** Absent: computed when encoding. Given: kept, even if wrong. */
	readonly checksum?: number;
}
