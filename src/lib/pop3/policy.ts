/**
 * A policy is how a mail program uses the protocol: what it asks for, in which order, what it remembers and what it
 * leaves on the server. Plain data, one file each in policies/, whose name is its id, and one line in the list below;
 * the client chart reads it. POP3 knows nothing of policies: "leave on server" is a client that sends no DELE.
 */
import { days } from './policies/days.ts';
import { download } from './policies/download.ts';
import { fetchmail } from './policies/fetchmail.ts';
import { headers } from './policies/headers.ts';
import { leave } from './policies/leave.ts';
import { naiveDots } from './policies/naive-dots.ts';
import { naiveList } from './policies/naive-list.ts';
import { naiveSegments } from './policies/naive-segments.ts';
import { small } from './policies/small.ts';
import { thunderbird } from './policies/thunderbird.ts';
import { typist } from './policies/typist.ts';

/** Ways to log in: APOP and USER with PASS (RFC 1939 §7), the others by AUTH (RFC 5034). */
export type Login = 'apop' | 'cram-md5' | 'plain' | 'login' | 'user';

/** A person types every line: nothing is done by rule. */
export interface ByHand {
	readonly by: 'hand';
}

export interface Policy {
	readonly by: 'program';
	/** Ways to log in, the best first. One that the server does not offer is passed over; one that fails leads to the next. */
	readonly login: readonly Login[];
	/** Asks CAPA before logging in (RFC 2449 §5). Without its answer only `apop` and `user` can be tried. */
	readonly capa: boolean;
	/** Says UTF8 where the server offers it, so that letters with UTF-8 in their headers come as they are (RFC 6856 §2). */
	readonly utf8: boolean;
	/** Commands sent before the first of them is answered, at most, where the server allows it (RFC 2449 §6.6). */
	readonly pipeline: number;
	/** Learns the sizes by one LIST, or by a `LIST n` for each letter. */
	readonly sizes: 'list' | 'each';
	/** Asks UIDL and remembers which letters it has: they are fetched once. */
	readonly remember: boolean;
	/** What is done where UIDL is refused and letters should be remembered: nothing is fetched, or all of it. */
	readonly withoutUidl: 'stop' | 'everything';
	/** New letters come whole by RETR, whole by TOP (which marks nothing as seen), or as header only. */
	readonly fetch: 'retr' | 'top' | 'header';
	/** Of a letter with more octets only the beginning is fetched; null: there is no limit. */
	readonly sizeLimit: number | null;
	/** Body lines in such a beginning. */
	readonly partLines: number;
	/** Days that a letter fetched whole stays on the server: 0, it is deleted in this session; null, for ever. */
	readonly keepDays: number | null;
	/** DELE follows its letter, or all of them follow the last letter, highest number first. */
	readonly deletes: 'at once' | 'at the end';
	/** Reads "lock" and "wait" in the words of a refusal as "try again later" (RFC 2449 §8 made codes for it). */
	readonly guesses: boolean;
	/** Microseconds without a word from the server after which it gives up. */
	readonly patience: number;
	/** Holds what comes against what was announced. */
	readonly checks: boolean;
	/** Where a reply ends: where RFC 1939 §3 says, or where the segment ends that brought it. */
	readonly replyEnds: 'line' | 'segment';
	/** What ends a letter: a line with a dot alone, or any line that begins with a dot. */
	readonly letterEnds: 'dot' | 'any dot';
	/** `LIST n` is answered in one line (RFC 1939 §5), or is thought to be followed by lines. */
	readonly listOfOne: 'single' | 'multi';
}

export const policies = {
	typist,
	download,
	leave,
	days,
	headers,
	small,
	thunderbird,
	fetchmail,
	'naive-segments': naiveSegments,
	'naive-list': naiveList,
	'naive-dots': naiveDots
} as const satisfies Record<string, Policy | ByHand>;

/** What a person may set otherwise. */
export type Settings = Partial<Omit<Policy, 'by'>>;

/** @throws Error on a name that no file in policies/ has, and on the one that is no program's. */
export function policy(name: string, settings: Settings = {}): Policy {
	const found = Object.entries<Policy | ByHand>(policies).find(([id]) => id === name)?.[1];
	if (!found) throw new Error(`no policy is called ${JSON.stringify(name)}`);
	if (found.by === 'hand') throw new Error(`${name}: a person does all of it by hand, no program can`);
	return { ...found, ...settings };
}
