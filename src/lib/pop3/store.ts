/**
 * The mail of one server, shared by its sessions: who may open which box, who holds its lock, what is left in
 * it. All it is asked is asked by the server chart's effects, and it answers; it starts nothing.
 */
import { apopDigest } from './apop.ts';
import { createBox, expunge, lock, release, type Box, type Message } from './maildrop.ts';

/** What a client shows to be let in: PASS's string, or APOP's digest over the timestamp. */
export type Proof =
	| { readonly kind: 'password'; readonly password: string }
	| { readonly kind: 'digest'; readonly stamp: string; readonly digest: string };

export type Opening =
	| { readonly result: 'opened'; readonly messages: readonly Message[] }
	| { readonly result: 'locked' | 'denied' };

export interface MailStore {
	knows(user: string): boolean;
	/** Opens and locks the box. A wrong name and a wrong proof are told apart by no one. */
	open(session: string, user: string, proof: Proof): Opening;
	/**
	 * Removes these messages from the box that the session holds; false, and nothing removed, if that cannot
	 * be.
	 */
	expunge(session: string, user: string, uids: readonly string[]): boolean;
	/** Whether the session did hold the lock. */
	release(session: string, user: string): boolean;
	/** Puts a message into a box. Sessions that are open do not see it. */
	deliver(user: string, message: Message): void;
	/** The box as it is; undefined for a name that the server does not know. */
	box(user: string): Box | undefined;
}

export interface Mailbox {
	readonly name: string;
	readonly password: string;
	readonly messages: readonly Message[];
}

/** @throws Error on two users of one name and on bad unique-ids. */
export function createStore(users: readonly Mailbox[]): MailStore {
	const passwords = new Map<string, string>();
	const boxes = new Map<string, Box>();
	for (const { name, password, messages } of users) {
		if (boxes.has(name)) throw new Error(`two users are called ${name}`);
		passwords.set(name, password);
		boxes.set(name, createBox(messages));
	}

	function proves(user: string, proof: Proof): boolean {
		const password = passwords.get(user);
		if (password === undefined) return false;
		if (proof.kind === 'password') return proof.password === password;
		return proof.digest === apopDigest(proof.stamp, password);
	}

	return {
		knows: (user) => boxes.has(user),
		open(session, user, proof) {
			const box = boxes.get(user);
			if (!box || !proves(user, proof)) return { result: 'denied' };
			const held = lock(box, session);
			if (!held) return { result: 'locked' };
			boxes.set(user, held);
			return { result: 'opened', messages: held.messages };
		},
		expunge(session, user, uids) {
			const box = boxes.get(user);
			const left = box && expunge(box, session, uids);
			if (!left) return false;
			boxes.set(user, left);
			return true;
		},
		release(session, user) {
			const box = boxes.get(user);
			if (box?.heldBy !== session) return false;
			boxes.set(user, release(box, session));
			return true;
		},
		deliver(user, message) {
			const box = boxes.get(user);
			if (!box) throw new Error(`no box is called ${user}`);
			boxes.set(user, { ...createBox([...box.messages, message]), heldBy: box.heldBy });
		},
		box: (user) => boxes.get(user)
	};
}
