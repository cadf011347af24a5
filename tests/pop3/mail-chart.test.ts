/** What the mail program's chart promises: pure, named, described, JSON; and that no letter goes before it is here. */
import { describe, expect, test } from 'vitest';
import type { SnapshotFrom } from 'xstate';
import type { MailEvent } from '#lib/pop3/mail-events.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { policy, type Policy } from '#lib/pop3/policy.ts';
import { pathOf, start, step } from '#lib/pop3/step.ts';
import { knownTo, statesOf, usedIn } from './chart-names.ts';

type Snapshot = SnapshotFrom<typeof mailMachine>;

const ok = (data: Extract<MailEvent, { type: 'OK' }>['data'], text = '<1@x>'): MailEvent => ({
	type: 'OK',
	text,
	data
});
const events: MailEvent[] = [
	{ type: 'CONNECTED' },
	ok({ is: 'nothing' }),
	ok({ is: 'capabilities', capabilities: { SASL: 'CRAM-MD5', PIPELINING: '', UIDL: '', UTF8: 'USER' } }),
	ok({ is: 'totals', count: 2, octets: 10 }),
	ok({
		is: 'sizes',
		sizes: [
			{ number: 1, size: 4 },
			{ number: 2, size: 6 }
		]
	}),
	ok({ is: 'size', number: 1, size: 4 }),
	ok({
		is: 'uids',
		uids: [
			{ number: 1, uid: 'a' },
			{ number: 2, uid: 'b' }
		]
	}),
	ok({ is: 'letter', size: 4, flaw: null }),
	ok({ is: 'letter', size: 3, flaw: null }),
	{ type: 'ERR', text: 'no' },
	{ type: 'CHALLENGE', text: '' },
	{ type: 'KEPT', number: 1, whole: true },
	{ type: 'NOT KEPT', number: 1 },
	{ type: 'MISREAD', what: 'x', where: 'y' },
	{ type: 'ENDED', where: '' },
	{ type: 'TIMEOUT', where: '' },
	{ type: 'FAILED', error: 'reset', where: '' }
];

interface Move {
	readonly from: Snapshot;
	readonly to: string;
	readonly event: MailEvent;
	readonly effects: readonly { readonly type: string; readonly params: unknown }[];
}

/** Everything that some series of events leads to, up to a bound. */
function walk(how: Policy, bound = 300): { snapshots: Snapshot[]; moves: Move[] } {
	const known = [{ uid: 'b', standing: 'delete', since: 0 }] as const;
	const begin = start(mailMachine, { policy: how, known, wanted: [], removed: [], now: 0 }).snapshot;
	const seen = new Map([[JSON.stringify(begin), begin]]);
	const moves: Move[] = [];
	for (const from of seen.values()) {
		for (const event of events) {
			const { snapshot, passages } = step(mailMachine, from, event);
			const key = JSON.stringify(snapshot);
			if (!seen.has(key) && seen.size < bound) seen.set(key, snapshot);
			for (const { to, effects } of passages) moves.push({ from, to, event, effects });
		}
	}
	return { snapshots: [...seen.values()], moves };
}

const walks = [
	walk(policy('thunderbird', { utf8: true, keepDays: 0, login: ['apop', 'cram-md5', 'user'] }), 700),
	walk(policy('headers', { capa: false, login: ['user'] })),
	walk(policy('download', { capa: false, login: ['user'], pipeline: 1 }))
];
const snapshots = walks.flatMap((one) => one.snapshots);
const moves = walks.flatMap((one) => one.moves);

const states = statesOf(mailMachine);

test('a description and a clause on every state; no clock, nothing started', () => {
	for (const state of states) {
		expect(state.description, state.id).toMatch(/^[A-Z].*\.$/);
		expect(state.meta, state.id).toEqual({ rfc: expect.stringMatching(/^RFC \d+ §\d/) });
		expect([state.invoke, state.after]).toEqual([[], []]);
	}
});

test('names only: each action and guard is named and known, and each known one is used', () => {
	expect(usedIn(mailMachine)).toEqual(knownTo(mailMachine));
});

test('every state is reached', () => {
	const reached = new Set([...snapshots.map(pathOf), ...moves.map(({ to }) => to)]);
	const leaves = states.filter(({ type }) => type !== 'compound').map(({ path }) => path.join('.'));
	expect(leaves.filter((leaf) => !reached.has(leaf))).toEqual([]);
});

test('snapshots are JSON: what is restored goes on the same way, and a step changes none', () => {
	for (const snapshot of snapshots.slice(0, 120)) {
		const before = JSON.stringify(snapshot);
		const { value, context } = JSON.parse(before);
		const restored = mailMachine.resolveState({ value, context });
		for (const event of events)
			expect(JSON.stringify(step(mailMachine, restored, event))).toBe(
				JSON.stringify(step(mailMachine, snapshot, event))
			);
		expect(JSON.stringify(snapshot)).toBe(before);
	}
});

describe('mail is safe', () => {
	const asks = ({ effects }: Move, keyword: string) =>
		effects.filter(
			({ type, params }) =>
				type === 'send' && JSON.stringify(params).startsWith(`{"request":{"keyword":"${keyword}"`)
		);

	test('DELE 1 is sent only when KEPT has come for letter 1: it is remembered as stored', () => {
		const deleting = moves.filter((move) =>
			asks(move, 'DELE').some(({ params }) => JSON.stringify(params).includes('"number":1'))
		);
		expect(deleting.length).toBeGreaterThan(0);
		for (const { from, event } of deleting) {
			const stored = event.type === 'KEPT' || from.context.fetched > 0;
			expect(stored, `${pathOf(from)} ${event.type}`).toBe(true);
		}
	});

	test('what breaks a session ends it without another command', () => {
		const broken = moves.filter(({ event }) =>
			['MISREAD', 'ENDED', 'TIMEOUT', 'FAILED'].includes(event.type)
		);
		expect(broken.length).toBeGreaterThan(0);
		for (const { to, effects } of broken) {
			expect(to).toBe('closed');
			expect(effects.filter(({ type }) => type === 'send')).toEqual([]);
		}
	});

	test('what was marked is forgotten only when QUIT is answered by +OK', () => {
		for (const { from, event, to, effects } of moves) {
			if (!effects.some(({ type }) => type === 'noteUpdated')) continue;
			expect([pathOf(from), event.type, to]).toEqual(['leaving', 'OK', 'closed']);
		}
	});
});
