/** 2.2: which commands are legal in which state; QUIT before login leaves without UPDATE. */
import { commands, findCommand, type Keyword } from '#lib/pop3/commands.ts';
import { cardsValue, readCards } from './answers.ts';
import { both, met, never, order, seen, type Match } from './goals.ts';
import {
	answeredRight,
	commanded,
	commandOf,
	online,
	pop3State,
	received,
	settled,
	tcpState
} from './matches.ts';
import { answer, CONNECT, inside, PASS, QUIT, type, USER } from './inputs.ts';
import type { Level, Option, Question } from './level.ts';
import { t0 } from './topologies.ts';

const KEYWORDS: readonly Keyword[] = ['USER', 'STAT', 'PASS', 'RETR', 'QUIT', 'DELE', 'NOOP'];
const CARDS: readonly Option[] = KEYWORDS.map((value) => ({ value, label: value }));
const ROOMS: readonly Option[] = [
	{ value: 'door', label: 'Door' },
	{ value: 'inside', label: 'Inside' },
	{ value: 'both', label: 'Both' }
];

/** As the command table has it. */
function roomOf(keyword: string): string {
	const states: readonly string[] = commands.find((row) => row.keyword === keyword)?.states ?? [];
	if (!states.includes('AUTHORIZATION')) return 'inside';
	return states.includes('TRANSACTION') ? 'both' : 'door';
}
const RIGHT = cardsValue(new Map(KEYWORDS.map((keyword) => [keyword, roomOf(keyword)])), CARDS);

const WHY: Readonly<Record<string, string>> = {
	door: 'it shows papers, and inside they have been shown',
	inside: 'it needs an open box, and at the door none is open',
	both: 'one may leave from either room'
};

/** The server's first words after its greeting. */
const reply: Match = (event) => event.kind === 'pop3.reply' && event.keyword !== 'greeting';

const legal: Question = {
	id: 'auth-legal',
	kind: 'predict',
	ask: 'Which room takes which command?',
	form: { kind: 'cards', cards: CARDS, rooms: ROOMS },
	opens: received('greeting', true),
	gate: reply,
	answer: (log) => (seen(reply)(log) ? RIGHT : null),
	explain: (given, right) => {
		const said = readCards(given);
		const wrong = [...readCards(right)].filter(([card, room]) => said.get(card) !== room);
		const [[card, room] = ['QUIT', 'both'] as const] = wrong;
		const where = ROOMS.find(({ value }) => value === room)?.label.toLowerCase() ?? room;
		return `${card} belongs ${room === 'both' ? 'to both' : where}: ${WHY[room]}.`;
	}
};

/** A command of TRANSACTION is refused at the door. */
const refused: Match = (event, log) => {
	if (event.kind !== 'pop3.reply' || event.ok) return false;
	const command = commandOf(log, event);
	return (
		command?.state === 'AUTHORIZATION' &&
		findCommand(command.keyword) !== undefined &&
		roomOf(command.keyword) === 'inside'
	);
};
const left = order(refused, commanded('QUIT', 'AUTHORIZATION'), tcpState('desk', 'CLOSED', 110));
const isIn = (log: Parameters<typeof inside>[0]) => online('desk')(log) && inside(log);

const sorted = answer('auth-legal', RIGHT);
const stat = type('STAT');

export const notyet: Level = {
	slug: 'notyet',
	number: '2.2',
	chapter: 2,
	title: 'Not yet',
	concept: 'Which commands are legal in which state.',
	mission:
		'post has two rooms: the door, where papers are shown, and the inside, where letters are handled. Sort seven commands by room. Then ask for something too early, hear the refusal, and leave again by the door.',
	teaches: ['STAT', 'QUIT', 'AUTHORIZATION', 'TRANSACTION'],
	breaks: ['M2', 'M16'],
	lens: 1,
	scenario: t0(),
	seed: 220,
	prelude: [CONNECT],
	terminal: 'desk',
	goal: [
		{ say: 'You sorted the seven cards', is: answeredRight(legal) },
		{ say: 'post refused a command that came too early', is: seen(refused) },
		{ say: 'After that you left by the door, with QUIT', is: left },
		{ say: 'post never went to UPDATE', is: never(pop3State({ to: 'UPDATE' })), guard: true }
	],
	questions: [legal],
	par: [{ unit: 'command', n: 2 }],
	hints: [
		'Watch which room is lit in the server’s chart, under States.',
		'A letter counter cannot open before papers are shown.',
		'Type STAT, read the refusal, then QUIT. QUIT is the one card for both.'
	],
	milestones: [
		{
			is: settled(legal),
			next: 'Lay each card into its room. Only one belongs to both.',
			step: sorted
		},
		{
			is: (log) => online('desk')(log) || left(log) !== null,
			next: 'The line is closed. Knock again: connect post 110',
			step: CONNECT
		},
		{
			is: (log) => !isIn(log) || left(log) !== null,
			next: 'You are inside, and QUIT would go to UPDATE. Rewind to before the login.',
			step: null
		},
		{ is: met(seen(refused)), next: 'Ask for something too early: STAT', step: stat },
		{ is: met(left), next: 'Now leave by the door: QUIT', step: QUIT }
	],
	strays: [
		{
			is: both(pop3State({ from: 'AUTHORIZATION', to: 'TRANSACTION' }), (_event, log) => left(log) === null),
			say: 'You are inside now. From here QUIT goes to UPDATE; stay at the door.',
			amended: (log) => !isIn(log)
		}
	],
	showMe: [sorted, stat, QUIT],
	alternatives: [
		[sorted, type('RETR 1'), QUIT],
		[sorted, type('quit'), CONNECT, type('NOOP'), type('quit')],
		[type('DELE 2'), answer('auth-legal', RIGHT.replace('QUIT=both', 'QUIT=inside')), sorted, USER, QUIT]
	],
	bypasses: [
		[stat, QUIT],
		[sorted, QUIT],
		[sorted, USER, PASS, stat, QUIT],
		[sorted, type('HELP'), QUIT],
		[sorted, QUIT, CONNECT, stat],
		[sorted, stat, USER, PASS, QUIT]
	],
	debrief:
		'Same word, two meanings. Inside, QUIT goes to UPDATE and makes every deletion real; at the door it just leaves. What a command means depends on the state, and a refusal costs nothing.'
};
