/**
 * A maildrop twice, as plain functions over immutable data. `Box` is what the store keeps: messages and who
 * holds the lock. `Maildrop` is one session's view, fixed at login: numbers, exact sizes and marks. Nothing
 * leaves a box but by `expunge`. RFC 1939 §4 (lock), §5 (numbers, marks), §6 (UPDATE).
 */

export interface Message {
	/** 1 to 70 characters from 0x21 to 0x7E, unique in the box, never given again (RFC 1939 §7). */
	readonly uid: string;
	readonly octets: Uint8Array;
}

export interface Box {
	readonly messages: readonly Message[];
	/** The session that holds the exclusive lock. */
	readonly heldBy: string | null;
}

/** @throws Error when a unique-id is not one, or not unique. */
export function createBox(messages: readonly Message[]): Box {
	const seen = new Set<string>();
	for (const { uid } of messages) {
		if (!/^[!-~]{1,70}$/.test(uid)) throw new Error(`${JSON.stringify(uid)} is no unique-id`);
		if (seen.has(uid)) throw new Error(`unique-id ${uid} is given twice`);
		seen.add(uid);
	}
	return { messages, heldBy: null };
}

/** Null when another session, or this one already, holds it. */
export function lock(box: Box, session: string): Box | null {
	return box.heldBy === null ? { ...box, heldBy: session } : null;
}

export function release(box: Box, session: string): Box {
	return box.heldBy === session ? { ...box, heldBy: null } : box;
}

/**
 * Removes the messages named. Null, and nothing removed, unless the session holds the lock and all are there.
 */
export function expunge(box: Box, session: string, uids: readonly string[]): Box | null {
	const there = new Set(box.messages.map((message) => message.uid));
	if (box.heldBy !== session || !uids.every((uid) => there.has(uid))) return null;
	const gone = new Set(uids);
	return { ...box, messages: box.messages.filter((message) => !gone.has(message.uid)) };
}

/** One row of a session's view; its number is its place, from 1. */
export interface Entry {
	readonly uid: string;
	/** Size in octets as RETR will deliver it. */
	readonly size: number;
}

export interface Maildrop {
	readonly entries: readonly Entry[];
	/** Numbers marked as deleted, in the order of the marking. */
	readonly marked: readonly number[];
}

export const noMaildrop: Maildrop = { entries: [], marked: [] };

export interface Numbered extends Entry {
	readonly number: number;
}

/** What STAT, LIST and UIDL speak of: the entries that are not marked, with their numbers. */
export function unmarked(drop: Maildrop): Numbered[] {
	return drop.entries
		.map((entry, i) => ({ ...entry, number: i + 1 }))
		.filter(({ number }) => !drop.marked.includes(number));
}

export function totals(drop: Maildrop): { count: number; octets: number } {
	const left = unmarked(drop);
	return { count: left.length, octets: left.reduce((sum, { size }) => sum + size, 0) };
}

/** Undefined when there is no such message; marked ones are found too. */
export function entryAt(drop: Maildrop, number: number): Numbered | undefined {
	const entry = drop.entries[number - 1];
	return entry && { ...entry, number };
}

export function isMarked(drop: Maildrop, number: number): boolean {
	return drop.marked.includes(number);
}

export function mark(drop: Maildrop, number: number): Maildrop {
	if (!entryAt(drop, number) || isMarked(drop, number)) return drop;
	return { ...drop, marked: [...drop.marked, number] };
}

export function unmarkAll(drop: Maildrop): Maildrop {
	return { ...drop, marked: [] };
}

/** Unique-ids of the marked messages, in message-number order. */
export function markedUids(drop: Maildrop): string[] {
	return drop.entries.filter((_, i) => isMarked(drop, i + 1)).map(({ uid }) => uid);
}
