/**
 * What a strict parser answers: the packet, or why there is none. A refusal is data, never an exception: a stack drops
 * the packet and the log says why and at which bit.
 */
import { count, hex } from './text.ts';

export type Reason =
	/** Fewer octets than the fixed header takes. */
	| 'truncated'
	/** Not IP version 4. */
	| 'version'
	/** The header's own length is too small, or reaches past the octets that are there. */
	| 'header-length'
	/** The length of the whole is smaller than the header, or larger than what is there. */
	| 'total-length'
	| 'checksum'
	/** An IP option is malformed. */
	| 'option';

export interface Refused {
	readonly ok: false;
	readonly reason: Reason;
	/** In words, with both numbers: "total length says 100 octets, 60 are here". */
	readonly detail: string;
	/** First bit of the field that is wrong, counted from the first octet given to the parser. */
	readonly at: number;
}

export type Parsed<T> = { readonly ok: true; readonly packet: T } | Refused;

export function refuse(reason: Reason, at: number, detail: string): Refused {
	return { ok: false, reason, detail, at };
}

export function lengthProblem(what: string, says: number, least: number, there: number): string {
	return says < least
		? `${what} says ${count(says, 'octet')}, at least ${least} are needed`
		: `${what} says ${count(says, 'octet')}, ${there} are here`;
}

export function checksumProblem(is: number, should: number): string {
	return `checksum is ${hex(is, 4)}, should be ${hex(should, 4)}`;
}
