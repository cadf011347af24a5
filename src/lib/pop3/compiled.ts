/**
 * A chart made into tables: for every innermost state and every event the transitions that may be taken, in the order in
 * which they are tried, each with what it does on the way out, by itself and on the way in. Its law: the chart stays the
 * only source, and every step is the one that XState's own functions would take, for a fiftieth of the time. A chart
 * with more in it than nested states, named guards, effects and `assign` is not compiled.
 */
import type { AnyStateMachine, AnyStateNode, EventObject, MachineContext, StateValue } from 'xstate';

interface At {
	readonly context: MachineContext;
	readonly event: EventObject;
}
type Guard = (at: At, params: unknown) => boolean;
type Change = (at: At, params: unknown) => object;

/** An action: an effect to be told, or a change of the context. */
interface Deed {
	readonly type: string;
	readonly params: (at: At) => unknown;
	readonly change: Change | null;
}

interface Choice {
	readonly guard: ((at: At) => boolean) | null;
	readonly deeds: readonly Deed[];
	/** Where it leads; null: nowhere. */
	readonly to: Leaf | null;
}

/** An innermost state. */
export interface Leaf {
	readonly node: AnyStateNode;
	/** `AUTHORIZATION.waitingForName` */
	readonly path: string;
	readonly value: StateValue;
	readonly over: boolean;
	/** By event type, as they come to be asked for. */
	readonly choices: Map<string, readonly Choice[]>;
	always: readonly Choice[] | null;
}

export interface Told {
	readonly type: string;
	readonly params: unknown;
}

/** What one microstep came to. */
export interface Microstep {
	readonly leaf: Leaf;
	readonly context: MachineContext;
	readonly told: readonly Told[];
}

class Uncompiled extends Error {}

const isInnermost = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final';
const stateNodes = (node: AnyStateNode): AnyStateNode[] => [
	node,
	...Object.values(node.states).flatMap((child) => stateNodes(child))
];

/** From the node up to the outermost. */
function upwards(node: AnyStateNode): AnyStateNode[] {
	return node.parent ? [node, ...upwards(node.parent)] : [node];
}

function valueOf(path: readonly string[]): StateValue {
	const [key = '', ...inner] = path;
	return inner.length === 0 ? key : { [key]: valueOf(inner) };
}

function demand(holds: boolean): void {
	if (!holds) throw new Uncompiled();
}

export class Chart {
	readonly #machine: AnyStateMachine;
	readonly #leaves = new Map<AnyStateNode, Leaf>();
	readonly #byPath = new Map<string, Leaf>();

	/** Throws where the chart has more in it than can be compiled. */
	constructor(machine: AnyStateMachine) {
		this.#machine = machine;
		for (const node of stateNodes(machine.root)) {
			demand(node.type !== 'parallel' && node.type !== 'history');
			demand(node.invoke.length === 0 && node.after.length === 0);
			demand(node.type !== 'final' || node.parent === machine.root);
			for (const descriptor of node.transitions.keys())
				demand(descriptor === '*' || !descriptor.includes('*'));
			if (isInnermost(node)) {
				const path = node.path.join('.');
				const over = node.type === 'final';
				const leaf = { node, path, value: valueOf(node.path), over, choices: new Map(), always: null };
				this.#leaves.set(node, leaf);
				this.#byPath.set(path, leaf);
			}
		}
		// whatever cannot be compiled shows now and not in the middle of a session
		for (const leaf of this.#leaves.values()) {
			const events = upwards(leaf.node).flatMap(({ transitions }) => [...transitions.keys()]);
			for (const event of events) this.#choices(leaf, event);
			this.#always(leaf);
		}
	}

	leafAt(path: string): Leaf | undefined {
		return this.#byPath.get(path);
	}

	/** The microsteps of one event, up to rest. The first is there even where nothing handles the event. */
	run(from: Leaf, before: MachineContext, event: EventObject): readonly Microstep[] {
		const first = this.#take(from, before, event, this.#choices(from, event.type));
		const steps: Microstep[] = [first ?? { leaf: from, context: before, told: [] }];
		for (let last = steps[0]!; !last.leaf.over;) {
			const next = this.#take(last.leaf, last.context, event, this.#always(last.leaf));
			if (!next) break;
			steps.push(next);
			if (next.leaf === last.leaf && next.context === last.context) break;
			last = next;
		}
		return steps;
	}

