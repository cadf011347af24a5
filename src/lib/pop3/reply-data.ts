/**
 * What the replies to STAT, LIST, UIDL and CAPA say, read strictly (RFC 1939 §5, §7; RFC 2449 §5), and why a server
 * refuses (RFC 2449 §8, RFC 3206). Anything else than what the clause allows is named.
 */
import { quoted, whereIn, type Problem, type Reply } from './reply.ts';
import { labelOf, type Request } from './request.ts';

/** A row of LIST. */
export interface Size {
	readonly number: number;
	/** Octets. */
	readonly size: number;
}

/** A row of UIDL. */
export interface Named {
	readonly number: number;
	readonly uid: string;
}

/** Capability tags, upper case, with their parameters. */
export type Capabilities = Readonly<Record<string, string>>;

/** What a `+OK` brought. */
export type Data =
	| { readonly is: 'nothing' }
	| { readonly is: 'capabilities'; readonly capabilities: Capabilities }
	| { readonly is: 'totals'; readonly count: number; readonly octets: number }
	| { readonly is: 'sizes'; readonly sizes: readonly Size[] }
	| { readonly is: 'size'; readonly number: number; readonly size: number }
	| { readonly is: 'uids'; readonly uids: readonly Named[] }
	| { readonly is: 'letter'; readonly size: number; readonly flaw: Problem | null };

/** Numbers have at most 15 digits here, which no maildrop exceeds and a computer counts exactly. */
const PAIR = /^([0-9]{1,15}) ([0-9]{1,15})(?: .*)?$/;

function pair(text: string): [number, number] | null {
	const [, first, second] = PAIR.exec(text) ?? [];
	return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}

/** Reads a `+OK` by what was asked. */
export function dataOf(request: Request, reply: Reply): Data | Problem {
	switch (request.keyword) {
		case 'CAPA':
			return { is: 'capabilities', capabilities: capabilitiesOf(reply.rows) };
		case 'STAT': {
			const totals = pair(reply.text);
			if (totals) return { is: 'totals', count: totals[0], octets: totals[1] };
			return {
				what: `${quoted(reply.text)} is not a number of letters and one of octets`,
				where: whereIn('STAT', 1)
			};
		}
		case 'LIST':
			return request.number === undefined ? sizesOf(reply) : sizeOf(request, request.number, reply);
		case 'UIDL':
			return uidsOf(reply);
		case 'RETR':
		case 'TOP':
			return { is: 'letter', size: reply.letter?.length ?? 0, flaw: reply.flaw };
		default:
			return { is: 'nothing' };
	}
}

function capabilitiesOf(rows: readonly string[]): Capabilities {
	return Object.fromEntries(
		rows.map((row) => {
			const [tag = '', ...parameters] = row.split(' ');
			return [tag.toUpperCase(), parameters.join(' ')];
		})
	);
}

/** Message numbers count from 1 and are given once each. */
function numberProblem(number: number, seen: ReadonlySet<number>): string | null {
	if (number === 0) return 'message number 0: they count from 1';
	return seen.has(number) ? `message number ${number} is given twice` : null;
}

function sizesOf({ rows }: Reply): Data | Problem {
	const seen = new Set<number>();
	const sizes: Size[] = [];
	for (const [i, row] of rows.entries()) {
		const where = whereIn('LIST', i + 2);
		const read = pair(row);
		if (!read) return { what: `${quoted(row)} is not a message number and its size`, where };
		const [number, size] = read;
		const wrong = numberProblem(number, seen);
		if (wrong) return { what: wrong, where };
		seen.add(number);
		sizes.push({ number, size });
	}
	return { is: 'sizes', sizes };
}

function sizeOf(request: Request, asked: number, { text, rows }: Reply): Data | Problem {
	const where = whereIn(labelOf(request), 1);
	const read = pair(text) ?? rows.map(pair).find((row) => row?.[0] === asked);
	if (!read)
		return {
			what: `${quoted(text)} is not the number and the size of the one letter, in this one line`,
			where
		};
	if (read[0] !== asked) return { what: `it speaks of message ${read[0]}`, where };
	return { is: 'size', number: asked, size: read[1] };
}

function uidsOf({ rows }: Reply): Data | Problem {
	const seen = new Set<number>();
	const uids: Named[] = [];
	for (const [i, row] of rows.entries()) {
		const where = whereIn('UIDL', i + 2);
		const [, digits, uid] = /^([0-9]{1,15}) ([!-~]{1,70})$/.exec(row) ?? [];
		if (digits === undefined || uid === undefined)
			return { what: `${quoted(row)} is not a message number and its unique-id`, where };
		const number = Number(digits);
		const wrong = numberProblem(number, seen);
		if (wrong) return { what: wrong, where };
		seen.add(number);
		uids.push({ number, uid });
	}
	return { is: 'uids', uids };
}

/** Why a login was refused, as far as the server says it in a way that a program can rely on. */
export type Refusal = 'busy' | 'too soon' | 'temporary' | 'permanent' | 'credentials' | 'unsaid';

const CODES: Readonly<Record<string, Refusal>> = {
	'IN-USE': 'busy',
	'LOGIN-DELAY': 'too soon',
	'SYS/TEMP': 'temporary',
	'SYS/PERM': 'permanent',
	AUTH: 'credentials'
};

/**
 * A `[` begins a code only where CAPA announces codes (RFC 2449 §8). With `guesses`, "lock" and "wait" in the words count
 * as busy, which nothing but habit supports.
 */
export function refusalOf(text: string, capabilities: Capabilities | null, guesses: boolean): Refusal {
	const announced = capabilities && ('RESP-CODES' in capabilities || 'AUTH-RESP-CODE' in capabilities);
	const code = /^\[([^\]]*)\]/.exec(text)?.[1]?.toUpperCase();
	const known = announced && code !== undefined ? CODES[code] : undefined;
	if (known) return known;
	return guesses && /lock|wait/i.test(text) ? 'busy' : 'unsaid';
}
