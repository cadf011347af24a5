/**
 * A maildrop twice, as plain functions over immutable data. `Box` is what the store keeps: messages and who
 * holds the lock. `Maildrop` is one session's view, fixed at login: numbers, exact sizes and marks. Nothing
 * leaves a box but by `without`. RFC 1939 §4 (lock), §5 (numbers, marks), §6 (UPDATE).
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

/** The box without the messages named; those that it does not have are no error. */
export function without(box: Box, uids: readonly string[]): Box {
	const gone = new Set(uids);
	return { ...box, messages: box.messages.filter(({ uid }) => !gone.has(uid)) };
}

/** One row of a session's view; its number is its place, from 1. */
export interface Entry {
	readonly uid: string;
	/** Size in octets as RETR will deliver it. */
	readonly size: number;
	/** Its header holds octets beyond ASCII (RFC 6532), which only a client that said UTF8 expects (RFC 6856 §2). */
	readonly wide?: true;
}

export interface Maildrop {
	readonly entries: readonly Entry[];
	/** Places (from 1) marked as deleted, in the order of the marking. */
	readonly marked: readonly number[];
	/** The numbers of what is not marked move up behind each mark: a fault that some servers have. */
	readonly renumbers?: true;
}

export const noMaildrop: Maildrop = { entries: [], marked: [] };

export interface Numbered extends Entry {
	readonly number: number;
	/** Place in the drop, from 1: the number, unless the server renumbers. */
	readonly place: number;
}

/** What STAT, LIST and UIDL speak of: the entries that are not marked, with their numbers. */
export function unmarked(drop: Maildrop): Numbered[] {
	const marked = new Set(drop.marked);
	const left: Numbered[] = [];
	for (const [i, entry] of drop.entries.entries()) {
		const place = i + 1;
		if (marked.has(place)) continue;
		left.push({ ...entry, place, number: drop.renumbers ? left.length + 1 : place });
	}
	return left;
}

/** One row for each entry that is not marked, as LIST and UIDL tell them; builds nothing else, so that it is quick. */
export function rowsOf(drop: Maildrop, row: (number: number, entry: Entry) => string): string[] {
	const { entries, marked, renumbers } = drop;
	const hidden = new Set(marked);
	const rows: string[] = [];
	for (let i = 0; i < entries.length; i++) {
		const entry = entries[i];
		if (!entry || hidden.has(i + 1)) continue;
		rows.push(row(renumbers ? rows.length + 1 : i + 1, entry));
	}
	return rows;
}

export function totals(drop: Maildrop): { count: number; octets: number } {
	let octets = 0;
	for (const { size } of drop.entries) octets += size;
	for (const place of drop.marked) octets -= drop.entries[place - 1]?.size ?? 0;
	return { count: drop.entries.length - drop.marked.length, octets };
}

/** Undefined when there is no such message; marked ones are found too. */
export function entryAt(drop: Maildrop, number: number): Numbered | undefined {
	if (drop.renumbers) return unmarked(drop)[number - 1];
	const entry = drop.entries[number - 1];
	return entry && { ...entry, number, place: number };
}

/** Whether the message of that number is marked. Where numbers move up none ever is. */
export function isMarked(drop: Maildrop, number: number): boolean {
	return drop.renumbers === undefined && drop.marked.includes(number);
}

export function mark(drop: Maildrop, number: number): Maildrop {
	const entry = entryAt(drop, number);
	if (!entry || isMarked(drop, number)) return drop;
	return { ...drop, marked: [...drop.marked, entry.place] };
}

export function unmarkAll(drop: Maildrop): Maildrop {
	return { ...drop, marked: [] };
}

/** Unique-ids of the marked messages, in the order of their places. */
export function markedUids(drop: Maildrop): string[] {
	const marked = new Set(drop.marked);
	return drop.entries.filter((_, i) => marked.has(i + 1)).map(({ uid }) => uid);
}
