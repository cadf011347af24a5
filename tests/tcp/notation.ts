/**
 * The notation of the TCP tests, read: one statement a line, and a complaint that names the line of what it cannot read.
 * Numbers with a bare word before them (`ack 11`, `1:11(10)`) count from the initial sequence numbers, those with `=`
 * (`ack=1011`) are what is on the wire. What the statements mean is told in story.ts, which performs them.
 */
import type { TcpState } from '#lib/tcp/states.ts';
import { TCP_STATES } from '#lib/tcp/states.ts';
import { readPacket, type Draft } from './draft.ts';

/** A line that nobody can read, or that did not come true. */
export class NotationError extends Error {
	override readonly name = 'NotationError';
	constructor(where: string, line: number, source: string, what: string) {
		super(`${where}:${line}: at "${source}": ${what}`);
	}
}

export interface Line {
	/** From 1. */
	readonly line: number;
	readonly source: string;
}

export type Statement = Line & {
	/** Time that passes first, µs; a segment expected then must leave at that very instant. Null: none passes. */
	readonly after: number | null;
} & (
		| { readonly kind: 'in' | 'out'; readonly drafts: readonly Draft[] }
		| { readonly kind: 'pass'; readonly quiet: boolean }
		| { readonly kind: 'state'; readonly state: TcpState }
		| { readonly kind: 'effect'; readonly effect: string; readonly absent: boolean }
		| { readonly kind: 'user'; readonly verb: Verb; readonly argument: string }
		| { readonly kind: 'due'; readonly within: number | null; readonly background: boolean }
		| { readonly kind: 'status'; readonly name: string; readonly value: string }
	);

const VERBS = [
	'open',
	'listen',
	'send',
	'receive',
	'close',
	'abort',
	'pause',
	'bind',
	'tell',
	'ping',
	'path',
	'urgent'
] as const;
export type Verb = (typeof VERBS)[number];

const UNIT: Readonly<Record<string, number>> = {
	us: 1,
	ms: 1_000,
	s: 1_000_000,
	m: 60_000_000,
	h: 3_600_000_000,
	d: 86_400_000_000
};

/** `40ms`, `1.5s`, `2h` in µs. */
export function duration(words: string): number {
	const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s|m|h|d)$/.exec(words) ?? [];
	if (amount === undefined) throw new Error(`"${words}" is no time: write 40ms, 1.5s, 2h`);
	return Math.round(Number(amount) * (UNIT[unit] ?? NaN));
}

/** The lines that say something, with their numbers; `first` is the number of the first. */
export function linesOf(text: string, first = 1): Line[] {
	return text
		.split('\n')
		.map((source, index) => ({ line: first + index, source: source.trim() }))
		.filter(({ source }) => source !== '' && !source.startsWith('#'));
}

export function readStatement({ line, source }: Line): Statement {
	const [, time, rest] = /^\+\s*([\d.]+[a-z]*)\s*(.*)$/.exec(source) ?? [];
	const after = time === undefined ? null : duration(time);
	const said = rest ?? source;
	if (after !== null && (said === '' || said === 'nothing')) {
		return { line, source, after, kind: 'pass', quiet: said !== '' };
	}
	return { line, source, after, ...readAct(said) };
}

type Act = Statement extends infer S
	? S extends Statement
		? Omit<S, 'line' | 'source' | 'after'>
		: never
	: never;

function readAct(said: string): Act {
	const rest = said.slice(1).trim();
	switch (said[0]) {
		case '<':
			return { kind: 'in', drafts: readPacket(rest) };
		case '>':
			return { kind: 'out', drafts: readPacket(rest) };
		case '=': {
			const state = TCP_STATES.find((name) => name === rest);
			if (state === undefined) throw new Error(`"${rest}" is no state of TCP`);
			return { kind: 'state', state };
		}
		case '!': {
			const [, not, effect = ''] = /^(not )?(.*)$/.exec(rest) ?? [];
			return { kind: 'effect', effect, absent: not !== undefined };
		}
		case '.': {
			const [, word = '', argument = ''] = /^(\w+)\s*(.*)$/.exec(rest) ?? [];
			const known = word.toLowerCase() === 'read' ? 'receive' : word.toLowerCase();
			const verb = VERBS.find((name) => name === known);
			if (verb === undefined) throw new Error(`the user cannot "${word}": ${VERBS.join(', ').toUpperCase()}`);
			return { kind: 'user', verb, argument };
		}
		case '~': {
			if (rest === 'none') return { kind: 'due', within: null, background: false };
			const [time = '', kind] = rest.split(' ');
			if (kind !== undefined && kind !== 'background') throw new Error(`"${kind}" should be "background"`);
			return { kind: 'due', within: duration(time), background: kind !== undefined };
		}
		case '?': {
			const [, name, value] = /^(\w+)\s+(.+)$/.exec(rest) ?? [];
			if (name === undefined || value === undefined) throw new Error('write ? name value');
			return { kind: 'status', name, value };
		}
		default:
			throw new Error('a line begins with < > = ! . + ~ ? or #');
	}
}
