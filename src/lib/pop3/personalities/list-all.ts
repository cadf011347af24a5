/**
 * Overlooks the argument of LIST: a client that asks for one line gets many, and takes them for answers to what it
 * asks next.
 * Reported as "POP3 server does not process the optional message num argument of the LIST command", https://github.com/axllent/mailpit/issues/518
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const listAll: Personality = {
	...rfc,
	habits: { ...rfc.habits, listsAllAnyway: true },
	bug: {
		title: 'POP3 server does not process the optional message num argument of the LIST command',
		url: 'https://github.com/axllent/mailpit/issues/518',
		differs: 'LIST 2 is answered as LIST, in several lines up to a lone dot.'
	}
};
