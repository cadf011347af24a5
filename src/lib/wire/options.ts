/**
 * Option lists, as IPv4 and TCP both have them (RFC 791 §3.1, RFC 9293 §3.1): 0 ends the list, 1 is one octet of
 * padding, and everything else is a kind, a length that counts both, and data. A length under 2 or past the end ends
 * the walk, so a list takes at most as many steps as it has octets.
 */
import type { Header } from './layout.ts';
import { count } from './text.ts';

/** What a table of options says of one kind, for the eye. */
export interface OptionRow {
	readonly label: string;
	/** Wireshark's name for the option. */
	readonly filter: string;
	readonly rfc: string;
	readonly note: string;
	/** The fixed part, kind and length included. */
	readonly layout: Header;
	/**
	 * The layout of the entries that follow the fixed part, as many as the length allows. `at` is where the option
	 * starts, `entry` where the entry does. All entries of one option are equally long.
	 */
	repeat?(bytes: Uint8Array, at: number, entry: number): Header;
}

/**
 * The row for the option in octets `[at, end)`, or undefined when there is none or the length is not one that this kind
 * can have.
 */
export function rowFor<R extends OptionRow>(
	rows: ReadonlyMap<number, R>,
	bytes: Uint8Array,
	at: number,
	end: number
): R | undefined {
	const row = rows.get(bytes[at]!);
	if (!row) return undefined;
	const rest = end - at - row.layout.octets;
	if (!row.repeat || rest < 0) return rest === 0 ? row : undefined;
	return rest % row.repeat(bytes, at, end).octets === 0 ? row : undefined;
}

export const END_OF_LIST = 0;
export const NO_OPERATION = 1;

/** The octet after the option that starts at `at`, or -1 when its length cannot be true. */
export function optionEnd(bytes: Uint8Array, at: number, to: number): number {
	if (bytes[at]! <= NO_OPERATION) return at + 1;
	if (at + 1 >= to) return -1;
	const length = bytes[at + 1]!;
	return length < 2 || at + length > to ? -1 : at + length;
}

/** Why `optionEnd` said -1. */
export function optionProblem(bytes: Uint8Array, at: number, to: number): string {
	if (at + 1 >= to) return 'option ends before its length';
	const length = bytes[at + 1]!;
	if (length < 2) return `option length says ${count(length, 'octet')}, at least 2 are needed`;
	return `option length says ${count(length, 'octet')}, ${to - at} are left`;
}

/** Option lists are filled up with zeros to whole words of four octets. */
export function padded(length: number): number {
	return (length + 3) & ~3;
}
