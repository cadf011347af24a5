/** 6.2: with APOP only a digest of stamp and secret travels, and it is worth nothing the second time. */
import { apopDigest } from '#lib/pop3/apop.ts';
import type { EventOf, Input } from '#lib/sim/event.ts';
import { orderValue, readOrder } from './answers.ts';
import { both, either, met, never, seen, type Log, type Match } from './goals.ts';
import { answered, answeredRight, carries, commandOf, online, received } from './matches.ts';
import { answer, CONNECT, PASS, QUIT, type, USER } from './inputs.ts';
import type { Level, Question } from './level.ts';
import { ADA, t1 } from './topologies.ts';

const scenario = t1(
	{ apop: true, habits: { offers: ['USER', 'PASS', 'APOP', 'TOP', 'UIDL', 'CAPA'] } },
	{ mallory: true }
);
const STAMP = /<[^<>]*>/;

/** The stamp of the greeting that a host has read last; null: none. */
function stampAt(log: Log, host: string): string | null {
	const greeting = log.findLast(
		(event) => event.kind === 'pop3.received' && event.host === host && event.keyword === 'greeting'
	);
	return greeting?.kind === 'pop3.received' ? (STAMP.exec(greeting.text)?.[0] ?? null) : null;
}

const mallorys = `${scenario.hosts.find(({ id }) => id === 'mallory')?.address ?? ''}:`;
const reply = (ok?: boolean): Match => {
	return (event) =>
		event.kind === 'pop3.reply' && event.keyword === 'APOP' && (ok === undefined || event.ok === ok);
};
const isMallorys: Match = (event) => 'session' in event && event.session.startsWith(mallorys);
const isAdas: Match = (event, log) => !isMallorys(event, log);

/** What was said with APOP in the first login that was accepted: name and digest. */
function accepted(log: Log): EventOf<'pop3.command'> | null {
	const yes = seen(both(reply(true), isAdas))(log);
	return yes?.kind === 'pop3.reply' ? commandOf(log, yes) : null;
}

/** Mallory says it word for word. */
const replayed: Match = (event, log) => {
	if (!isMallorys(event, log) || !reply()(event, log) || event.kind !== 'pop3.reply') return false;
	const ours = accepted(log.slice(0, event.seq));
	return ours !== null && commandOf(log, event)?.args === ours.args;
};

const RIGHT = ['stamp', 'secret'];
const join: Question = {
	id: 'join',
	kind: 'predict',
	ask: 'Which text is to be hashed, so that post can do the same and compare? Place stamp and secret in order.',
	form: {
		kind: 'order',
		items: (log) => [
			{ value: 'secret', label: ADA.password },
			{ value: 'stamp', label: stampAt(log, 'desk') ?? 'the stamp of the greeting' }
		]
	},
	// one thing after another: first what post can do
	opens: either(received('CAPA', true, 'desk'), both(reply(), isAdas)),
	gate: both(reply(), isAdas),
	// post takes it or refuses it: either tells
	answer: (log) => (seen(both(reply(), isAdas))(log) ? orderValue(RIGHT) : null),
	explain: () =>
		'RFC 1939 puts the stamp first, angle brackets and all, and the secret behind it. The other way round the digest is another one, and post refuses it.'
};

const replay: Question = {
	id: 'replay',
	kind: 'predict',
	ask: 'Mallory repeats Ada’s APOP line, character for character. Does post let her in?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'yes', label: 'yes, it is the right digest' },
			{ value: 'no', label: 'no, her greeting had a new stamp' },
			{ value: 'address', label: 'no, she has another address' }
		]
	},
	gate: replayed,
	answer: (log) => {
		const tried = seen(replayed)(log);
		return tried?.kind === 'pop3.reply' ? (tried.ok ? 'yes' : 'no') : null;
	},
	explain: () =>
		'Every greeting has a new stamp, so the digest that post expects is a new one as well. Addresses play no part in it.'
};

/** What the player has placed last, hashed with the stamp that desk was greeted with; null: nothing placed. */
function digest(log: Log): { readonly text: string; readonly line: string } | null {
	const placed = answered('join');
	const last = log.findLast((event) => placed(event, log));
	const stamp = stampAt(log, 'desk');
	if (last?.kind !== 'input' || last.input.kind !== 'answer' || stamp === null) return null;
	const parts = readOrder(last.input.value).map((part) => (part === 'stamp' ? stamp : ADA.password));
	return { text: parts.join(''), line: `APOP ${ADA.name} ${apopDigest(parts.join(''), '')}` };
}
const heard = (log: Log): string | null => {
	const said = accepted(log);
	return said && `APOP ${said.args}`;
};

const pulled = (line: string): Input => type(line, 'mallory');
const CAPA = type('CAPA');
const place = answer('join', orderValue(RIGHT));
const no = answer('replay', 'no');
const knock = pulled('connect post 110');
/** As post stamps its first greeting in this level; the proof holds it. */
const FIRST = '<1.180000@post.example>';
const login = `APOP ${ADA.name} ${apopDigest(FIRST, ADA.password)}`;
const swapped = type(`APOP ${ADA.name} ${apopDigest(ADA.password, FIRST)}`);

