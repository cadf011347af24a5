/** 5.4: a box is locked for one session; a line that breaks without a word keeps the lock until the idle timer. */
import type { Input } from '#lib/sim/event.ts';
import { all, both, either, latest, met, seen, type Log, type Match } from './goals.ts';
import { answeredRight, expunged, locked, online, pop3State } from './matches.ts';
import { answer, CONNECT, PASS, QUIT, type, USER } from './inputs.ts';
import type { Lever, Level, Question } from './level.ts';
import { drop } from './projections.ts';
import { standing } from './seats.ts';
import { ADA, t2 } from './topologies.ts';

/** RFC 1939 §3: an autologout timer lasts at least ten minutes. */
const TEN_MINUTES = 600_000_000;

const scenario = t2({ habits: { responseCodes: true, patience: [TEN_MINUTES, TEN_MINUTES] } });
const box = drop(scenario, ADA.name);
const addressOf = (id: string): string => scenario.hosts.find((host) => host.id === id)?.address ?? '';

/** An event of a session that a host opened. */
const by = (host: string): Match => {
	const opener = `${addressOf(host)}:`;
	return (event) => 'session' in event && event.session.startsWith(opener);
};
const stateAt = (host: string, move: Parameters<typeof pop3State>[0]) =>
	met(latest(both(pop3State(), by(host)), pop3State(move)));

const inUse: Match = both(pop3State({ on: 'LOCKED' }), by('pocket'));
const refused = seen(inUse);
const gone = all(
	seen(both(expunged('u-welcome-1'), by('desk'))),
	seen(both(expunged('u-won-2'), by('desk')))
);
const isGone = met(gone);
const admitted: Match = both(pop3State({ from: 'AUTHORIZATION', to: 'TRANSACTION' }), by('pocket'));
const atLast = (log: Log) => {
	const last = gone(log);
	return last && seen((event, so) => event.seq > last.seq && admitted(event, so))(log);
};

const CABLE = 'desk-r1';
const plug = (up: boolean) => ({ kind: 'link', link: CABLE, up }) as const;
const cable: Extract<Lever, { kind: 'switch' }> = {
	kind: 'switch',
	host: 'desk',
	say: 'Cable of the desk',
	ways: [
		{ label: 'in', input: plug(true) },
		{ label: 'out', input: plug(false) }
	]
};

const letGo: Match = either(both(pop3State({ to: 'UPDATE' }), by('desk')), locked(ADA.name, false));
const when: Question = {
	id: 'when',
	kind: 'predict',
	ask: 'If the cable of the desk is cut instead, without a word: when does post open the lock?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'at once', label: 'at once' },
			{ value: 'timer', label: 'after its idle timer' },
			{ value: 'never', label: 'never' }
		]
	},
	opens: inUse,
	gate: letGo,
	answer: (log) => (seen(letGo)(log) ? 'timer' : null),
	explain: () =>
		'After its idle timer, ten minutes or more: a cut cable says nothing, so to post the desk is only silent. Then it hangs up without UPDATE, and the marks are lost.'
};

const pocket = (line: string): Input => type(line, 'pocket');
const knock = pocket('connect post 110');
const user = pocket(`USER ${ADA.name}`);
const pass = pocket(`PASS ${ADA.password}`);
const told = answer('when', 'timer');
const isRefused = met(refused);
const isOver = met(atLast);
/** The desk still has the box, with its two marks. */
const deskHolds = (log: Log) => {
	const { lockedBy, letters } = box(log);
	const marked = letters.filter((letter) => letter.marked !== null).map(({ uid }) => uid);
	return (
		lockedBy?.startsWith(`${addressOf('desk')}:`) === true &&
		['u-welcome-1', 'u-won-2'].every((uid) => marked.includes(uid))
	);
};
const named = stateAt('pocket', { on: 'USER' });

