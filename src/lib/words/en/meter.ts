/** A gauge of what a run has cost so far. */

export const part = (n: number, say: string): string => `${n.toLocaleString('en-GB')} ${say}`;
export const mark = (say: string, at: number): string => `${say} ${at.toLocaleString('en-GB')}`;
export const value = (total: number, parts: string, marks: string): string =>
	`${total.toLocaleString('en-GB')}: ${parts}; ${marks}`;
