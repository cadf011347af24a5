/**
 * Believes that what one segment brings is one reply. It works while replies are short; the first long letter is cut
 * off at its first segment, taken for whole, and deleted.
 */
import type { Policy } from '../policy.ts';
import { naive } from './naive.ts';

export const naiveSegments: Policy = {
	...naive,
	replyEnds: 'segment'
};
