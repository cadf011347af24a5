/** 3.3: a line of a letter that begins with a dot travels with one dot more, which the reader takes away again. */
import type { Input } from '#lib/sim/event.ts';
import { becomes, met, order, seen, type Log, type Match } from './goals.ts';
import { answeredRight, replied, synced } from './matches.ts';
import { answer } from './inputs.ts';
import type { Deed, Lever, Level, Question } from './level.ts';
import { drop, store } from './projections.ts';
import { standing } from './seats.ts';
import { ADA, t0, withMail } from './topologies.ts';

const DOTS = 'u-dots-3';
const NAIVE = { letterEnds: 'any dot' } as const;
const scenario = withMail(t0({ users: [{ ...ADA, box: ['dots'] }] }), ['desk'], {
	...NAIVE,
	login: ['user'],
	capa: false,
	checks: false,
	remember: false,
	pipeline: 1
});
/** Octets of the letter as it is stored. */
const stored = drop(scenario, ADA.name)([]).now.octets;

const set = (settings: Extract<Deed, { kind: 'settings' }>['settings']): Deed => ({
	kind: 'settings',
	host: 'desk',
	settings
});
const rule: Extract<Lever, { kind: 'switch' }> = {
	kind: 'switch',
	host: 'desk',
	say: 'A letter is over',
	ways: [
		{ label: 'at any line that starts with a dot', input: set(NAIVE) },
		{ label: 'at a lone dot; of other dots the first is stripped', input: set({ letterEnds: 'dot' }) }
	]
};
const [naive, right] = rule.ways;
if (!naive || !right) throw new Error('the rule has two ways');

const sync: Input = { kind: 'sync', host: 'desk' };
const carried: Match = replied('RETR', true);

/** The line that ends a reply of many lines. */
const END = '.\r\n';
/** Between the status line and the final dot's line, as the reply was written. */
function bodyOctets(log: Log): number | null {
	const reply = seen(carried)(log);
	if (reply?.kind !== 'pop3.reply') return null;
	return reply.octets - `+OK ${reply.text}\r\n`.length - END.length;
}

const body: Question = {
	id: 'body',
	kind: 'predict',
	ask: `LIST says ${stored} octets. How many will travel before the final dot, the first line (+OK, the status line) left out?`,
	form: { kind: 'number', label: 'Octets of the letter' },
	gate: carried,
	answer: bodyOctets,
	explain: (given, is) => {
		const more = Number(is) - stored;
		return `You said ${given}. ${stored} are stored. ${more} lines begin with a dot, and each travels with one more: ${stored} + ${more} = ${is}.`;
	}
};

/** A letter was stored that is not whole. */
const cut: Match = (event, log) =>
	event.kind === 'mail.letter' &&
	event.host === 'desk' &&
	store(log.slice(0, event.seq + 1), 'desk').get(DOTS)?.intact === false;
const repaired: Match = (event) =>
	event.kind === 'input' && JSON.stringify(event.input) === JSON.stringify(right.input);
const whole = becomes(
	(event) => event.kind === 'mail.letter',
	(log) => store(log, 'desk').get(DOTS)?.intact === true
);
const isNaive = (log: Log) => standing(rule, log) === 0;
const wasCut = met(seen(cut));

const told = answer('body', stored + 3);

export const stuffed: Level = {
	slug: 'stuffed',
	number: '3.3',
	chapter: 3,
	title: 'Stuffed dots',
	concept: 'Why a line that starts with a dot gets one more on the way.',
	mission:
		'Grace’s letter has three lines that begin with a dot, one of them a dot alone. desk’s mail program has a bad rule for dots. Sync, see what comes home, repair the rule, and sync again.',
	teaches: ['sync', 'byte-stuffing'],
	breaks: ['M4'],
	lens: 1,
	scenario,
	seed: 330,
	prelude: [],
	terminal: 'desk',
	seats: [{ host: 'desk', program: 'mail' }],
	levers: [rule],
	goal: [
		{ say: 'You said how many octets of letter travel', is: answeredRight(body) },
		{ say: 'The letter came home cut short', is: seen(cut) },
		{ say: 'After that you repaired the rule', is: order(cut, repaired) },
		{ say: 'The letter has come home whole', is: whole }
	],
	questions: [body],
	par: [{ unit: 'act', n: 3 }],
	hints: [
		'Compare the stored letter with the bytes on the wire: open the packet with the letter.',
		'Three lines begin with a dot, so three extra dots travel. desk must take them away again.',
		`${stored} and 3 are ${stored + 3}. Choose the lone dot, where the first of other dots is stripped.`
	],
	milestones: [
		{
			is: (log) => wasCut(log) || isNaive(log),
			next: 'First see what the old rule does: set it back to any line with a dot.',
			step: naive.input
		},
		{ is: wasCut, next: 'Press Sync, and see what the old rule brings home.', step: sync },
		{
			is: met(answeredRight(body)),
			next: 'Say how many octets of letter travelled, stuffed dots and all.',
			step: told
		},
		{
			is: (log) => met(order(cut, repaired))(log) && !isNaive(log),
			next: 'Repair the rule: a letter is over at a lone dot.',
			step: right.input
		},
		{ is: met(whole), next: 'Sync again with the rule repaired.', step: sync }
	],
	strays: [
		{
			is: (event, log) =>
				synced('desk')(event, log) && wasCut(log.slice(0, event.seq)) && isNaive(log.slice(0, event.seq)),
			say: 'The old rule was still there, so the letter was cut again. Repair it first.',
			amended: met(whole)
		}
	],
	showMe: [sync, told, right.input, sync],
	alternatives: [
		[sync, answer('body', stored), told, sync, right.input, sync],
		[right.input, naive.input, sync, told, right.input, sync]
	],
	bypasses: [
		[right.input, sync, told],
		[sync, told, sync],
		[sync, told, right.input],
		[sync, told, right.input, naive.input, sync],
		[sync, answer('body', stored), right.input, sync]
	],
	debrief: (log) => {
		const reply = seen(carried)(log);
		const [whole, letter] = [reply?.kind === 'pop3.reply' ? reply.octets : 0, bodyOctets(log) ?? 0];
		return `The wire carried ${whole} octets: ${whole - letter - END.length} of status line, ${letter} of letter, ${END.length} of end. LIST said ${stored}: what you keep. The server puts a dot before each line that begins with one, and the reader takes it away. So no line of a letter can look like its end.`;
	}
};
