/**
 * An XState machine's definition as a chart. Its law: it reads the resolved nodes of the machine that runs and knows
 * nothing of what they are for.
 */
import { inWords, type Chart, type ChartState, type ChartTransition } from './chart.ts';

/** What is read of an XState state node. */
export interface MachineNode {
	readonly path: readonly string[];
	readonly key: string;
	readonly description?: string | undefined;
	readonly meta?: unknown;
	readonly initial: { readonly target?: readonly MachineNode[] | undefined };
	readonly states: Readonly<Record<string, MachineNode>>;
	readonly transitions: ReadonlyMap<string, readonly MachineTransition[]>;
	readonly always?: readonly MachineTransition[] | undefined;
	readonly entry: readonly unknown[];
	readonly exit: readonly unknown[];
}
interface MachineTransition {
	readonly target?: readonly MachineNode[] | undefined;
	readonly guard?: unknown;
	readonly actions: readonly unknown[];
}

const pathOf = ({ path }: MachineNode): string => path.join('.');

function rfcOf({ meta }: MachineNode): string {
	return typeof meta === 'object' && meta !== null && 'rfc' in meta ? String(meta.rfc) : '';
}

/** Name of an action or guard, with its plain parameters. */
function called(given: unknown): string {
	if (typeof given === 'string') return given;
	if (typeof given === 'function') return given.name;
	if (typeof given !== 'object' || given === null || !('type' in given)) return '';
	const params: unknown = 'params' in given ? given.params : undefined;
	const words =
		typeof params === 'object' && params !== null
			? Object.values(params).filter((value) => typeof value === 'string')
			: [];
	// a long text is what an action says, not what it is
	return [String(given.type), ...words.filter((word) => word.length <= 12)].join(' ');
}

export function chartOfMachine(title: string, root: MachineNode): Chart {
	const states: ChartState[] = [];
	const transitions: ChartTransition[] = [];

	const add = (node: MachineNode, on: string, list: readonly MachineTransition[]) => {
		for (const { target, guard, actions } of list) {
			const goal = target?.[0];
			transitions.push({
				id: `${pathOf(node)} ${on} ${transitions.length}`,
				from: pathOf(node),
				to: goal ? pathOf(goal) : null,
				on,
				guard: guard === undefined ? null : inWords(called(guard)),
				actions: actions.map(called).filter((name) => name !== ''),
				rfc: rfcOf(node)
			});
		}
	};
	const visit = (node: MachineNode) => {
		const entered = node.initial.target?.[0];
		if (node.path.length > 0)
			states.push({
				path: pathOf(node),
				name: node.key,
				parent: node.path.slice(0, -1).join('.'),
				means: node.description ?? '',
				rfc: rfcOf(node),
				initial: entered ? pathOf(entered) : null,
				entry: node.entry.map(called),
				exit: node.exit.map(called)
			});
		for (const [on, list] of node.transitions) if (on !== '') add(node, on, list);
		add(node, '', node.always ?? []);
		for (const child of Object.values(node.states)) visit(child);
	};
	visit(root);

	let first = root;
	for (let next = first.initial.target?.[0]; next; next = first.initial.target?.[0]) first = next;
	return { title, states, transitions, initial: pathOf(first), common: new Set(), twice: null };
}
