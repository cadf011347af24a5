/**
 * Dovecot 2.3.19 as Debian ships it, recorded octet for octet; it is set up to lock a maildrop for one session, to offer
 * APOP, and to answer LAST. It reads more than the RFC allows, repeats what it did not understand, and says farewell to
 * the idle. Different on purpose: a maildrop that is locked is refused at once, where the real one tries for some ten
 * seconds more.
 */
import { plain, type Habits } from '../habits.ts';
import type { Personality, Topic } from '../personality.ts';
import type { Fault } from '../grammar.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

const habits: Habits = {
	...plain,
	offers: [...plain.offers, 'CAPA', 'AUTH', 'LAST'],
	mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
	responseCodes: true,
	reading: 'lenient',
	lineLimit: [1024, 2048],
	closesOnLongLine: true,
	patience: [3 * MINUTE, 10 * MINUTE],
	saysFarewell: true,
	// its auth_failure_delay, as it ships
	failureDelay: 2 * SECOND,
	badLimit: [3, 20],
	badness: ['unknown', 'any'],
	closesWhenLocked: true
};

const outside = ({ state }: Topic) => state === 'AUTHORIZATION';
const unknown = (topic: Topic) =>
	outside(topic) || topic.keyword === ''
		? 'Unknown command.'
		: `Unknown command: ${topic.about === '' ? topic.keyword : topic.about}`;

const faults: Record<Fault, (topic: Topic) => string> = {
	lineTooLong: (topic) => (outside(topic) ? 'Input buffer full, aborting' : 'Input line too long.'),
	bareLF: unknown,
	bareCR: unknown,
	notPrintable: unknown,
	emptyLine: unknown,
	spacing: unknown,
	unknownCommand: unknown,
	notOffered: unknown,
	retired: unknown,
	wrongState: unknown,
	userFirst: () => 'No username given.',
	apopNotOffered: () => 'APOP not enabled.',
	tlsNotOffered: () => "TLS support isn't enabled.",
	tlsActive: () => 'TLS is already active.',
	tooManyBad: (topic) =>
		outside(topic)
			? 'Too many invalid bad commands.'
			: `${faults[topic.last ?? 'unknownCommand'](topic)}\r\n-ERR Too many bad commands.`,
	tooManyArguments: ({ about }) => `Noise after message number: ${about}`,
	argumentTooLong: unknown,
	nameRequired: () => 'Invalid parameters.',
	passwordRequired: () => 'Invalid parameters.',
	digestRequired: () => 'Invalid parameters.',
	digestIllegible: () => 'Invalid characters in MD5 response.',
	numberRequired: ({ about }) => `Invalid message number: ${about}`,
	numberTooLarge: ({ about }) => `Message number too large: ${about}`,
	linesRequired: ({ about }) => `Invalid size: ${about}`,
	linesTooLarge: ({ about }) => `Size too large: ${about}`,
	noiseAfterLines: ({ about }) => `Noise after size: ${about}`,
	mechanismUnknown: () => 'Unsupported authentication mechanism.',
	languageUnknown: unknown,
	exchangeCancelled: () => 'Authentication aborted by client.',
	exchangeIllegible: ({ about }) =>
		about === 'initial'
			? '[AUTH] Invalid base64 data in initial response'
			: '[AUTH] Invalid base64 in response',
	unknownName: unknown,
	loginRefused: () => 'Authentication failed.',
	loginTooSoon: () => 'Temporary authentication failure.',
	maildropLocked: () => 'Mailbox is locked by another POP3 session.',
	maildropBroken: () => "Couldn't open INBOX",
	maildropLost: () => "Couldn't open INBOX",
	noSuchMessage: ({ about }) => `There's no message ${about}.`,
	messageDeleted: () => 'Message is deleted.',
	utf8Required: unknown,
	updateFailed: () => "Couldn't sync mailbox.",
	idleTooLong: () => 'Disconnected for inactivity.'
};

export const dovecot: Personality = {
	habits,
	listsCapabilities({ mechanisms, offers }, inTransaction, sealed) {
		const everywhere = ['CAPA', 'TOP', 'UIDL', 'RESP-CODES', 'PIPELINING', 'AUTH-RESP-CODE'];
		if (inTransaction) return everywhere;
		const stls = offers.includes('STLS') && !sealed ? ['STLS'] : [];
		return [...everywhere, ...stls, 'USER', `SASL ${mechanisms.join(' ')}`];
	},
	greeting: () => 'Dovecot (Debian) ready.',
	capabilities: () => '',
	mechanisms: () => '',
	sealing: () => 'Begin TLS negotiation now.',
	utf8: () => '',
	languages: () => '',
	language: () => '',
	sendPass: () => '',
	welcome: () => 'Logged in.',
	listing: ({ count }) => `${count} messages:`,
	message: (size) => `${size} octets`,
	top: () => '',
	marked: () => 'Marked to be deleted.',
	unmarked: () => '',
	nothingDone: () => '',
	uids: () => '',
	goodbye: () => 'Logging out',
	updated: ({ marks }) => (marks > 0 ? 'Logging out, messages deleted.' : 'Logging out.'),
	faults
};
