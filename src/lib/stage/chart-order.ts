/**
 * The order in which commands are best given, as a student's flow diagram of POP3 draws it, and over it the way that
 * was taken. Its law: the way is the log's, line by line; nothing that was sent is left out.
 */
import type { Event } from '#lib/sim/event.ts';
import * as words from '#words/chart-model.ts';
import type { Graph, GraphEdge, GraphNode } from './chart-graph.ts';

export const ORDER = ['connect', 'USER', 'PASS', 'STAT', 'LIST', 'RETR', 'DELE', 'QUIT'] as const;
/** Back to the next letter, or past what is not needed. */
const BESIDE = [
	['DELE', 'RETR'],
	['RETR', 'QUIT']
] as const;

/** One line that was sent. */
export interface Stride {
	/** Log position of the event that tells of it. */
	readonly seq: number;
	readonly keyword: string;
}

/** The last session of a host, in the order of its lines. */
export function strides(log: readonly Event[], host: string): readonly Stride[] {
	let way: Stride[] = [];
	let session = '';
	for (const event of log) {
		if (event.kind === 'pop3.state' && event.host === host && event.side === 'client') {
			if (event.session === '' || event.session === session || event.from === event.to) continue;
			session = event.session;
			way = [{ seq: event.seq, keyword: 'connect' }];
		} else if (event.kind === 'pop3.sent' && event.host === host) {
			if (event.session !== session) way = [];
			session = event.session;
			const keyword = (/^\S+/.exec(event.line)?.[0] ?? '').toUpperCase();
			way.push({ seq: event.seq, keyword: /^[A-Z0-9]{2,8}$/.test(keyword) ? keyword : 'other' });
		}
	}
	return way;
}

const idOf = (from: string, to: string): string => `${from} → ${to}`;

/** The recommended order, with the way over it: its edges carry the numbers of the strides that went along them. */
export function orderGraph(way: readonly Stride[]): Graph {
	const used = [...new Set(way.map(({ keyword }) => keyword))];
	const others = used.filter((keyword) => !ORDER.some((one) => one === keyword));
	const nodes = [...ORDER, ...others].map((keyword): GraphNode => ({
		id: keyword,
		path: keyword,
		kind: 'state',
		frame: null,
		first: null,
		title: keyword,
		lines: words.purposes[keyword] === undefined ? [] : [words.purposes[keyword]],
		closed: false,
		inside: []
	}));
	const edges = new Map<string, GraphEdge & { readonly numbers: number[] }>();
	const plan = [...ORDER.slice(1).map((to, i) => [ORDER[i] ?? to, to] as const), ...BESIDE];
	const add = (from: string, to: string, own: boolean) => {
		const id = idOf(from, to);
		const edge = edges.get(id) ?? { id, from, to, lines: [], transitions: [], numbers: [] };
		edges.set(id, { ...edge, ...(own ? { own: true } : { plan: true }) });
		return edge;
	};
	for (const [from, to] of plan) add(from, to, false);
	for (const [i, { keyword }] of way.entries()) {
		const before = way[i - 1]?.keyword;
		if (before !== undefined && before !== keyword) add(before, keyword, true).numbers.push(i);
	}
	return {
		nodes,
		edges: [...edges.values()].map(({ numbers, ...edge }) => ({
			...edge,
			lines: numbers.length === 0 ? [] : [labelOf(numbers)],
			transitions: numbers.map(String)
		}))
	};
}

/** `1, 4, 7`; of many the first and how many more. */
const labelOf = (numbers: readonly number[]): string =>
	numbers.length <= 4 ? numbers.join(', ') : `${numbers.slice(0, 3).join(', ')} +${numbers.length - 3}`;

export const isPlanned = (from: string, to: string): boolean =>
	ORDER.some((keyword, i) => keyword === from && ORDER[i + 1] === to) ||
	BESIDE.some((pair) => pair[0] === from && pair[1] === to);
