/**
 * Believes that what one segment brings is one reply. It works while replies are short; the first long letter is cut
 * off at its first segment, taken for whole, and deleted.
 */
import type { Policy } from '../policy.ts';
import { download } from './download.ts';

export const naiveSegments: Policy = {
	...download,
	login: ['user'],
	capa: false,
	pipeline: 1,
	deletes: 'at once',
	checks: false,
	replyEnds: 'segment'
};
