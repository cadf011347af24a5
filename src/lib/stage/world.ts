/**
 * The hosts as they stand at the cursor: TCP and POP3 state, and the maildrop. A fold over the few events that change
 * them; the log itself is gone through once, when it grows.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import * as words from '#words/stage-said.ts';

export type Change = EventOf<
	'tcp.state' | 'tcp.error' | 'pop3.state' | 'maildrop.lock' | 'maildrop.mark' | 'maildrop.expunge'
>;

const isChange = (event: Event): event is Change =>
	event.kind === 'tcp.state' ||
	event.kind === 'tcp.error' ||
	event.kind === 'pop3.state' ||
	event.kind.startsWith('maildrop.');

export const changesOf = (log: readonly Event[]): readonly Change[] => log.filter(isChange);

export interface Tray {
	/** Whose box: the one that is locked, or the only one. Null: several boxes, none of them open. */
	readonly user: string | null;
	readonly letters: number;
	/** Of these, marked as deleted. */
	readonly marked: number;
	readonly locked: boolean;
}

interface HostView {
	readonly tcp: TcpState;
	/** Null: no session. */
	readonly pop3: string | null;
	/** Null: the host has no maildrop. */
	readonly tray: Tray | null;
}

export interface World {
	readonly hosts: ReadonlyMap<string, HostView>;
	/** A connection is open, opening or closing somewhere. */
	readonly connected: boolean;
	/** There has been one. */
	readonly everConnected: boolean;
}

interface Box {
	letters: number;
	marked: Set<string>;
	locked: boolean;
}

const NOT_CONNECTED: readonly string[] = ['CLOSED', 'LISTEN'];

/** POP3 states in which a host is in no session. */
const NO_SESSION: readonly string[] = ['listening', 'disconnected', 'connecting', 'closed'];
export const sessionOf = (state: string | undefined): string | null =>
	state === undefined || NO_SESSION.includes(state) ? null : state;

/** The TCP state of a host that has no connection: it listens if it serves. */
export const restOf = (serves: boolean): TcpState => (serves ? 'LISTEN' : 'CLOSED');

/** Changes with a log position below `cursor` count. */
export function worldAt(scenario: Scenario, changes: readonly Change[], cursor: number): World {
	// per connection the state at each host; the connection that moved last is the one shown, and of a host that has no
	// part in it its own that did
	const connections = new Map<string, Map<string, TcpState>>();
	const sessions = new Map<string, Map<string, string>>();
	const boxes = new Map<string, Map<string, Box>>();
	const latest = new Map<string, string>();
	let current = '';
	for (const { id, pop3 } of scenario.hosts)
		boxes.set(
			id,
			new Map(
				pop3?.users.map(({ name, box }) => [name, { letters: box.length, marked: new Set(), locked: false }])
			)
		);

	let everConnected = false;
	for (const change of changes) {
		if (change.seq >= cursor) break;
		switch (change.kind) {
			case 'tcp.state': {
				current = change.connection;
				latest.set(change.host, current);
				const ends = connections.get(current) ?? new Map<string, TcpState>();
				connections.set(current, ends.set(change.host, change.to));
				if (change.to === 'ESTABLISHED') everConnected = true;
				break;
			}
			case 'tcp.error':
				break;
			case 'pop3.state': {
				const sides = sessions.get(change.session) ?? new Map<string, string>();
				sessions.set(change.session, sides.set(change.host, change.to));
				break;
			}
			default: {
				const box = boxes.get(change.host)?.get(change.user);
				if (!box) break;
				if (change.kind === 'maildrop.lock') {
					box.locked = change.held;
					box.marked.clear();
				} else if (change.kind === 'maildrop.mark') {
					if (change.marked) box.marked.add(change.uid);
					else box.marked.delete(change.uid);
				} else {
					box.letters--;
					box.marked.delete(change.uid);
				}
			}
		}
	}

	const hosts = new Map<string, HostView>();
	for (const { id, address, pop3 } of scenario.hosts) {
		const has = connections.get(current)?.has(id) === true || current.includes(`${address}:`);
		const own = has ? current : (latest.get(id) ?? '');
		const session = sessions.get(own);
		const state = connections.get(own)?.get(id);
		const alive = state !== undefined && !NOT_CONNECTED.includes(state);
		hosts.set(id, {
			tcp: alive ? state : restOf(pop3 !== undefined),
			pop3: alive ? sessionOf(session?.get(id)) : null,
			// of a server of which no box is known, nothing is said of boxes
			tray: pop3?.users.length ? trayOf(boxes.get(id) ?? new Map<string, Box>()) : null
		});
	}
	const connected = [...connections.values()].some((states) =>
		[...states.values()].some((state) => !NOT_CONNECTED.includes(state))
	);
	return { hosts, connected, everConnected };
}

function trayOf(boxes: ReadonlyMap<string, Box>): Tray {
	const all = [...boxes];
	const shown = all.find(([, box]) => box.locked) ?? (all.length === 1 ? all[0] : undefined);
	if (shown) {
		const [user, box] = shown;
		return { user, letters: box.letters, marked: box.marked.size, locked: box.locked };
	}
	return {
		user: null,
		letters: all.reduce((sum, [, box]) => sum + box.letters, 0),
		marked: 0,
		locked: false
	};
}

/** "4 letters, 1 marked, locked" */
export function trayText({ letters, marked, locked }: Tray): string {
	const parts = [words.letters(letters)];
	if (marked) parts.push(words.marked(marked));
	if (locked) parts.push(words.locked);
	return parts.join(', ');
}

/** "desk ESTABLISHED, post SYN-RECEIVED." and the sessions, for ears. */
export function describeWorld(scenario: Scenario, world: World): string {
	const views = scenario.hosts.flatMap(({ id }) => {
		const view = world.hosts.get(id);
		return view ? [{ id, ...view }] : [];
	});
	const sentences = [views.map(({ id, tcp }) => `${id} ${tcp}`).join(', ')];
	for (const { id, pop3, tray } of views) {
		if (pop3) sentences.push(words.session(id, pop3));
		if (tray) sentences.push(words.maildrop(tray.user, trayText(tray)));
	}
	return `${sentences.join('. ')}.`;
}
