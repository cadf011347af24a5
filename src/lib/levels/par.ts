/** Par in figures and in words. */
import type { Par } from './level.ts';

/** Of several units together. */
export const sum = (par: readonly Par[]): number => par.reduce((all, { n }) => all + n, 0);

/** "2 commands and 1 act" */
export const parText = (par: readonly Par[]): string =>
	par.map(({ unit, n }) => `${n} ${unit === 'wrong' || n === 1 ? unit : `${unit}s`}`).join(' and ');
