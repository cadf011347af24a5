/** Believes that any line which begins with a dot ends the letter: a stuffed dot cuts it off there. */
import type { Policy } from '../policy.ts';
import { download } from './download.ts';

export const naiveDots: Policy = {
	...download,
	login: ['user'],
	capa: false,
	pipeline: 1,
	deletes: 'at once',
	checks: false,
	letterEnds: 'any dot'
};