	#take(
		from: Leaf,
		before: MachineContext,
		event: EventObject,
		choices: readonly Choice[]
	): Microstep | null {
		const first = { context: before, event };
		const choice = choices.find(({ guard }) => guard === null || guard(first));
		if (!choice) return null;
		let context = before;
		const told: Told[] = [];
		for (const { type, params, change } of choice.deeds) {
			const at = { context, event };
			if (change) context = { ...context, ...change(at, params(at)) };
			else told.push({ type, params: params(at) });
		}
		return { leaf: choice.to ?? from, context, told };
	}

	#choices(leaf: Leaf, type: string): readonly Choice[] {
		const known = leaf.choices.get(type);
		if (known) return known;
		const found = upwards(leaf.node).flatMap(({ transitions }) => [
			...(transitions.get(type) ?? []),
			...(type === '*' ? [] : (transitions.get('*') ?? []))
		]);
		const choices = found.map((transition) => this.#choice(leaf, transition));
		leaf.choices.set(type, choices);
		return choices;
	}

	#always(leaf: Leaf): readonly Choice[] {
		leaf.always ??= upwards(leaf.node).flatMap(({ always = [] }) =>
			always.map((transition) => this.#choice(leaf, transition))
		);
		return leaf.always;
	}

	#choice(leaf: Leaf, transition: AnyTransition): Choice {
		const { source, target, actions, guard, reenter } = transition;
		const does = (list: readonly unknown[]) => list.map((action) => this.#deed(action));
		const own = does(actions);
		const goal = target?.[0];
		if (!goal) return { guard: this.#guard(guard), deeds: own, to: null };
		demand(target?.length === 1);
		// the states on the way out end below the one that stays, those on the way in begin there
		const inside = !reenter && upwards(goal).includes(source);
		const outer = upwards(source).slice(1);
		const stays = inside ? source : outer.find((node) => upwards(goal).includes(node) && node !== goal);
		demand(stays !== undefined);
		const below = (node: AnyStateNode) => {
			const up = upwards(node);
			return stays && up.includes(stays) ? up.slice(0, up.indexOf(stays)) : up;
		};
		const out = below(leaf.node).flatMap(({ exit }) => does(exit));
		const way = below(goal)
			.reverse()
			.flatMap(({ entry }) => does(entry));
		let end = goal;
		while (!isInnermost(end)) {
			const initial: AnyTransition = end.initial;
			const next = initial.target?.[0];
			if (!next) throw new Uncompiled();
			demand(next.parent === end);
			way.push(...does(initial.actions), ...does(next.entry));
			end = next;
		}
		const to = this.#leaves.get(end);
		if (!to) throw new Uncompiled();
		const last = to.over ? [...does(end.exit), ...does(this.#machine.root.exit)] : [];
		return { guard: this.#guard(guard), deeds: [...out, ...own, ...way, ...last], to };
	}

	#guard(given: unknown): ((at: At) => boolean) | null {
		if (given === undefined) return null;
		if (typeof given === 'function') throw new Uncompiled();
		const { type, params } = described(given);
		const guard: unknown = this.#machine.implementations.guards[type];
		if (!isPlain<Guard>(guard) || typeof params === 'function') throw new Uncompiled();
		return (at) => guard(at, params);
	}

	#deed(given: unknown): Deed {
		const { type, params } = described(given);
		const action: unknown = typeof given === 'function' ? given : this.#machine.implementations.actions[type];
		const asked = typeof params === 'function' ? (params as (at: At) => unknown) : () => params;
		if (action === undefined || isPlain(action)) return { type, params: asked, change: null };
		return { type, params: asked, change: assignmentOf(action) };
	}
}

interface AnyTransition {
	readonly source: AnyStateNode;
	readonly target?: readonly AnyStateNode[] | undefined;
	readonly actions: readonly unknown[];
	readonly guard?: unknown;
	readonly reenter?: boolean | undefined;
}

/** A function that is no builtin of XState's. */
function isPlain<F extends (...given: never[]) => unknown>(given: unknown): given is F {
	return typeof given === 'function' && !('resolve' in given) && !('check' in given);
}

function described(given: unknown): { readonly type: string; readonly params: unknown } {
	if (typeof given === 'string') return { type: given, params: undefined };
	if (typeof given === 'function') return { type: given.name, params: undefined };
	if (typeof given !== 'object' || given === null || !('type' in given)) throw new Uncompiled();
	return { type: String(given.type), params: 'params' in given ? given.params : undefined };
}

/** What an `assign` assigns. */
function assignmentOf(action: unknown): Change {
	if (typeof action !== 'function' || !('type' in action) || action.type !== 'xstate.assign')
		throw new Uncompiled();
	const assignment: unknown = 'assignment' in action ? action.assignment : undefined;
	if (isPlain<Change>(assignment)) return assignment;
	if (typeof assignment !== 'object' || assignment === null) throw new Uncompiled();
	const entries = Object.entries(assignment);
	return (at, params) =>
		Object.fromEntries(
			entries.map(([key, value]: [string, unknown]) => [
				key,
				isPlain<Change>(value) ? value(at, params) : value
			])
		);
}

const charts = new WeakMap<AnyStateMachine, Chart | null>();

/** Null: XState itself must run it. */
export function chartOf(machine: AnyStateMachine): Chart | null {
	let chart = charts.get(machine);
	if (chart === undefined) charts.set(machine, (chart = compile(machine)));
	return chart;
}

function compile(machine: AnyStateMachine): Chart | null {
	try {
		return new Chart(machine);
	} catch (error) {
		if (error instanceof Uncompiled) return null;
		throw error;
	}
}
