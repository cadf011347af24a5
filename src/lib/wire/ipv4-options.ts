/**
 * The option list of an IPv4 header: strict reading for whoever acts on options, and writing. An option that the table
 * does not know, or a known one whose length is not its own, is kept as `unknown`, octet for octet.
 */
import {
	IP_OPTION,
	RECORDED,
	ROUTE,
	ROUTER_ALERT,
	TIMESTAMP,
	ipOptions,
	timestampEntry,
	type IpOption
} from './ipv4-option-table.ts';
import { END_OF_LIST, NO_OPERATION, optionEnd, optionProblem, padded, rowFor } from './options.ts';

export type { IpOption } from './ipv4-option-table.ts';

/** Options take at most 40 octets: the header length counts to 15 words. */
export const MAX_OPTIONS = 40;

const type = IP_OPTION.run('copied', 'number');
const routeTypes = { recordRoute: 7, looseSourceRoute: 131, strictSourceRoute: 137 } as const;

export interface IpOptionList {
	readonly options: readonly IpOption[];
	/** Where the list broke off, and why. */
	readonly at: number;
	readonly problem?: string;
}

const NONE: IpOptionList = { options: [], at: 0 };

/** Reads the options in `[from, to)`. A length that cannot be true ends the list and is reported. */
export function readIpOptions(bytes: Uint8Array, from: number, to: number): IpOptionList {
	if (from >= to) return NONE;
	const options: IpOption[] = [];
	for (let at = from; at < to;) {
		const end = optionEnd(bytes, at, to);
		if (end < 0) return { options, at, problem: optionProblem(bytes, at, to) };
		const row = rowFor(ipOptions, bytes, at, end);
		options.push(
			row
				? row.read(bytes, at, end)
				: { kind: 'unknown', type: bytes[at]!, data: bytes.slice(at + IP_OPTION.octets, end) }
		);
		if (bytes[at] === END_OF_LIST) break;
		at = end;
	}
	return { options, at: to };
}

function encodeOne(option: IpOption): Uint8Array {
	switch (option.kind) {
		case 'eol':
			return Uint8Array.of(END_OF_LIST);
		case 'nop':
			return Uint8Array.of(NO_OPERATION);
		case 'timestamp': {
			const entry = timestampEntry(option.flag);
			const bytes = start(68, TIMESTAMP.octets + option.entries.length * entry.octets);
			TIMESTAMP.set.pointer(bytes, 0, option.pointer);
			TIMESTAMP.set.overflow(bytes, 0, option.overflow);
			TIMESTAMP.set.flag(bytes, 0, option.flag);
			option.entries.forEach(({ address = 0, time }, i) =>
				entry.encode({ address, time }, bytes, TIMESTAMP.octets + i * entry.octets)
			);
			return bytes;
		}
		case 'routerAlert': {
			const bytes = start(148, ROUTER_ALERT.octets);
			ROUTER_ALERT.set.value(bytes, 0, option.value);
			return bytes;
		}
		case 'unknown': {
			const bytes = start(option.type, IP_OPTION.octets + option.data.length);
			bytes.set(option.data, IP_OPTION.octets);
			return bytes;
		}
		default: {
			const bytes = start(routeTypes[option.kind], ROUTE.octets + option.route.length * 4);
			ROUTE.set.pointer(bytes, 0, option.pointer);
			option.route.forEach((address, i) => RECORDED.set.address(bytes, ROUTE.octets + i * 4, address));
			return bytes;
		}
	}
}

function start(number: number, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	type.set(bytes, 0, number);
	IP_OPTION.set.length(bytes, 0, length);
	return bytes;
}

/** The options one after the other, filled up with zeros to whole words. Throws a RangeError above 40 octets. */
export function encodeIpOptions(options: readonly IpOption[]): Uint8Array {
	const parts = options.map(encodeOne);
	const length = padded(parts.reduce((sum, part) => sum + part.length, 0));
	if (length > MAX_OPTIONS) throw new RangeError(`options take ${length} octets, at most ${MAX_OPTIONS} fit`);
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
