/**
 * As Thunderbird does with "leave messages on server": the greeting's timestamp, CAPA, AUTH PLAIN before AUTH LOGIN
 * before USER and PASS, STAT, LIST, UIDL, then letter by letter; never two commands at once. Without UIDL it refuses.
 * Left out: NOOP while it works for more than ten seconds, and STLS. What it remembers is kept after each letter, not each twentieth.
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
