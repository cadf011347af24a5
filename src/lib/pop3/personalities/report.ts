/**
 * The server of the student report "Interactive POP3", the dialogue this program began from. It greets a user
 * by name before the password, and so tells strangers which names exist: no other personality does. Where the
 * report is silent: the words of `rfc`.
 */
import { plain } from '../habits.ts';
import type { Personality } from '../personality.ts';
import { english } from './rfc.ts';

export const report: Personality = {
	...english,
	habits: { ...plain, namesAreChecked: true },
	sendPass: ({ user }) => `Hello ${user}- now send PASS`,
	welcome: ({ user }) => `${user}- welcome and proceed`,
	listing: ({ count }) => `${count} ${count === 1 ? 'message' : 'messages'}`,
	marked: () => '',
	faults: {
		...english.faults,
		unknownName: ({ user }) => `Sorry ${user} could you please introduce yourself ;)`,
		loginRefused: () => 'password is wrong.',
		noSuchMessage: () => 'Message not found.'
	}
};
