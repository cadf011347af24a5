/** 2.1: USER and PASS, +OK and -ERR, and the lock that a login puts on the maildrop. */
import type { Input } from '#lib/sim/event.ts';
import { both, latest, met, seen, type Match } from './goals.ts';
import { answeredRight, locked, online, pop3State } from './matches.ts';
import type { Level, Question } from './level.ts';
import { ADA, t0 } from './topologies.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const answer = (value: string): Input => ({ kind: 'answer', question: 'lock', value });

/** The name and the word did not fit together: not any -ERR to a PASS. */
const refused: Match = pop3State({ on: 'DENIED' });
const admitted: Match = pop3State({ from: 'AUTHORIZATION', to: 'TRANSACTION' });
const lock: Match = locked(ADA.name);

/** The server waits for the word that belongs to a name. */
const named = met(latest(pop3State(), pop3State({ on: 'USER' })));
const inside = met(latest(pop3State(), pop3State({ to: 'TRANSACTION' })));
const wasRefused = met(seen(refused));
const wasAdmitted = met(seen(admitted));

const who: Question = {
	id: 'lock',
	kind: 'predict',
	ask: 'This time the word is right. While you are in, who else can open Ada’s box?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'nobody', label: 'nobody' },
			{ value: 'device', label: 'Ada, on another device' },
			{ value: 'password', label: 'anyone with the word' }
		]
	},
	gate: lock,
	answer: (log) => (seen(lock)(log) ? 'nobody' : null),
	explain: () =>
		'Nobody: the login locked the box for this session alone. A second visitor hears -ERR, even with the right word, until you leave.'
};

const user = type(`USER ${ADA.name}`);
const wrong = type('PASS lovelance');
const right = type(`PASS ${ADA.password}`);
const connect = type('connect post 110');
const quit = type('QUIT');

export const papers: Level = {
	slug: 'papers',
	number: '2.1',
	chapter: 2,
	title: 'Show your papers',
	concept: 'USER and PASS, +OK and -ERR, and the lock on the maildrop.',
	mission:
		'post has greeted you, but Ada’s box stays shut until you say who you are: first a name, then a secret word. The note on your desk spells the word two ways. Try the wrong one, read the answer, then log in.',
	teaches: ['USER', 'PASS', '+OK', '-ERR', 'maildrop lock'],
	breaks: ['M10'],
	lens: 1,
	scenario: t0(),
	seed: 1939,
	prelude: [connect],
	terminal: 'desk',
	note: 'ada / lovelance\n(or was it lovelace?)',
	goal: [
		{ say: 'post refused a wrong word', is: seen(refused) },
		{ say: 'post let you in: TRANSACTION', is: seen(admitted) },
		{ say: 'Ada’s box is locked for you', is: seen(lock) },
		{ say: 'You said who else can open it', is: answeredRight(who) }
	],
	questions: [who],
	par: [{ unit: 'command', n: 4 }],
	hints: [
		'The note on the desk has a name and a word.',
		'Two commands: who, then the secret. After a refusal, begin again with who.',
		'Type USER ada, then PASS lovelance. Refused? Then USER ada and PASS lovelace.'
	],
	milestones: [
		{
			is: (log) => online('desk')(log) || (wasRefused(log) && wasAdmitted(log)),
			next: 'The line is closed. Knock again: connect post 110',
			step: connect
		},
		{
			is: (log) => wasRefused(log) || !inside(log),
			next: 'You got in without a refusal. Leave with QUIT and knock again.',
			step: quit
		},
		{ is: (log) => wasRefused(log) || named(log), next: 'Say who you are: USER ada', step: user },
		{ is: wasRefused, next: 'Try the word as the note spells it first: PASS lovelance', step: wrong },
		{ is: (log) => wasAdmitted(log) || named(log), next: 'Say again who you are: USER ada', step: user },
		{ is: wasAdmitted, next: 'Now the right word: PASS lovelace', step: right },
		{ is: met(answeredRight(who)), next: 'Say who else can open the box now.', step: answer('nobody') }
	],
	strays: [
		{
			is: both(admitted, (event, log) => seen(refused)(log.slice(0, event.seq)) === null),
			say: 'Let in at the first try. Row 1 wants a refusal: go back, or QUIT and knock again.',
			amended: wasRefused
		}
	],
	showMe: [user, wrong, user, right, answer('nobody')],
	alternatives: [
		[type('user ada'), type('pass Lovelace'), type('user ada'), type('pass lovelace'), answer('nobody')],
		[user, right, quit, connect, user, wrong, user, right, answer('device'), answer('nobody')],
		[type('STAT'), type('USER mallory'), type('PASS please'), user, right, answer('nobody')]
	],
	bypasses: [
		[user, right, answer('nobody')],
		[user, wrong, answer('nobody')],
		[wrong, user, right, answer('nobody')],
		[user, right, wrong, answer('nobody')],
		[user, wrong, user, right, answer('password')]
	],
	debrief:
		'Every answer begins with +OK or -ERR. Once you are in, the maildrop is locked for this session alone until you leave. And your secret word? It crossed the wire in plain letters. Turn the lens and find it.'
};
