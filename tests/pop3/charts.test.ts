/**
 * What both charts promise: pure, named, described, JSON; and what only the server's promises: table and
 * chart agree.
 */
import { describe, expect, test } from 'vitest';
import type { EventFromLogic, SnapshotFrom, StateNode } from 'xstate';
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { commands, type Keyword } from '#lib/pop3/commands.ts';
import { readCommand, type CommandEvent } from '#lib/pop3/grammar.ts';
import { serverMachine, type ServerEvent } from '#lib/pop3/server.machine.ts';
import { pathOf, start, stateOf, step } from '#lib/pop3/step.ts';

type Server = SnapshotFrom<typeof serverMachine>;
type Client = SnapshotFrom<typeof clientMachine>;

const command = (text: string) => readCommand({ text, end: 'CRLF', tooLong: false });
const entries = [
	{ uid: 'a', size: 10 },
	{ uid: 'b', size: 20 }
];

const serverEvents: ServerEvent[] = [
	...commands.map(({ example }) => command(example)),
	command('DELE 2'),
	command('LIST'),
	command('RETR 99'),
	command('RETR x'),
	command('XYZZY'),
	{ type: 'CONNECTED' },
	{ type: 'ENDED' },
	{ type: 'LOST' },
	{ type: 'KNOWN' },
	{ type: 'UNKNOWN' },
	{ type: 'OPENED', entries },
	{ type: 'LOCKED' },
	{ type: 'DENIED' },
	{ type: 'UPDATED' },
	{ type: 'FAILED' }
];

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

/** Every snapshot that some series of events leads to, and every passage between them. */
function walk<S, E extends { type: string }>(
	first: S,
	events: readonly E[],
	next: (from: S, event: E) => { snapshot: S; passages: ReturnType<typeof step>['passages'] }
) {
	const seen = new Map([[JSON.stringify(first), first]]);
	const moves: { from: string; to: string; event: E; effects: { type: string; params: unknown }[] }[] = [];
	for (const snapshot of seen.values()) {
		for (const event of events) {
			const { snapshot: reached, passages } = next(snapshot, event);
			const key = JSON.stringify(reached);
			if (!seen.has(key) && seen.size < 400) seen.set(key, reached);
			for (const { from, to, effects } of passages) moves.push({ from, to, event, effects: [...effects] });
		}
	}
	return { snapshots: [...seen.values()], moves };
}

const serverWalks = [true, false].map((namesAreChecked) =>
	walk<Server, ServerEvent>(
		start(serverMachine, { stamp: '<1@x>', namesAreChecked }).snapshot,
		serverEvents,
		(from, event) => step(serverMachine, from, event)
	)
);
const serverMoves = serverWalks.flatMap(({ moves }) => moves);
const serverSnapshots = serverWalks.flatMap(({ snapshots }) => snapshots);
const clientWalk = walk<Client, EventFromLogic<typeof clientMachine>>(
	start(clientMachine).snapshot,
	clientEvents,
	(from, event) => step(clientMachine, from, event)
);

function statesOf(node: { states: object; path: string[] }): StateNode[] {
	const inner: StateNode[] = Object.values(node.states);
	return inner.flatMap((state) => [state, ...statesOf(state)]);
}

