/**
 * What the two sides of a POP3 session say, for those who judge it and for a log. Law: a password is never quoted.
 */
import type { LineEvent } from '#lib/pop3/grammar.ts';
import type { Body } from './reply-lines.ts';

export type SessionState = 'none' | 'AUTHORIZATION' | 'TRANSACTION' | 'UPDATE';

/** What happened in the session, for a log. */
export type Told =
	| {
			readonly kind: 'command';
			readonly keyword: string;
			readonly args: string;
			readonly state: SessionState;
	  }
	| {
			readonly kind: 'reply';
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			readonly octets: number;
	  }
	| { readonly kind: 'state'; readonly from: SessionState; readonly to: SessionState; readonly on: string };

/** A line of the client's, as it was read. */
export interface Command {
	readonly line: string;
	readonly keyword: string;
	readonly args: string;
	readonly event: LineEvent;
	readonly packet: number;
	readonly at: number;
}

/** An answer of the server's, as far as it has come. */
export interface Reply {
	readonly command: Command | null;
	readonly ok: boolean;
	readonly text: string;
	readonly body: Body | null;
	octets: number;
}

/** RFC 1939 §3: a response's first line, CRLF included. */
export const REPLY_LIMIT = 512;
const MOST_SHOWN = 60;

/** A line as it is quoted: printable, and not endless. */
export const shorten = (text: string): string => {
	const plain = text.replace(/[^ -~]/g, '.');
	return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain;
};
/** A command as it is quoted: a password is not. */
export const shown = ({ line, keyword }: Command): string =>
	keyword === 'PASS' ? 'PASS' : keyword === 'APOP' || keyword === 'AUTH' ? keyword : shorten(line);
