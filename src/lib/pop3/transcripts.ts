/**
 * Six short conversations that a POP3 server has to pass, as plain data, and what comes of holding them. Its law: each
 * wants what one clause of RFC 1939 says, and no more.
 */

/** What the client does, how the reply begins, and the states that the server goes through: `UPDATE closed`. */
type Line = readonly [say: string, reply: string, states: string];

export interface Transcript {
	readonly id: string;
	/** What it wants to see, in one line. */
	readonly title: string;
	readonly rfc: string;
	readonly lines: readonly Line[];
	/** Letters in the box when it is over. */
	readonly letters: number;
}

/** The line is cut: no QUIT, no FIN. */
export const CUT = 'the line is cut';

const cut: Line = [CUT, '', 'closed'];
const name: Line = ['USER ada', '+OK', 'AUTHORIZATION'];
const login: readonly Line[] = [name, ['PASS lovelace', '+OK', 'TRANSACTION']];
const refused = (say: string): Line => [say, '-ERR', 'AUTHORIZATION'];
const goes = (say: string, reply = '+OK'): Line => [say, reply, 'TRANSACTION'];
const quit: Line = ['QUIT', '+OK', 'UPDATE closed'];

/** Letters in the box before. */
const BOX = 4;
const transcript = (
	id: string,
	title: string,
	clause: number,
	lines: readonly Line[],
	letters = BOX
): Transcript => ({ id, title, rfc: `RFC 1939 §${clause}`, lines, letters });

export const TRANSCRIPTS: readonly Transcript[] = [
	transcript('stranger', 'A stranger sees no letters', 4, [refused('STAT'), refused('RETR 1'), cut]),
	transcript('name', 'A name alone opens nothing', 7, [name, refused('STAT'), cut]),
	transcript('leave', 'QUIT before login just leaves', 6, [['QUIT', '+OK', 'closed']]),
	transcript('undo', 'RSET takes a mark back', 5, [
		...login,
		goes('DELE 1'),
		goes('RSET'),
		goes('STAT', '+OK 4 '),
		quit
	]),
	transcript('cut', 'A cut line loses no letter', 6, [...login, goes('DELE 1'), goes('DELE 2'), cut]),
	transcript(
		'goodbye',
		'QUIT after login removes what is marked',
		6,
		[...login, goes('DELE 2'), quit],
		BOX - 1
	)
];

/** One line of a transcript as it went. */
export interface DrillStep {
	readonly say: string;
	readonly wanted: { readonly reply: string; readonly states: string };
	/** The first line of the reply without its end; '' where none came. */
	readonly reply: string;
	/** Outermost states gone through, or the one stayed in. */
	readonly states: string;
	/** Path of the state reached. */
	readonly path: string;
	/** Letters in the box now. */
	readonly letters: number;
	readonly passed: boolean;
}

export interface Outcome {
	/** Of the transcript. */
	readonly id: string;
	/** Every line went as it should, and the box holds what it should. */
	readonly passed: boolean;
	readonly letters: number;
	readonly steps: readonly DrillStep[];
}
