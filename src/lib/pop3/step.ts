/**
 * Runs a chart: one event to rest, as XState's pure functions would. Nothing is started and nothing is executed; the
 * states passed through and the effects (the chart's actions by name, with their parameters) come back as data,
 * and whoever holds the session performs them. A snapshot is JSON: `JSON.stringify` it, and hand its `value` and
 * `context` to `machine.resolveState` to go on.
 */
import { chartOf, type Leaf } from './compiled.ts';
import { getInitialMicrosteps, getMicrosteps, isMachineSnapshot } from 'xstate';
import type {
	AnyMachineSnapshot,
	AnyStateMachine,
	EventFromLogic,
	InputFrom,
	MachineContext,
	SnapshotFrom,
	StateValue
} from 'xstate';

/** A declared effect: a name and the type of its parameters; executing it would do nothing. */
export type Effect<P> = (at: unknown, params: P) => void;

export function effect<P = undefined>(): Effect<P> {
	return () => {};
}

/** The union of `{ type, params }` that a set of declared effects can yield. */
export type EffectOf<S> = {
	[K in keyof S]: S[K] extends Effect<infer P> ? { readonly type: K; readonly params: P } : never;
}[keyof S];

/** One microstep. */
export interface Passage {
	/** Dotted path of the state left and of the state reached; equal where the chart stayed. */
	readonly from: string;
	readonly to: string;
	readonly effects: readonly { readonly type: string; readonly params: unknown }[];
}

export interface Stepped<M extends AnyStateMachine> {
	readonly snapshot: SnapshotFrom<M>;
	readonly passages: readonly Passage[];
}

/** The chart at rest in its initial state. */
export function start<M extends AnyStateMachine>(machine: M, ...input: StartInput<M>): Stepped<M> {
	return collect<M>('', getInitialMicrosteps(machine, ...input));
}

type StartInput<M extends AnyStateMachine> =
	undefined extends InputFrom<M> ? [input?: InputFrom<M>] : [input: InputFrom<M>];

/** A chart that has reached its final state takes no more events. */
export function step<M extends AnyStateMachine>(
	machine: M,
	snapshot: SnapshotFrom<M>,
	event: EventFromLogic<M>
): Stepped<M> {
	if (isOver(snapshot)) return { snapshot, passages: [] };
	return stepCompiled(machine, snapshot, event) ?? stepByXState(machine, snapshot, event);
}

/** The same by XState's own functions, which take any chart. */
export function stepByXState<M extends AnyStateMachine>(
	machine: M,
	snapshot: SnapshotFrom<M>,
	event: EventFromLogic<M>
): Stepped<M> {
	return collect<M>(pathOf(snapshot), getMicrosteps(machine, snapshot, event), snapshot);
}

/** Snapshots at rest in each state, of which all but the context stays the same. */
const rests = new WeakMap<Leaf, AnyMachineSnapshot>();
/** By the `value` of those snapshots. */
const leaves = new WeakMap<object, Leaf>();

function stepCompiled<M extends AnyStateMachine>(
	machine: M,
	snapshot: SnapshotFrom<M>,
	event: EventFromLogic<M>
): Stepped<M> | null {
	const chart = chartOf(machine);
	const now: unknown = snapshot;
	if (!chart || !isMachineSnapshot(now)) return null;
	const { value } = now;
	const leaf = (typeof value === 'object' && leaves.get(value)) || chart.leafAt(join(value));
	if (!leaf) return null;
	const passages: Passage[] = [];
	let from = leaf;
	let held: MachineContext = now.context;
	for (const { leaf: to, context, told } of chart.run(leaf, held, event)) {
		passages.push({ from: from.path, to: to.path, effects: told });
		from = to;
		held = context;
	}
	if (from === leaf && held === now.context) return { snapshot, passages };
	let rest = rests.get(from);
	if (!rest) {
		const status = from.over ? 'done' : 'active';
		rest = machine.resolveState({ value: from.value, context: held, status }) as AnyMachineSnapshot;
		rests.set(from, rest);
		if (typeof rest.value === 'object') leaves.set(rest.value, from);
	}
	return { snapshot: { ...rest, context: held } as SnapshotFrom<M>, passages };
}

type Microsteps<M extends AnyStateMachine> = ReturnType<typeof getMicrosteps<M>>;

function collect<M extends AnyStateMachine>(
	path: string,
	microsteps: Microsteps<M>,
	before?: SnapshotFrom<M>
): Stepped<M> {
	let from = path;
	let snapshot = before;
	const passages: Passage[] = [];
	for (const [reached, actions] of microsteps) {
		const to = pathOf(reached);
		passages.push({ from, to, effects: actions.map(({ type, params }) => ({ type, params })) });
		from = to;
		snapshot = reached;
	}
	if (snapshot === undefined) throw new Error('a chart has an initial state');
	return { snapshot, passages };
}

function isOver(snapshot: unknown): boolean {
	return isMachineSnapshot(snapshot) && snapshot.status !== 'active';
}

/**
 * Where a snapshot is, as a dotted path from the outermost state to the innermost:
 * `AUTHORIZATION.waitingForName`.
 */
export function pathOf(snapshot: unknown): string {
	return isMachineSnapshot(snapshot) ? join(snapshot.value) : '';
}

function join(value: StateValue): string {
	if (typeof value === 'string') return value;
	return Object.entries(value)
		.map(([key, inner]) => (inner === undefined ? key : `${key}.${join(inner)}`))
		.join(' ');
}

/** The outermost state of a path: in the server chart RFC 1939's own word for it. */
export function stateOf(path: string): string {
	const dot = path.indexOf('.');
	return dot < 0 ? path : path.slice(0, dot);
}
