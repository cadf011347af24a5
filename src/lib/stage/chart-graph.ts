/**
 * What of a chart is drawn: boxes and edges. Transitions between the same two boxes are one edge with a list of labels;
 * a box that is closed stands for all that is in it. Its law: every transition of the chart is in exactly one edge or
 * inside exactly one box.
 */
import * as words from '#words/chart-model.ts';
import {
	innermost,
	inWords,
	nameOf,
	outwards,
	stateAt,
	takenAt,
	trigger,
	type Chart,
	type ChartState,
	type ChartTransition
} from './chart.ts';

export interface GraphNode {
	readonly id: string;
	/** Path of the state; '' where it stands for any of several. */
	readonly path: string;
	/** `frame`: a state that is open, with its children in it; `any`: from any state of its frame. */
	readonly kind: 'state' | 'frame' | 'any';
	/** Id of the frame it is in; null: none. */
	readonly frame: string | null;
	/** Of a frame: the box that is entered first. */
	readonly first: string | null;
	readonly title: string;
	/** Events that lead nowhere, in lines. */
	readonly lines: readonly string[];
	/** Can be opened: it has children that are not drawn. */
	readonly closed: boolean;
	/** Ids of the transitions that happen in it. */
	readonly inside: readonly string[];
}

export interface GraphEdge {
	readonly id: string;
	readonly from: string;
	readonly to: string;
	readonly lines: readonly string[];
	/** Ids of the transitions that it stands for. */
	readonly transitions: readonly string[];
	/** Recommended. */
	readonly plan?: true;
	/** The way that was taken goes along it. */
	readonly own?: true;
}

export interface Graph {
	readonly nodes: readonly GraphNode[];
	readonly edges: readonly GraphEdge[];
}

/** Characters in a line of labels; in a line inside a box. */
const LABEL = 16;
const INSIDE = 24;

/** Words in lines of at most `width` characters; a longer word has a line of its own. */
export function wrapped(words: readonly string[], width: number, between: string): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const [i, word] of words.entries()) {
		const last = i === words.length - 1;
		const piece = last ? word : `${word}${between.trimEnd()}`;
		const longer = line === '' ? piece : `${line} ${piece}`;
		if (longer.length > width && line !== '') {
			lines.push(line);
			line = piece;
		} else line = longer;
	}
	return line === '' ? lines : [...lines, line];
}

/** The end of things, where a state is drawn twice. */
export const endOf = (path: string): string => `${path} (end)`;
export const anyOf = (frame: string): string => `${frame}.*`;

/** Boxes that are nested may be opened; the paths of those that are. */
export function graphOf(chart: Chart, open: ReadonlySet<string>): Graph {
	/** The box that stands for a state: the outermost closed one around it, or itself. */
	const shown = (path: string): string => {
		const around = [...outwards(path)].reverse().slice(1);
		return around.find((outer) => !open.has(outer)) ?? path;
	};
	/** An open frame is entered by its initial child. */
	const entered = (path: string): string => {
		const box = shown(path);
		const initial = stateAt(chart, box)?.initial;
		return open.has(box) && initial ? entered(initial) : box;
	};
	const inside = new Map<string, string[]>();
	const edges = new Map<string, { from: string; to: string; transitions: ChartTransition[] }>();
	const any = new Set<string>();

	const isFrame = (path: string) => path === '' || (open.has(path) && shown(path) === path);
	const target = ({ from, to, id }: ChartTransition): string => {
		const box = entered(to ?? from);
		if (box !== chart.twice) return box;
		const back = chart.transitions.some((other) => other.from === chart.twice && other.to === from);
		return back && !chart.common.has(id) ? box : endOf(box);
	};
	for (const transition of chart.transitions) {
		const { id, from, to } = transition;
		const common = chart.common.has(id);
		const goal = target(transition);
		const hub = common || isFrame(from);
		const source = hub ? anyOf(common ? '' : from) : shown(from);
		if (to === null || (!hub && source === goal)) {
			const box = from === '' ? anyOf('') : shown(from);
			inside.set(box, [...(inside.get(box) ?? []), id]);
			if (from === '') any.add(anyOf(''));
			continue;
		}
		if (hub) any.add(source);
		const key = `${source} → ${goal}`;
		const edge = edges.get(key) ?? { from: source, to: goal, transitions: [] };
		edge.transitions.push(transition);
		edges.set(key, edge);
	}

	const nodes: GraphNode[] = [];
	const frameOf = (path: string): string | null => {
		const parent = stateAt(chart, path)?.parent ?? '';
		return parent === '' ? null : parent;
	};
	for (const state of chart.states) {
		const { path, name, initial } = state;
		if (shown(path) !== path) continue;
		const frame = open.has(path);
		if (frame) any.add(anyOf(path));
		const nested = initial !== null;
		nodes.push({
			id: path,
			path,
			kind: frame ? 'frame' : 'state',
			frame: frameOf(path),
			first: frame ? entered(path) : null,
			title: name,
			lines: frame ? [] : linesOf(chart, state),
			closed: nested && !frame,
			inside: inside.get(path) ?? []
		});
	}
	if (chart.twice !== null)
		nodes.push({
			id: endOf(chart.twice),
			path: chart.twice,
			kind: 'state',
			frame: null,
			first: null,
			title: nameOf(chart, chart.twice),
			lines: [],
			closed: false,
			inside: []
		});
	for (const id of any) {
		const frame = id.slice(0, -2);
		nodes.push({
			id,
			path: '',
			kind: 'any',
			frame: frame === '' ? null : frame,
			first: null,
			title: frame === '' ? anyTitle(chart) : words.anywhereIn(nameOf(chart, frame)),
			lines: linesOf(chart, stateAt(chart, frame)),
			closed: false,
			inside: frame === '' ? (inside.get(id) ?? []) : []
		});
	}
	return {
		nodes,
		edges: [...edges].map(([id, { from, to, transitions }]) => ({
			id,
			from,
			to,
			lines: wrapped([...new Set(transitions.map(trigger))], LABEL, ', '),
			transitions: transitions.map((transition) => transition.id)
		}))
	};
}

/** What happens in a state without leaving it. */
function linesOf(chart: Chart, state: ChartState | undefined): readonly string[] {
	const deeds = (word: string, names: readonly string[] = []) =>
		names.map((name) => `${word}: ${inWords(name)}`);
	return [
		...wrapped(takenAt(chart, state?.path ?? ''), INSIDE, ''),
		...deeds(words.entry, state?.entry),
		...deeds(words.exit, state?.exit)
	];
}

/** `any state but CLOSED`. */
function anyTitle(chart: Chart): string {
	if (chart.common.size === 0) return words.anyState;
	const sources = new Set(chart.transitions.filter(({ id }) => chart.common.has(id)).map(({ from }) => from));
	const others = chart.states.filter(({ path }) => !sources.has(path)).map(({ name }) => name);
	return others.length === 0 ? words.anyState : words.anyStateBut(others);
}

/** The box in which a state is drawn. */
export const boxOf = (chart: Chart, open: ReadonlySet<string>, path: string): string => {
	const inner = innermost(chart, path);
	return (
		[...outwards(inner)]
			.reverse()
			.slice(1)
			.find((outer) => !open.has(outer)) ?? inner
	);
};
