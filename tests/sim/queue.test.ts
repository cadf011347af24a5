import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Queue } from '#lib/sim/queue.ts';

function drain<T>(queue: Queue<T>): T[] {
	const out: T[] = [];
	while (queue.size > 0) out.push(queue.pop() as T);
	return out;
}

describe('the queue', () => {
	test('is empty at first', () => {
		const queue = new Queue<string>();
		expect([queue.size, queue.nextAt, queue.timerAt, queue.dueAt, queue.pop()]).toEqual([
			0,
			null,
			null,
			null,
			undefined
		]);
	});

	test('gives entries by instant, ties in the order they came, across both lanes', () => {
		const queue = new Queue<string>();
		queue.push(20, 'c');
		queue.push(10, 'a', true);
		queue.push(10, 'b');
		queue.push(20, 'd', true);
		queue.push(20, 'e');
		expect(drain(queue)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	test('tells the foreground from the background', () => {
		const queue = new Queue<string>();
		queue.push(50, 'timer', true);
		expect([queue.nextAt, queue.timerAt, queue.dueAt]).toEqual([null, 50, 50]);
		queue.push(70, 'packet');
		expect([queue.nextAt, queue.timerAt, queue.dueAt]).toEqual([70, 50, 50]);
	});

	test('takes an entry back once, and a spent ticket touches nobody else', () => {
		const queue = new Queue<string>();
		const ticket = queue.push(10, 'a');
		expect(queue.cancel(ticket)).toBe(true);
		expect(queue.cancel(ticket)).toBe(false);
		queue.push(10, 'b'); // takes over the slot
		expect(queue.cancel(ticket)).toBe(false);
		expect(drain(queue)).toEqual(['b']);
	});

	test('a ticket of an entry that has left is spent', () => {
		const queue = new Queue<string>();
		const ticket = queue.push(10, 'a');
		queue.pop();
		expect(queue.cancel(ticket)).toBe(false);
	});

	test('keeps instants far beyond 32 bits apart', () => {
		const queue = new Queue<string>();
		queue.push(2 ** 52 + 1, 'later');
		queue.push(2 ** 52, 'sooner');
		expect(drain(queue)).toEqual(['sooner', 'later']);
	});

	test('agrees with a sorted list under any mix of pushes, pops and cancellations', () => {
		const step = fc.oneof(
			{ weight: 5, arbitrary: fc.record({ at: fc.nat(40), background: fc.boolean() }) },
			{ weight: 3, arbitrary: fc.constant('pop' as const) },
			{ weight: 2, arbitrary: fc.record({ cancel: fc.nat() }) }
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
				const queue = new Queue<number>();
				const tickets: number[] = [];
				let model: { at: number; id: number; background: boolean }[] = [];
				const first = (rows: typeof model) =>
					rows.reduce<(typeof model)[0] | null>(
						(best, row) => (best && best.at <= row.at ? best : row),
						null
					);
				for (const step of steps) {
					if (step === 'pop') {
						const expected = first(model);
						expect(queue.pop()).toBe(expected?.id);
						model = model.filter((row) => row !== expected);
					} else if ('cancel' in step) {
						if (tickets.length === 0) continue;
						const id = step.cancel % tickets.length;
						const there = model.some((row) => row.id === id);
						expect(queue.cancel(tickets[id] as number)).toBe(there);
						model = model.filter((row) => row.id !== id);
					} else {
						model.push({ ...step, id: tickets.length });
						tickets.push(queue.push(step.at, tickets.length, step.background));
					}
					expect(queue.size).toBe(model.length);
					expect(queue.nextAt).toBe(first(model.filter((row) => !row.background))?.at ?? null);
					expect(queue.timerAt).toBe(first(model.filter((row) => row.background))?.at ?? null);
				}
			}),
			{ numRuns: 200, seed: 110 }
		);
	}, 60_000);

	test('10,000 entries come out in order', () => {
		const queue = new Queue<number>();
		for (let i = 0; i < 10_000; i++) queue.push((i * 7_919) % 1_000, (i * 7_919) % 1_000, i % 3 === 0);
		const out = drain(queue);
		expect(out).toEqual([...out].sort((a, b) => a - b));
		expect(out).toHaveLength(10_000);
	});
});
