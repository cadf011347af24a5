/**
 * What a client expects of a reply and what comes of reading it. Whatever a server must not send has a sentence of its
 * own, `what`, and a place, `where`; after such a thing the stream cannot be trusted any more.
 */

/** How the reply to a command goes on after `+OK`: not at all, in lines of a listing, or in those of a letter. */
export type Body = 'none' | 'rows' | 'letter';

export interface Expected {
	/** `RETR 2`; `greeting` for the one that answers no command. */
	readonly label: string;
	readonly body: Body;
	/** `+ ` and a challenge may come instead (RFC 5034 §4). */
	readonly challenge: boolean;
}

export interface Reply {
	readonly ok: boolean;
	/** After `+OK ` or `-ERR `. */
	readonly text: string;
	/** Of a listing, stuffing undone, without the final dot. */
	readonly rows: readonly string[];
	/** As `rows`, of a letter. */
	readonly letter: Uint8Array | null;
	/** What a server must not send inside a letter, though the letter's end could be found. */
	readonly flaw: Problem | null;
	/** Lines after the status line, without the final dot. */
	readonly lines: number;
	/** All that travelled. */
	readonly octets: number;
}

export interface Problem {
	readonly what: string;
	/** `reply to RETR 2, line 17`; line 1 is the status line. */
	readonly where: string;
}

export type Read =
	| { readonly type: 'reply'; readonly reply: Reply }
	/** What follows `+ `. */
	| { readonly type: 'challenge'; readonly text: string }
	| ({ readonly type: 'problem' } & Problem);

/** Octets in, replies out; what is read depends on what is expected. */
export interface Reader {
	push(octets: Uint8Array): void;
	/** Null: more octets are needed. */
	next(expected: Expected): Read | null;
	/** How far the reply in hand has come: `reply to RETR 2, line 17`. */
	where(expected: Expected): string;
	/** What has come and is not read yet, up to the end of its line; null: nothing. */
	readonly rest: string | null;
}

export function whereIn(label: string, line: number): string {
	const reply = label === 'greeting' ? 'greeting' : `reply to ${label}`;
	return line > 1 ? `${reply}, line ${line}` : reply;
}

/** The beginning of a line, in quotes. */
export function quoted(line: string): string {
	return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}
