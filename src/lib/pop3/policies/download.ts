/**
 * Download and delete, as RFC 1939 §8 has it in mind: everything is fetched, then everything is deleted, nothing is
 * remembered. Cut off before QUIT, it fetches all of it again.
 */
import type { Policy } from '../policy.ts';

export const download: Policy = {
	by: 'program',
	login: ['apop', 'cram-md5', 'plain', 'login', 'user'],
	capa: true,
	utf8: true,
	pipeline: 16,
	sizes: 'list',
	remember: false,
	withoutUidl: 'everything',
	fetch: 'retr',
	sizeLimit: null,
	partLines: 20,
	keepDays: 0,
	deletes: 'at the end',
	guesses: false,
	patience: 60_000_000,
	checks: true,
	replyEnds: 'line',
	letterEnds: 'dot',
	listOfOne: 'single'
};
