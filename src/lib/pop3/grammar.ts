/**
 * A line into a command, by the table: keyword, single spaces, arguments (RFC 1939 §3, RFC 2449 §4). Whatever
 * is wrong has a name, a `Fault`, which the server's personality puts into words: malformed input is always
 * answered, never dropped.
 */
import { findCommand, splitLine, type ArgumentSpec, type Keyword } from './commands.ts';
import type { Line } from './framer.ts';

/** Longest argument in characters (RFC 1939 §3). PASS takes the rest of the line, which has its own limit. */
export const ARGUMENT_LIMIT = 40;

/** Why a server answers `-ERR`. */
export type Fault =
	// the line
	| 'lineTooLong'
	| 'bareLF'
	| 'bareCR'
	| 'notPrintable'
	| 'emptyLine'
	| 'spacing'
	// the command
	| 'unknownCommand'
	| 'notOffered'
	| 'retired'
	| 'wrongState'
	| 'userFirst'
	| 'apopNotOffered'
	| 'tlsActive'
	| 'tlsNotOffered'
	| 'tooManyBad'
	// its arguments
	| 'tooManyArguments'
	| 'argumentTooLong'
	| 'nameRequired'
	| 'passwordRequired'
	| 'digestRequired'
	| 'numberRequired'
	| 'linesRequired'
	| 'numberTooLarge'
	| 'linesTooLarge'
	| 'noiseAfterLines'
	| 'digestIllegible'
	| 'mechanismUnknown'
	| 'languageUnknown'
	// an exchange of AUTH
	| 'exchangeCancelled'
	| 'exchangeIllegible'
	// what it asked for
	| 'unknownName'
	| 'loginRefused'
	| 'loginTooSoon'
	| 'maildropLocked'
	| 'maildropBroken'
	| 'maildropLost'
	| 'noSuchMessage'
	| 'messageDeleted'
	| 'utf8Required'
	| 'updateFailed'
	// nothing was asked for
	| 'idleTooLong';

/** A command of the table, as the chart gets it: plain data. */
export interface CommandEvent {
	readonly type: Keyword;
	/** USER, APOP: the name. AUTH: the mechanism, upper case. LANG: the tag. */
	readonly name: string;
	/** PASS: the password. APOP: the digest. AUTH: the initial response as it came; '' where there was none. */
	readonly secret: string;
	/** Message number; null where none was given. */
	readonly number: number | null;
	/** TOP: body lines wanted. */
	readonly lines: number;
	/** What is wrong with the arguments. */
	readonly fault: Fault | null;
	/** The text that is wrong, for servers that repeat it. */
	readonly about?: string;
}

/** A line that is no command of the table. */
export interface BadLineEvent {
	readonly type: 'BAD LINE';
	readonly fault: Fault;
	/** Its first word, as typed. */
	readonly about?: string;
}

export type LineEvent = CommandEvent | BadLineEvent;

const bad = (fault: Fault): BadLineEvent => ({ type: 'BAD LINE', fault });

/** With `utf8`, arguments may hold octets beyond ASCII (RFC 6856 §2.2). */
export function readCommand(line: Line, utf8 = false): LineEvent {
	if (line.tooLong) return bad('lineTooLong');
	if (line.end === 'LF') return bad('bareLF');
	if (line.end === 'CR') return bad('bareCR');
	if (line.text === '') return bad('emptyLine');
	const { keyword, args } = splitLine(line.text);
	if (!PRINTABLE.test(utf8 ? keyword : line.text) || !WITH_UTF8.test(line.text)) return bad('notPrintable');
	if (keyword === '') return bad('spacing');
	const command = findCommand(keyword);
	if (!command) return bad('unknownCommand');
	const hasArguments = line.text.length > keyword.length;
	return { ...blank, type: command.keyword, ...readArguments(command.args, hasArguments ? args : null) };
}

const PRINTABLE = /^[ -~]*$/;
const WITH_UTF8 = /^[ -~\x80-\xff]*$/;
const blank = { name: '', secret: '', number: null, lines: 0, fault: null } as const;

type Arguments = Partial<Omit<CommandEvent, 'type'>>;

/** `rest` is what follows the space after the keyword; null when there was no space. */
function readArguments(specs: readonly ArgumentSpec[], rest: string | null): Arguments {
	if (specs[0]?.kind === 'rest') return rest ? { secret: rest } : { fault: 'passwordRequired' };
	const words = rest === null ? [] : rest.split(' ');
	if (words.includes(''))
		return { fault: words.some((word) => word !== '') || !specs[0] ? 'spacing' : missing(specs[0]) };
	let read: Arguments = {};
	for (const [i, spec] of specs.entries()) {
		const word = words[i];
		if (word === undefined) {
			if (spec.optional) break;
			return { fault: missing(spec) };
		}
		if (word.length > ARGUMENT_LIMIT && spec.kind !== 'response') return { fault: 'argumentTooLong' };
		const value = readWord(spec, word);
		if (!value) return { fault: missing(spec) };
		read = { ...read, ...value };
	}
	return words.length > specs.length ? { fault: 'tooManyArguments' } : read;
}

function readWord(spec: ArgumentSpec, word: string): Arguments | null {
	switch (spec.kind) {
		case 'name':
			return { name: word };
		case 'digest': // RFC 1939 §7: 16 octets in hexadecimal, lower case
			return /^[0-9a-f]{32}$/.test(word) ? { secret: word } : null;
		case 'message':
			return /^[0-9]+$/.test(word) ? { number: Number(word) } : null;
		case 'lines':
			return /^[0-9]+$/.test(word) ? { lines: Number(word) } : null;
		case 'mechanism': // RFC 4422 §3.1
			return /^[A-Za-z0-9_-]{1,20}$/.test(word) ? { name: word.toUpperCase() } : null;
		case 'tag':
			return /^(\*|[A-Za-z0-9-]+)$/.test(word) ? { name: word } : null;
		case 'rest':
		case 'response':
			return { secret: word };
	}
}

function missing(spec: ArgumentSpec): Fault {
	switch (spec.kind) {
		case 'name':
			return 'nameRequired';
		case 'digest':
			return 'digestRequired';
		case 'message':
			return 'numberRequired';
		case 'lines':
			return 'linesRequired';
		case 'mechanism':
			return 'mechanismUnknown';
		case 'tag':
			return 'languageUnknown';
		case 'response':
			return 'exchangeIllegible';
		case 'rest':
			return 'passwordRequired';
	}
}
