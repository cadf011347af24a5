/** Believes that any line which begins with a dot ends the letter: a stuffed dot cuts it off there. */
import type { Policy } from '../policy.ts';
import { naive } from './naive.ts';

export const naiveDots: Policy = {
	...naive,
	letterEnds: 'any dot'
};
