/** What the programs have in common that know no better: one way in, no questions asked, and deleted as soon as it is here. */
import type { Policy } from '../policy.ts';
import { download } from './download.ts';

export const naive: Policy = {
	...download,
	login: ['user'],
	capa: false,
	pipeline: 1,
	deletes: 'at once',
	checks: false
};
