/**
 * Counts characters where RFC 1939 §11 counts octets: a client that reads by the size stops too early.
 * Reported as "Invalid bytes count in ENVELOPE (38 characters told where 70 octets follow)", https://github.com/mguessan/davmail/issues/214
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const characters: Personality = {
	...rfc,
	habits: { ...rfc.habits, countsCharacters: true },
	bug: {
		title: 'Invalid bytes count in ENVELOPE (38 characters told where 70 octets follow)',
		url: 'https://github.com/mguessan/davmail/issues/214',
		differs: 'STAT, LIST and RETR tell the number of UTF-8 characters.'
	}
};
