/** CPU time of pieces of work that take turns, so that whatever else the machine does falls on all of them alike. */

/** A piece of work; returns how many units it did. */
export type Work = () => number;

/** Odd, for there is a middle one. */
const ROUNDS = 7;
/** Rounds before those that count, for the machine code to be made. */
const WARM_UP = 3;

function rate(work: Work): number {
	const before = process.cpuUsage();
	const units = work();
	const { user, system } = process.cpuUsage(before);
	return (units * 1e6) / (user + system);
}

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * Units per CPU second of each, the median of seven rounds; every other round goes backwards. No collection of garbage is
 * asked for in between: it would take with it the machine code for whatever has no instance at that moment.
 */
export function contest(works: readonly Work[]): number[] {
	const rates = works.map((): number[] => []);
	for (let round = -WARM_UP; round < ROUNDS; round++) {
		const order = [...works.keys()];
		if (round % 2 !== 0) order.reverse();
		for (const which of order) {
			const one = rate(works[which]!);
			if (round >= 0) rates[which]!.push(one);
		}
	}
	return rates.map(median);
}

/** Octets that stay in use per unit of what `make` builds; it returns what holds them. */
export function held(units: number, make: () => unknown): number {
	const inUse = (): number => {
		globalThis.gc?.();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		return heapUsed + arrayBuffers;
	};
	const samples = Array.from({ length: ROUNDS }, () => {
		const before = inUse();
		const holder = make();
		const after = inUse();
		return holder ? (after - before) / units : 0;
	});
	return median(samples);
}
