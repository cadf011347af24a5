// What both charts promise: pure, named, described, JSON; and that the server's keeps the mail.
import { describe, expect, test } from 'vitest';
import type { EventFromLogic, SnapshotFrom, StateNode } from 'xstate';
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { personality } from '#lib/pop3/personality.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { pathOf, start, step } from '#lib/pop3/step.ts';
import { knownTo, statesBelow, statesOf, usedIn } from './chart-names.ts';
import { serverEvents, walk, walkOf, serverWalks, serverSnapshots } from './walks.ts';

type Client = SnapshotFrom<typeof clientMachine>;

const clientEvents: EventFromLogic<typeof clientMachine>[] = [
	{ type: 'CONNECT', host: 'post', port: 110 },
	{ type: 'BAD CONNECT', why: 'x' },
	{ type: 'TYPED', octets: 'STAT\r\n', lines: ['STAT'] },
	{ type: 'TYPED', octets: 'LIST\r\n', lines: ['LIST'] },
	{ type: 'TYPED', octets: 'x', lines: [] },
	{ type: 'CONNECTED', session: 's' },
	{ type: 'STATUS', ok: true },
	{ type: 'STATUS', ok: false },
	{ type: 'DOT' },
	{ type: 'ENDED' },
	{ type: 'FAILED', error: 'reset' }
];

/** The one server that takes a lost connection for QUIT. */
const { moves: hastyMoves } = walkOf(personality('hasty').habits);

const serverMoves = serverWalks.flatMap(({ moves }) => moves);

const clientWalk = walk<Client, EventFromLogic<typeof clientMachine>>(
	start(clientMachine).snapshot,
	clientEvents,
	(from, event) => step(clientMachine, from, event)
);

describe.each([
	['server', serverMachine],
	['client', clientMachine]
] as const)('the %s chart', (side, machine) => {
	const states = statesOf(machine);

	test('has a description and a clause on every state', () => {
		expect(states.length).toBeGreaterThan(5);
		for (const state of states) {
			expect(state.description, state.id).toMatch(/^[A-Z].*\.$/);
			expect(state.meta, state.id).toEqual({ rfc: expect.stringMatching(/^RFC (1939|2595|5034) §\d/) });
		}
	});

	test('starts nothing and waits for no clock', () => {
		for (const state of states) {
			expect([state.invoke, state.after, state.config.invoke, state.config.after]).toEqual([
				[],
				[],
				undefined,
				undefined
			]);
		}
	});

	test('holds names only: each action and guard is named and known, and each known one is used', () => {
		expect(usedIn(machine)).toEqual(knownTo(machine));
	});

	test('reaches every state', () => {
		const snapshots = side === 'server' ? serverSnapshots : clientWalk.snapshots;
		const passed = side === 'server' ? serverMoves : clientWalk.moves;
		const reached = new Set([...snapshots.map(pathOf), ...passed.map(({ to }) => to)]);
		const leaves = states.filter(({ type }) => type !== 'compound').map(({ path }) => path.join('.'));
		expect(leaves.filter((leaf) => !reached.has(leaf))).toEqual([]);
	});
});

describe('snapshots are JSON', () => {
	test('server: what is restored goes on the same way', () => {
		for (const snapshot of serverSnapshots) {
			const { value, context } = JSON.parse(JSON.stringify(snapshot));
			const restored = serverMachine.resolveState({ value, context });
			for (const event of serverEvents) {
				expect(JSON.stringify(step(serverMachine, restored, event))).toBe(
					JSON.stringify(step(serverMachine, snapshot, event))
				);
			}
		}
	});

	test('client: what is restored goes on the same way', () => {
		for (const snapshot of clientWalk.snapshots.slice(0, 40)) {
			const { value, context } = JSON.parse(JSON.stringify(snapshot));
			const restored = clientMachine.resolveState({ value, context });
			for (const event of clientEvents) {
				expect(JSON.stringify(step(clientMachine, restored, event))).toBe(
					JSON.stringify(step(clientMachine, snapshot, event))
				);
			}
		}
	});

	test('a step changes nothing in the snapshot it starts from', () => {
		for (const snapshot of serverSnapshots) {
			const before = JSON.stringify(snapshot);
			for (const event of serverEvents) step(serverMachine, snapshot, event);
			expect(JSON.stringify(snapshot)).toBe(before);
		}
	});
});

describe('the chart can be drawn', () => {
	const transitionsOf = (node: StateNode) => [...node.transitions.values(), node.always ?? []].flat();
	const big = ['AUTHORIZATION', 'TRANSACTION', 'UPDATE'];
	const nodesOf = (key: string) => statesBelow(serverMachine.root).filter(({ path }) => path[0] === key);

	test('as three big states, and a small one before and after them', () => {
		expect(Object.keys(serverMachine.root.states)).toEqual([
			'listening',
			'AUTHORIZATION',
			'TRANSACTION',
			'UPDATE',
			'closed'
		]);
	});

	test.each(big)('%s: on one picture, no more than about 25 arrows from one state to another', (key) => {
		const nodes = nodesOf(key);
		const arrows = nodes.flatMap((node) =>
			transitionsOf(node).flatMap(({ target }) => (target ?? []).map(({ id }) => `${node.id} ${id}`))
		);
		expect(new Set(arrows).size).toBeLessThanOrEqual(25);
		const stays = nodes.map(
			(node) =>
				new Set(transitionsOf(node).flatMap(({ target, eventType }) => (target ? [] : [eventType]))).size
		);
		expect(Math.max(...stays), 'events that leave a state where it is').toBeLessThanOrEqual(15);
	});
});

describe('mail is safe', () => {
	test('only QUIT in TRANSACTION reaches UPDATE, and only UPDATE expunges', () => {
		const into = serverMoves.filter(({ from, to }) => to === 'UPDATE' && from !== 'UPDATE');
		expect(into.length).toBeGreaterThan(0);
		for (const { from, event } of into) expect([from, event.type]).toEqual(['TRANSACTION', 'QUIT']);
		const hasty = hastyMoves.filter(({ from, to }) => to === 'UPDATE' && from !== 'UPDATE');
		expect(new Set(hasty.map(({ event }) => event.type))).toEqual(new Set(['QUIT', 'ENDED', 'LOST']));
		for (const { to, effects } of [...serverMoves, ...hastyMoves]) {
			if (effects.some(({ type }) => type === 'expunge')) expect(to).toBe('UPDATE');
		}
	});

	test('a lost or ended connection never expunges', () => {
		const ends = serverMoves.filter(({ event }) => event.type === 'LOST' || event.type === 'ENDED');
		expect(ends.length).toBeGreaterThan(0);
		for (const { effects } of ends) expect(effects.map(({ type }) => type)).not.toContain('expunge');
	});

	test('whoever leaves TRANSACTION lets go of the maildrop, at once or after UPDATE', () => {
		for (const { from, to, effects } of serverMoves) {
			if (to !== 'closed' || !['TRANSACTION', 'UPDATE'].includes(from)) continue;
			expect(effects.map(({ type }) => type)).toContain('releaseMaildrop');
		}
	});

	test('the final state takes no more events', () => {
		const closed = serverSnapshots.filter(({ status }) => status === 'done');
		expect(closed.length).toBeGreaterThan(0);
		for (const snapshot of closed) {
			for (const event of serverEvents) {
				expect(step(serverMachine, snapshot, event)).toEqual({ snapshot, passages: [] });
			}
		}
	});
});
