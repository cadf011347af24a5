/** The placement check: four fair questions for each chapter, the same for the same seed, and right by the tables. */
import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '#lib/levels/chapters.ts';
import { diceOf } from '#lib/levels/dice.ts';
import { hasPlacement, placement, PLACEMENT_LENGTH } from '#lib/levels/placement.ts';
import { findCommand, isMultiLine } from '#lib/pop3/commands.ts';

const seeds = Array.from({ length: 300 }, (_, i) => i * 7919 + 1);
const chapters = CHAPTERS.map(({ number }) => number).filter(hasPlacement);
const every = chapters.flatMap((chapter) => seeds.flatMap((seed) => placement(chapter, seed)));
const asked = (pattern: RegExp) =>
	every.flatMap((question) => {
		const match = pattern.exec(question.ask);
		return match ? [{ ...question, parts: match.slice(1).map(String) }] : [];
	});

describe('a check', () => {
	it('is there for each chapter that has something taught before it', () => {
		expect(chapters).toEqual([2, 3, 4, 5, 6, 7]);
		expect(placement(1, 1)).toEqual([]);
		expect(placement(8, 1)).toEqual([]);
	});

	it('has four different questions, each with the right one among three to five different choices', () => {
		for (const chapter of chapters)
			for (const seed of seeds) {
				const four = placement(chapter, seed);
				expect(four).toHaveLength(PLACEMENT_LENGTH);
				expect(new Set(four.map(({ ask }) => ask)).size, four.map(({ ask }) => ask).join('\n')).toBe(4);
				for (const { ask, options, right, why } of four) {
					expect(options, ask).toContain(right);
					expect(new Set(options).size).toBe(options.length);
					expect(options.length, ask).toBeGreaterThanOrEqual(3);
					expect(options.length, ask).toBeLessThanOrEqual(5);
					expect(why).toMatch(/[.]$/);
				}
			}
	});

	it('is the same for the same seed, and seldom for another', () => {
		expect(placement(4, 5)).toEqual(placement(4, 5));
		const different = new Set(seeds.map((seed) => JSON.stringify(placement(4, seed))));
		expect(different.size).toBeGreaterThan(seeds.length * 0.95);
	});

	it('does not give the right one away by its place', () => {
		const places = [0, 0, 0, 0, 0];
		for (const { options, right } of every) {
			const at = options.indexOf(right);
			places[at] = (places[at] ?? 0) + 1;
		}
		for (const count of places.slice(0, 3)) expect(count / every.length).toBeGreaterThan(0.15);
	});
});

describe('what is right', () => {
	it('is what the command table says of a state', () => {
		const rows = asked(/^The server is in (\w+)\. Which of these does it (take|refuse)\?/);
		expect(rows.length).toBeGreaterThan(100);
		for (const { parts, options, right } of rows) {
			const [state = '', verb] = parts;
			const good = options.filter((word) => findCommand(word)?.states.some((each) => each === state));
			expect(verb === 'take' ? good : options.filter((word) => !good.includes(word))).toEqual([right]);
		}
	});

	it('is the number expected next', () => {
		const rows = asked(/sequence number (\d+)\. Which acknowledgement/);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows) expect(Number(right)).toBe(Number(parts[0]) + 1);
	});

	it('is how a reply ends by the table', () => {
		const rows = asked(/^(.+) is answered by \+OK\. How/);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows) expect(right.includes('dot')).toBe(isMultiLine(parts[0] ?? ''));
	});

	it('is what is left of the letters', () => {
		const rows = asked(/^A session: (.+), (QUIT|and then the line is cut)\. /);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows) {
			let marked = new Set<string>();
			for (const act of parts[0]?.split(', ') ?? [])
				if (act === 'RSET') marked = new Set();
				else marked.add(act.slice('DELE '.length));
			const gone = parts[1] === 'QUIT' ? [...marked].toSorted() : [];
			expect(right).toBe(gone.length ? gone.map((n) => `letter ${n}`).join(' and ') : 'none');
		}
	});

	it('is the sum of the box, without what is marked', () => {
		const rows = asked(/etters(?: of these sizes)?: ([\d:, ]+)\.(?: DELE (\d))?/);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows) {
			const sizes = (parts[0] ?? '').split(', ').map((item) => Number(item.split(': ')[1]));
			const left = sizes.filter((_, i) => String(i + 1) !== parts[1]);
			expect(right).toBe(`+OK ${left.length} ${left.reduce((a, b) => a + b, 0)}`);
		}
	});

	it('is the number that a name has today', () => {
		const rows = asked(
			/^Yesterday: (.+)\. Then letter (\d) was deleted with QUIT\. Which number has (\S+) today/
		);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows) {
			const box = (parts[0] ?? '').split(', ').map((item) => item.split(' ')[1]);
			box.splice(Number(parts[1]) - 1, 1);
			expect(Number(right)).toBe(box.indexOf(parts[2]) + 1);
		}
	});

	it('is what the octets say', () => {
		const rows = asked(/the octets ([0-9a-f ]+)\./);
		expect(rows.length).toBeGreaterThan(20);
		for (const { parts, right } of rows)
			expect(Buffer.from((parts[0] ?? '').replaceAll(' ', ''), 'hex').toString()).toBe(`PASS ${right}`);
	});
});

describe('dice', () => {
	it('fall everywhere in their range and nowhere else', () => {
		const dice = diceOf(1);
		const seen = new Set(Array.from({ length: 500 }, () => dice.between(2, 5)));
		expect([...seen].toSorted()).toEqual([2, 3, 4, 5]);
		expect(dice.shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
		expect(() => dice.pick([])).toThrow(RangeError);
	});
});
