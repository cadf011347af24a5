/**
 * What both charts promise: pure, named, described, JSON; and what only the server's promises: table and
 * chart agree.
 */
import { describe, expect, test } from 'vitest';
import type { EventFromLogic, SnapshotFrom, StateNode } from 'xstate';
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { commands, everyCommand, type Keyword } from '#lib/pop3/commands.ts';
import { readCommand, type BadLineEvent, type CommandEvent } from '#lib/pop3/grammar.ts';
import { offers, plain, type Habits } from '#lib/pop3/habits.ts';
import { personality } from '#lib/pop3/personality.ts';
import type { ServerEvent } from '#lib/pop3/server-events.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { pathOf, start, stateOf, step } from '#lib/pop3/step.ts';

type Server = SnapshotFrom<typeof serverMachine>;
type Client = SnapshotFrom<typeof clientMachine>;

const command = (text: string) => readCommand({ text, end: 'CRLF', tooLong: false });
const entries = [
	{ uid: 'a', size: 10 },
	{ uid: 'b', size: 20 }
];

const serverEvents: ServerEvent[] = [
	...everyCommand.map(({ example }) => command(example)),
	command('AUTH'),
	command('AUTH LOGIN'),
	command('AUTH XYZZY'),
	command('LANG'),
	command('DELE 2'),
	command('LIST'),
	command('RETR 99'),
	command('RETR x'),
	command('XYZZY'),
	{ type: 'BAD LINE', fault: 'lineTooLong' },
	{ type: 'RESPONSE', text: '*' },
	{ type: 'RESPONSE', text: '!' },
	{ type: 'RESPONSE', text: 'YWRh' },
	{ type: 'IDLE' },
	{ type: 'PAUSE OVER' },
	{ type: 'SEALED' },
	{ type: 'UNAVAILABLE', fault: 'loginTooSoon' },
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
			if (!seen.has(key) && seen.size < 60) seen.set(key, reached);
			for (const { from, to, effects } of passages) moves.push({ from, to, event, effects: [...effects] });
		}
	}
	return { snapshots: [...seen.values()], moves };
}

/** Servers that differ as much as they can. */
const SERVERS: readonly Habits[] = [
	plain,
	{ ...personality('rfc').habits, offers: [...personality('rfc').habits.offers, 'STLS'], badLimit: [1, 1] },
	{ ...personality('dovecot').habits, closesWhenLocked: true },
	{
		...plain,
		namesAreChecked: true,
		closesAfterFailure: true,
		failureDelay: 1,
		renumbers: true,
		staysSilent: true
	},
	{ ...plain, listsAllAnyway: true }
];
const walkOf = (habits: Habits) =>
	walk<Server, ServerEvent>(
		start(serverMachine, { stamp: '<1@x>', challenge: '<2@x>', habits }).snapshot,
		serverEvents,
		(from, event) => step(serverMachine, from, event)
	);
