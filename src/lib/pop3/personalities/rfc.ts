/**
 * The plain server: RFC 1939's own words where it has some, short ones where it has none, and every standard
 * extension. Every refusal says why. USER is always accepted, so that nobody learns which names exist.
 */
import { plain, type Habits } from '../habits.ts';
import type { Personality, Topic, Words } from '../personality.ts';
import { german } from './german.ts';

const MINUTE = 60_000_000;
const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`);
const counted = ({ count, octets }: Topic) => `${messages(count)} (${octets} octets)`;

export const english: Words = {
	greeting: () => 'POP3 server ready',
	capabilities: () => 'Capability list follows',
	mechanisms: () => 'mechanisms follow',
	sealing: () => 'Begin TLS negotiation',
	utf8: () => 'UTF8 enabled',
	languages: () => 'Language listing follows:',
	language: () => 'I speak English',
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
		notOffered: () => 'unknown command',
		retired: ({ keyword }) => `${keyword} is no longer in use`,
		wrongState: () => 'command not valid in this state',
		userFirst: () => 'USER must come before PASS',
		apopNotOffered: () => 'APOP not offered: no timestamp in the greeting',
		tlsNotOffered: () => 'TLS is not offered here',
		tlsActive: () => 'Command not permitted when TLS active',
		tooManyBad: () => 'too many bad commands',
		tooManyArguments: () => 'too many arguments',
		argumentTooLong: () => 'line too long: an argument has at most 40 characters',
		nameRequired: () => 'name required',
		passwordRequired: () => 'password required',
		digestRequired: () => 'digest of 32 lower-case hexadecimal digits required',
		digestIllegible: () => 'digest of 32 lower-case hexadecimal digits required',
		numberRequired: () => 'message number required',
		numberTooLarge: () => 'no such message',
		linesRequired: () => 'number of lines required',
		linesTooLarge: () => 'number of lines required',
		noiseAfterLines: () => 'too many arguments',
		mechanismUnknown: () => 'no such authentication mechanism',
		languageUnknown: () => 'no such language',
		exchangeCancelled: () => 'authentication cancelled',
		exchangeIllegible: () => 'response not understood',
		unknownName: ({ user }) => `sorry, no mailbox for ${user} here`,
		loginRefused: () => 'wrong name or password',
		loginTooSoon: () => 'too soon after the last login',
		maildropLocked: () => 'maildrop already locked',
		maildropBroken: () => 'maildrop cannot be read now',
		maildropLost: () => 'maildrop is damaged, tell the postmaster',
		noSuchMessage: () => 'no such message',
		messageDeleted: () => 'message is deleted',
		utf8Required: () => 'message needs UTF8 mode',
		updateFailed: () => 'some deleted messages not removed',
		idleTooLong: () => 'idle for too long'
	}
};

const habits: Habits = {
	...plain,
	offers: [...plain.offers, 'CAPA', 'AUTH', 'UTF8', 'LANG'],
	mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
	languages: ['en', 'de'],
	responseCodes: true,
	implementation: 'Interactive-POP3',
	expire: 'NEVER',
	patience: [10 * MINUTE, 10 * MINUTE],
	badLimit: [20, 20]
};

export const rfc: Personality = {
	...english,
	habits,
	tongues: {
		en: { name: 'English', words: english },
		de: { name: 'Deutsch', words: german }
	}
};
