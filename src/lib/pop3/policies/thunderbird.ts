/**
 * As Thunderbird does with "leave messages on server": the greeting's timestamp, CAPA, AUTH PLAIN before AUTH LOGIN
 * before USER and PASS, STAT, LIST, UIDL, then letter by letter; never two commands at once. Without UIDL it refuses.
 * Left out: STLS, and the NOOP after ten seconds of work on its own disk between two letters ("most servers […] only allow
 * 60 seconds idle time", Pop3Client.sys.mjs): storing a letter takes no time here, so that case never comes.
 * What it remembers is kept after each letter, not each twentieth.
 */
import type { Policy } from '../policy.ts';
import { leave } from './leave.ts';

export const thunderbird: Policy = {
	...leave,
	login: ['apop', 'plain', 'login', 'user'],
	utf8: false,
	pipeline: 1,
	deletes: 'at once'
};