describe.each([
	['server', serverMachine],
	['client', clientMachine]
] as const)('the %s chart', (side, machine) => {
	const states = statesOf(machine.root);

	test('has a description and a clause on every state', () => {
		expect(states.length).toBeGreaterThan(5);
		for (const state of states) {
			expect(state.description, state.id).toMatch(/^[A-Z].*\.$/);
			expect(state.meta, state.id).toEqual({ rfc: expect.stringMatching(/^RFC 1939 §\d/) });
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
		const used = { actions: new Set<string>(), guards: new Set<string>() };
		const name = (some: unknown): string => {
			if (typeof some === 'string') return some;
			if (typeof some === 'object' && some !== null && 'type' in some && typeof some.type === 'string')
				return some.type;
			throw new Error(`an unnamed action or guard: ${String(some)}`);
		};
		for (const state of [machine.root, ...states]) {
			for (const action of [...state.entry, ...state.exit]) used.actions.add(name(action));
			const transitions = [...state.transitions.values(), state.always ?? []].flat();
			for (const transition of transitions) {
				for (const action of transition.actions) used.actions.add(name(action));
				if (transition.guard !== undefined) used.guards.add(name(transition.guard));
			}
		}
		expect([...used.actions].sort()).toEqual(Object.keys(machine.implementations.actions).sort());
		expect([...used.guards].sort()).toEqual(Object.keys(machine.implementations.guards).sort());
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

describe('table and chart agree', () => {
	const atRest = (snapshot: Server) => snapshot.status === 'active' && !snapshot.hasTag('asking');

	/** The keywords that the states of a snapshot handle themselves; the root's wildcard refuses the rest. */
	const handled = (snapshot: Server): Set<string> => {
		const nodes = snapshot._nodes.filter((node) => node.parent !== undefined);
		return new Set(nodes.flatMap((node) => Object.keys(node.config.on ?? {})));
	};

	const byState = new Map(serverSnapshots.map((snapshot) => [pathOf(snapshot), snapshot]));

	test.each([...byState])('in %s', (path, snapshot) => {
		const own = handled(snapshot);
		for (const { keyword, states, example } of commands) {
			const allowed = atRest(snapshot) && states.some((state) => state === stateOf(path));
			expect(own.has(keyword), `${keyword} in the chart`).toBe(allowed);
			const { passages } = step(serverMachine, snapshot, command(example));
			const refused = passages
				.flatMap(({ effects }) => effects)
				.some(({ type, params }) => type === 'refuse' && JSON.stringify(params) === '{"fault":"wrongState"}');
			expect(refused, `${keyword} refused`).toBe(!allowed && snapshot.status === 'active');
		}
	});

	test('no state handles a command that the table does not have', () => {
		const known: readonly string[] = commands.map(({ keyword }: { keyword: Keyword }) => keyword);
		const world = new Set(
			serverEvents.filter((event) => !('fault' in event)).map(({ type }) => type as string)
		);
		for (const snapshot of serverSnapshots) {
			for (const type of handled(snapshot)) expect(known.includes(type) || world.has(type), type).toBe(true);
		}
	});

	test('a malformed command is refused where the command is valid, and moves nothing', () => {
		for (const snapshot of serverSnapshots.filter(atRest)) {
			for (const { keyword } of commands.filter((row) => handled(snapshot).has(row.keyword))) {
				const bad = command(`${keyword} `);
				expect(bad).toMatchObject({ type: keyword, fault: expect.any(String) });
				const { snapshot: after, passages } = step(serverMachine, snapshot, bad);
				expect(passages.flatMap(({ effects }) => effects)).toEqual([
					{ type: 'refuse', params: { fault: bad.fault } }
				]);
				expect(JSON.stringify(after)).toBe(JSON.stringify(snapshot));
			}
		}
	});

	test('a line read in a state at rest has exactly one reply, a refusal or a question to the store', () => {
		const lines = serverEvents.filter((event): event is CommandEvent => 'fault' in event);
		for (const snapshot of serverSnapshots.filter(atRest)) {
			for (const event of lines) {
				const effects = step(serverMachine, snapshot, event).passages.flatMap((passage) => passage.effects);
				const answers = effects.filter(({ type }) =>
					/^(reply|refuse$|lookUpName$|openMaildrop$|expunge$)/.test(type)
				);
				expect(answers, `${event.type} in ${pathOf(snapshot)}`).toHaveLength(1);
			}
		}
	});
});

describe('mail is safe', () => {
	test('only QUIT in TRANSACTION reaches UPDATE, and only UPDATE expunges', () => {
		const into = serverMoves.filter(({ from, to }) => to === 'UPDATE' && from !== 'UPDATE');
		expect(into.length).toBeGreaterThan(0);
		for (const { from, event } of into) expect([from, event.type]).toEqual(['TRANSACTION', 'QUIT']);
		for (const { to, effects } of serverMoves) {
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
