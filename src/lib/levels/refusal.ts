/**
 * Why the server said -ERR: found from what it was asked and how its session moved, never from its prose. The words for
 * each reason are one table; the reasons themselves are the grammar's.
 */
import type { EventOf } from '#lib/sim/event.ts';
import { commands, findCommand, type Keyword } from '#lib/pop3/commands.ts';
import { COMMAND_LIMIT } from '#lib/pop3/framer.ts';
import { readCommand, type Fault } from '#lib/pop3/grammar.ts';
import { closest } from './closest.ts';
import { type Log } from './goals.ts';
import { commandOf, originOf, replyOf } from './matches.ts';
import type { Level } from './level.ts';
import { CONNECT } from './mistyped.ts';
import { hostsOf } from './seats.ts';

export type Look = 'states' | 'bytes';

export interface Refusal {
	/** Null: the -ERR has no reason that the log can tell. */
	readonly fault: Fault | null;
	readonly say: string;
	/** The refusal as the client read it. */
	readonly event: EventOf<'pop3.received'>;
	/** The pane that shows it best. */
	readonly look: Look | null;
}

type Command = EventOf<'pop3.command'>;

/**
 * Explains the last reply, if it refused and nothing was sent since; `wanted` tells whether a goal asked for that very
 * refusal, which then needs no advice.
 */
export function refusal(
	level: Level,
	log: Log,
	wanted: (event: Refusal['event']) => boolean = () => false
): Refusal | null {
	const hosts = hostsOf(level);
	const event = log.findLast(
		(candidate) =>
			(candidate.kind === 'pop3.received' && hosts.includes(candidate.host)) ||
			(candidate.kind === 'input' && candidate.input.kind !== 'answer')
	);
	if (event?.kind !== 'pop3.received' || event.ok) return null;
	const reply = replyOf(log, event);
	const command = reply && commandOf(log, reply);
	if (!command) return null;
	const fault = faultOf(level, log, command, reply);
	const about = { level, log, command, wanted: wanted(event) };
	const say = fault ? WORDS[fault](about) : 'The server refused. Its own words are all it tells.';
	return { fault, say, event, look: (fault && LOOKS[fault]) ?? null };
}

/** What a move of the session says about the refusal that follows it. */
const MOVED: Readonly<Record<string, Fault>> = {
	DENIED: 'loginRefused',
	LOCKED: 'maildropLocked',
	UNKNOWN: 'unknownName',
	FAILED: 'updateFailed'
};

function faultOf(level: Level, log: Log, command: Command, reply: EventOf<'pop3.reply'>): Fault | null {
	const { keyword, args, session } = command;
	const text = args === '' ? keyword : `${keyword} ${args}`;
	const read = readCommand({ text, end: 'CRLF', tooLong: text.length + 2 > COMMAND_LIMIT });
	if (read.type === 'BAD LINE') return read.fault;
	const row = findCommand(keyword);
	if (row?.retired !== undefined) return 'retired';
	if (!row?.states.some((state) => state === command.state)) return 'wrongState';
	if (read.fault) return read.fault;
	for (const event of log.slice(command.seq, reply.seq)) {
		const fault = event.kind === 'pop3.state' && event.session === session && MOVED[event.on];
		if (fault) return fault;
	}
	if (keyword === 'PASS') return 'userFirst';
	if (keyword === 'APOP') return 'apopNotOffered';
	if (!offered(level).includes(row.keyword)) return 'notOffered';
	if (read.number === null) return hasBareEnd(log, command) ? 'bareLF' : null;
	return isMarked(log, command, read.number) ? 'messageDeleted' : 'noSuchMessage';
}

/** Whether a command came of octets that hold a CR or an LF alone. */
function hasBareEnd(log: Log, command: Command): boolean {
	const input = originOf(log, command)?.input;
	return input?.kind === 'octets' && /(?<!\r)\n|\r(?!\n)/.test(input.octets);
}

function isMarked(log: Log, { session, seq }: Command, number: number): boolean {
	const last = log.findLast(
		(event) =>
			event.seq < seq &&
			event.kind === 'maildrop.mark' &&
			event.session === session &&
			event.number === number
	);
	return last?.kind === 'maildrop.mark' && last.marked;
}

interface About {
	readonly level: Level;
	readonly log: Log;
	readonly command: Command;
	readonly wanted: boolean;
}

const LINE_END = 'A line ends with CR LF: bytes 0d 0a, both, in this order. Enter sends them for you.';

