/**
 * The grammar of display filters, a subset of Wireshark's with its words and its order of binding: `!` before `&&`
 * before `||`. What is not known is refused with the place and, where one is near, the name that was meant.
 */
import { isAddress, parseAddress } from '../address.ts';
import { FIELDS, type FilterField } from './fields.ts';
import { tokens, type Token } from './lexer.ts';
import { Problem, problemAt, type Place } from './problem.ts';

export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<=';

export type Value =
	| { readonly type: 'number'; readonly from: number; readonly to: number }
	| { readonly type: 'address'; readonly from: number; readonly to: number }
	| { readonly type: 'text'; readonly text: string };

export type Filter =
	| { readonly kind: 'all' | 'any'; readonly parts: readonly Filter[] }
	| { readonly kind: 'not'; readonly part: Filter }
	| { readonly kind: 'exists'; readonly field: FilterField }
	/** Some bits of `mask` are set. */
	| { readonly kind: 'bits'; readonly field: FilterField; readonly mask: number }
	| {
			readonly kind: 'compare';
			readonly field: FilterField;
			readonly mask: number | null;
			readonly by: Comparison;
			readonly value: Value;
	  }
	| { readonly kind: 'in'; readonly field: FilterField; readonly values: readonly Value[] }
	| { readonly kind: 'contains'; readonly field: FilterField; readonly text: string };

export type Parsed =
	| { readonly ok: true; readonly filter: Filter | null }
	| { readonly ok: false; readonly at: Place; readonly say: string };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
	...{ '==': '==', eq: '==', '!=': '!=', ne: '!=', '>': '>', gt: '>' },
	...{ '<': '<', lt: '<', '>=': '>=', ge: '>=', '<=': '<=', le: '<=' }
};
/** Brackets and `!` within each other. */
const DEEPEST = 50;

/** An empty text is no filter: it lets everything through. */
export function parseFilter(source: string): Parsed {
	try {
		const parser = new Parser(tokens(source));
		return { ok: true, filter: parser.whole() };
	} catch (error) {
		if (error instanceof Problem) return { ok: false, at: error.at, say: error.message };
		throw error;
	}
}

class Parser {
	readonly #tokens: readonly Token[];
	#next = 0;
	#depth = 0;

	constructor(list: readonly Token[]) {
		this.#tokens = list;
	}

