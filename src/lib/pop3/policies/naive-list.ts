/** Believes that LIST is always answered by lines up to a dot, and so waits for one after `LIST 2`. */
import type { Policy } from '../policy.ts';
import { download } from './download.ts';

export const naiveList: Policy = {
	...download,
	login: ['user'],
	capa: false,
	pipeline: 1,
	sizes: 'each',
	deletes: 'at once',
	checks: false,
	listOfOne: 'multi'
};
