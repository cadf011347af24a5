/**
 * A statechart as plain data: its states, nested by path, and its transitions, as the running definition has them.
 * Adapters fill it (`chart-of-machine.ts`, `chart-of-table.ts`); the picture, the text twin and the live token are all
 * taken from it. Its law: nothing is added to the definition and nothing is left out.
 */
import * as words from '#words/chart-model.ts';

export interface ChartState {
	/** Dotted, outermost first: `AUTHORIZATION.waitingForName`. */
	readonly path: string;
	readonly name: string;
	/** Path of the state around it; '' where there is none. */
	readonly parent: string;
	/** One sentence. */
	readonly means: string;
	readonly rfc: string;
	/** Path of the child that is entered first; null: an innermost state. */
	readonly initial: string | null;
	/** Names of what it does whenever it is entered, and whenever it is left. */
	readonly entry: readonly string[];
	readonly exit: readonly string[];
}

export interface ChartTransition {
	readonly id: string;
	/** Path of the state that has it; '' is the whole chart. */
	readonly from: string;
	/** Path as written in the definition; null: it leads nowhere, only its actions happen. */
	readonly to: string | null;
	/** Event; '' where it is taken without one, `*` where nothing else takes the event. */
	readonly on: string;
	/** Name, in words; null: always. Of several transitions on one event the first whose guard holds is taken. */
	readonly guard: string | null;
	readonly actions: readonly string[];
	readonly rfc: string;
}

export interface Chart {
	readonly title: string;
	readonly states: readonly ChartState[];
	readonly transitions: readonly ChartTransition[];
	/** Path of the innermost state in which it begins. */
	readonly initial: string;
	/** Ids of those that leave nearly every state for the same one: drawn as one edge from "any state". */
	readonly common: ReadonlySet<string>;
	/** State in which everything begins and ends, drawn twice, as in RFC 9293's figure 5. */
	readonly twice: string | null;
}

const byPath = new WeakMap<Chart, ReadonlyMap<string, ChartState>>();

export function stateAt(chart: Chart, path: string): ChartState | undefined {
	let states = byPath.get(chart);
	if (!states) byPath.set(chart, (states = new Map(chart.states.map((state) => [state.path, state]))));
	return states.get(path);
}

/** The path itself, the states around it from inside out, and last '' for the chart. */
export function outwards(path: string): readonly string[] {
	const parts = path === '' ? [] : path.split('.');
	return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('.')), ''];
}

/** The innermost state that is entered when `path` is. */
export function innermost(chart: Chart, path: string): string {
	const initial = stateAt(chart, path)?.initial;
	return initial ? innermost(chart, initial) : path;
}

export const nameOf = (chart: Chart, path: string): string => stateAt(chart, path)?.name ?? path;

/** `nextReplyIsMultiLine` → `next reply is multi line`. */
export const inWords = (name: string): string =>
	name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());

/** What a transition is taken on, in few words. */
export function trigger({ on, guard }: ChartTransition): string {
	if (on !== '' && on !== '*') return on;
	return guard === null ? (on === '*' ? words.anythingElse : words.otherwise) : `[${guard}]`;
}

/** `rcv RST, if opened passively`. */
export function fullTrigger(transition: ChartTransition): string {
	const { on, guard } = transition;
	return on === '' || on === '*' || guard === null ? trigger(transition) : words.onlyIf(on, guard);
}

export interface WayOut {
	/** Path of the innermost state reached. */
	readonly to: string;
	readonly on: readonly string[];
}

/** Where the chart can go from a state, each goal once. */
export function waysOut(chart: Chart, path: string): readonly WayOut[] {
	const ways = new Map<string, Set<string>>();
	for (const source of outwards(path)) {
		for (const transition of chart.transitions) {
			if (transition.from !== source || transition.to === null) continue;
			const to = innermost(chart, transition.to);
			ways.set(to, (ways.get(to) ?? new Set()).add(trigger(transition)));
		}
	}
	return [...ways].map(([to, on]) => ({ to, on: [...on] }));
}

/** Events that a state takes without leaving it. */
export function takenAt(chart: Chart, path: string): readonly string[] {
	const stays = new Set<string>();
	const leaves = new Set<string>();
	for (const { from, to, on } of chart.transitions) {
		if (from !== path || on === '' || on === '*') continue;
		(to === null || to === path || outwards(to).includes(path) ? stays : leaves).add(on);
	}
	return [...stays].filter((event) => !leaves.has(event));
}
