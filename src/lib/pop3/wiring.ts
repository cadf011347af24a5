/**
 * The server's chart with arrows aimed elsewhere, as a person may aim them. Its law: what comes out is a chart like the
 * one in server.machine.ts and runs as that does; every arrow that is not named stays as RFC 1939 has it.
 */
import { StateMachine, type AnyStateMachine } from 'xstate';
import { serverMachine } from './server.machine.ts';
import { marksToExpunge, nameHeld, trusting } from './server-setup.ts';

/** Paths of the states that an arrow can lead to. */
export const PLACES = [
	'AUTHORIZATION.waitingForName',
	'AUTHORIZATION.waitingForPassword',
	'TRANSACTION',
	'UPDATE',
	'closed'
] as const;
export type Place = (typeof PLACES)[number];

/** An arrow: in the state `from`, on `on`, the server goes to `to`. */
export interface Wire {
	readonly from: 'AUTHORIZATION' | 'AUTHORIZATION.waitingForPassword' | 'TRANSACTION';
	readonly on: string;
	readonly to: Place;
	/** What is marked is removed at once on the way. */
	readonly expunges?: true;
}

const IN_TRANSACTION = ['STAT', 'LIST', 'RETR', 'DELE', 'NOOP', 'RSET'] as const;

/** The arrows that can be aimed, as RFC 1939 aims them. */
export const ARROWS: readonly Wire[] = [
	{ from: 'AUTHORIZATION', on: 'USER', to: 'AUTHORIZATION.waitingForPassword' },
	{ from: 'AUTHORIZATION.waitingForPassword', on: 'PASS', to: 'TRANSACTION' },
	{ from: 'AUTHORIZATION', on: 'QUIT', to: 'closed' },
	...IN_TRANSACTION.map((on): Wire => ({ from: 'TRANSACTION', on, to: 'TRANSACTION' })),
	{ from: 'TRANSACTION', on: 'QUIT', to: 'UPDATE' },
	{ from: 'TRANSACTION', on: 'LOST', to: 'closed' }
];

/** Which arrow it is, wherever it is aimed. */
export const arrowId = ({ from, on }: Pick<Wire, 'from' | 'on'>): string => `${from} ${on}`;
export const sameAim = (a: Wire, b: Wire): boolean => a.to === b.to && a.expunges === b.expunges;

/** All arrows, those of `wires` aimed as they say; of two for one arrow the later holds. */
export function arrowsWith(wires: readonly Wire[]): readonly Wire[] {
	const given = new Map(wires.map((wire) => [arrowId(wire), wire]));
	return ARROWS.map((arrow) => given.get(arrowId(arrow)) ?? arrow);
}

/** Why a wire cannot be; null: it can. */
export function wireProblem(wire: Wire): string | null {
	if (!ARROWS.some((arrow) => arrowId(arrow) === arrowId(wire)))
		return `no arrow leads from ${wire.from} on ${wire.on}`;
	return PLACES.includes(wire.to) ? null : `no arrow can lead to ${wire.to}`;
}

/** What is read of the definition and written anew. */
interface Node {
	readonly on?: Readonly<Record<string, unknown>>;
	readonly states?: Readonly<Record<string, Node>>;
}
interface Branch {
	readonly guard?: unknown;
	readonly target?: unknown;
	readonly actions?: unknown;
}
type Action = string | { readonly type: string };

const list = <T>(given: unknown): readonly T[] =>
	given === undefined ? [] : Array.isArray(given) ? (given as T[]) : [given as T];
const nameOf = (action: Action): string => (typeof action === 'string' ? action : action.type);
const isReply = (action: Action): boolean => /^(reply|refuse)/.test(nameOf(action));
const release = { type: 'releaseMaildrop', params: nameHeld };
/** Actions that only belong to where the arrow leads by right. */
const BY_RIGHT = ['openMaildrop', 'releaseMaildrop', 'hangUp', 'noteGone'];

/** What happens on the way, so that wherever an arrow leads a line has its reply and a lock its holder. */
function deeds({ from, on, to, expunges }: Wire, given: readonly Action[]): readonly Action[] {
	const own = given.filter((action) => !BY_RIGHT.includes(nameOf(action)));
	const notes = own.filter((action) => !isReply(action));
	const lost = on === 'LOST';
	const reply: readonly Action[] = lost ? [] : own.some(isReply) ? own.filter(isReply) : ['replyNothingDone'];
	const removed: readonly Action[] = expunges ? [{ type: 'expunge', params: marksToExpunge } as Action] : [];
	const held = from === 'TRANSACTION';
	const left: readonly Action[] = held ? [release] : [];
	if (to === 'UPDATE') return [...notes, ...removed, ...(lost ? ['noteGone'] : [])];
	if (to === 'closed') return [...notes, ...removed, ...reply, ...left, ...(lost ? [] : ['hangUp'])];
	if (to !== 'TRANSACTION') return [...notes, ...removed, ...reply, ...left];
	if (held) return [...notes, ...removed, ...reply];
	const proof = on === 'PASS' ? given.filter((action) => nameOf(action) === 'openMaildrop') : [];
	return [...notes, ...(proof.length > 0 ? proof : [{ type: 'openMaildrop', params: trusting } as Action])];
}

/** Where the chart goes for it: the box is opened on the way to TRANSACTION. */
function goal({ from, to }: Wire): string | undefined {
	if (to === 'TRANSACTION') return from === to ? undefined : '#pop3-server.AUTHORIZATION.openingMaildrop';
	return `#pop3-server.${to}`;
}

/** The definition with one arrow aimed. Branches that refuse a command stay as they are. */
function aimed(node: Node, wire: Wire, path: readonly string[] = wire.from.split('.')): Node {
	const [child, ...inner] = path;
	if (child !== undefined) {
		const state = node.states?.[child] ?? {};
		return { ...node, states: { ...node.states, [child]: aimed(state, wire, inner) } };
	}
	const branches = list<Branch>(node.on?.[wire.on]).flatMap((branch): readonly Branch[] => {
		if (branch.guard === 'staysSilent' || branch.guard === 'isRefused') return [branch];
		if (branch.guard === 'namesAreChecked' || branch.guard === 'updatesOnLoss') return [];
		const { guard, actions } = branch;
		const target = goal(wire);
		return [
			{
				...(guard !== undefined && { guard }),
				...(target && { target }),
				actions: deeds(wire, list(actions))
			}
		];
	});
	return { ...node, on: { ...node.on, [wire.on]: branches } };
}

type Machine = typeof serverMachine;
const machines = new Map<string, Machine>();

/** The chart with these arrows. */
export function wired(wires: readonly Wire[] = []): Machine {
	const changed = arrowsWith(wires).filter((wire, i) => !sameAim(wire, ARROWS[i] ?? wire));
	if (changed.length === 0) return serverMachine;
	const key = changed.map((wire) => `${arrowId(wire)} ${wire.to} ${wire.expunges === true}`).join('|');
	let machine = machines.get(key);
	if (!machine) {
		const config = changed.reduce<Node>((node, wire) => aimed(node, wire), serverMachine.config as Node);
		// the same states with the same names for the same things: only where arrows lead is another matter
		const made: AnyStateMachine = new StateMachine(
			config as Machine['config'],
			serverMachine.implementations
		);
		machine = made as Machine;
		machines.set(key, machine);
	}
	return machine;
}
