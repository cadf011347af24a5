/**
 * A maildrop as the log up to the cursor leaves it: its letters by number, what is marked, what is gone, who holds the
 * lock, and which events made it so. Law: numbers belong to a session and never move within it; only an expunge removes.
 */
import { letter } from '#lib/mail/letters.ts';
import type { Event } from '#lib/sim/event.ts';
import type { Scenario, UserSpec } from '#lib/sim/scenario.ts';

export interface Letter {
	/** Its message number when nothing was removed before it. */
	readonly number: number;
	/** Name in the scenario. */
	readonly name: string;
	/** Unique-id as it is stored. */
	readonly uid: string;
	readonly octets: number;
	/** Log position of what marked it for deletion, while it is marked; null: it is not. */
	readonly marked: number | null;
	/** Log position of what removed it; null: it is there. */
	readonly gone: number | null;
}

export interface Total {
	readonly letters: number;
	readonly octets: number;
}

export interface Maildrop {
	readonly host: string;
	readonly user: string;
	readonly letters: readonly Letter[];
	/** Session that has it open, by its connection; null: nobody. */
	readonly lockedBy: string | null;
	/** Log position of what locked or opened it last; null: nobody has been in. */
	readonly lockedAt: number | null;
	/** What is stored, and what would be after UPDATE. */
	readonly now: Total;
	readonly afterUpdate: Total;
}

export function maildrops(scenario: Scenario, log: readonly Event[]): readonly Maildrop[] {
	return scenario.hosts.flatMap((host) =>
		(host.pop3?.users ?? []).map((user) => maildropOf(host.id, user, log))
	);
}

function maildropOf(
	host: string,
	{ name: user, box, refills = false }: UserSpec,
	log: readonly Event[]
): Maildrop {
	let there = box.map((_, i) => i);
	let gone = new Map<number, number>();
	/** By unique-id as the session tells it, which need not be the stored one. */
	let marked = new Map<string, { readonly number: number; readonly seq: number }>();
	let lockedBy: string | null = null;
	let lockedAt: number | null = null;
	for (const event of log) {
		if (!('user' in event) || event.host !== host || event.user !== user) continue;
		if (event.kind === 'maildrop.lock') {
			lockedBy = event.held ? event.session : null;
			lockedAt = event.seq;
			// marks die with the session, and the next one numbers what is left afresh
			marked = new Map();
			there = there.filter((place) => !gone.has(place));
			if (event.held && refills && there.length === 0) {
				there = box.map((_, i) => i);
				gone = new Map();
			}
		} else if (event.kind === 'maildrop.mark') {
			if (event.marked) marked.set(event.uid, { number: event.number, seq: event.seq });
			else marked.delete(event.uid);
		} else if (event.kind === 'maildrop.expunge') {
			const number = marked.get(event.uid)?.number;
			const place = number === undefined ? undefined : there[number - 1];
			if (place !== undefined) gone.set(place, event.seq);
		}
	}
	const marks = new Map([...marked.values()].map(({ number, seq }) => [there[number - 1], seq]));
	const letters = box.map((name, place): Letter => {
		const { uid, octets } = letter(name);
		const seq = gone.get(place) ?? null;
		return {
			number: there.indexOf(place) + 1,
			name,
			uid,
			octets: octets.length,
			marked: seq === null ? (marks.get(place) ?? null) : null,
			gone: seq
		};
	});
	const stored = letters.filter((each) => each.gone === null);
	return {
		host,
		user,
		letters,
		lockedBy,
		lockedAt,
		now: totalOf(stored),
		afterUpdate: totalOf(stored.filter((each) => each.marked === null))
	};
}

function totalOf(letters: readonly Letter[]): Total {
	return { letters: letters.length, octets: letters.reduce((sum, { octets }) => sum + octets, 0) };
}
