/**
 * What the names in the server chart mean: what each guard asks, what each action changes in the context, what each effect
 * is told. The chart itself is in server.machine.ts; the arithmetic in maildrop.ts, refusals.ts and sasl.ts.
 */
import { assign, setup } from 'xstate';
import type { CommandEvent, Fault } from './grammar.ts';
import type { Mechanism } from './habits.ts';
import * as drops from './maildrop.ts';
import { badWith, faultOf, hadEnough, languageOf, misplaced, patienceOf, refusalOf } from './refusals.ts';
import { nextOf } from './sasl.ts';
import { effects, type ServerContext, type ServerEvent, type ServerInput } from './server-events.ts';
import type { Proof } from './store.ts';

/** What a session that begins remembers. */
export const fresh: Omit<ServerContext, keyof ServerInput> = {
	user: '',
	drop: drops.noMaildrop,
	admitted: false,
	bads: 0,
	utf8: false,
	sealed: false,
	gone: false,
	language: '',
	lastRead: 0,
	exchange: null
};

type About = { context: ServerContext };
type Heard = About & { event: ServerEvent };
type Given = { event: CommandEvent };

const isCommand = (event: ServerEvent): event is CommandEvent => 'fault' in event && 'lines' in event;
/** What is wrong with what was heard; null: nothing. */
const wrong = ({ context, event }: Heard): Fault | null => {
	if (isCommand(event)) return faultOf(context, event);
	return 'fault' in event ? event.fault : null;
};
const outOfPlace = ({ context, event }: Heard): Fault =>
	isCommand(event) || event.type === 'BAD LINE' ? misplaced(context, event) : 'wrongState';
const next = ({ exchange }: ServerContext) => (exchange ? nextOf(exchange) : null);
const numberOf = (event: ServerEvent) => ('number' in event ? (event.number ?? 0) : 0);

export const refuses = <F extends Fault>(fault: F) =>
	({ type: 'refuse', params: { fault, about: '' } }) as const;
export const refuseWrong = {
	type: 'refuse',
	params: (heard: Heard) => refusalOf(heard.context, heard.event, wrong(heard) ?? 'spacing')
} as const;
export const refuseMisplaced = {
	type: 'refuse',
	params: (heard: Heard) => refusalOf(heard.context, heard.event, outOfPlace(heard))
} as const;
export const named = ({ event }: Given) => ({ user: event.name });
export const nameHeld = ({ context }: About) => ({ user: context.user });
export const withPassword = ({ context, event }: About & Given): { user: string; proof: Proof } => ({
	user: context.user,
	proof: { kind: 'password', password: event.secret }
});
/** Nobody asks: only a wrong arrow leads there. */
export const trusting = ({ context, event }: Heard): { user: string; proof: Proof } => ({
	user: 'name' in event && event.name !== '' ? event.name : context.user,
	proof: { kind: 'none' }
});
export const withDigest = ({ context, event }: About & Given): { user: string; proof: Proof } => ({
	user: event.name,
	proof: { kind: 'digest', stamp: context.stamp ?? '', digest: event.secret }
});
export const withExchange = ({ context }: About): { user: string; proof: Proof } => {
	const come = next(context);
	return come?.kind === 'proof' ? come : { user: '', proof: { kind: 'password', password: '' } };
};
export const challenge = ({ context }: About) => {
	const come = next(context);
	return { text: come?.kind === 'challenge' ? come.text : '' };
};
export const illegible = ({ event }: Heard) => ({
	fault: 'exchangeIllegible' as const,
	about: event.type === 'RESPONSE' ? '' : 'initial'
});
export const numberGiven = ({ event }: Given) => ({ number: event.number ?? 0 });
export const topGiven = ({ event }: Given) => ({ number: event.number ?? 0, lines: event.lines });
export const markGiven = ({ context, event }: About & Given) => {
	const number = event.number ?? 0;
	return { number, uid: drops.entryAt(context.drop, number)?.uid ?? '' };
};
export const marksHeld = ({ context: { drop } }: About) => ({
	marks: drop.marked.map((number) => ({ number, uid: drop.entries[number - 1]?.uid ?? '' }))
});
export const marksToExpunge = ({ context }: About) => ({
	user: context.user,
	uids: drops.markedUids(context.drop)
});
export const patience = ({ context }: About) => ({ delay: patienceOf(context) });
export const failureDelay = ({ context }: About) => ({ delay: context.habits.failureDelay });

