import { expect, test } from 'vitest';
import { jumpsOf, marksOf, timerName, waitText } from '#lib/player/marks.ts';
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
