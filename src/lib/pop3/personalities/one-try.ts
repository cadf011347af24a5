/**
 * Closes after one wrong password, as RFC 1939 §7 allows, without a word to the client that tries the next way to
 * log in.
 * Reported as "POP3/IMAP -> Pop3ProtocolException/ImapProtocolException", https://github.com/jstedfast/MailKit/issues/856
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const oneTry: Personality = {
	...rfc,
	habits: { ...rfc.habits, closesAfterFailure: true },
	bug: {
		title: 'POP3/IMAP -> Pop3ProtocolException/ImapProtocolException',
		url: 'https://github.com/jstedfast/MailKit/issues/856',
		differs: 'After a refused login the connection is closed.'
	}
};
