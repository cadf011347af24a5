/**
 * What a server does where the RFCs leave it free, or where it breaks them: plain data that a personality brings
 * along and a scenario may change. The chart's guards read it; nothing here acts. Times are µs.
 */
import type { Keyword } from './commands.ts';

export type Mechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5';

export interface Habits {
	/** The commands that it knows besides STAT, LIST, RETR, DELE, NOOP, RSET and QUIT. APOP needs a timestamp in the greeting, too. */
	readonly offers: readonly Keyword[];
	/** SASL mechanisms of AUTH, in the order in which they are listed. */
	readonly mechanisms: readonly Mechanism[];
	/** Languages that LANG can choose (RFC 6856 §3). */
	readonly languages: readonly string[];
	/** USER answers -ERR to a name that has no maildrop, and so tells strangers which names exist. */
	readonly namesAreChecked: boolean;
	/** Response codes in brackets before the text of -ERR (RFC 2449 §8, RFC 3206). */
	readonly responseCodes: boolean;
	/** What CAPA says of the program; null: nothing (RFC 2449 §6.9). */
	readonly implementation: string | null;
	/** Days for which mail is kept, as EXPIRE tells (RFC 2449 §6.7); null: not told. */
	readonly expire: number | 'NEVER' | null;
	/** Wait between two logins of one user; 0: none (RFC 2449 §6.5). */
	readonly loginDelay: number;

	/** `lenient`: as Dovecot reads. */
	readonly reading: 'strict' | 'lenient';
	/** Longest command line, octets with its end, before and after login. */
	readonly lineLimit: readonly [before: number, after: number];
	/** A line that is too long ends the session. */
	readonly closesOnLongLine: boolean;

	/** Autologout, before and after login; null: never. RFC 1939 §3: at least 10 minutes. */
	readonly patience: readonly [before: number | null, after: number | null];
	/** Autologout is announced by -ERR, which RFC 1939 §3 forbids. */
	readonly saysFarewell: boolean;
	/** Wait before a refused login is answered. */
	readonly failureDelay: number;
	readonly closesAfterFailure: boolean;
	/** Bad commands in a row that are still answered, before and after login; null: any number. */
	readonly badLimit: readonly [before: number | null, after: number | null];
	/** Which count as bad: `unknown` only those that it does not know here. */
	readonly badness: readonly [before: 'unknown' | 'any', after: 'unknown' | 'any'];
	readonly closesWhenLocked: boolean;

	// what no server should do
	/** Lines that begin with a dot are sent as they are. */
	readonly forgetsStuffing: boolean;
	/** Sizes count UTF-8 characters. */
	readonly countsCharacters: boolean;
	/** Message numbers move up behind each DELE. */
	readonly renumbers: boolean;
	/** Unique-ids are others in each session. */
	readonly changesUids: boolean;
	/** `LIST n` lists all. */
	readonly listsAllAnyway: boolean;
	/** What it does not know it does not answer. */
	readonly staysSilent: boolean;
	/** A connection that is lost counts as QUIT. */
	readonly updatesOnLoss: boolean;
}

/** A server of May 1996: RFC 1939 with all its optional commands, and nothing that came later. */
export const plain: Habits = {
	offers: ['USER', 'PASS', 'APOP', 'TOP', 'UIDL'],
	mechanisms: [],
	languages: [],
	namesAreChecked: false,
	responseCodes: false,
	implementation: null,
	expire: null,
	loginDelay: 0,
	reading: 'strict',
	lineLimit: [255, 255],
	closesOnLongLine: false,
	patience: [null, null],
	saysFarewell: false,
	failureDelay: 0,
	closesAfterFailure: false,
	badLimit: [null, null],
	badness: ['any', 'any'],
	closesWhenLocked: false,
	forgetsStuffing: false,
	countsCharacters: false,
	renumbers: false,
	changesUids: false,
	listsAllAnyway: false,
	staysSilent: false,
	updatesOnLoss: false
};

/** RFC 1939 §5 and §4: no server can do without these. */
const ALWAYS: readonly Keyword[] = ['STAT', 'LIST', 'RETR', 'DELE', 'NOOP', 'RSET', 'QUIT'];

export function offers(habits: Habits, keyword: Keyword): boolean {
	return ALWAYS.includes(keyword) || habits.offers.includes(keyword);
}

/** What CAPA lists, one capability a line (RFC 2449 §6, IANA's registry), by what the server does. */
export function capabilitiesOf(habits: Habits, inTransaction: boolean, sealed: boolean): string[] {
	const has = (keyword: Keyword) => offers(habits, keyword);
	const listed: (string | false)[] = [
		has('TOP') && 'TOP',
		has('USER') && !inTransaction && 'USER',
		habits.mechanisms.length > 0 && !inTransaction && `SASL ${habits.mechanisms.join(' ')}`,
		habits.responseCodes && 'RESP-CODES',
		habits.responseCodes && 'AUTH-RESP-CODE',
		habits.loginDelay > 0 && `LOGIN-DELAY ${Math.ceil(habits.loginDelay / 1_000_000)}`,
		'PIPELINING',
		habits.expire !== null && `EXPIRE ${habits.expire}`,
		has('UIDL') && 'UIDL',
		has('STLS') && !inTransaction && !sealed && 'STLS',
		has('UTF8') && !inTransaction && 'UTF8 USER',
		has('LANG') && 'LANG',
		inTransaction && habits.implementation !== null && `IMPLEMENTATION ${habits.implementation}`
	];
	return listed.filter((line) => line !== false);
}
