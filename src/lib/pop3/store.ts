/**
 * The mail of one server, shared by its sessions: who may open which box, who holds its lock, what is left in
 * it. All it is asked is asked by the server chart's effects, and it answers; it starts nothing. Where a box's
 * messages lie is the business of its source: in memory here, in files elsewhere.
 */
import { apopDigest } from './apop.ts';
import { cramDigest } from './cram.ts';
import { createBox, lock, release, without, type Box, type Message } from './maildrop.ts';

/** What a client shows to be let in. */
export type Proof =
	| { readonly kind: 'password'; readonly password: string }
	/** APOP: MD5 over the greeting's timestamp and the password. */
	| { readonly kind: 'digest'; readonly stamp: string; readonly digest: string }
	/** CRAM-MD5: HMAC-MD5 over the challenge, keyed with the password. */
	| { readonly kind: 'cram'; readonly challenge: Uint8Array; readonly digest: string }
	/** Nothing, to a server that asks for nothing. */
	| { readonly kind: 'none' };

/** Whether whoever shows this knows `password`. */
export function shows(proof: Proof, password: string): boolean {
	if (proof.kind === 'none') return true;
	if (proof.kind === 'password') return proof.password === password;
	if (proof.kind === 'cram') return proof.digest === cramDigest(proof.challenge, password);
	return proof.digest === apopDigest(proof.stamp, password);
}

/** `early`: too soon after the last login. `broken`: the box cannot be read now; `lost`: nor later, without somebody's help. */
export type Opening =
	| { readonly result: 'opened'; readonly messages: readonly Message[]; readonly logins?: number }
	| { readonly result: 'locked' | 'denied' | 'early' | 'broken' | 'lost' };

/** When a login is asked for, and how long a user has to wait after the last one (RFC 2449 §6.5); both µs. */
export interface Moment {
	readonly now: number;
	readonly loginDelay: number;
}

export interface MailStore {
	knows(user: string): boolean;
	/**
	 * Opens and locks the box, and reads it. A wrong name and a wrong proof are told apart by no one. `logins` counts those
	 * of this user, this one included.
	 */
	open(session: string, user: string, proof: Proof, moment?: Moment): Opening;
	/** Removes these messages from the box that the session holds; returns the unique-ids of those that are gone for good. */
	expunge(session: string, user: string, uids: readonly string[]): readonly string[];
	/** Whether the session did hold the lock. */
	release(session: string, user: string): boolean;
	/** Puts a message into a box. Sessions that are open do not see it. */
	deliver(user: string, message: Message): void;
	/** The box as it is; undefined for a name that the server does not know. */
	box(user: string): Box | undefined;
}

/** A box that no waiting will bring back. */
export class MaildropLost extends Error {
	override readonly name = 'MaildropLost';
}

/** Where the messages of one box lie. Read at login, changed by UPDATE and by new mail alone. */
export interface MaildropSource {
	/**
	 * All that is there, in message-number order. An Error makes the login fail with `[SYS/TEMP]`, a MaildropLost with
	 * `[SYS/PERM]` (RFC 3206 §4).
	 */
	read(): readonly Message[];
	/** Removes these; returns the unique-ids of those that are gone, which may be some or none. Throws nothing. */
	remove(uids: readonly string[]): readonly string[];
	/** New mail. */
	add(message: Message): void;
}

export interface Mailbox {
	readonly name: string;
	readonly password: string;
	/** In message-number order; or where they are to be read. */
	readonly messages: readonly Message[] | MaildropSource;
	/** For practice: at a login that finds the box empty its first messages are in it again, under new unique-ids. */
	readonly refills?: boolean;
	/** Unique-ids of messages that cannot be removed: UPDATE fails half-way (RFC 1939 §6). */
	readonly stuck?: readonly string[];
}

const isSource = (messages: Mailbox['messages']): messages is MaildropSource => 'read' in messages;

/** @throws Error on bad unique-ids. */
function inMemory({ messages, refills = false, stuck = [] }: Mailbox): MaildropSource {
	const first = isSource(messages) ? [] : messages;
	let box = createBox(first);
	let fillings = 1;
	return {
		read() {
			if (refills && box.messages.length === 0) {
				fillings++;
				box = createBox(first.map(({ uid, octets }) => ({ uid: again(uid, fillings), octets })));
			}
			return box.messages;
		},
		remove(uids) {
			const gone = uids.filter((uid) => !stuck.includes(uid));
			box = without(box, gone);
			return gone;
		},
		add(message) {
			box = createBox([...box.messages, message]);
		}
	};
}

/** A unique-id for the same message when it has come again. */
function again(uid: string, filling: number): string {
	const mark = `-${filling}`;
	return uid.slice(0, 70 - mark.length) + mark;
}

interface Account {
	readonly password: string;
	readonly source: MaildropSource;
	box: Box;
	logins: number;
	/** Time of the last login, µs. */
	last: number;
}

/** @throws Error on two users of one name and on bad unique-ids. */
export function createStore(users: readonly Mailbox[]): MailStore {
	const accounts = new Map<string, Account>();
	for (const user of users) {
		if (accounts.has(user.name)) throw new Error(`two users are called ${user.name}`);
		const source = isSource(user.messages) ? user.messages : inMemory(user);
		const box = isSource(user.messages) ? createBox([]) : createBox(user.messages);
		accounts.set(user.name, { password: user.password, source, box, logins: 0, last: -Infinity });
	}

	return {
		knows: (user) => accounts.has(user),
		open(session, user, proof, moment) {
			const account = accounts.get(user);
			if (!account || !shows(proof, account.password)) return { result: 'denied' };
			if (moment && moment.now - account.last < moment.loginDelay) return { result: 'early' };
			const held = lock(account.box, session);
			if (!held) return { result: 'locked' };
			try {
				account.box = { ...createBox(account.source.read()), heldBy: session };
			} catch (error) {
				return { result: error instanceof MaildropLost ? 'lost' : 'broken' };
			}
			account.logins++;
			if (moment) account.last = moment.now;
			return { result: 'opened', messages: account.box.messages, logins: account.logins };
		},
		expunge(session, user, uids) {
			const account = accounts.get(user);
			if (account?.box.heldBy !== session) return [];
			const there = new Set(account.box.messages.map(({ uid }) => uid));
			const gone = account.source.remove(uids.filter((uid) => there.has(uid)));
			account.box = without(account.box, gone);
			return gone;
		},
		release(session, user) {
			const account = accounts.get(user);
			if (account?.box.heldBy !== session) return false;
			account.box = release(account.box, session);
			return true;
		},
		deliver(user, message) {
			const account = accounts.get(user);
			if (!account) throw new Error(`no box is called ${user}`);
			account.source.add(message);
			account.box = { ...account.box, messages: [...account.box.messages, message] };
		},
		box: (user) => accounts.get(user)?.box
	};
}
