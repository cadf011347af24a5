// Over a thousand seeds: each question has one right answer, which the run itself gave, and distractors that are wrong.
import { describe, expect, test } from 'vitest';
import { exercise, grade, round, ROUND } from '#lib/levels/practice.ts';
import { KINDS, type Task } from '#lib/levels/practice-task.ts';
import { createWorld } from '#lib/sim/world.ts';
import { act } from './play.ts';

function runOf(seed: number) {
	const { scenario, inputs } = exercise(seed);
	const world = createWorld(scenario, seed);
	act(world, inputs);
	return [...world.log];
}
const LOGS = Array.from({ length: 40 }, (_, seed) => runOf(seed));
/** Another round about one of the runs. */
const tasksOf = (seed: number, missed = {}) => {
	const at = seed % LOGS.length;
	return round(LOGS[at] ?? [], { ...exercise(at), seed }, missed);
};
const ALL: readonly Task[] = Array.from({ length: 1000 }, (_, seed) => tasksOf(seed)).flat();

describe('a thousand rounds', () => {
	test('have five questions of different kinds each, and all kinds come', () => {
		expect(ALL).toHaveLength(1000 * ROUND);
		for (let seed = 0; seed < 1000; seed += 50)
			expect(new Set(tasksOf(seed).map(({ kind }) => kind)).size).toBe(ROUND);
		expect(new Set(ALL.map(({ kind }) => kind))).toEqual(new Set(KINDS));
	});

	test('have exactly one right answer to each blank', () => {
		for (const { blanks, kind, given } of ALL)
			for (const { form, options, right } of blanks) {
				const values = options.map(({ value }) => value);
				expect(new Set(values).size, kind).toBe(values.length);
				expect(new Set(options.map(({ label }) => label)).size, kind).toBe(values.length);
				if (form === 'choice') {
					expect(
						values.filter((value) => value === right),
						given.join()
					).toHaveLength(1);
					expect(values.length).toBe(4);
				} else if (form === 'order') expect(right.split(', ').toSorted()).toEqual(values.toSorted());
				else expect(right).toMatch(/^[0-9]+$/);
			}
	});

	test('grade each blank for itself', () => {
		for (const task of ALL.slice(0, 200)) {
			const right = task.blanks.map((blank) => blank.right);
			expect(grade(task, right)).toEqual(right.map(() => true));
			expect(grade(task, ['nothing', ...right.slice(1)])).toEqual(right.map((_, i) => i > 0));
			expect(grade(task, [])).toEqual(right.map(() => false));
		}
	});

	test('take a number however it is written', () => {
		const [task] = ALL.filter(({ blanks }) => blanks[0]?.form === 'number' && Number(blanks[0].right) > 999);
		const right = Number(task?.blanks[0]?.right);
		const marks = (text: string) => task && grade(task, [text])[0];
		for (const text of [
			` ${right} `,
			`+${right}`,
			`0${right}`,
			right.toLocaleString('en-GB'),
			right.toLocaleString('en-GB').replaceAll(',', ' '),
			`0x${right.toString(16)}`
		])
			expect(marks(text), text).toBe(true);
		for (const text of ['', '-1', `${right}.0`, `${right}1`, `1,${right}`, 'x'.repeat(right % 50)])
			expect(marks(text), text).toBe(false);
	});

	test('ask in few words and say why', () => {
		for (const { ask, why } of ALL) {
			expect(ask.split(/\s+/).length).toBeLessThanOrEqual(25);
			expect(why.split(/\s+/).length).toBeGreaterThan(5);
		}
	});
});

test('the same seed asks the same, and the run decides the answers', () => {
	expect(round(runOf(7), exercise(7))).toEqual(round(runOf(7), exercise(7)));
	expect(round(runOf(7), exercise(7))).not.toEqual(round(runOf(8), exercise(7)));
});

test('numbers are those of the run: the photo’s segments by its size and the largest of them', () => {
	const tasks = ALL.filter(({ kind }) => kind === 'segments');
	for (const { given, blanks } of tasks) {
		const octets = Number(/has ([0-9]+) bytes/.exec(given[0] ?? '')?.[1]);
		const most = Number(/carries ([0-9]+)/.exec(given[1] ?? '')?.[1] ?? octets);
		expect(blanks.map(({ right }) => right)).toEqual([
			String(Math.ceil(octets / most)),
			String(octets - (Math.ceil(octets / most) - 1) * most)
		]);
	}
});

test('fragments are those that RFC 791 makes of a datagram for a link', () => {
	const tasks = ALL.filter(({ kind }) => kind === 'fragments');
	expect(new Set(tasks.map(({ blanks }) => blanks[0]?.right)).size).toBeGreaterThan(2);
	for (const { given, blanks } of tasks) {
		const data = Number(/request, ([0-9]+) bytes/.exec(given[0] ?? '')?.[1]) - 20;
		const mtu = Number(/of ([0-9]+) bytes/.exec(given[1] ?? '')?.[1]);
		const each = Math.floor((mtu - 20) / 8);
		const n = Math.ceil((data - (mtu - 20)) / (each * 8)) + 1;
		const whole = n - 1;
		expect(blanks.map(({ right }) => right)).toEqual([
			String(n),
			String(whole * each),
			String(20 + data - whole * each * 8)
		]);
	}
});

test('what was missed comes more often', () => {
	const missed = (weights: object) =>
		Array.from({ length: 300 }, (_, seed) => tasksOf(seed, weights)).filter(
			(tasks) => tasks[0]?.kind === 'order'
		).length;
	expect(missed({ order: 9 })).toBeGreaterThan(2 * missed({}));
});
