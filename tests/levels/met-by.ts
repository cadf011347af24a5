import type { Event } from '#lib/sim/event.ts';

/** What meets each row of a level in its reference run, in the words of `whatHappened`; null: a guard that is kept. */
export const MET_BY: Readonly<Record<string, readonly (string | null)[]>> = {
	knock: ['desk ESTABLISHED', 'post ESTABLISHED', 'desk read greeting', 'first = post'],
	shake: ['desk ESTABLISHED', 'synack.ack = 1001', 'third.ack = 5001'],
	papers: ['post DENIED: AUTHORIZATION', 'post OPENED: TRANSACTION', 'ada locked', 'lock = nobody'],
	notyet: [
		'auth-legal = USER=door, STAT=inside, PASS=door, RETR=inside, QUIT=both, DELE=inside, NOOP=inside',
		'post wrote STAT',
		'desk CLOSED',
		null
	],
	doorman: ['post goodbye: passed', null, 'loses = DELE'],
	count: ['total = 7042', 'smallest = 2 150', 'desk read RETR', null],
	lonedot: ['end = dot', 'desk read RETR', 'range = 0d 0a 2e 0d 0a'],
	stuffed: ['body = 245', 'desk stored 179 octets', 'settings', 'desk stored 242 octets'],
	top: ['desk read TOP', 'grace = 3, 4', null, null],
	goodbye: ['stat = 1 150', 'post QUIT: UPDATE', 'u-won-2 gone', null],
	names: ['photo = 3', 'desk read UIDL', 'line = 3 u-photo-4', 'desk read RETR', null],
	plug: ['maildrop.mark', 'packet.sent', 'letters = 4', 'desk read STAT', null],
	twice: ['desk stored 198 octets', 'travels = 4', 'knows = desk', 'mail.done', 'mail.done', null],
	two: ['desk stored 6452 octets', 'pocket stored 6452 octets', 'u-photo-4 gone', 'read = no'],
	lock: ['post LOCKED: AUTHORIZATION', 'when = timer', 'u-won-2 gone', 'post OPENED: TRANSACTION'],
	postcards: ['secret = lovelace', 'octets = 6c 6f 76 65 6c 61 63 65', 'links = desk-r1, r1-r2, r2-post'],
	secret: ['desk read CAPA', 'join = stamp, secret', 'desk read APOP', 'post wrote APOP', 'replay = no', null]
};

/** An event in a few words. */
export function whatHappened(event: Event): string {
	switch (event.kind) {
		case 'tcp.state':
			return `${event.host} ${event.to}`;
		case 'pop3.state':
			return `${event.host} ${event.on}: ${event.to}`;
		case 'pop3.received':
			return `${event.host} read ${event.keyword}`;
		case 'pop3.reply':
			return `${event.host} wrote ${event.keyword}`;
		case 'mail.letter':
			return `${event.host} stored ${event.bytes.length} octets`;
		case 'maildrop.expunge':
			return `${event.uid} gone`;
		case 'maildrop.lock':
			return `${event.user} ${event.held ? 'locked' : 'open'}`;
		case 'pop3.drill':
			return `${event.host} ${event.outcome.id}: ${event.outcome.passed ? 'passed' : 'failed'}`;
		case 'input':
			return event.input.kind === 'answer'
				? `${event.input.question} = ${String(event.input.value)}`
				: event.input.kind;
		default:
			return event.kind;
	}
}
