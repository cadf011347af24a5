/** TCP's state table as a chart. Its law: every row and every transition of the table, in the table's order. */
import type { TcpStateRow } from '#lib/tcp/states.ts';
import type { Chart, ChartTransition } from './chart.ts';

/** Transitions on one event to one state from at least so many states are drawn as one edge. */
const COMMON = 4;

/** `twice`: the state in which connections begin and end. */
export function chartOfTable(
	title: string,
	table: Readonly<Record<string, TcpStateRow>>,
	twice: string
): Chart {
	const states = Object.entries(table).map(([name, { description, rfc }]) => ({
		path: name,
		name,
		parent: '',
		means: description,
		rfc,
		initial: null,
		entry: [],
		exit: []
	}));
	const transitions: ChartTransition[] = Object.entries(table).flatMap(([from, { on }]) =>
		Object.entries(on).flatMap(([event, list]) =>
			list.map(({ target, guard, actions, rfc }, i) => ({
				id: `${from} ${event} ${i}`,
				from,
				to: target,
				on: event,
				guard: guard ?? null,
				actions,
				rfc
			}))
		)
	);
	const alike = ({ on, to }: ChartTransition) =>
		transitions.filter((other) => other.on === on && other.to === to).length;
	const common = transitions.filter((transition) => alike(transition) >= COMMON);
	return { title, states, transitions, initial: twice, common: new Set(common.map(({ id }) => id)), twice };
}
