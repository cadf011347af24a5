// The compiled charts against XState's own functions: the same states, effects and contexts, for every event in every
// state that any events lead to.
import { describe, expect, test } from 'vitest';
import { assign, setup, type AnyStateMachine, type EventFromLogic, type SnapshotFrom } from 'xstate';
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { everyCommand } from '#lib/pop3/commands.ts';
import { chartOf } from '#lib/pop3/compiled.ts';
import { readCommand } from '#lib/pop3/grammar.ts';
import type { MailEvent } from '#lib/pop3/mail-events.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { personality } from '#lib/pop3/personality.ts';
import { policy } from '#lib/pop3/policy.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { effect, pathOf, start, step, stepByXState } from '#lib/pop3/step.ts';

const command = (text: string) => readCommand({ text, end: 'CRLF', tooLong: false });

/** What the world says without more words. */
const SAID = [
	'CONNECTED',
	'ENDED',
	'LOST',
	'KNOWN',
	'UNKNOWN',
	'LOCKED',
	'DENIED',
	'UPDATED',
	'FAILED',
	'IDLE',
	'PAUSE OVER',
	'SEALED'
] as const;

/** Walks snapshots that some series of events leads to, so many at most; returns how many steps were compared. */
function compare<M extends AnyStateMachine>(
	machine: M,
	first: SnapshotFrom<M>,
	events: readonly EventFromLogic<M>[],
	most = 60
): number {
	const seen = new Map([[JSON.stringify(first), first]]);
	let compared = 0;
	for (const snapshot of seen.values()) {
		for (const event of events) {
			const ours = step(machine, snapshot, event);
			const theirs = stepByXState(machine, snapshot, event);
			if (JSON.stringify(snapshot).includes('"status":"active"')) {
				expect(ours.passages).toEqual(theirs.passages);
				compared++;
			}
			const text = JSON.stringify(ours.snapshot);
			if (ours.passages.length > 0) expect(text).toBe(JSON.stringify(theirs.snapshot));
			if (seen.size < most && !seen.has(text)) seen.set(text, ours.snapshot);
		}
	}
	return compared;
}