export const serverSetup = setup({
	types: {
		context: {} as ServerContext,
		events: {} as ServerEvent,
		input: {} as ServerInput,
		/** `asking`: no line is heard. `exchanging`: a line is no command. */
		tags: {} as 'asking' | 'exchanging',
		meta: {} as { rfc: string }
	},
	guards: {
		isLine: ({ event }) => isCommand(event) || event.type === 'BAD LINE',
		isOverlong: ({ context, event }) =>
			context.habits.closesOnLongLine && event.type === 'BAD LINE' && event.fault === 'lineTooLong',
		isRefused: (heard) => wrong(heard) !== null,
		staysSilent: ({ context, event }) =>
			context.habits.staysSilent && ['unknownCommand', 'notOffered'].includes(outOfPlace({ context, event })),
		hadEnough: ({ context }) => hadEnough(context),
		namesNoMessage: ({ context, event }) =>
			isCommand(event) && (event.number === null || (event.type === 'LIST' && context.habits.listsAllAnyway)),
		namesNothing: ({ event }) => isCommand(event) && event.name === '',
		namesAreChecked: ({ context }) => context.habits.namesAreChecked,
		isCancelled: ({ event }) => event.type === 'RESPONSE' && event.text === '*',
		isProof: ({ context }) => next(context)?.kind === 'proof',
		isIllegible: ({ context }) => next(context)?.kind === 'illegible',
		failuresAreDelayed: ({ context }) => context.habits.failureDelay > 0,
		closesAfterFailure: ({ context }) => context.habits.closesAfterFailure,
		closesWhenLocked: ({ context }) => context.habits.closesWhenLocked,
		saysFarewell: ({ context }) => context.habits.saysFarewell,
		updatesOnLoss: ({ context }) => context.habits.updatesOnLoss,
		isGone: ({ context }) => context.gone
	},
	actions: {
		...effects,
		countBad: assign((heard) => ({ bads: badWith(heard.context, wrong(heard) ?? outOfPlace(heard)) })),
		forgetBads: assign({ bads: 0 }),
		rememberName: assign(({ event }) => ('name' in event ? { user: event.name } : {})),
		rememberProven: assign(({ context }) => ({ user: withExchange({ context }).user, exchange: null })),
		beginExchange: assign(({ context, event }) => ({
			exchange: isCommand(event)
				? {
						mechanism: event.name as Mechanism,
						challenge: context.challenge,
						responses: event.secret === '' ? [] : [event.secret]
					}
				: null
		})),
		takeResponse: assign(({ context: { exchange }, event }) => ({
			exchange:
				exchange && event.type === 'RESPONSE'
					? { ...exchange, responses: [...exchange.responses, event.text] }
					: exchange
		})),
		takeMaildrop: assign(({ context, event }) => {
			if (event.type !== 'OPENED') return {};
			const drop = { entries: event.entries, marked: [] };
			const renumbers = context.habits.renumbers ? ({ renumbers: true } as const) : {};
			return { admitted: true, bads: 0, drop: { ...drop, ...renumbers } };
		}),
		allowUtf8: assign({ utf8: true }),
		takeLanguage: assign(({ context, event }) =>
			isCommand(event) ? { language: languageOf(context.habits, event.name) ?? '' } : {}
		),
		becomeSealed: assign({ sealed: true, user: '', utf8: false }),
		noteRead: assign(({ context, event }) => ({ lastRead: Math.max(context.lastRead, numberOf(event)) })),
		noteGone: assign({ gone: true }),
		mark: assign(({ context, event }) => ({ drop: drops.mark(context.drop, numberOf(event)) })),
		unmarkAll: assign(({ context }) => ({ drop: drops.unmarkAll(context.drop), lastRead: 0 }))
	}
});
