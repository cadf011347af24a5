/**
 * What a capture tells of a maildrop: numbers, sizes, unique-ids and marks in one session, and what must still hold in
 * the next. Law: it contradicts a server only with the server's own words.
 */
import type { Body } from './reply-lines.ts';

/** What contradicts what was said before: a sentence and its clause. */
export interface Contradiction {
	readonly say: string;
	readonly rfc: string;
}

const MOST = 100_000;
const number = (word: string | undefined): number => Number(word);
const octets = (n: number): string => `${n} octet${n === 1 ? '' : 's'}`;
const messages = (n: number): string => `${n} message${n === 1 ? '' : 's'}`;

export class Maildrop {
	readonly sizes = new Map<number, number>();
	readonly uids = new Map<number, string>();
	readonly hashes = new Map<number, number>();
	readonly marked = new Set<number>();
	/** Messages at login; null: not told yet. */
	count: number | null = null;
	/** Ended by a QUIT that was answered +OK. */
	updated = false;
	listed = false;
	/** All unique-ids were told. */
	named = false;

	/** Sizes in the order of the numbers, of what is not marked or, with `all`, of everything. */
	#sizesLeft(all: boolean): number[] {
		return [...this.sizes]
			.toSorted(([a], [b]) => a - b)
			.flatMap(([n, size]) => (all || !this.marked.has(n) ? [size] : []));
	}

	stat(text: string): Contradiction | null {
		const [, n, size] = /^(\d+) (\d+)(?: .*)?$/.exec(text) ?? [];
		if (n === undefined)
			return {
				say: `The answer to STAT is "${text}" and not the number of messages, one space and their octets.`,
				rfc: 'RFC 1939 §5'
			};
		const wrong = this.#counted(number(n), 'STAT counts');
		if (wrong) return wrong;
		if (!this.listed) return null;
		const sum = this.#sizesLeft(false).reduce((a, b) => a + b, 0);
		return sum === number(size)
			? null
			: {
					say: `STAT says ${octets(number(size))} where LIST adds up to ${sum}.`,
					rfc: 'RFC 1939 §5'
				};
	}

	#counted(left: number, who: string): Contradiction | null {
		const count = left + this.marked.size;
		this.count ??= count;
		return this.count === count
			? null
			: {
					say: `${who} ${messages(left)} where ${this.count - this.marked.size} must be left: ${this.count} at login, ${this.marked.size} marked.`,
					rfc: 'RFC 1939 §5'
				};
	}

	/** A number and a size of a scan listing. */
	size(n: number, size: number): Contradiction | null {
		if (this.marked.has(n)) return this.#again(n);
		const before = this.sizes.get(n);
		if (before !== undefined && before !== size)
			return {
				say: `Message ${n} had ${octets(before)} and has ${size} now: its number means another message.`,
				rfc: 'RFC 1939 §4'
			};
		if (this.sizes.size < MOST) this.sizes.set(n, size);
		return null;
	}
	#again(n: number): Contradiction {
		return {
			say: `Message ${n} is marked as deleted, and its number is in use again: numbers must not move up within a session.`,
			rfc: 'RFC 1939 §5'
		};
	}

	list(body: Body): Contradiction | null {
		for (const line of body.lines) {
			const [, n, size] = /^(\d+) (\d+)(?: .*)?$/.exec(line) ?? [];
			if (n === undefined)
				return {
					say: `The line "${line.slice(0, 60)}" of LIST is no number, one space and a size.`,
					rfc: 'RFC 1939 §5'
				};
			const wrong = this.size(number(n), number(size));
			if (wrong) return wrong;
		}
		const wrong = this.#counted(body.lines.length, 'LIST shows');
		this.listed = true;
		return wrong;
	}

	uid(line: string, of?: number): Contradiction | null {
		const [, n = '', uid = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
		const rfc = 'RFC 1939 §7';
		if (n === '' || (of !== undefined && number(n) !== of))
			return { say: `"${line.slice(0, 60)}" is no message number, one space and a unique-id.`, rfc };
		if (!/^[!-~]{1,70}$/.test(uid))
			return {
				say: `The unique-id of message ${n} is "${uid.slice(0, 80)}": it must have 1 to 70 characters from ! to ~.`,
				rfc
			};
		if (this.marked.has(number(n))) return this.#again(number(n));
		const before = this.uids.get(number(n));
		if (before !== undefined && before !== uid)
			return { say: `Message ${n} was ${before} and is ${uid} now, in one session.`, rfc };
		if (this.uids.size < MOST) this.uids.set(number(n), uid);
		return null;
	}
	uidl(body: Body): Contradiction | null {
		for (const line of body.lines) {
			const wrong = this.uid(line);
			if (wrong) return wrong;
		}
		const wrong = this.#counted(body.lines.length, 'UIDL shows');
		this.named = true;
		return wrong;
	}

	/** A whole message came. */
	message(n: number, body: Body): Contradiction | null {
		if (!body.cut) this.hashes.set(n, body.hash);
		const size = this.sizes.get(n);
		return body.cut || size === undefined || size === body.octets
			? null
			: {
					say: `Message ${n} comes with ${octets(body.octets)} where LIST announced ${size}: sizes count octets, each line end as two.`,
					rfc: 'RFC 1939 §11'
				};
	}

	/** An answer about message `n`, good or bad, against what is known of it. */
	addressed(keyword: string, n: number, ok: boolean): Contradiction | null {
		if (ok && this.marked.has(n))
			return {
				say: `${keyword} ${n} is answered +OK although message ${n} is marked as deleted.`,
				rfc: 'RFC 1939 §5'
			};
		if (ok && this.count !== null && (n > this.count || n === 0))
			return {
				say: `${keyword} ${n} is answered +OK where there are ${messages(this.count)}.`,
				rfc: 'RFC 1939 §5'
			};
		const there = this.sizes.has(n) || this.uids.has(n) || (this.count !== null && n >= 1 && n <= this.count);
		if (!ok && there && !this.marked.has(n))
			return {
				say: `${keyword} ${n} is refused although message ${n} is there and not marked: numbers stay for the whole session.`,
				rfc: 'RFC 1939 §4'
			};
		return null;
	}

	/** What the session before makes of what is known by now. */
	against(before: Maildrop): Contradiction | null {
		return this.#undone(before) ?? this.#renamed(before);
	}

	/** What was marked and never committed must still be there. */
	#undone(before: Maildrop): Contradiction | null {
		if (before.updated || before.marked.size === 0) return null;
		const say = (n: number): Contradiction => ({
			say: `Message ${n} of the session before is gone, although that session ended without QUIT: nothing may be removed then.`,
			rfc: 'RFC 1939 §6'
		});
		const [first = 0] = before.marked;
		if (this.named && before.uids.size > 0) {
			const now = new Set(this.uids.values());
			for (const n of before.marked) {
				const uid = before.uids.get(n);
				const others = [...before.uids].filter(([other]) => !before.marked.has(other));
				const stable = others.length === 0 || others.some(([, other]) => now.has(other));
				if (uid !== undefined && !now.has(uid) && stable) return say(n);
			}
			return null;
		}
		if (this.count === null || before.count === null) return null;
		if (this.listed && before.listed)
			return this.#sizesLeft(true).join() === before.#sizesLeft(false).join() ? say(first) : null;
		return this.count === before.count - before.marked.size ? say(first) : null;
	}

	/** Unique-ids last. */
	#renamed(before: Maildrop): Contradiction | null {
		if (!this.named || before.uids.size === 0 || this.uids.size === 0) return null;
		const now = new Set(this.uids.values());
		const left = [...before.uids].filter(([n]) => !(before.updated && before.marked.has(n)));
		if (left.length === 0 || left.some(([, uid]) => now.has(uid))) return null;
		const sizes = before.#sizesLeft(!before.updated);
		const same =
			(before.listed &&
				this.listed &&
				sizes.length > 0 &&
				this.#sizesLeft(true).slice(0, sizes.length).join() === sizes.join()) ||
			[...this.hashes.values()].some((hash) => [...before.hashes.values()].includes(hash));
		if (!same) return null;
		const [[n, uid] = [0, '']] = left;
		return {
			say: `The messages have other unique-ids than in the session before (message ${n} was ${uid}): they must last.`,
			rfc: 'RFC 1939 §7'
		};
	}
}
