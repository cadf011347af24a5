/** A chart in words: what the picture shows, for ears, and as text that can be taken along. */
import * as words from '#words/chart-model.ts';
import { fullTrigger, innermost, nameOf, waysOut, type Chart } from './chart.ts';
import { isPlanned, ORDER, type Stride } from './chart-order.ts';

/** `QUIT, ENDED or LOST`. */
export const either = words.either;

/** `TRANSACTION on OPENED; closed on QUIT or LOST`. '' where it can go nowhere. */
export const waysText = (chart: Chart, path: string): string =>
	waysOut(chart, path)
		.map(({ to, on }) => words.way(nameOf(chart, to), either(on)))
		.join('; ');

/** Every state with every transition, one a line. */
export function chartText(chart: Chart, current: string | null): string {
	const lines = [chart.title];
	if (current !== null) {
		const ways = waysText(chart, current);
		lines.push(words.current(current, ways));
	}
	const all = [{ path: '', name: words.anyState, means: '', rfc: '', parent: '' }, ...chart.states];
	for (const { path, name, means, rfc } of all) {
		const own = chart.transitions.filter(({ from }) => from === path);
		if (path === '' && own.length === 0) continue;
		const indent = '\t'.repeat(Math.max(0, path.split('.').length - 1));
		lines.push('', `${indent}${name}${rfc ? ` (${rfc})` : ''}${means ? `: ${means}` : ''}`);
		for (const transition of own) {
			const { to, actions } = transition;
			const goal = to === null ? words.stays : `→ ${nameOf(chart, innermost(chart, to))}`;
			lines.push(
				`${indent}\t${words.on(fullTrigger(transition))} ${goal}${actions.length ? ` / ${actions.join(', ')}` : ''}`
			);
		}
	}
	return `${lines.join('\n')}\n`;
}

/** The recommended order, and the way that was taken, with what was not on it. */
export function orderText(way: readonly Stride[]): string {
	const lines = [words.orderTitle, ORDER.join(' → '), '', words.yourWay];
	for (const [i, { keyword }] of way.entries()) {
		const before = way[i - 1]?.keyword;
		const beside = before !== undefined && before !== keyword && !isPlanned(before, keyword);
		lines.push(`${i}. ${keyword}${beside ? ` ${words.anotherWay}` : ''}`);
	}
	if (way.length === 0) lines.push(words.nothingSent);
	return `${lines.join('\n')}\n`;
}

/** Each step of the way that was taken: its number, from, to, and whether it is the recommended one. */
export const orderCells = (way: readonly Stride[]): readonly (readonly string[])[] =>
	way.slice(1).map(({ keyword }, i) => {
		const from = way[i]?.keyword ?? '';
		const planned = from === keyword || isPlanned(from, keyword);
		return [String(i + 1), from, keyword, planned ? words.asRecommended : words.another];
	});

/** Every transition, in the order of the states. */
export function chartCells(chart: Chart): readonly (readonly string[])[] {
	const states = [{ path: '', name: words.anyState }, ...chart.states];
	return states.flatMap(({ path, name }) =>
		chart.transitions
			.filter(({ from }) => from === path)
			.map((transition) => [
				name,
				fullTrigger(transition),
				transition.to === null ? words.stays : nameOf(chart, innermost(chart, transition.to)),
				transition.actions.join(', '),
				transition.rfc
			])
	);
}
