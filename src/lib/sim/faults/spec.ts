/**
 * Faults as a scenario writes them: plain data, each with the link and direction it is on, the span of time it lasts and
 * the datagrams it is about. What they do is in one file each beside this one.
 */
import type { Micros } from '../event.ts';

/** Which datagrams. Absent fields fit every one. */
export interface Selector {
	/** Of those that fit all else, only these, counted from 1 in each direction. */
	readonly nth?: readonly number[];
	readonly protocol?: 'icmp' | 'tcp' | 'udp';
	/** Fit TCP and UDP only. */
	readonly srcPort?: number;
	readonly dstPort?: number;
	/** TCP control bits that must all be set. */
	readonly flags?: number;
	/** Whether TCP carries octets. */
	readonly data?: boolean;
	/** Whether it is a piece of a larger datagram. */
	readonly fragment?: boolean;
	/** Octets of the whole datagram that it must exceed. */
	readonly longerThan?: number;
	/** Latin1 text that must be somewhere in it. */
	readonly carries?: string;
}

/** A change to a datagram's octets. Either a value, by its name in the dissection or its bits, or text in the payload. */
export type Edit = {
	/** `fixed`: every checksum is computed anew. `kept`: left as it was, so the change shows. */
	readonly checksums: 'fixed' | 'kept';
} & (
	| { readonly field: string; readonly value: number }
	| { readonly bits: readonly [from: number, to: number]; readonly value: number }
	/** Latin1, both of the same length, for a length that changes would shift every number after it. */
	| { readonly find: string; readonly replace: string }
);

export type FaultKind =
	/** Loses a share of them; 1 is all. */
	| { readonly kind: 'loss'; readonly share: number }
	/**
	 * Gilbert and Elliott's two states: per datagram the chance to enter the bad state and to leave it, and the share lost in
	 * each (`good` 0 and `bad` 1 if absent).
	 */
	| {
			readonly kind: 'bursts';
			readonly enter: number;
			readonly leave: number;
			readonly good?: number;
			readonly bad?: number;
	  }
	/** Each comes later by `by`, and by chance up to `jitter` more, which may change their order. */
	| { readonly kind: 'delay'; readonly by: Micros; readonly jitter?: Micros }
	/** A share of them is overtaken: it comes later by `by`. */
	| { readonly kind: 'reorder'; readonly share: number; readonly by: Micros }
	/** A share of them comes twice, the second time later by `after`. */
	| { readonly kind: 'duplicate'; readonly share: number; readonly after?: Micros }
	/** A share of them has one bit flipped: this one, or any. */
	| { readonly kind: 'corrupt'; readonly share: number; readonly bit?: number }
	/**
	 * Bits per second, and how many datagrams may wait for their turn; absent: any number. `mark`: from so many waiting on, one
	 * whose transport understands it is marked as a sign of congestion (RFC 3168 §5).
	 */
	| { readonly kind: 'rate'; readonly rate: number; readonly queue?: number; readonly mark?: number }
	/** The link is cut: nothing comes through. */
	| { readonly kind: 'cut' }
	/** Nothing comes through before the span's end; then all of it at once. */
	| { readonly kind: 'hold' }
	| ({ readonly kind: 'edit' } & Edit)
	/** A TCP segment goes on as two, the first with `at` octets. */
	| { readonly kind: 'split'; readonly at: number }
	/** Two TCP segments of which the second continues the first go on as one. */
	| { readonly kind: 'coalesce' }
	/** A datagram that no host sent, latin1, enters the link at the span's beginning. */
	| { readonly kind: 'forge'; readonly octets: string; readonly checksums: 'fixed' | 'kept' };

export type FaultSpec = {
	readonly link: string;
	/** Id of the host that the datagrams are on their way to; absent: both ways. */
	readonly towards?: string;
	/** The span in which datagrams enter the link: at `from` or later (0), before `to` (never ends). */
	readonly from?: Micros;
	readonly to?: Micros;
	readonly match?: Selector;
} & FaultKind;

export type FaultOf<K extends FaultKind['kind']> = Extract<FaultSpec, { readonly kind: K }>;