const listed = seen(received('CAPA', true, 'desk'));
const isIn = (log: Log) => accepted(log) !== null;
const tried = seen(both(replayed, reply(false)));
const isTried = met(tried);

export const secret: Level = {
	slug: 'secret',
	number: '6.2',
	chapter: 6,
	title: 'A secret that never travels',
	concept: 'CAPA, APOP, and a digest in place of the password.',
	mission:
		'post’s greeting now ends in a stamp, new for each session. Ask CAPA what post can do. Then log in with APOP: hash stamp and secret into a digest, which nobody can turn back. After that, sit in Mallory’s chair and repeat Ada’s line.',
	teaches: ['CAPA', 'APOP', 'digest', 'replay'],
	breaks: ['M10'],
	lens: 3,
	scenario,
	seed: 620,
	prelude: [CONNECT],
	terminal: 'desk',
	seats: [
		{ host: 'desk', program: 'terminal' },
		{ host: 'mallory', program: 'terminal' }
	],
	offers: [
		'USER',
		'PASS',
		'APOP',
		'QUIT',
		'STAT',
		'LIST',
		'RETR',
		'DELE',
		'NOOP',
		'RSET',
		'TOP',
		'UIDL',
		'CAPA'
	],
	makers: [
		{
			host: 'desk',
			of: (log) => {
				const made = digest(log);
				return made && { say: `MD5 of ${made.text}`, line: made.line };
			}
		},
		{
			host: 'mallory',
			of: (log) => {
				const line = heard(log);
				return line === null ? null : { say: 'Kept at the tap', line };
			}
		}
	],
	pace: 2,
	goal: [
		{ say: 'post has listed what it can do', is: listed },
		{ say: 'You placed stamp and secret in order', is: answeredRight(join) },
		{
			say: 'Ada is in by APOP',
			is: seen(both(received('APOP', true), (event) => 'host' in event && event.host === 'desk'))
		},
		{ say: 'Mallory repeated her line and was refused', is: tried },
		{ say: 'You said how post answers a repeated line', is: answeredRight(replay) },
		{ say: 'The secret word was on no link', is: never(carries(ADA.password)), guard: true }
	],
	questions: [join, replay],
	par: [{ unit: 'command', n: 4 }],
	hints: [
		'The greeting has something in angle brackets.',
		'Stamp first, secret second. The digest of both together is what travels.',
		'CAPA, place <…> then lovelace, send the APOP line. Then at mallory: connect post 110, and the same line.'
	],
	milestones: [
		{
			is: (log) => online('desk')(log) || (met(listed)(log) && isIn(log)),
			next: 'The line is closed. Knock again: connect post 110',
			step: CONNECT
		},
		{ is: met(listed), next: 'Ask post what it can do: CAPA', step: CAPA },
		{
			is: (log) => isIn(log) || digest(log)?.line === lineFor(log),
			next: 'Place stamp and secret in the order in which they are hashed.',
			step: place
		},
		{
			is: isIn,
			next: 'Put the APOP line that was made into the box, and send it.',
			step: (log) => {
				const line = lineFor(log);
				return line === null ? null : type(line);
			}
		},
		{ is: met(answeredRight(join)), next: 'Say again in which order the two are hashed.', step: place },
		{
			is: (log) => isTried(log) || online('mallory')(log),
			next: 'Now be Mallory. Go to her terminal and knock: connect post 110',
			step: knock
		},
		{
			is: isTried,
			next: 'Put Ada’s line, kept at the tap, into Mallory’s box, and send it.',
			step: (log) => {
				const line = heard(log);
				return line === null ? null : pulled(line);
			}
		},
		{ is: met(answeredRight(replay)), next: 'Say whether a repeated line lets Mallory in.', step: no }
	],
	showMe: [CAPA, place, type(login), knock, pulled(login), no],
	alternatives: [
		[
			CAPA,
			answer('join', orderValue([...RIGHT].reverse())),
			swapped,
			place,
			type(login),
			knock,
			pulled(login),
			no
		],
		[type(login), CAPA, place, QUIT, knock, pulled('CAPA'), pulled(login), answer('replay', 'yes'), no]
	],
	bypasses: [
		[CAPA, place, USER, PASS, knock, pulled(login), no],
		[CAPA, place, swapped, knock, pulled(login), no],
		[CAPA, place, type(login), knock, pulled(`APOP ada ${apopDigest(FIRST, 'guess')}`), no],
		[CAPA, place, type(login), knock, pulled(login), answer('replay', 'address')],
		[place, type(login), knock, pulled(login), no]
	],
	debrief: (log) => {
		const other = apopDigest(ADA.password, stampAt(log, 'desk') ?? '').slice(0, 8);
		return `The stamp in the greeting is the sign of APOP; CAPA has no line for it. Placed the other way round, the digest begins ${other}, and post refuses it. The secret stays at home, but letters still travel in the clear. And MD5 is weak today: who keeps stamp and digest can try words.`;
	}
};

/** The line that logs Ada in where desk is now; null: no stamp. */
function lineFor(log: Log): string | null {
	const stamp = stampAt(log, 'desk');
	return stamp === null ? null : `APOP ${ADA.name} ${apopDigest(stamp, ADA.password)}`;
}
