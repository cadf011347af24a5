/** The coach names the milestone ahead and the event that led away, and explains answers that are wrong. */
import { describe, expect, it } from 'vitest';
import { coach } from '#lib/levels/coach.ts';
import * as explain from '#lib/levels/explain.ts';
import { pointed, questionStatuses } from '#lib/levels/questions.ts';
import { leftPath } from '#lib/levels/away.ts';
import { knock } from '#lib/levels/knock.ts';
import { notyet } from '#lib/levels/notyet.ts';
import type { Level } from '#lib/levels/level.ts';
import { papers } from '#lib/levels/papers.ts';
import { shake } from '#lib/levels/shake.ts';
import { count, never, seen } from '#lib/levels/goals.ts';
import { marked, pop3State, tcpState } from '#lib/levels/matches.ts';
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { find } from '#lib/wire/nodes.ts';
import { act, play } from './play.ts';
import { lines, login } from './typed.ts';

const answer = (question: string, value: string | number): Input => ({ kind: 'answer', question, value });

describe('what the coach says', () => {
	const report = (level: Level, ...inputs: Input[]) => coach(level, play(level, inputs).log, explain);

	it('offers a hint after three refusals in a row, and not after a success between', () => {
		expect(report(papers, ...lines('STAT', 'LIST')).message?.kind).toBe('refused');
		const third = report(papers, ...lines('STAT', 'LIST', 'RETR 1')).message;
		expect(third?.kind).toBe('hint');
		expect(third?.say).toMatch(/Show papers first\. A hint is waiting\.$/);
		expect(report(papers, ...lines('STAT', 'LIST', 'USER ada', 'RETR 1')).message?.kind).toBe('refused');
	});

	it('goes on at once after a refusal that a goal asked for', () => {
		const { message, milestone } = report(notyet, ...lines('STAT'));
		expect(message).toMatchObject({ wanted: true, say: 'The server is in AUTHORIZATION: too early.' });
		expect(milestone).not.toBeNull();
		expect(report(papers, ...lines('STAT')).message?.wanted).toBeUndefined();
	});

	it('drops a refusal once a question has been answered since', () => {
		expect(report(notyet, ...lines('STAT'), answer('auth-legal', 'USER=door')).message).toBeNull();
	});

	it('is the next milestone while all is well', () => {
		const { message, milestone, passed } = report(papers, ...lines('USER ada'));
		expect({ message, passed, next: milestone?.next }).toEqual({
			message: null,
			passed: 3,
			next: 'Try the word as the note spells it first: PASS lovelance'
		});
	});

	it('is nothing once the level is solved', () => {
		expect(report(knock, ...knock.showMe)).toMatchObject({
			solved: true,
			milestone: null,
			show: null,
			message: null
		});
	});

	it('names a wrong door, and where to rewind to', () => {
		const { log } = play(knock, lines('connect post 25'));
		const { message, away } = coach(knock, log);
		expect(message).toMatchObject({ kind: 'away', rewindTo: 0 });
		expect(away?.event).toMatchObject({ kind: 'tcp.error', error: 'refused' });
		expect(coach(knock, play(knock, lines('connect post 25', 'connect post 110')).log).away).toBeNull();
	});

	it('names the open door that was tried first, until it is made good', () => {
		const world = play(shake, lines('connect post 110'));
		const away = leftPath(shake, world.log);
		expect(away?.event).toMatchObject({ kind: 'tcp.state', to: 'ESTABLISHED' });
		expect(away?.rewindTo).toBe(0);
		act(world, lines('QUIT', 'connect post 109'));
		expect(leftPath(shake, world.log)?.say).toMatch(/^Door 110 opened before/);
		act(world, lines('connect post 110'));
		expect(leftPath(shake, world.log)).toBeNull();
	});

	it('names a login without the refusal that was asked for', () => {
		const { log } = play(papers, lines(...login));
		const { away, message } = coach(papers, log);
		expect(away?.event).toMatchObject({ kind: 'pop3.state', to: 'TRANSACTION' });
		const typed = log[away?.rewindTo ?? -1];
		expect(typed).toMatchObject({ kind: 'input', input: { line: 'PASS lovelace' } });
		expect(message).toMatchObject({ kind: 'away', rewindTo: away?.rewindTo });
		// it is said once; the way back stays open
		const later = report(papers, ...lines(...login, 'STAT'));
		expect(later.message).toBeNull();
		expect(later.away?.rewindTo).toBe(away?.rewindTo);
	});

	it('names the input that undid a milestone', () => {
		const { log } = play(papers, lines('USER ada', 'QUIT'));
		expect(leftPath(papers, log)).toMatchObject({
			event: { kind: 'input', input: { line: 'QUIT' } },
			say: '“QUIT” was a step back.'
		});
		expect(coach(papers, log).message).toMatchObject({ kind: 'away', say: '“QUIT” was a step back.' });
		expect(
			leftPath(papers, play(papers, lines('USER ada', 'QUIT', 'connect post 110', 'USER ada')).log)
		).toBeNull();
	});

	it('names the event that broke a guard, and never lets it lock the level by itself', () => {
		const guarded: Level = {
			...papers,
			goal: [
				{ say: 'The server is in TRANSACTION', is: seen(pop3State({ to: 'TRANSACTION' })) },
				{ say: 'No letter is marked', is: never(marked()), guard: true }
			]
		};
		const clean = report(guarded, ...lines(...login));
		expect(clean.rows.map(({ state }) => state)).toEqual(['met', 'kept']);
		expect(clean.solved).toBe(true);
		const { log } = play(guarded, lines(...login, 'DELE 3', 'NOOP'));
		const broken = coach(guarded, log);
		expect(broken.rows.map(({ state }) => state)).toEqual(['met', 'broken']);
		expect(broken.solved).toBe(false);
		expect(broken.message).toMatchObject({ kind: 'broken', say: '“DELE 3” broke row 2.' });
		const before = log.slice(0, broken.message?.rewindTo ?? 0);
		expect(coach(guarded, before).solved).toBe(true);
	});

	it('names the packet where a packet broke a guard', () => {
		const guarded: Level = {
			...knock,
			goal: [
				{ say: 'The line is open', is: seen(tcpState('desk', 'ESTABLISHED')) },
				{ say: 'Two packets at most', is: count((event) => event.kind === 'packet.sent', 3), guard: true }
			]
		};
		expect(report(guarded, ...lines('connect post 110')).message?.say).toBe(
			'Packet 3 (connect post 110) broke row 2.'
		);
	});
});

