/**
 * Numbers move up behind each DELE, so that a client which goes on counting skips every other message, and deletes
 * what it has not read.
 * Reported as "Message index #question", https://github.com/jstedfast/MailKit/issues/1547
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const renumbering: Personality = {
	...rfc,
	habits: { ...rfc.habits, renumbers: true },
	bug: {
		title: 'Message index #question',
		url: 'https://github.com/jstedfast/MailKit/issues/1547',
		differs: 'After DELE 1 the message that was number 2 is number 1.'
	}
};
