/** Index of the last of ascending values that is at most `x`; 0 when none is. */
export function lastAtMost(values: Float64Array, x: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((values[middle] ?? Infinity) <= x) low = middle;
		else high = middle - 1;
	}
	return low;
}
