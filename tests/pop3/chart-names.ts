/** The states of a chart, and the actions and guards that it names. */
import type { AnyStateMachine, StateNode } from 'xstate';

export function statesBelow(node: { states: object }): StateNode[] {
	const inner: StateNode[] = Object.values(node.states);
	return inner.flatMap((state) => [state, ...statesBelow(state)]);
}

export const statesOf = (machine: AnyStateMachine): StateNode[] => statesBelow(machine.root);

/** @throws Error where an action or guard stands without a name */
function name(some: unknown): string {
	if (typeof some === 'string') return some;
	if (typeof some === 'object' && some !== null && 'type' in some && typeof some.type === 'string')
		return some.type;
	throw new Error(`an unnamed action or guard: ${String(some)}`);
}

/** In the order of the alphabet, each once. */
export function usedIn(machine: AnyStateMachine): { actions: string[]; guards: string[] } {
	const actions = new Set<string>();
	const guards = new Set<string>();
	for (const state of [machine.root, ...statesOf(machine)]) {
		for (const action of [...state.entry, ...state.exit]) actions.add(name(action));
		for (const transition of [...state.transitions.values(), state.always ?? []].flat()) {
			for (const action of transition.actions) actions.add(name(action));
			if (transition.guard !== undefined) guards.add(name(transition.guard));
		}
	}
	return { actions: [...actions].sort(), guards: [...guards].sort() };
}

export function knownTo({ implementations }: AnyStateMachine): { actions: string[]; guards: string[] } {
	return {
		actions: Object.keys(implementations.actions).sort(),
		guards: Object.keys(implementations.guards).sort()
	};
}
