/**
 * As fetchmail does with `keep` and `uidl`: `TOP n 99999999` in place of RETR, so that a letter whose transfer broke off
 * is not marked as seen; and -ERR with "lock" or "wait" in it means that the box is busy, not that the password is wrong.
 * LAST it asks only without `uidl` (fetchmail's pop3.c, pop3_getrange: `if (!ctl->server.uidl)`), and a binary search by
 * `UIDL n` only when told to, or as a daemon (its manual, --fastuidl: "In non-daemon mode, binary search is used if 'n' is
 * 1; otherwise linear search"; the default is 4): one poll by hand does neither, and so does this.
 * Left out: TOP for the Message-ID where there is no UIDL (all is fetched then), and RETR for a "Maillennium POP3"
 * greeting, whose TOP cuts letters short.
 */
import type { Policy } from '../policy.ts';
import { leave } from './leave.ts';

export const fetchmail: Policy = {
	...leave,
	login: ['apop', 'cram-md5', 'user'],
	utf8: false,
	pipeline: 1,
	withoutUidl: 'everything',
	fetch: 'top',
	deletes: 'at once',
	guesses: true
};
