/**
 * A personality is a server's wording: the text after `+OK ` or `-ERR `, which RFC 1939 leaves free, and the
 * few choices that go with it. One file each in personalities/, whose name is its id, and one line in the
 * list below. What the RFC fixes (STAT's two numbers, scan listings, unique-id listings, CRLF, the final dot)
 * is not here.
 */
import type { Fault } from './grammar.ts';
import { post } from './personalities/post.ts';
import { report } from './personalities/report.ts';
import { rfc } from './personalities/rfc.ts';

/** What an answer may speak about. */
export interface Topic {
	/** The server's own name. */
	readonly host: string;
	/** Name given by USER or APOP; '' before. */
	readonly user: string;
	/** Messages not marked, and their octets; zero before login. */
	readonly count: number;
	readonly octets: number;
}

export interface Personality {
	/**
	 * USER answers -ERR to a name that has no maildrop (RFC 1939 §7 allows it; it tells strangers which names
	 * exist).
	 */
	readonly namesAreChecked: boolean;
	readonly greeting: (topic: Topic) => string;
	readonly sendPass: (topic: Topic) => string;
	readonly welcome: (topic: Topic) => string;
	readonly listing: (topic: Topic) => string;
	/** RETR; `size` in octets. */
	readonly message: (size: number) => string;
	/** TOP; `size` of what follows in octets, dot-stuffing apart. */
	readonly top: (size: number) => string;
	/** DELE. */
	readonly marked: (number: number) => string;
	/** RSET. */
	readonly unmarked: (topic: Topic) => string;
	readonly nothingDone: () => string;
	readonly uids: (topic: Topic) => string;
	/** QUIT before login. */
	readonly goodbye: (topic: Topic) => string;
	/** QUIT after the marked messages were removed. */
	readonly updated: (topic: Topic) => string;
	readonly faults: Readonly<Record<Fault, (topic: Topic) => string>>;
}

export const personalities = { rfc, post, report } as const satisfies Record<string, Personality>;

/** @throws Error on a name that no file in personalities/ has. */
export function personality(name: string): Personality {
	const found = Object.entries(personalities).find(([id]) => id === name);
	if (!found) throw new Error(`no personality is called ${JSON.stringify(name)}`);
	return found[1];
}
