/**
 * The plain server: RFC 1939's own words where it has some, short ones where it has none. Every refusal says
 * why. USER is always accepted, so that nobody learns which names exist.
 */
import type { Personality, Topic } from '../personality.ts';

const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`);
const counted = ({ count, octets }: Topic) => `${messages(count)} (${octets} octets)`;

export const rfc: Personality = {
	namesAreChecked: false,
	greeting: () => 'POP3 server ready',
	sendPass: () => 'send PASS',
	welcome: (topic) => `${topic.user}'s maildrop has ${counted(topic)}`,
	listing: counted,
	message: (size) => `${size} octets`,
	top: () => 'top of message follows',
	marked: (number) => `message ${number} deleted`,
	unmarked: (topic) => `maildrop has ${counted(topic)}`,
	nothingDone: () => '',
	uids: () => '',
	goodbye: ({ host }) => `${host} POP3 server signing off`,
	updated: ({ host, count }) =>
		`${host} POP3 server signing off (${count === 0 ? 'maildrop empty' : `${messages(count)} left`})`,
	faults: {
		lineTooLong: () => 'line too long: at most 255 octets with its CRLF',
		bareLF: () => 'line must end with CRLF, not with LF alone',
		bareCR: () => 'line must end with CRLF, not with CR alone',
		notPrintable: () => 'only printable ASCII characters in a command',
		emptyLine: () => 'no command in an empty line',
		spacing: () => 'exactly one space between words, and none at the ends',
		unknownCommand: () => 'unknown command',
		wrongState: () => 'command not valid in this state',
		userFirst: () => 'USER must come before PASS',
		apopNotOffered: () => 'APOP not offered: no timestamp in the greeting',
		tooManyArguments: () => 'too many arguments',
		argumentTooLong: () => 'line too long: an argument has at most 40 characters',
		nameRequired: () => 'name required',
		passwordRequired: () => 'password required',
		digestRequired: () => 'digest of 32 lower-case hexadecimal digits required',
		numberRequired: () => 'message number required',
		linesRequired: () => 'number of lines required',
		unknownName: ({ user }) => `sorry, no mailbox for ${user} here`,
		loginRefused: () => 'wrong name or password',
		maildropLocked: () => 'maildrop already locked',
		noSuchMessage: () => 'no such message',
		messageDeleted: () => 'message is deleted',
		updateFailed: () => 'some deleted messages not removed'
	}
};
