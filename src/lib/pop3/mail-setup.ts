/**
 * What the names in the mail program's chart mean: what each action changes in the context, what each effect is told. The
 * chart itself is in mail.machine.ts, its conditions in mail-guards.ts, the arithmetic in mail-context.ts.
 */
import { assign, setup } from 'xstate';
import { complaints, type Complaint } from './complaints.ts';
import * as held from './mail-context.ts';
import type { MailContext, Task } from './mail-context.ts';
import { dataIn, numberIn, type MailEvent } from './mail-events.ts';
import { guards } from './mail-guards.ts';
import { stampIn, waysOf } from './plan.ts';
import type { Request } from './request.ts';
import { effect, type EffectOf } from './step.ts';

/** All that the mail program can be seen to do. Performed in client-session.ts. */
const effects = {
	send: effect<{ request: Request }>(),
	answer: effect<{ text: string }>(),
	/** Stores the letter in hand, if it can: KEPT or NOT KEPT comes back. */
	keep: effect<{ number: number; uid: string | null; whole: boolean }>(),
	complain: effect<Complaint>(),
	noteDeleted: effect<{ number: number; uid: string | null }>(),
	noteUpdated: effect(),
	hangUp: effect()
};

export type MailEffect = EffectOf<typeof effects>;

export const messageIn = ({ context }: { context: MailContext }) => {
	const number = numberIn({ context });
	return { number, uid: held.uidOf(context, number) };
};
export const letterIn = ({ context }: { context: MailContext }) => {
	const { number, uid } = messageIn({ context });
	const request = context.owed.find((one) => one.number === number && one.check !== true);
	return { number, uid, whole: request === undefined || held.isWhole(request) };
};
export const textIn = ({ event }: { event: { text: string } }) => ({ text: event.text });

/** A complaint, by its name in complaints.ts. */
export const say = (name: keyof typeof complaints) =>
	({ type: 'complain', params: complaints[name] }) as const;

/** Sends a request; its reply comes after those that are owed already. */
export const ask = (request: Request) =>
	[
		{ type: 'send', params: { request } },
		{ type: 'owe', params: { request } }
	] as const;
export const job = ({ context }: { context: MailContext }) => ({ request: held.nextJob(context) });
export const login = ({ context }: { context: MailContext }) => ({ request: held.nextLogin(context) });

export const mailSetup = setup({
	types: {
		context: {} as MailContext,
		events: {} as MailEvent,
		input: {} as Task,
		tags: {} as 'asking',
		meta: {} as { rfc: string }
	},
	guards,
	actions: {
		...effects,
		owe: assign(({ context }, { request }: { request: Request }) => ({ owed: [...context.owed, request] })),
		answered: assign(({ context }) => ({ owed: context.owed.slice(1) })),
		noteStamp: assign(({ event }) => (event.type === 'OK' ? { stamp: stampIn(event.text) } : {})),
		noteCapabilities: assign((at) => {
			const data = dataIn(at);
			return data.is === 'capabilities' ? { capabilities: data.capabilities } : {};
		}),
		findWays: assign(({ context: { policy, stamp, capabilities } }) => ({
			ways: waysOf(policy, stamp, capabilities)
		})),
		takeWay: assign(({ context }) => ({ ways: context.ways.slice(1) })),
		begin: assign(({ context }) => ({ loggedIn: true, jobs: held.questions(context) })),
		takeJob: assign(({ context }) => ({ jobs: context.jobs.slice(1) })),
		dropJobs: assign({ jobs: [], planned: true }),
		noteTotals: assign((at) => {
			const data = dataIn(at);
			return data.is === 'totals' ? held.afterTotals(at.context, data) : {};
		}),
		noteSizes: assign((at) => ({ sizes: held.withSizes(at.context, dataIn(at)) })),
		noteUids: assign((at) => {
			const data = dataIn(at);
			return data.is === 'uids' ? { uids: data.uids.map(({ number, uid }) => [number, uid] as const) } : {};
		}),
		plan: assign(({ context }) => held.planned(context)),
		retrieveInstead: assign(({ context }) => ({
			noTop: !(context.capabilities !== null && 'TOP' in context.capabilities),
			jobs: [{ keyword: 'RETR' as const, number: numberIn({ context }) }, ...context.jobs]
		})),
		/** LIST tells whether a letter that is refused is there at all. */
		checkNumber: assign(({ context }) => ({
			jobs: [
				{ keyword: 'LIST' as const, number: numberIn({ context }), check: true as const },
				...context.jobs
			]
		})),
		/** LIST once more tells whether the size was wrong or the number means another letter now. */
		doubt: assign((at) => {
			const data = dataIn(at);
			const number = numberIn(at);
			const again: Request = { keyword: 'LIST', number, check: true };
			const doubt = { number, size: data.is === 'letter' ? data.size : 0 };
			return { doubts: [...at.context.doubts, doubt], jobs: [again, ...at.context.jobs] };
		}),
		doubtNoMore: assign(({ context }) => ({
			doubts: context.doubts.filter(({ number }) => number !== numberIn({ context }))
		})),
		noteKept: assign(({ context, event }) =>
			event.type === 'KEPT' ? held.kept(context, event.number, event.whole) : {}
		),
		takeDeletions: assign(({ context }) => ({ jobs: held.deletions(context), toDelete: [] })),
		mark: assign(({ context }) => ({ marked: [...context.marked, numberIn({ context })] })),
		forgetThisSession: assign(({ context }) => ({ known: context.before })),
		commit: assign(({ context }) => ({ known: held.committed(context) }))
	}
});