describe('a compiled chart', () => {
	test.each(['rfc', 'dovecot', 'silent', 'hasty'])('takes the steps of the server chart (%s)', (name) => {
		expect(chartOf(serverMachine)).not.toBeNull();
		const entries = [
			{ uid: 'a', size: 10 },
			{ uid: 'b', size: 20 }
		];
		const events = [
			...everyCommand.map(({ example }) => command(example)),
			...['DELE 2', 'LIST', 'RETR 99', 'RETR x', 'XYZZY', ''].map(command),
			...SAID.map((type) => ({ type })),
			{ type: 'OPENED', entries } as const
		];
		const { habits } = personality(name);
		for (const stamp of [null, '<1@x>']) {
			const { snapshot } = start(serverMachine, { stamp, challenge: '<2@x>', habits });
			expect(compare(serverMachine, snapshot, events)).toBeGreaterThan(400);
		}
	});

	test('takes the steps of the client chart', () => {
		expect(chartOf(clientMachine)).not.toBeNull();
		const steps = compare(clientMachine, start(clientMachine).snapshot, [
			{ type: 'CONNECT', host: 'post', port: 110 },
			{ type: 'BAD CONNECT', why: 'x' },
			...['STAT', 'LIST', 'RETR 1', 'NOOP'].map((line) => ({
				type: 'TYPED' as const,
				octets: `${line}\r\n`,
				lines: [line]
			})),
			{ type: 'TYPED', octets: 'x', lines: [] },
			{ type: 'CONNECTED', session: 's' },
			{ type: 'STATUS', ok: true },
			{ type: 'STATUS', ok: false },
			{ type: 'DOT' },
			{ type: 'ENDED' },
			{ type: 'FAILED', error: 'reset' }
		]);
		expect(steps).toBeGreaterThan(400);
	});

	test('takes the steps of the mail program’s chart', () => {
		expect(chartOf(mailMachine)).not.toBeNull();
		const events: MailEvent[] = [
			{ type: 'CONNECTED' },
			...[
				{ is: 'nothing' } as const,
				{ is: 'totals', count: 2, octets: 30 } as const,
				{ is: 'sizes', sizes: [1, 2].map((number) => ({ number, size: 15 })) } as const,
				{ is: 'uids', uids: [1, 2].map((number) => ({ number, uid: `u${number}` })) } as const,
				{ is: 'letter', size: 15, flaw: null } as const,
				{ is: 'size', number: 1, size: 15 } as const,
				{ is: 'capabilities', capabilities: { SASL: 'PLAIN', UTF8: '', PIPELINING: '' } } as const
			].map((data) => ({ type: 'OK' as const, text: '<1@x>', data })),
			{ type: 'ERR', text: 'no' },
			{ type: 'CHALLENGE', text: '' },
			{ type: 'MISREAD', what: 'x', where: 'y' },
			{ type: 'KEPT', number: 1, whole: true },
			{ type: 'NOT KEPT', number: 1 },
			{ type: 'ENDED', where: 'y' },
			{ type: 'FAILED', error: 'reset', where: 'y' },
			{ type: 'TIMEOUT', where: 'y' }
		];
		const reached = new Set<string>();
		for (const name of ['leave', 'fetchmail']) {
			const settings = { keepDays: 0, capa: false, login: ['user'] } as const;
			const task = { policy: policy(name, settings), known: [], wanted: [], removed: [], now: 0 };
			let { snapshot } = start(mailMachine, task);
			const way = ['CONNECTED', 'OK', 'OK', 'OK', 'totals', 'sizes', 'uids', 'letter', 'KEPT'];
			for (const name of way) {
				expect(compare(mailMachine, snapshot, events, 12)).toBeGreaterThan(50);
				reached.add(pathOf(snapshot));
				const next = events.find((one) => one.type === name || (one.type === 'OK' && one.data.is === name));
				if (next) snapshot = step(mailMachine, snapshot, next).snapshot;
			}
			reached.add(pathOf(snapshot));
		}
		expect([...reached]).toEqual([
			'connecting',
			'AUTHORIZATION.awaitingGreeting',
			'AUTHORIZATION.naming',
			'AUTHORIZATION.proving',
			'TRANSACTION.counting',
			'TRANSACTION.listing',
			'TRANSACTION.identifying',
			'TRANSACTION.fetching',
			'TRANSACTION.keeping',
			'TRANSACTION.beginning',
			'TRANSACTION.deleting'
		]);
	});

	test('goes in and out of nested states in the order of the chart, and into itself only where it says so', () => {
		const machine = setup({
			types: { context: {} as { count: number }, events: {} as { type: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' } },
			guards: { few: ({ context }) => context.count < 3 },
			actions: {
				say: effect<string>(),
				count: assign({ count: ({ context }) => context.count + 1 })
			}
		}).createMachine({
			context: { count: 0 },
			initial: 'outer',
			exit: { type: 'say', params: 'exit root' },
			on: { '*': { guard: 'few', actions: 'count' }, F: '.end' },
			states: {
				outer: {
					initial: 'one',
					entry: [{ type: 'say', params: 'enter outer' }, 'count'],
					exit: { type: 'say', params: 'exit outer' },
					on: {
						A: '.two',
						B: { target: 'outer', reenter: true },
						C: { target: 'outer', actions: { type: 'say', params: 'to itself' } }
					},
					states: {
						one: { entry: { type: 'say', params: 'enter one' }, exit: { type: 'say', params: 'exit one' } },
						two: {
							entry: { type: 'say', params: 'enter two' },
							exit: { type: 'say', params: ({ context }) => `exit two ${context.count}` },
							on: { D: { target: 'two' }, E: { target: 'two', reenter: true } }
						}
					}
				},
				end: { type: 'final', entry: { type: 'say', params: 'over' }, exit: { type: 'say', params: 'gone' } }
			}
		});
		expect(chartOf(machine)).not.toBeNull();
		const events = (['A', 'B', 'C', 'D', 'E', 'F'] as const).map((type) => ({ type }));
		expect(compare(machine, start(machine).snapshot, events)).toBeGreaterThan(100);
	});

	test('is not made of a chart with more in it, which XState then runs', () => {
		const machine = setup({ types: { events: {} as { type: 'A' } } }).createMachine({
			type: 'parallel',
			states: {
				a: { initial: 'x', states: { x: { on: { A: 'y' } }, y: {} } },
				b: { initial: 'x', states: { x: { on: { A: 'y' } }, y: {} } }
			}
		});
		expect(chartOf(machine)).toBeNull();
		expect(step(machine, start(machine).snapshot, { type: 'A' }).snapshot.value).toEqual({ a: 'y', b: 'y' });
	});
});