export const lock: Level = {
	slug: 'lock',
	number: '5.4',
	chapter: 5,
	title: 'Someone is in the box',
	concept: 'One session at a time: the exclusive lock.',
	mission:
		'At her desk Ada has marked two letters and gone for a walk, the session still open. On pocket, her telephone, she has just said USER. She must get in there, and the two deletions must count. You have both devices.',
	teaches: ['exclusive lock', '[IN-USE]', 'autologout'],
	breaks: ['M11', 'M18'],
	lens: 1,
	scenario,
	seed: 540,
	prelude: [CONNECT, USER, PASS, type('DELE 1'), type('DELE 2'), knock, user],
	terminal: 'pocket',
	seats: [
		{ host: 'pocket', program: 'terminal' },
		{ host: 'desk', program: 'terminal' }
	],
	levers: [cable],
	pace: 2,
	goal: [
		{ say: 'pocket heard that the box is in use', is: refused },
		{ say: 'You said when a cut cable frees the lock', is: answeredRight(when) },
		{ say: 'The desk’s goodbye removed its two letters', is: gone },
		{ say: 'After that pocket got in', is: atLast }
	],
	questions: [when],
	par: [{ unit: 'command', n: 4 }],
	hints: [
		'Send PASS from pocket and read the words in brackets.',
		'A cut cable frees nothing, and it loses the marks. A goodbye does both things right.',
		'PASS lovelace at pocket, then QUIT at desk. After that USER ada and PASS lovelace at pocket.'
	],
	milestones: [
		{
			is: (log) => isRefused(log) || deskHolds(log),
			next: 'The desk has let go already, so nobody saw the lock. Rewind to before.',
			step: null
		},
		{
			is: (log) => isGone(log) || standing(cable, log) === 0,
			next: 'Put the cable of the desk back in: over a cut one nobody can say goodbye.',
			step: plug(true)
		},
		{
			is: (log) => isGone(log) || deskHolds(log),
			next: 'The two marks are lost. Rewind to before.',
			step: null
		},
		{
			is: (log) => isRefused(log) || online('pocket')(log),
			next: 'pocket has no line. Knock there: connect post 110',
			step: knock
		},
		{ is: (log) => isRefused(log) || named(log), next: 'Say at pocket who you are: USER ada', step: user },
		{ is: isRefused, next: 'Try the word at pocket: PASS lovelace', step: pass },
		{ is: isGone, next: 'Go to the desk and say goodbye there: QUIT', step: QUIT },
		{ is: met(answeredRight(when)), next: 'Say when a cut cable frees the lock.', step: told },
		{
			is: (log) => isOver(log) || online('pocket')(log),
			next: 'pocket has no line. Knock there: connect post 110',
			step: knock
		},
		{ is: (log) => isOver(log) || named(log), next: 'Back to pocket: USER ada', step: user },
		{ is: isOver, next: 'And the word again: PASS lovelace', step: pass }
	],
	strays: [
		{
			is: both(locked(ADA.name, false), by('desk')),
			say: 'The desk let go of the box too early, or lost its marks.',
			amended: (log) => isGone(log) && isRefused(log)
		},
		{
			is: both((event) => event.kind === 'maildrop.mark' && !event.marked, by('desk')),
			say: 'RSET took the marks back. They are to count.',
			amended: (log) => isGone(log) || deskHolds(log)
		}
	],
	showMe: [pass, QUIT, told, user, pass],
	alternatives: [
		[pass, type('STAT'), type('LIST'), answer('when', 'at once'), QUIT, told, user, pass],
		[pass, user, pass, plug(false), plug(true), QUIT, told, pocket('QUIT'), knock, user, pass],
		[pass, type('RSET'), type('DELE 2'), type('DELE 1'), QUIT, user, pass, told]
	],
	bypasses: [
		[QUIT, pass, told],
		[pass, plug(false), user, pass, told],
		[type('RSET'), pass, QUIT, user, pass, told],
		[pocket('PASS lovelance'), QUIT, user, pass, told],
		[pass, { kind: 'abort', host: 'desk' }, user, pass, told]
	],
	debrief:
		'One session at a time, and the lock is as long as the session. A server may hang up after ten idle minutes or more, without entering UPDATE. So a sleeping device keeps the others out, and loses its marks.'
};
