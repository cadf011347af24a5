/**
 * As fetchmail does with `keep` and `uidl`: `TOP n 99999999` in place of RETR, so that a letter whose transfer broke off
 * is not marked as seen; and -ERR with "lock" or "wait" in it means that the box is busy, not that the password is wrong.
 * Left out: LAST, and TOP for the Message-ID, where there is no UIDL (all is fetched then); `fastuidl`, a binary search by
 * `UIDL n`; and RETR for a "Maillennium POP3" greeting, whose TOP cuts letters short.
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
