/**
 * The IP options of an echo request as they go back with its reply (RFC 1122 §3.2.2.6): a recorded route and timestamps,
 * with this host's own entry added where there is room. A source route is not turned round: hosts discard them (RFC
 * 7126 §4.3), and the reply goes as any datagram does.
 */
import type { Address } from '#lib/wire/address.ts';
import type { IpOption } from '#lib/wire/ipv4-options.ts';

type Route = Extract<IpOption, { readonly route: unknown }>;
type Stamps = Extract<IpOption, { readonly entries: unknown }>;

/** RFC 791 §3.1: a time that is not counted from midnight UT has the high bit set. */
const OTHER_CLOCK = 0x8000_0000;
/** Octets of an entry: an address, or a time; and both. */
const WORD = 4;
const MOST_OVERFLOW = 15;
/** Timestamp flag: the addresses were given beforehand. */
const PRESET = 3;

/** `now` in µs of virtual time. */
export function echoOptions(options: readonly IpOption[], own: Address, now: number): readonly IpOption[] {
	return options.flatMap((option) => {
		if (option.kind === 'recordRoute') return [recorded(option, own)];
		if (option.kind === 'timestamp') return [stamped(option, own, now)];
		return [];
	});
}

function recorded(option: Route, own: Address): IpOption {
	// the pointer counts from 1 at the type, so the first address is at 4
	const slot = (option.pointer - 4) / WORD;
	if (!(slot in option.route)) return option;
	return { ...option, pointer: option.pointer + WORD, route: put(option.route, slot, own) };
}

function stamped(option: Stamps, own: Address, now: number): IpOption {
	const width = option.flag === 0 ? WORD : 2 * WORD;
	const slot = (option.pointer - 5) / width;
	const entry = option.entries[slot];
	if (!entry) return { ...option, overflow: Math.min(MOST_OVERFLOW, option.overflow + 1) };
	if (option.flag === PRESET && entry.address !== own) return option;
	const time = (OTHER_CLOCK | Math.floor(now / 1000)) >>> 0;
	const mine = option.flag === 0 ? { time } : { address: own, time };
	return { ...option, pointer: option.pointer + width, entries: put(option.entries, slot, mine) };
}

function put<T>(list: readonly T[], at: number, value: T): readonly T[] {
	return list.map((each, i) => (i === at ? value : each));
}
