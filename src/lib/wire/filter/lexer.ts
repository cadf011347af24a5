/** A display filter's characters as words, numbers, strings and signs, each with its place. */
import { problemAt, type Place } from './problem.ts';

export type TokenKind = 'word' | 'number' | 'address' | 'string' | 'sign' | 'end';

export interface Token {
	readonly kind: TokenKind;
	/** As written; of a string what it means. */
	readonly text: string;
	readonly at: Place;
}

const SIGNS = ['==', '!=', '>=', '<=', '&&', '||', '..', '>', '<', '!', '(', ')', '{', '}', ',', '&', '~'];
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\w.])/;
const NUMBER = /^(?:0x[\da-f]{1,8}|\d{1,10}(?:\.\d{1,9})?)(?![\w])/i;
const WORD = /^[a-z_][\w]*(?:\.\w+)*/i;
const LONGEST = 1000;

/** @throws Problem */
export function tokens(source: string): Token[] {
	if (source.length > LONGEST) {
		throw problemAt([LONGEST, source.length], `a filter has at most ${LONGEST} characters`);
	}
	const found: Token[] = [];
	let at = 0;
	const push = (kind: TokenKind, length: number, text = source.slice(at, at + length)): void => {
		found.push({ kind, text, at: [at, at + length] });
		at += length;
	};
	while (at < source.length) {
		const rest = source.slice(at);
		const space = /^\s+/.exec(rest)?.[0].length ?? 0;
		if (space > 0) {
			at += space;
			continue;
		}
		const address = ADDRESS.exec(rest)?.[0];
		const number = NUMBER.exec(rest)?.[0];
		const word = WORD.exec(rest)?.[0];
		const sign = SIGNS.find((each) => rest.startsWith(each));
		if (rest.startsWith('"')) readString(source, at, push);
		else if (address) push('address', address.length);
		else if (number) push('number', number.length);
		else if (word) push('word', word.length);
		else if (sign) push('sign', sign.length);
		else throw problemAt([at, at + 1], `${JSON.stringify(rest.charAt(0))} means nothing here`);
	}
	push('end', 0, '');
	return found;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function readString(
	source: string,
	from: number,
	push: (kind: TokenKind, length: number, text: string) => void
): void {
	let text = '';
	for (let i = from + 1; i < source.length; i++) {
		const char = source.charAt(i);
		if (char === '"') return push('string', i + 1 - from, text);
		if (char !== '\\') {
			text += char;
			continue;
		}
		const hex = /^x([\da-f]{2})/i.exec(source.slice(i + 1));
		const escape = ESCAPES[source.charAt(i + 1)];
		if (hex?.[1]) text += String.fromCharCode(parseInt(hex[1], 16));
		else if (escape !== undefined) text += escape;
		else throw problemAt([i, i + 2], 'after a \\ there can be n, r, t, ", \\ or x and two hex digits');
		i += hex ? 3 : 1;
	}
	throw problemAt([from, source.length], 'this text has no closing "');
}
