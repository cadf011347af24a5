/**
 * Progress as a short code to be read out, typed or sent in a message: which levels are solved, their stamps, their best
 * and whether with help; and what is to come again in the morning round. Runs and settings are not in it; a file holds them. Laws: reading never throws; a code with a
 * letter wrong is refused; levels are told by their place in the campaign, which never changes.
 *
 * Bits: version (3), how many levels (6), then for each: solved (1) and, if so, stamps (3), assisted (1), best (Elias
 * gamma of best + 2; of 1: none); then how many kinds of questions (4), and of each the misses (4). Five bits make a
 * letter of Crockford's alphabet, four of which at the end are a check.
 */
import { PLANNED } from '#lib/levels/chapters.ts';
import * as words from '#words/progress-code.ts';
import * as kept from '#words/progress-kept.ts';
import type { Missed } from '#lib/levels/practice.ts';
import { KINDS } from '#lib/levels/practice-task.ts';
import {
	later,
	merge,
	moreMissed,
	MOST_MISSED,
	NO_RECORD,
	NOTHING,
	solvedSlugs,
	type LevelRecord,
	type Progress
} from './progress.ts';
import { checksumOf } from './progress-text.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The newest that is read; without misses the first is written, which is the same but for them. */
const FORMAT = 2;
const FORMAT_BITS = 3;
const COUNT_BITS = 6;
const MISSED_BITS = 4;
/** Letters of the check: 20 bits. */
const CHECK = 4;
/** Of the number of bits of a best: a campaign's costs are far below. */
const WIDEST = 24;
/** Letters of the longest code that is looked at. */
const LONGEST = 600;

// ---- writing

const number = (value: number, width: number): string => value.toString(2).padStart(width, '0').slice(-width);

/** Elias gamma: as many zeros as the number has bits after its first, and the number; from 1. */
function gamma(value: number): string {
	const bits = value.toString(2);
	return '0'.repeat(bits.length - 1) + bits;
}

const flag = (is: boolean): string => (is ? '1' : '0');

function levelBits({ solved, stamps, assisted, best }: LevelRecord): string {
	if (!solved) return '0';
	const earned = flag(stamps.delivered) + flag(stamps.lightBag) + flag(stamps.calledIt);
	return `1${earned}${flag(assisted)}${gamma(best === null ? 1 : Math.min(best, 2 ** (WIDEST - 1)) + 2)}`;
}

function checkOf(letters: string): string {
	const value = parseInt(checksumOf(letters), 16);
	return Array.from({ length: CHECK }, (_, i) => LETTERS[(value >>> (5 * i)) & 31]).join('');
}

/** "1A2B-3C4D-…" */
export function progressCode(progress: Progress): string {
	const records = PLANNED.map(({ slug }) => progress.levels[slug] ?? NO_RECORD);
	const last = records.findLastIndex(({ solved }) => solved) + 1;
	const missed = KINDS.map((kind) => progress.missed[kind] ?? 0);
	const kinds = missed.findLastIndex((n) => n > 0) + 1;
	const bits =
		number(kinds > 0 ? FORMAT : 1, FORMAT_BITS) +
		number(last, COUNT_BITS) +
		records.slice(0, last).map(levelBits).join('') +
		(kinds > 0 ? [kinds, ...missed.slice(0, kinds)] : []).map((n) => number(n, MISSED_BITS)).join('');
	const letters = (bits.match(/.{1,5}/g) ?? [])
		.map((five) => LETTERS[parseInt(five.padEnd(5, '0'), 2)] ?? '')
		.join('');
	return ((letters + checkOf(letters)).match(/.{1,4}/g) ?? []).join('-');
}

// ---- reading

export type CodeRead =
	| { readonly ok: true; readonly levels: Progress['levels']; readonly missed: Missed }
	| { readonly ok: false; readonly say: string };

class Bits {
	readonly #bits: string;
	#at = 0;
	constructor(bits: string) {
		this.#bits = bits;
	}
	/** NaN beyond the end. */
	take(width: number): number {
		const taken = this.#bits.slice(this.#at, (this.#at += width));
		return taken.length === width ? parseInt(taken, 2) : NaN;
	}
	gamma(): number {
		let zeros = 0;
		while (this.#bits[this.#at] === '0' && zeros <= WIDEST) {
			zeros++;
			this.#at++;
		}
		return zeros > WIDEST ? NaN : this.take(zeros + 1);
	}
	/** Nothing but the filling of the last letter is left. */
	get spent(): boolean {
		return this.#bits.length - this.#at < 5 && !this.#bits.slice(this.#at).includes('1');
	}
}

const no = (say: string): CodeRead => ({ ok: false, say });

/** Reads a code as a person types it: any case, with or without dashes, O for 0, I and L for 1. */
export function readProgressCode(text: string): CodeRead {
	const letters = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
	if (letters === '') return no(words.none);
	if (letters.length > LONGEST || [...letters].some((letter) => !LETTERS.includes(letter)))
		return no(words.damaged);
	const body = letters.slice(0, -CHECK);
	if (body === '' || checkOf(body) !== letters.slice(-CHECK)) return no(words.damaged);
	const bits = new Bits([...body].map((letter) => number(LETTERS.indexOf(letter), 5)).join(''));
	const format = bits.take(FORMAT_BITS);
	if (format < 1) return no(words.damaged);
	if (format > FORMAT) return no(words.newer);
	const count = bits.take(COUNT_BITS);
	if (!(count <= PLANNED.length)) return no(words.damaged);
	const levels: Record<string, LevelRecord> = {};
	for (const { slug } of PLANNED.slice(0, count)) {
		if (bits.take(1) !== 1) continue;
		const [delivered, lightBag, calledIt] = [bits.take(1) === 1, bits.take(1) === 1, bits.take(1) === 1];
		const assisted = bits.take(1) === 1;
		const best = bits.gamma();
		if (!(best >= 1)) return no(words.damaged);
		levels[slug] = {
			solved: true,
			stamps: { delivered, lightBag, calledIt },
			assisted,
			best: best === 1 ? null : best - 2
		};
	}
	const missed = format > 1 ? missedOf(bits) : {};
	return missed && bits.spent ? { ok: true, levels, missed } : no(words.damaged);
}

/** Null: what stands there is none. */
function missedOf(bits: Bits): Missed | null {
	const count = bits.take(MISSED_BITS);
	if (!(count >= 1 && count <= KINDS.length)) return null;
	const counts = KINDS.slice(0, count).map((kind) => [kind, bits.take(MISSED_BITS)] as const);
	if (!counts.every(([, n]) => n <= MOST_MISSED)) return null;
	return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

export type CodeTaken =
	| { readonly ok: true; readonly progress: Progress; readonly say: string }
	| { readonly ok: false; readonly say: string };

/** Merges a code into what is there; a code that is refused changes nothing. `now` in milliseconds since 1970. */
export function takeProgressCode(text: string, current: Progress, now: number): CodeTaken {
	const read = readProgressCode(text);
	if (!read.ok) return read;
	const merged = merge(current, { ...NOTHING, levels: read.levels });
	const gained = solvedSlugs(merged).size - solvedSlugs(current).size;
	return {
		ok: true,
		progress: {
			...merged,
			missed: moreMissed(current.missed, read.missed),
			saved: later(current.saved, now)
		},
		say: kept.read(gained)
	};
}
