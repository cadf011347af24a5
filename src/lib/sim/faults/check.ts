/** What the types of a fault cannot say: that shares are shares, times are in order, and nothing is held for ever. */
import type { FaultSpec } from './spec.ts';

const SHARES = ['share', 'enter', 'leave', 'good', 'bad'] as const;
const TIMES = ['by', 'jitter', 'after', 'from', 'to'] as const;
const COUNTS = ['at', 'queue', 'mark'] as const;

/** The named numbers that a fault has. */
function* numbers(fault: FaultSpec, names: readonly string[]): Generator<readonly [string, number]> {
	for (const [name, value] of Object.entries(fault))
		if (names.includes(name) && typeof value === 'number') yield [name, value];
}

/** Null: nothing is wrong. `ends`: the host ids of the fault's link; null: there is no such link. */
export function faultProblem(fault: FaultSpec, ends: readonly string[] | null): string | null {
	if (!ends) return `no link "${fault.link}"`;
	const { towards, from = 0, to } = fault;
	if (towards !== undefined && !ends.includes(towards))
		return `link ${fault.link} does not end at "${towards}"`;
	for (const [name, value] of numbers(fault, SHARES))
		if (!(value >= 0 && value <= 1)) return `${name} ${value} is no share from 0 to 1`;
	for (const [name, value] of numbers(fault, TIMES))
		if (!Number.isSafeInteger(value) || value < 0) return `${name} ${value} is no whole number of µs`;
	for (const [name, value] of numbers(fault, COUNTS))
		if (!Number.isInteger(value) || value < 1) return `${name} ${value} is no count`;
	if (to !== undefined && to <= from) return 'it ends before it begins';
	if (fault.kind === 'hold' && to === undefined) return 'what is held needs an end';
	if (fault.kind === 'rate' && !(fault.rate > 0)) return `${fault.rate} bits per second`;
	if (fault.kind === 'delay' && (fault.jitter ?? 0) >= 2 ** 32) return `jitter ${fault.jitter} is too long`;
	if (fault.kind === 'edit' && 'find' in fault && fault.find.length !== fault.replace.length)
		return 'both texts must be of one length';
	return null;
}
