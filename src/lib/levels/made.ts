/**
 * A level that somebody made in the yard: a scene, what was done before it opens, rows that name events, and a recorded
 * solution. Law: plain data and no code; what a row looks for is a kind of event and some of its scalar fields.
 */
import type { Event, EventKind, EventOf, Input, TimedInput } from '#lib/sim/event.ts';
import { fingerprint } from './fingerprint.ts';
import { count, met, never, type Match } from './goals.ts';
import type { Level, Milestone, Par, Row } from './level.ts';
import { levelOfScene, type Scene } from './scene.ts';

export type Scalar = string | number | boolean | null;

export interface MadeRow {
	/** What the player reads. */
	readonly say: string;
	/** Green until an event matches; absent or false: open until one does. */
	readonly guard?: boolean;
	readonly kind: RowKind;
	/** The event's fields that must be exactly so. */
	readonly fields: Readonly<Record<string, Scalar>>;
	/** The n-th event that matches; 1 if absent. */
	readonly times?: number;
	/** Which step of the solution leads to it, counted from 0. */
	readonly by?: number;
}

export interface MadeLevel {
	readonly version: 1;
	readonly title: string;
	readonly mission: string;
	/** '' : there is none. */
	readonly hint: string;
	readonly debrief: string;
	readonly scene: Scene;
	/** Done before the level opens, with its times. */
	readonly prelude: readonly TimedInput[];
	readonly rows: readonly MadeRow[];
	/** What solves it, in times of the same run. */
	readonly solution: readonly TimedInput[];
}

/** Characters at most, and how many rows and steps. */
export const MADE_LIMITS = {
	title: 60,
	mission: 400,
	hint: 200,
	debrief: 500,
	say: 120,
	rows: 20,
	steps: 5_000,
	times: 1_000
} as const;

type Fields<K extends EventKind> = readonly Exclude<keyof EventOf<K>, 'kind' | 'seq' | 'at' | 'cause'>[];

/** The kinds of event that a row can name, in words, and their scalar fields; the first ones are asked for at once. */
export const ROW_KINDS = {
	'tcp.state': { say: 'TCP state', fields: ['host', 'to', 'from', 'on', 'connection'], asks: 2 },
	'tcp.error': { say: 'connection fails', fields: ['host', 'error', 'connection'], asks: 2 },
	'tcp.retransmit': { say: 'sent again', fields: ['host', 'reason', 'sequence', 'connection'], asks: 1 },
	'tcp.discarded': { say: 'segment discarded', fields: ['host', 'reason', 'connection'], asks: 2 },
	'tcp.report': { say: 'TCP tells its user', fields: ['host', 'report', 'detail', 'connection'], asks: 2 },
	'pop3.state': {
		say: 'POP3 state',
		fields: ['side', 'to', 'on', 'from', 'path', 'host', 'session'],
		asks: 3
	},
	'pop3.command': { say: 'server reads', fields: ['keyword', 'args', 'state', 'host', 'session'], asks: 2 },
	'pop3.reply': {
		say: 'server answers',
		fields: ['keyword', 'ok', 'text', 'octets', 'host', 'session'],
		asks: 2
	},
	'pop3.sent': { say: 'client sends', fields: ['host', 'line', 'session'], asks: 2 },
	'pop3.received': {
		say: 'client reads',
		fields: ['keyword', 'ok', 'host', 'text', 'lines', 'octets', 'session'],
		asks: 3
	},
	'maildrop.lock': { say: 'box locked', fields: ['user', 'held', 'host', 'session'], asks: 2 },
	'maildrop.mark': {
		say: 'letter marked',
		fields: ['uid', 'marked', 'user', 'number', 'host', 'session'],
		asks: 2
	},
	'maildrop.expunge': { say: 'letter gone', fields: ['uid', 'user', 'host', 'session'], asks: 1 },
	'mail.sync': { say: 'sync begins', fields: ['host', 'account', 'policy'], asks: 1 },
	'mail.letter': { say: 'letter stored', fields: ['host', 'uid', 'whole', 'number', 'session'], asks: 3 },
	'mail.problem': {
		say: 'mail program complains',
		fields: ['host', 'weight', 'what', 'where', 'session'],
		asks: 2
	},
	'mail.done': { say: 'sync ends', fields: ['host', 'fetched', 'deleted', 'updated', 'session'], asks: 2 },
	'packet.sent': {
		say: 'packet on a link',
		fields: ['link', 'from', 'to', 'packet', 'again', 'partOf', 'forged'],
		asks: 3
	},
	'packet.delivered': { say: 'packet arrives', fields: ['link', 'host', 'packet'], asks: 2 },
	'packet.dropped': { say: 'packet lost', fields: ['reason', 'link', 'host', 'packet', 'detail'], asks: 2 },
	'packet.changed': { say: 'packet changed', fields: ['what', 'link', 'packet', 'detail'], asks: 2 },
	'ip.reassembled': { say: 'pieces put together', fields: ['host'], asks: 1 },
	'ip.path-mtu': { say: 'path MTU learnt', fields: ['host', 'mtu', 'to'], asks: 2 },
	'icmp.received': { say: 'ICMP message', fields: ['host', 'type', 'code', 'from', 'mtu'], asks: 3 },
	'nat.mapped': { say: 'NAT row made', fields: ['host', 'inside', 'outside', 'protocol'], asks: 1 },
	'nat.expired': { say: 'NAT row gone', fields: ['host', 'inside', 'outside', 'protocol'], asks: 1 }
} as const satisfies { readonly [K in EventKind]?: { say: string; fields: Fields<K>; asks: number } };

