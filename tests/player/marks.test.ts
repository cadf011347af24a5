import { expect, test } from 'vitest';
import {
	isMark,
	isOfLayer,
	jumpsOf,
	layerPlaces,
	marksOf,
	marksUpTo,
	nearest,
	thinned,
	timerName,
	waitText,
	type Mark
} from '#lib/player/marks.ts';
import type { Event, EventBody } from '#lib/sim/event.ts';
import { CONNECTION, logOf, STORY } from '../fixtures/exchange.ts';

const at = (time: number, body: EventBody): Event => ({ seq: 0, at: time, cause: null, ...body });
const tcp = (host: string, to: 'ESTABLISHED' | 'TIME-WAIT' | 'CLOSED'): Event =>
	at(0, { kind: 'tcp.state', host, connection: CONNECTION, from: 'FIN-WAIT-2', to, on: 'rcv FIN' });
const pop3 = (to: string): Event =>
	at(0, {
		kind: 'pop3.state',
		host: 'post',
		session: CONNECTION,
		side: 'server',
		from: 'AUTHORIZATION',
		to,
		on: 'PASS'
	});

test('marks stand where the scrubber shows what happened', () => {
	const log = [
		at(0, { kind: 'input', input: { kind: 'type', host: 'desk', line: 'USER ada' } }),
		tcp('desk', 'ESTABLISHED'),
		at(0, { kind: 'input', input: { kind: 'answer', question: 'first', value: 'post' } }),
		...logOf(STORY.slice(7, 8))
	];
	expect(marksOf(log, 0, log.length)).toEqual([
		{ place: 1, kind: 'command' },
		{ place: 2, kind: 'state' },
		{ place: 3, kind: 'gate' },
		{ place: 5, kind: 'loss' }
	]);
});

test('what was not seen yet is not marked', () => {
	const log = [tcp('desk', 'ESTABLISHED'), tcp('post', 'ESTABLISHED')];
	expect(marksOf(log, 0, 1)).toHaveLength(1);
	expect(marksOf(log, 1, 2)).toEqual([{ place: 2, kind: 'state' }]);
});

test('only waits of more than 1.5 s are jumps', () => {
	const log = logOf([
		{ at: 0, from: 'desk', flags: 'S', seq: 1 },
		{ at: 1_520_000, from: 'desk', flags: 'S', seq: 1 },
		{ at: 3_040_001, from: 'desk', flags: 'S', seq: 1 }
	]);
	expect(jumpsOf(log, 0, log.length)).toEqual([{ place: 4, gap: 1_500_001 }]);
});

test('waits as people say them', () => {
	expect([2_960_000, 60_000_000, 120_000_000, 605_000_000].map(waitText)).toEqual([
		'3.0 s',
		'60 s',
		'2 min',
		'10 min 5 s'
	]);
});

test('the timer is named by the state that the run is in', () => {
	expect(timerName([])).toBe('the next timer');
	expect(timerName([pop3('TRANSACTION')])).toBe('autologout');
	expect(timerName([pop3('TRANSACTION'), tcp('desk', 'TIME-WAIT')])).toBe('TIME-WAIT');
	expect(timerName([tcp('desk', 'TIME-WAIT'), tcp('desk', 'CLOSED')])).toBe('the next timer');
});

test('each event is of one layer, and the deepest lens goes to all of them', () => {
	const log = logOf(STORY);
	const of = (lens: 1 | 2 | 3 | 4) => layerPlaces(log, 0, log.length, lens);
	expect([...of(1), ...of(2), ...of(3)].sort((a, b) => a - b)).toEqual(of(4));
	expect(of(4)).toEqual(log.map((_, i) => i + 1));
	for (const place of of(3)) expect(log[place - 1]?.kind).toMatch(/^(packet|ip|icmp|nat)\./);
	for (const place of of(2)) expect(log[place - 1]?.kind).toMatch(/^tcp\./);
});

test('marks up to a place, and no more of them than there is room to tell apart', () => {
	const marks = Array.from({ length: 1000 }, (_, i): Mark => ({
		place: i + 1,
		kind: i % 2 ? 'state' : 'loss'
	}));
	expect(marksUpTo(marks, 10)).toEqual(marks.slice(0, 10));
	expect(marksUpTo(marks, 0)).toEqual([]);
	expect(marksUpTo(marks, 5000)).toBe(marks);
	const few = thinned(marks, 0, 1000, 50);
	for (const kind of ['state', 'loss'] as const) {
		const own = few.filter((mark) => mark.kind === kind).map(({ place }) => place);
		expect(own.length).toBeGreaterThan(45);
		expect(own.length).toBeLessThanOrEqual(51);
	}
	expect(thinned(marks.slice(0, 50), 0, 1000, 50)).toHaveLength(50);
});

test.each([1, 2, 3, 4] as const)('the nearest place is the nearest of all places, lens %i', (lens) => {
	const log = [...logOf(STORY), tcp('desk', 'ESTABLISHED'), pop3('TRANSACTION')];
	const wanted = [
		[marksOf(log, 2, log.length - 1).map(({ place }) => place), isMark],
		[layerPlaces(log, 2, log.length - 1, lens), (event: Event) => isOfLayer(event, lens)]
	] as const;
	for (const [places, is] of wanted)
		for (let from = 2; from < log.length; from++) {
			const on = places.find((place) => place > from) ?? null;
			const back = places.findLast((place) => place < from) ?? null;
			expect(nearest(log, 2, log.length - 1, from, 1, is)).toBe(on);
			expect(nearest(log, 2, log.length - 1, from, -1, is)).toBe(back);
		}
});