	whole(): Filter | null {
		if (this.#ended) return null;
		const filter = this.#any();
		if (!this.#ended) {
			throw problemAt(this.#token.at, `after this there can be && or ||, not ${this.#said}`);
		}
		return filter;
	}

	get #token(): Token {
		const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
		if (!token) throw new RangeError('a list of tokens has an end');
		return token;
	}
	get #ended(): boolean {
		return this.#token.kind === 'end';
	}
	get #said(): string {
		return this.#ended ? 'the end' : JSON.stringify(this.#token.text);
	}

	#took(...texts: readonly string[]): boolean {
		const { kind, text } = this.#token;
		const fits = (kind === 'sign' || kind === 'word') && texts.includes(text);
		if (fits) this.#next++;
		return fits;
	}
	#must(text: string, why: string): void {
		if (!this.#took(text)) throw problemAt(this.#token.at, why);
	}

	#any(): Filter {
		const parts = [this.#all()];
		while (this.#took('||', 'or')) parts.push(this.#all());
		return parts.length === 1 && parts[0] ? parts[0] : { kind: 'any', parts };
	}

	#all(): Filter {
		const parts = [this.#one()];
		while (this.#took('&&', 'and')) parts.push(this.#one());
		return parts.length === 1 && parts[0] ? parts[0] : { kind: 'all', parts };
	}

	#one(): Filter {
		if (++this.#depth > DEEPEST) throw problemAt(this.#token.at, `at most ${DEEPEST} within each other`);
		let filter: Filter;
		const { at } = this.#token;
		if (this.#took('!', 'not')) filter = { kind: 'not', part: this.#one() };
		else if (this.#took('(')) {
			filter = this.#any();
			this.#must(')', `the ( at character ${at[0] + 1} is not closed`);
		} else filter = this.#test();
		this.#depth--;
		return filter;
	}

	#test(): Filter {
		const field = this.#field();
		let mask: number | null = null;
		if (this.#took('&')) {
			const { at } = this.#token;
			if (field.type !== 'number' || field.fraction)
				throw problemAt(at, `${field.name} has no bits to be masked`);
			const value = this.#value(field);
			if (value.type !== 'number' || value.from !== value.to) throw problemAt(at, 'a mask is one number');
			mask = value.from;
		}
		const by = COMPARISONS[this.#token.text];
		if (by && (this.#token.kind === 'sign' || this.#token.kind === 'word')) {
			const { at } = this.#token;
			this.#next++;
			if (field.type === 'layer') throw problemAt(at, `${field.name} is there or not: it has no value`);
			if (field.type === 'text' && by !== '==' && by !== '!=') {
				throw problemAt(at, `${field.name} is a text: it can be == or !=, or contain something`);
			}
			return { kind: 'compare', field, mask, by, value: this.#value(field) };
		}
		if (mask !== null) return { kind: 'bits', field, mask };
		if (this.#took('contains')) {
			const { kind, text, at } = this.#token;
			if (field.type !== 'text' && field.type !== 'octets') {
				throw problemAt(at, `only texts contain something, and ${field.name} is none`);
			}
			if (kind !== 'string') throw problemAt(at, 'a text in quotes belongs here: "USER"');
			this.#next++;
			return { kind: 'contains', field, text };
		}
		if (this.#took('in')) return { kind: 'in', field, values: this.#set(field) };
		return { kind: 'exists', field };
	}

	#field(): FilterField {
		const { kind, text, at } = this.#token;
		if (kind !== 'word')
			throw problemAt(at, `a field belongs here, such as tcp.flags.syn, not ${this.#said}`);
		const field = FIELDS.get(text);
		if (!field) {
			const near = nearest(text);
			throw problemAt(at, `no field is called ${text}${near ? `; did you mean ${near}?` : ''}`);
		}
		this.#next++;
		return field;
	}

	#set(field: FilterField): Value[] {
		const { at } = this.#token;
		if (field.type === 'layer') throw problemAt(at, `${field.name} is there or not: it has no value`);
		this.#must('{', 'after in there must be { and values: {110, 25}');
		const values = [this.#ranged(field)];
		while (this.#took(',')) values.push(this.#ranged(field));
		this.#must('}', `the { at character ${at[0] + 1} is not closed`);
		return values;
	}

	#ranged(field: FilterField): Value {
		const { at } = this.#token;
		const low = this.#value(field);
		if (!this.#took('..')) return low;
		const high = this.#value(field);
		if (low.type === 'text' || high.type === 'text') throw problemAt(at, 'texts have no order');
		return { ...low, to: high.to };
	}

	#value(field: FilterField): Value {
		const { kind, text, at } = this.#token;
		this.#next++;
		if (field.type === 'number') {
			if (kind === 'number') {
				if (text.includes('.') && !field.fraction) throw problemAt(at, `${field.name} is a whole number`);
				return { type: 'number', from: Number(text), to: Number(text) };
			}
			if (kind === 'word' && /^(?:true|false)$/i.test(text)) {
				const set = text.toLowerCase() === 'true' ? 1 : 0;
				return { type: 'number', from: set, to: set };
			}
			throw problemAt(at, `${field.name} is a number`);
		}
		if (field.type === 'address') {
			if (kind === 'address') return { type: 'address', ...network(text, at) };
			throw problemAt(at, `${field.name} is an address such as 192.0.2.1 or 192.0.2.0/24`);
		}
		if (kind === 'string') return { type: 'text', text };
		throw problemAt(at, `${field.name} is a text: it is put in quotes`);
	}
}

/** The lowest and highest address. */
function network(text: string, at: Place): { from: number; to: number } {
	const [address = '', prefix = '32'] = text.split('/');
	const bits = Number(prefix);
	if (bits > 32) throw problemAt(at, 'a prefix has at most 32 bits');
	if (!isAddress(address)) throw problemAt(at, `${address} is no address: each part goes to 255`);
	const number = parseAddress(address);
	const size = 2 ** (32 - bits);
	const from = Math.floor(number / size) * size;
	return { from, to: from + size - 1 };
}

/** The field whose name is at most three letters away, the nearest first. */
function nearest(name: string): string | null {
	let best: { name: string; far: number } | null = null;
	for (const candidate of FIELDS.keys()) {
		const far = distance(name, candidate);
		if (far <= 3 && far < (best?.far ?? Infinity)) best = { name: candidate, far };
	}
	return best?.name ?? null;
}

/** Letters to be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
