/**
 * What is to be done with each letter that a server lists, by policy and by what is remembered of it: fetched, deleted,
 * or neither. Pure: no letter is deleted by it that is not here already or that the person wants gone.
 */
import type { Login, Policy } from './policy.ts';
import type { Known } from './popstate.ts';
import type { Capabilities, Size } from './reply-data.ts';
import { ALL_LINES, type Request } from './request.ts';

/** Microseconds. */
const DAY = 86_400_000_000;

export interface Wishes {
	readonly known: readonly Known[];
	/** Unique-ids of letters that the person wants whole. */
	readonly wanted: readonly string[];
	/** Unique-ids of letters that the person wants gone from the server. */
	readonly removed: readonly string[];
	/** Microseconds. */
	readonly now: number;
}

/** Ways to log in that the server offers, the best first (RFC 1939 §7; RFC 5034 §3). */
export function waysOf({ login }: Policy, stamp: string | null, capabilities: Capabilities | null): Login[] {
	const mechanisms = (capabilities?.['SASL'] ?? '').toUpperCase().split(' ');
	return login.filter((way) => {
		if (way === 'apop') return stamp !== null;
		return way === 'user' || mechanisms.includes(way.toUpperCase());
	});
}

/** RFC 1939 §7: a timestamp in the greeting, of the form of a message-id (RFC 5322 §3.6.4). */
export function stampIn(greeting: string): string | null {
	return /<[!-;=?-~]+@[!-;=?-~]+>/.exec(greeting)?.[0] ?? null;
}

/** Letters to fetch in the order of the listing, then letters to delete, highest number first. */
export function planFor(
	policy: Policy,
	sizes: readonly Size[],
	uids: ReadonlyMap<number, string>,
	wishes: Wishes
): Request[] {
	const known = new Map(wishes.known.map((entry) => [entry.uid, entry]));
	const [wanted, removed] = [new Set(wishes.wanted), new Set(wishes.removed)];
	const fetched: Request[] = [];
	const deleted: Request[] = [];
	for (const row of sizes) {
		const { number } = row;
		const uid = uids.get(number) ?? '';
		const entry = known.get(uid);
		if (removed.has(uid)) deleted.push({ keyword: 'DELE', number });
		else if (wanted.has(uid) || entry?.standing === 'fetch') fetched.push(whole(policy, row));
		else if (!entry) fetched.push(first(policy, row));
		else if (isDue(policy, entry, wishes.now)) deleted.push({ keyword: 'DELE', number });
	}
	return [...fetched, ...deleted.sort((a, b) => (b.number ?? 0) - (a.number ?? 0))];
}

function whole(policy: Policy, { number }: Size): Request {
	return policy.fetch === 'top' ? { keyword: 'TOP', number, lines: ALL_LINES } : { keyword: 'RETR', number };
}

/** How a letter that is not known comes. */
function first(policy: Policy, row: Size): Request {
	const { number, size } = row;
	if (policy.fetch === 'header') return { keyword: 'TOP', number, lines: 0 };
	const tooBig = policy.sizeLimit !== null && size > policy.sizeLimit;
	return tooBig ? { keyword: 'TOP', number, lines: policy.partLines } : whole(policy, row);
}

/** Whether a letter that is here has been on the server long enough. */
function isDue({ keepDays }: Policy, { standing, since }: Known, now: number): boolean {
	if (standing === 'delete') return true;
	return standing === 'kept' && keepDays !== null && now - since >= keepDays * DAY;
}