export type RowKind = keyof typeof ROW_KINDS;

export const isRowKind = (kind: string): kind is RowKind => Object.hasOwn(ROW_KINDS, kind);

/** A field of an event as a row may ask for it; undefined: the event has no such scalar. */
export function fieldOf(event: Event, name: string): Scalar | undefined {
	const value: unknown = Object.entries(event).find(([key]) => key === name)?.[1];
	const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return scalar || value === null ? value : undefined;
}

/** Whether an event is the one that a row means. */
export function matchOf({ kind, fields }: Pick<MadeRow, 'kind' | 'fields'>): Match {
	const wanted = Object.entries(fields);
	return (event) => event.kind === kind && wanted.every(([name, value]) => fieldOf(event, name) === value);
}

export function rowOf(made: MadeRow): Row {
	const match = matchOf(made);
	if (!made.guard) return { say: made.say, is: count(match, made.times ?? 1) };
	const is = (made.times ?? 1) > 1 ? count(match, made.times ?? 1) : never(match);
	return { say: made.say, is, guard: true };
}

/** A step in a few words, for the last hint. */
function sayInput(input: Input): string {
	switch (input.kind) {
		case 'type':
			return `Type: ${input.line}`;
		case 'sync':
			return 'Let the mail program fetch the mail.';
		case 'packet':
			return `Do something to packet ${input.packet}: ${input.act.do}.`;
		default:
			return `Begin with this: ${input.kind}.`;
	}
}

/** What the solution costs: the level's par. */
function parOf(inputs: readonly TimedInput[]): readonly Par[] {
	const commands = inputs.filter(
		({ input }) => input.kind === 'octets' || (input.kind === 'type' && input.line.trim() !== '')
	).length;
	const acts = inputs.filter(
		({ input }) =>
			!['octets', 'type', 'answer'].includes(input.kind) &&
			!(input.kind === 'packet' && input.act.do === 'release')
	).length;
	return [
		...(commands > 0 || acts === 0 ? [{ unit: 'command', n: commands } as const] : []),
		...(acts > 0 ? [{ unit: 'act', n: acts } as const] : [])
	];
}

export function levelOfMade(made: MadeLevel): Level {
	const goal = made.rows.map(rowOf);
	const steps = made.solution.map(({ input }) => input);
	const [first] = steps;
	const milestones = made.rows.flatMap((row, i): Milestone[] => {
		const is = goal[i]?.is;
		const step = steps[row.by ?? 0] ?? first;
		return row.guard || !is || !step ? [] : [{ is: met(is), next: row.say, step }];
	});
	return levelOfScene(made.scene, {
		slug: `made-${fingerprint(made)}`,
		title: made.title,
		concept: 'Made in the yard.',
		mission: made.mission,
		prelude: made.prelude.map(({ input }) => input),
		opened: made.prelude,
		goal,
		milestones,
		par: parOf(made.solution),
		hints: [
			made.hint || 'Read the rows: each of them is one event.',
			'The next open row says what is still missing.',
			first ? sayInput(first) : ''
		],
		showMe: steps,
		debrief: made.debrief
	});
}
