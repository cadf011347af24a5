/**
 * The unique-ids are others in every session, so that all mail looks new (RFC 1939 §7 wants them to last).
 * Reported as "Bugfix/zcs 12967 (after a migration every unique-id changes and all messages are downloaded again)", https://github.com/Zimbra/zm-mailbox/pull/1472
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const unstableUidl: Personality = {
	...rfc,
	habits: { ...rfc.habits, changesUids: true },
	bug: {
		title:
			'Bugfix/zcs 12967 (after a migration every unique-id changes and all messages are downloaded again)',
		url: 'https://github.com/Zimbra/zm-mailbox/pull/1472',
		differs: 'UIDL names the same message otherwise at each login.'
	}
};
