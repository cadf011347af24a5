/**
 * The arithmetic beside the mail program's chart: what it holds between two replies and how a reply changes that. Plain
 * functions over immutable data; nothing here sends or stores.
 */
import { planFor, type Wishes } from './plan.ts';
import type { Login, Policy } from './policy.ts';
import { forgotten, remembered, type Known, type Standing } from './popstate.ts';
import type { Capabilities, Data, Size } from './reply-data.ts';
import { ALL_LINES, type Request } from './request.ts';

/** A sync's task, fixed when it begins. */
export interface Task extends Wishes {
	readonly policy: Policy;
}

export interface MailContext extends Task {
	/** As it was when the session began. */
	readonly before: readonly Known[];
	/** As the greeting had it; null: no APOP. */
	readonly stamp: string | null;
	/** Null: not asked, or refused. */
	readonly capabilities: Capabilities | null;
	/** Ways to log in that are still untried, the best first. */
	readonly ways: readonly Login[];
	/** Still to be sent. */
	readonly jobs: readonly Request[];
	/** Sent and not answered, oldest first. */
	readonly owed: readonly Request[];
	readonly loggedIn: boolean;
	/** As STAT said. */
	readonly count: number;
	readonly octets: number;
	readonly sizes: readonly Size[];
	readonly uids: readonly (readonly [number: number, uid: string])[];
	/** The listings are complete and what they ask for is in `jobs`; or they never will be. */
	readonly planned: boolean;
	/** TOP was refused: whole letters instead. */
	readonly noTop: boolean;
	/** Letters in hand whose size is not the announced one, and what came. */
	readonly doubts: readonly Size[];
	/** Numbers to be deleted after the last letter. */
	readonly toDelete: readonly number[];
	/** Numbers whose DELE was answered by +OK. */
	readonly marked: readonly number[];
	readonly fetched: number;
}

export function contextFor(task: Task): MailContext {
	const lists = { count: 0, octets: 0, sizes: [], uids: [], planned: false, noTop: false };
	const work = { jobs: [], owed: [], doubts: [], toDelete: [], marked: [], fetched: 0 };
	const login = { stamp: null, capabilities: null, ways: [], loggedIn: false };
	return { ...task, before: task.known, ...login, ...lists, ...work };
}

/** What the next reply answers. */
export function firstOwed({ owed }: MailContext): Request {
	return owed[0] ?? { keyword: 'QUIT' };
}

export function hasRoom({ policy, capabilities, jobs, owed }: MailContext): boolean {
	const pipelining = capabilities !== null && 'PIPELINING' in capabilities;
	return jobs.length > 0 && owed.length < (pipelining ? Math.max(1, policy.pipeline) : 1);
}

/** TOP as RETR where TOP was refused. */
export function nextJob({ jobs, noTop }: MailContext): Request {
	const [job = { keyword: 'QUIT' }] = jobs;
	return noTop && job.keyword === 'TOP' ? { keyword: 'RETR', number: job.number ?? 0 } : job;
}

export function nextLogin({ ways: [way = 'user'] }: MailContext): Request {
	if (way === 'apop') return { keyword: 'APOP' };
	return way === 'user' ? { keyword: 'USER' } : { keyword: 'AUTH', login: way };
}

/** What is asked at once after the login. */
export function questions({ policy }: MailContext): Request[] {
	if (policy.sizes === 'each') return [{ keyword: 'STAT' }];
	return [{ keyword: 'STAT' }, { keyword: 'LIST' }, ...names(policy)];
}

const names = ({ remember }: Policy): Request[] => (remember ? [{ keyword: 'UIDL' }] : []);

/** STAT has said how many there are: an empty box has no listings, and sizes may be asked one by one. */
export function afterTotals(context: MailContext, { count, octets }: { count: number; octets: number }) {
	const each = Array.from({ length: Math.min(count, MOST) }, (_, i): Request => ({
		keyword: 'LIST',
		number: i + 1
	}));
	const { jobs, policy } = context;
	const next = policy.sizes === 'each' ? [...each, ...names(policy)] : jobs;
	return { count, octets, jobs: count === 0 ? [] : next };
}
/** Letters asked about one by one at most, whatever a server says that it has. */
const MOST = 100_000;

export function sizeOf(context: MailContext, number: number): number | undefined {
	return context.sizes.find((row) => row.number === number)?.size;
}

export function uidOf(context: MailContext, number: number): string | null {
	return context.uids.find(([at]) => at === number)?.[1] ?? null;
}

export function withSizes({ sizes }: MailContext, data: Data): readonly Size[] {
	if (data.is === 'sizes') return data.sizes;
	return data.is === 'size' ? [...sizes, { number: data.number, size: data.size }] : sizes;
}

/** The listings agree about which messages there are. */
export function uidsFit({ sizes }: MailContext, data: Data): boolean {
	if (data.is !== 'uids' || data.uids.length !== sizes.length) return false;
	const listed = new Set(sizes.map(({ number }) => number));
	return data.uids.every(({ number }) => listed.has(number));
}

/** No letter that is remembered is there, though there are letters: their names may have changed. */
export function namesAreNew({ known, uids }: MailContext): boolean {
	const remembered = new Set(known.map(({ uid }) => uid));
	return known.length > 0 && uids.length > 0 && !uids.some(([, uid]) => remembered.has(uid));
}

/** Jobs by what the listings say; letters that are gone from the server are forgotten. */
export function planned(context: MailContext): Partial<MailContext> {
	const { policy, sizes, uids } = context;
	const there = new Set(uids.map(([, uid]) => uid));
	const listed = policy.remember && (uids.length > 0 || context.count === 0);
	const known = listed ? context.known.filter(({ uid }) => there.has(uid)) : context.known;
	return { known, jobs: planFor(policy, sizes, new Map(uids), { ...context, known }), planned: true };
}

/** Whether the request brings all of its letter. */
export function isWhole({ keyword, lines }: Request): boolean {
	return keyword === 'RETR' || (keyword === 'TOP' && lines === ALL_LINES);
}

/** The letter is stored here: remembered, and to be deleted there if the policy wants it gone at once. */
export function kept(context: MailContext, number: number, whole: boolean): Partial<MailContext> {
	const { policy, now } = context;
	const goes = whole && policy.keepDays === 0;
	const standing: Standing = !whole ? 'part' : goes ? 'delete' : 'kept';
	const uid = policy.remember ? uidOf(context, number) : null;
	const dele: Request = { keyword: 'DELE', number };
	return {
		fetched: context.fetched + 1,
		doubts: context.doubts.filter((doubt) => doubt.number !== number),
		...(uid !== null && { known: remembered(context.known, { uid, standing, since: now }) }),
		...(goes && policy.deletes === 'at once' && { jobs: [dele, ...context.jobs] }),
		...(goes && policy.deletes === 'at the end' && { toDelete: [...context.toDelete, number] })
	};
}

/** Highest number first, so that a server which renumbers after DELE cannot be misunderstood. */
export function deletions({ toDelete }: MailContext): Request[] {
	return toDelete.toSorted((a, b) => b - a).map((number) => ({ keyword: 'DELE', number }));
}

/** QUIT was answered by +OK: what was marked is gone. */
export function committed(context: MailContext): readonly Known[] {
	const gone = new Set(context.marked.flatMap((number) => uidOf(context, number) ?? []));
	return forgotten(context.known, gone);
}