describe('questions', () => {
	it('are ahead, then open, then right', () => {
		const { log } = play(shake, [
			...lines('connect post 109', 'connect post 110'),
			answer('third.ack', 5000)
		]);
		const states = (to: number) => questionStatuses(shake, log.slice(0, to)).map(({ state }) => state);
		const synAck = log.findIndex((event) => shake.questions[0]?.opens?.(event, log));
		expect(states(synAck)).toEqual(['ahead', 'ahead']);
		expect(states(synAck + 1)).toEqual(['open', 'ahead']);
		expect(states(log.length)).toEqual(['open', 'open']);
		const { log: better } = play(shake, [...shake.showMe]);
		expect(questionStatuses(shake, better).map(({ state }) => state)).toEqual(['right', 'right']);
	});

	it('hold no judgement of an answer before the run tells', () => {
		const world = play(knock, [answer('first', 'desk')]);
		expect(questionStatuses(knock, world.log)[0]).toMatchObject({
			given: [{ value: 'desk', right: null }],
			right: null,
			explanation: null
		});
		act(world, lines('connect post 110'));
		const [first] = questionStatuses(knock, world.log);
		expect(first).toMatchObject({ given: [{ value: 'desk', right: false }], right: 'post', state: 'open' });
		expect(first?.explanation).toMatch(/packet 4 came from post/);
	});

	it('explain the difference of the last wrong answer', () => {
		const wrong = (value: number) => {
			const inputs = [...lines('connect post 109', 'connect post 110'), answer('third.ack', value)];
			return questionStatuses(shake, play(shake, inputs).log)[1]?.explanation;
		};
		expect(wrong(5000)).toBe(
			'5000: one short. ACK means “I expect this number next”. The SYN counts as one: 5000 + 1 = 5001.'
		);
		expect(wrong(5002)).toMatch(/^5002: one too many\. /);
		expect(wrong(1001)).toMatch(/^You said 1001\. /);
		expect(wrong(5001)).toBeNull();
	});

	it('take the field that was asked for, and no other of the same value', () => {
		const { log } = play(shake, lines('connect post 109', 'connect post 110'));
		const sent = (packet: number) => {
			const event = log.find(
				(each): each is EventOf<'packet.sent'> => each.kind === 'packet.sent' && each.packet === packet
			);
			if (!event) throw new Error(`no packet ${packet}`);
			return event;
		};
		const node = (event: EventOf<'packet.sent'>, name: string) => {
			const found = find(dissect(event.bytes), name);
			if (!found) throw new Error(name);
			return found;
		};
		const [question] = shake.questions;
		if (!question) throw new Error('no question');
		const point = (packet: number, name: string) =>
			pointed(question, log, sent(packet), node(sent(packet), name));
		expect(point(4, 'tcp.ack_raw')).toBe(1001);
		expect(node(sent(5), 'tcp.seq_raw').value).toBe(1001);
		expect(point(5, 'tcp.seq_raw')).toMatch(/of packet 5, /);
		expect(point(2, 'tcp.ack_raw')).toMatch(/of packet 2, /);
		const given: Event[] = [
			...play(shake, [
				...lines('connect post 109', 'connect post 110'),
				answer(question.id, point(5, 'tcp.seq_raw'))
			]).log
		];
		expect(questionStatuses(shake, given)[0]).toMatchObject({ state: 'open', given: [{ right: false }] });
	});
});
