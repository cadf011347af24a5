/**
 * What a mail program asks of a server, before it becomes a line: a command of the table with its arguments, and why it
 * is sent. Secrets are not in it: who performs it puts them in.
 */
import type { Login } from './policy.ts';
import type { Body, Expected } from './reply.ts';

/** TOP with so many lines is the whole letter. */
export const ALL_LINES = 99_999_999;

export interface Request {
	readonly keyword:
		| 'greeting'
		| 'CAPA'
		| 'UTF8'
		| 'APOP'
		| 'AUTH'
		| 'USER'
		| 'PASS'
		| 'STAT'
		| 'LIST'
		| 'UIDL'
		| 'RETR'
		| 'TOP'
		| 'DELE'
		| 'QUIT';
	/** AUTH: by which mechanism. */
	readonly login?: Login;
	readonly number?: number;
	/** TOP. */
	readonly lines?: number;
	/** `LIST n` once more, for a letter whose size is not the announced one. */
	readonly check?: true;
}

/** As it is called in messages: the command without its secrets. */
export function labelOf({ keyword, login, number, lines }: Request): string {
	const mechanism = keyword === 'AUTH' ? login?.toUpperCase() : undefined;
	return [keyword, mechanism, number, lines].filter((word) => word !== undefined).join(' ');
}

export function expectedOf(request: Request, listOfOne: 'single' | 'multi'): Expected {
	return { label: labelOf(request), body: bodyOf(request, listOfOne), challenge: request.keyword === 'AUTH' };
}

function bodyOf({ keyword, number }: Request, listOfOne: 'single' | 'multi'): Body {
	if (keyword === 'RETR' || keyword === 'TOP') return 'letter';
	if (keyword === 'LIST' && number !== undefined) return listOfOne === 'multi' ? 'rows' : 'none';
	return keyword === 'CAPA' || keyword === 'LIST' || keyword === 'UIDL' ? 'rows' : 'none';
}
