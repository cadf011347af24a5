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

const login: readonly Line[] = [
	['USER ada', '+OK', 'AUTHORIZATION'],
	['PASS lovelace', '+OK', 'TRANSACTION']
];

export const TRANSCRIPTS: readonly Transcript[] = [
	{
		id: 'stranger',
		title: 'A stranger sees no letters',
		rfc: 'RFC 1939 §4',
		lines: [
			['STAT', '-ERR', 'AUTHORIZATION'],
			['RETR 1', '-ERR', 'AUTHORIZATION'],
			[CUT, '', 'closed']
		],
		letters: 4
	},
	{
		id: 'name',
		title: 'A name alone opens nothing',
		rfc: 'RFC 1939 §7',
		lines: [
			['USER ada', '+OK', 'AUTHORIZATION'],
			['STAT', '-ERR', 'AUTHORIZATION'],
			[CUT, '', 'closed']
		],
		letters: 4
	},
	{
		id: 'leave',
		title: 'QUIT before login just leaves',
		rfc: 'RFC 1939 §6',
		lines: [['QUIT', '+OK', 'closed']],
		letters: 4
	},
	{
		id: 'undo',
		title: 'RSET takes a mark back',
		rfc: 'RFC 1939 §5',
		lines: [
			...login,
			['DELE 1', '+OK', 'TRANSACTION'],
			['RSET', '+OK', 'TRANSACTION'],
			['STAT', '+OK 4 ', 'TRANSACTION'],
			['QUIT', '+OK', 'UPDATE closed']
		],
		letters: 4
	},
	{
		id: 'cut',
		title: 'A cut line loses no letter',
		rfc: 'RFC 1939 §6',
		lines: [
			...login,
			['DELE 1', '+OK', 'TRANSACTION'],
			['DELE 2', '+OK', 'TRANSACTION'],
			[CUT, '', 'closed']
		],
		letters: 4
	},
	{
		id: 'goodbye',
		title: 'QUIT after login removes what is marked',
		rfc: 'RFC 1939 §6',
		lines: [...login, ['DELE 2', '+OK', 'TRANSACTION'], ['QUIT', '+OK', 'UPDATE closed']],
		letters: 3
	}
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