const WORDS: Readonly<Record<Fault, (about: About) => string>> = {
	lineTooLong: () => `POP3 lines are short: at most ${COMMAND_LIMIT} octets, the line end included.`,
	bareLF: () => LINE_END,
	bareCR: () => LINE_END,
	notPrintable: () => 'A command holds plain ASCII only: letters, digits and common signs.',
	emptyLine: () => 'An empty line is no command.',
	spacing: () => 'One space between words, none at the ends.',
	unknownCommand: ({ command, level }) => {
		const meant = closest(command.keyword, offered(level));
		if (meant) return `Did you mean ${meant}?`;
		const { keyword } = command;
		if (closest(keyword.toLowerCase(), [CONNECT]))
			return `Did you mean ${CONNECT}? A line is open already: QUIT ends it.`;
		return `${command.keyword} is no POP3 command. Here the server takes ${legal(command.state, level)}.`;
	},
	notOffered: ({ command, level }) =>
		`This server does not offer ${command.keyword}. Here it takes ${legal(command.state, level)}.`,
	retired: ({ command }) => `${command.keyword} is an old command that is no longer in use.`,
	wrongState: ({ command, level, wanted }) =>
		command.state === 'AUTHORIZATION'
			? `The server is in AUTHORIZATION${wanted ? ': too early' : '. Show papers first'}.`
			: `The server is in ${command.state}. There it takes ${legal(command.state, level)}.`,
	userFirst: () => 'Whose word is it? First say who: USER and the name. After a refused PASS, say it again.',
	apopNotOffered: () => 'The greeting had no stamp in angle brackets, so this server does not offer APOP.',
	tlsNotOffered: () => 'This server cannot seal the channel.',
	tlsActive: () => 'The channel is sealed already.',
	tooManyBad: () => 'That was one wrong command too many.',
	tooManyArguments: ({ command }) => `One word too many for ${command.keyword}.`,
	argumentTooLong: () => 'POP3 words are short: argument up to 40 characters.',
	nameRequired: () => 'Whose box? USER wants a name.',
	passwordRequired: () => 'PASS wants the secret word after a space.',
	digestRequired: () => 'APOP wants a name and a digest of 32 hexadecimal digits.',
	numberRequired: () => 'Which letter? LIST shows the numbers.',
	numberTooLarge: () => 'No box holds so many letters.',
	linesRequired: () => 'TOP wants two numbers: which letter, and how many lines of it.',
	linesTooLarge: () => 'No letter has so many lines.',
	noiseAfterLines: () => 'One word too many for TOP.',
	digestIllegible: () => 'APOP wants a digest of 32 hexadecimal digits.',
	mechanismUnknown: () => 'AUTH wants the name of a mechanism that CAPA lists after SASL.',
	languageUnknown: () => 'LANG alone lists the languages that this server speaks.',
	exchangeCancelled: () => 'You broke the login off with a star.',
	exchangeIllegible: () => 'The answer to a challenge of AUTH is base64.',
	unknownName: () => 'This server has no box under that name.',
	loginRefused: ({ log, command }) =>
		/[<>]|crlf/i.test(nameGiven(log, command))
			? 'Enter already sends CRLF: bytes 0d 0a. The word was taken as part of the name.'
			: 'Name and word do not fit together. The server does not say which is wrong, so that strangers cannot guess names.',
	loginTooSoon: () => 'This server wants some time between two logins.',
	maildropBroken: () => 'The server cannot read the box now. Try again later.',
	maildropLost: () => 'The server cannot read the box, and waiting will not help: somebody has to repair it.',
	maildropLocked: () => 'Another session holds the box. It opens when that one ends.',
	noSuchMessage: (about) => {
		const count = lettersIn(about);
		return count === 1 ? 'There is 1 in this session.' : `There are ${count} in this session.`;
	},
	messageDeleted: () => 'Marked letters are hidden. RSET brings them back.',
	utf8Required: () => 'This letter has UTF-8 in its header. Say UTF8 before you log in.',
	idleTooLong: () => 'Nothing was said for too long.',
	updateFailed: () => 'Some marked letters could not be removed. They are still there.'
};

const LOOKS: Readonly<Partial<Record<Fault, Look>>> = {
	wrongState: 'states',
	userFirst: 'states',
	bareLF: 'bytes',
	bareCR: 'bytes',
	notPrintable: 'bytes',
	loginRefused: 'bytes'
};

/** "USER, PASS, APOP or QUIT" */
function legal(state: string, level: Level): string {
	const words = offered(level).filter((keyword) =>
		findCommand(keyword)?.states.some((each) => each === state)
	);
	const [last, ...others] = words.reverse();
	return others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : 'nothing';
}

/** The words that the level's servers take. */
const offered = ({ offers }: Level): Keyword[] => [...(offers ?? commands.map(({ keyword }) => keyword))];

/** The name that a session gave last before a command. */
function nameGiven(log: Log, { session, seq }: Command): string {
	const user = log.findLast(
		(event) =>
			event.seq < seq &&
			event.kind === 'pop3.command' &&
			event.session === session &&
			event.keyword === 'USER'
	);
	return user?.kind === 'pop3.command' ? user.args : '';
}

/** How many letters the session of a command found at its login. */
function lettersIn({ level, log, command }: About): number {
	const login = log.find(
		(event) => event.kind === 'maildrop.lock' && event.held && event.session === command.session
	);
	if (login?.kind !== 'maildrop.lock') return 0;
	const { user, host } = login;
	const spec = level.scenario.hosts.find(({ id }) => id === host)?.pop3;
	const all = spec?.users.find(({ name }) => name === user)?.box.length ?? 0;
	const gone = log.filter(
		(event) => event.kind === 'maildrop.expunge' && event.user === user && event.session !== command.session
	);
	return all - gone.length;
}
