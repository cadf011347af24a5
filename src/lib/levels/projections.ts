/**
 * What stands at the cursor, read from the log: a box, a session, an end of a connection, a device's store, a link.
 * Law: pure; nothing is remembered between two readings, so a rewind needs no undoing.
 */
import { letters } from '#lib/mail/letters.ts';
import type { EventOf } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import type { Log } from './goals.ts';
import { maildrops, type Maildrop } from './maildrop.ts';

/** The box of a user. @throws Error where the scenario has none. */
export function drop(scenario: Scenario, user: string): (log: Log) => Maildrop {
	return (log) => {
		const found = maildrops(scenario, log).find((box) => box.user === user);
		if (!found) throw new Error(`nobody is called ${user}`);
		return found;
	};
}

/** Outermost state of the last session that a host has, on one side; null: it has had none. */
export function pop(log: Log, host: string, side: 'server' | 'client' = 'server'): string | null {
	const last = log.findLast(
		(event) => event.kind === 'pop3.state' && event.host === host && event.side === side
	);
	return last?.kind === 'pop3.state' ? last.to : null;
}

/** State of a host's end of its last connection. */
export function tcp(log: Log, host: string): TcpState {
	const last = log.findLast((event) => event.kind === 'tcp.state' && event.host === host);
	return last?.kind === 'tcp.state' ? last.to : 'CLOSED';
}

export interface Stored {
	/** Whole ones. */
	readonly copies: number;
	/** The newest is octet for octet what the sender wrote. */
	readonly intact: boolean;
}

/** What a device has stored, by the letter's own unique-id, however the server named it. */
export function store(log: Log, host: string): ReadonlyMap<string, Stored> {
	const stored = new Map<string, Stored>();
	for (const event of log) {
		if (event.kind === 'input' && event.input.kind === 'tidy' && event.input.host === host)
			for (const [uid, { intact }] of stored) stored.set(uid, { copies: 1, intact });
		if (event.kind !== 'mail.letter' || event.host !== host || !event.whole) continue;
		const { uid, intact } = whichLetter(event);
		const before = stored.get(uid);
		stored.set(uid, { copies: (before?.copies ?? 0) + 1, intact });
	}
	return stored;
}

/** Every packet that has entered a link, in order. */
export const wire = (log: Log, link: string): readonly EventOf<'packet.sent'>[] =>
	log.filter((event) => event.kind === 'packet.sent').filter((event) => event.link === link);

const ALL = Object.values(letters);

interface Which {
	readonly uid: string;
	readonly intact: boolean;
}
/** By the octets, which never change: they are compared once. */
const looked = new WeakMap<Uint8Array, Which>();

function whichLetter(event: EventOf<'mail.letter'>): Which {
	const { uid, number, bytes } = event;
	let which = looked.get(bytes);
	if (!which) {
		const written = originalOf(event);
		which = {
			uid: written?.uid ?? uid ?? `number ${number}`,
			intact: written !== undefined && same(written.octets, bytes)
		};
		looked.set(bytes, which);
	}
	return which;
}

/** The letter as it was written: by unique-id, or where none is known by its beginning. */
function originalOf({ uid, bytes }: EventOf<'mail.letter'>): (typeof ALL)[number] | undefined {
	return uid === null
		? ALL.find(({ octets }) => same(octets.subarray(0, bytes.length), bytes))
		: ALL.find((letter) => letter.uid === uid);
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((octet, i) => octet === b[i]);