const serverWalks = SERVERS.map(walkOf);
/** The one server that takes a lost connection for QUIT. */
const { moves: hastyMoves } = walkOf(personality('hasty').habits);
/** A server that offers every command that any server here does. */
const everything: Habits = {
	...personality('rfc').habits,
	offers: everyCommand.map(({ keyword }) => keyword).filter((keyword) => !['RPOP', 'XTND'].includes(keyword))
};
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

	/**
	 * The events that the states of a snapshot handle themselves, innermost first: a state that has `*` hears what is not its own
	 * there, so nothing of it reaches those around it. The root's wildcard refuses the rest.
	 */
	const handled = (snapshot: Server): Set<string> => {
		const nodes = snapshot._nodes.filter((node) => node.parent !== undefined);
		const own = new Set<string>();
		for (const node of nodes.sort((a, b) => b.path.length - a.path.length)) {
			const events = Object.keys(node.config.on ?? {});
			events.filter((type) => type !== '*').forEach((type) => own.add(type));
			if (events.includes('*')) break;
		}
		return own;
	};

	const byState = new Map(serverSnapshots.map((snapshot) => [pathOf(snapshot), snapshot]));
	const refusals = (snapshot: Server, event: ServerEvent) =>
		step(serverMachine, snapshot, event)
			.passages.flatMap(({ effects }) => effects)
			.flatMap(({ type, params }) => (type === 'refuse' ? [JSON.parse(JSON.stringify(params)).fault] : []));

	test('the walk has come to every state in which a line can be heard', () => {
		const heard = [...byState].filter(([, snapshot]) => atRest(snapshot)).map(([path]) => path);
		expect(heard.sort()).toEqual(
			[
				'AUTHORIZATION.exchanging',
				'AUTHORIZATION.waitingForName',
				'AUTHORIZATION.waitingForPassword',
				'TRANSACTION',
				'closed',
				'listening'
			].filter((path) => path !== 'closed')
		);
	});

	test.each([...byState])('in %s', (path, some) => {
		const snapshot = serverMachine.resolveState({
			value: some.value,
			context: { ...some.context, habits: everything }
		});
		const own = handled(snapshot);
		const hears = atRest(snapshot) && !snapshot.hasTag('exchanging');
		for (const { keyword, states, example } of everyCommand) {
			const served = offers(everything, keyword);
			const allowed = hears && served && states.some((state) => state === stateOf(path));
			expect(own.has(keyword), `${keyword} in the chart`).toBe(allowed);
			if (snapshot.status !== 'active') continue;
			const refused = refusals(snapshot, command(example));
			expect(refused.includes('wrongState'), `${keyword} refused: ${refused}`).toBe(served && !allowed);
			expect(refused.includes('retired'), `${keyword} retired: ${refused}`).toBe(!served);
		}
	});

	test('what a server does not offer it calls unknown, whatever the state', () => {
		for (const snapshot of serverSnapshots.filter(atRest)) {
			const { habits } = snapshot.context;
			if (habits.staysSilent) continue;
			for (const { keyword, example, ...row } of everyCommand) {
				if (offers(habits, keyword)) continue;
				const inPlace = pathOf(snapshot).startsWith('AUTHORIZATION.waiting');
				const tls = inPlace ? 'tlsNotOffered' : 'wrongState';
				const why = keyword === 'STLS' ? tls : 'retired' in row ? 'retired' : 'notOffered';
				const [fault] = refusals(snapshot, command(example));
				expect([why, 'tooManyBad'], keyword).toContain(fault);
			}
		}
	});

	test('no state handles a command that the table does not have', () => {
		const known: readonly string[] = everyCommand.map(({ keyword }: { keyword: Keyword }) => keyword);
		const world = new Set(
			serverEvents.filter((event) => !('lines' in event)).map(({ type }) => type as string)
		);
		for (const snapshot of serverSnapshots) {
			for (const type of handled(snapshot)) expect(known.includes(type) || world.has(type), type).toBe(true);
		}
	});

	test('a malformed command is refused where the command is valid, and moves nothing', () => {
		for (const snapshot of serverSnapshots.filter(atRest)) {
			const { habits, bads, drop } = snapshot.context;
			if (habits.badLimit[0] !== null && bads >= 1) continue;
			for (const { keyword } of commands.filter((row) => handled(snapshot).has(row.keyword))) {
				const bad = command(`${keyword} `);
				expect(bad).toMatchObject({ type: keyword, fault: expect.any(String) });
				const { snapshot: after, passages } = step(serverMachine, snapshot, bad);
				expect(passages.flatMap(({ effects }) => effects)).toEqual([
					{ type: 'refuse', params: { fault: offers(habits, keyword) ? bad.fault : 'notOffered', about: '' } }
				]);
				expect([after.value, after.context.drop]).toEqual([snapshot.value, drop]);
			}
		}
	});

	test('a line read in a state at rest has exactly one reply, a refusal or a question to the store', () => {
		const lines = serverEvents.filter(
			(event): event is CommandEvent | BadLineEvent => 'lines' in event || event.type === 'BAD LINE'
		);
		for (const snapshot of serverSnapshots.filter(atRest)) {
			for (const event of lines) {
				const effects = step(serverMachine, snapshot, event).passages.flatMap((passage) => passage.effects);
				const answers = effects.filter(({ type }) =>
					/^(reply|refuse$|lookUpName$|openMaildrop$|expunge$|staySilent$)/.test(type)
				);
				expect(answers, `${event.type} in ${pathOf(snapshot)}`).toHaveLength(1);
				if (!snapshot.context.habits.staysSilent) expect(answers[0]?.type).not.toBe('staySilent');
			}
		}
	});
});

describe('the chart can be drawn', () => {
	const transitionsOf = (node: StateNode) => [...node.transitions.values(), node.always ?? []].flat();
	const big = ['AUTHORIZATION', 'TRANSACTION', 'UPDATE'];
	const nodesOf = (key: string) => statesOf(serverMachine.root).filter(({ path }) => path[0] === key);

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
