/**
 * A personality is a server's wording, the text after `+OK ` or `-ERR ` which RFC 1939 leaves free, and its
 * habits. One file each in personalities/, whose name is its id, and one line in the list below. What the RFC
 * fixes (STAT's two numbers, scan listings, unique-id listings, CRLF, the final dot) is not here.
 */
import type { CommandState } from './commands.ts';
import type { Fault } from './grammar.ts';
import type { Habits } from './habits.ts';
import { characters } from './personalities/characters.ts';
import { dovecot } from './personalities/dovecot.ts';
import { hasty } from './personalities/hasty.ts';
import { impatient } from './personalities/impatient.ts';
import { listAll } from './personalities/list-all.ts';
import { noStuffing } from './personalities/no-stuffing.ts';
import { noTop } from './personalities/no-top.ts';
import { noUidl } from './personalities/no-uidl.ts';
import { oneTry } from './personalities/one-try.ts';
import { post } from './personalities/post.ts';
import { renumbering } from './personalities/renumbering.ts';
import { report } from './personalities/report.ts';
import { rfc } from './personalities/rfc.ts';
import { silent } from './personalities/silent.ts';
import { talkative } from './personalities/talkative.ts';
import { unstableUidl } from './personalities/unstable-uidl.ts';

/** What an answer may speak about. */
export interface Topic {
	/** The server's own name. */
	readonly host: string;
	/** Name given by USER, APOP or AUTH; '' before. */
	readonly user: string;
	/** Messages not marked, and their octets; zero before login. */
	readonly count: number;
	readonly octets: number;
	/** How many messages are marked. */
	readonly marks: number;
	readonly state: CommandState;
	/** Of the command that is answered, upper case. */
	readonly keyword: string;
	/** Of a refusal: the text that is wrong. */
	readonly about: string;
	/** Of the refusal that is one too many: what it would have been. */
	readonly last?: Fault;
}

type Say = (topic: Topic) => string;

/** Texts in one language. */
export interface Words {
	readonly greeting: Say;
	readonly capabilities: Say;
	readonly mechanisms: Say;
	/** STLS. */
	readonly sealing: Say;
	readonly utf8: Say;
	/** LANG without a tag. */
	readonly languages: Say;
	/** LANG with one, in that language. */
	readonly language: Say;
	readonly sendPass: Say;
	readonly welcome: Say;
	readonly listing: Say;
	/** RETR; `size` in octets. */
	readonly message: (size: number) => string;
	/** TOP; `size` of what follows in octets, dot-stuffing apart. */
	readonly top: (size: number) => string;
	/** DELE. */
	readonly marked: (number: number) => string;
	/** RSET. */
	readonly unmarked: Say;
	readonly nothingDone: () => string;
	readonly uids: Say;
	/** QUIT before login. */
	readonly goodbye: Say;
	/** QUIT after the marked messages were removed. */
	readonly updated: Say;
	readonly faults: Readonly<Record<Fault, Say>>;
}

/** Where a fault was reported in public. */
export interface PublicReport {
	readonly title: string;
	readonly url: string;
	/** One plain sentence: how this server differs from `rfc`. */
	readonly differs: string;
}

export interface Personality extends Words {
	readonly habits: Habits;
	/** What LANG can choose, by the tags that the habits name: how the listing calls it, and its words. */
	readonly tongues?: Readonly<Record<string, { readonly name: string; readonly words: Words }>>;
	/** CAPA's lines where they are not the usual ones (`capabilitiesOf`). */
	readonly listsCapabilities?: (habits: Habits, inTransaction: boolean, sealed: boolean) => string[];
	/** Present on a server that is wrong on purpose. */
	readonly bug?: PublicReport;
}

export const personalities: Readonly<Record<string, Personality>> = {
	rfc,
	post,
	report,
	dovecot,
	'no-stuffing': noStuffing,
	renumbering,
	'unstable-uidl': unstableUidl,
	'no-uidl': noUidl,
	'no-top': noTop,
	'list-all': listAll,
	silent,
	characters,
	'one-try': oneTry,
	impatient,
	talkative,
	hasty
};

/** @throws Error on a name that no file in personalities/ has. */
export function personality(name: string): Personality {
	const found = Object.entries(personalities).find(([id]) => id === name);
	if (!found) throw new Error(`no personality is called ${JSON.stringify(name)}`);
	return found[1];
}
