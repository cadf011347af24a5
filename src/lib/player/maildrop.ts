/**
 * A maildrop as the log up to the cursor leaves it: its letters by number, what is marked, what is gone, and who
 * holds the lock. Law: numbers belong to a session and never move within it; only an expunge removes.
 */
import type { Event } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';

export interface Letter {
	/** Its message number when nothing was removed before it. */
	readonly number: number;
	/** Name in the scenario. */
	readonly name: string;
	readonly marked: boolean;
	readonly gone: boolean;
}

export interface Maildrop {
	readonly host: string;
	readonly user: string;
	readonly letters: readonly Letter[];
	/** Session that has it open, by its connection; null: nobody. */
	readonly lockedBy: string | null;
}

export function maildrops(scenario: Scenario, log: readonly Event[]): readonly Maildrop[] {
	return scenario.hosts.flatMap((host) =>
		(host.pop3?.users ?? []).map((user) => maildropOf(host.id, user.name, user.box, log))
	);
}

function maildropOf(host: string, user: string, box: readonly string[], log: readonly Event[]): Maildrop {
	let there = box.map((_, i) => i);
	const gone = new Set<number>();
	let marked = new Map<string, number>();
	let lockedBy: string | null = null;
	for (const event of log) {
		if (!('user' in event) || event.host !== host || event.user !== user) continue;
		if (event.kind === 'maildrop.lock') {
			lockedBy = event.held ? event.session : null;
			// marks die with the session, and the next one numbers what is left afresh
			marked = new Map();
			there = there.filter((place) => !gone.has(place));
		} else if (event.kind === 'maildrop.mark') {
			if (event.marked) marked.set(event.uid, event.number);
			else marked.delete(event.uid);
		} else if (event.kind === 'maildrop.expunge') {
			const number = marked.get(event.uid);
			const place = number === undefined ? undefined : there[number - 1];
			if (place !== undefined) gone.add(place);
		}
	}
	const markedPlaces = new Set([...marked.values()].map((number) => there[number - 1]));
	const letters = box.map((name, place) => ({
		number: there.indexOf(place) + 1,
		name,
		marked: markedPlaces.has(place),
		gone: gone.has(place)
	}));
	return { host, user, letters, lockedBy };
}
