/**
 * The server's side of one POP3 session: RFC 1939's states, as a pure chart that holds names only. What needs
 * the mail store is asked by an effect and answered by an event. UPDATE is the only state with `expunge`;
 * only QUIT in TRANSACTION reaches it (§6). What a state does not handle is answered `-ERR` at the root: no
 * line is ever left without a reply.
 */
import { assign, setup } from 'xstate';
import type { BadLineEvent, CommandEvent, Fault } from './grammar.ts';
import * as drops from './maildrop.ts';
import { effect, type EffectOf } from './step.ts';

export interface ServerInput {
	/** APOP's timestamp with its angle brackets, as greeted; null: APOP is not offered. */
	readonly stamp: string | null;
	/** USER answers -ERR to a name without a maildrop, and so tells strangers which names exist. */
	readonly namesAreChecked: boolean;
}

export interface ServerContext extends ServerInput {
	readonly user: string;
	readonly drop: drops.Maildrop;
}

/** What the world tells the chart. */
export type WorldEvent =
	| { readonly type: 'CONNECTED' }
	/** The peer has closed its half of the connection. */
	| { readonly type: 'ENDED' }
	/** The connection is gone. */
	| { readonly type: 'LOST' }
	| { readonly type: 'KNOWN' }
	| { readonly type: 'UNKNOWN' }
	| { readonly type: 'OPENED'; readonly entries: readonly drops.Entry[] }
	| { readonly type: 'LOCKED' }
	| { readonly type: 'DENIED' }
	| { readonly type: 'UPDATED' }
	| { readonly type: 'FAILED' };

export type ServerEvent = CommandEvent | BadLineEvent | WorldEvent;

type About = { context: ServerContext };
type Given = { event: CommandEvent };

const named = ({ event }: Given) => ({ user: event.name });
const withPassword = ({ context, event }: About & Given) => ({
	user: context.user,
	kind: 'password' as const,
	secret: event.secret
});
const withDigest = ({ event }: Given) => ({
	user: event.name,
	kind: 'digest' as const,
	secret: event.secret
});
const faultGiven = ({ event }: { event: CommandEvent | BadLineEvent }) => ({
	fault: event.fault ?? 'spacing'
});
const numberGiven = ({ event }: Given) => ({ number: event.number ?? 0 });
const topGiven = ({ event }: Given) => ({ number: event.number ?? 0, lines: event.lines });
const marksHeld = ({ context }: About) => ({ numbers: context.drop.marked });
const marksToExpunge = ({ context }: About) => ({ user: context.user, uids: drops.markedUids(context.drop) });
const nameHeld = ({ context }: About) => ({ user: context.user });

/** All that the server can be seen to do. Performed in server-session.ts. */
const effects = {
	replyGreeting: effect(),
	replySendPass: effect<{ user: string }>(),
	replyWelcome: effect(),
	replyTotals: effect(),
	replyListing: effect(),
	replyListingOf: effect<{ number: number }>(),
	replyMessage: effect<{ number: number }>(),
	replyTop: effect<{ number: number; lines: number }>(),
	replyMarked: effect<{ number: number }>(),
	replyNothingDone: effect(),
	replyUnmarked: effect(),
	replyUids: effect(),
	replyUidOf: effect<{ number: number }>(),
	replyGoodbye: effect(),
	replyUpdated: effect(),
	refuse: effect<{ fault: Fault }>(),
	noteMarked: effect<{ number: number }>(),
	noteUnmarked: effect<{ numbers: readonly number[] }>(),
	lookUpName: effect<{ user: string }>(),
	openMaildrop: effect<{ user: string; kind: 'password' | 'digest'; secret: string }>(),
	expunge: effect<{ user: string; uids: readonly string[] }>(),
	releaseMaildrop: effect<{ user: string }>(),
	hangUp: effect()
};

export type ServerEffect = EffectOf<typeof effects>;

const numberOf = (event: ServerEvent) => ('number' in event ? (event.number ?? 0) : 0);

// Branches that several commands share, tried in the order written.
const malformed = { guard: 'isMalformed', actions: { type: 'refuse', params: faultGiven } } as const;
const notThere = {
	guard: 'isNotThere',
	actions: { type: 'refuse', params: { fault: 'noSuchMessage' } }
} as const;
const deleted = {
	guard: 'isMarked',
	actions: { type: 'refuse', params: { fault: 'messageDeleted' } }
} as const;
const lookUpName = {
	guard: 'namesAreChecked',
	target: 'checkingName',
	actions: ['rememberName', { type: 'lookUpName', params: named }]
} as const;
const askForPassword = {
	target: 'waitingForPassword',
	actions: ['rememberName', { type: 'replySendPass', params: named }]
} as const;
const showDigest = {
	guard: 'apopIsOffered',
	target: 'openingMaildrop',
	actions: ['rememberName', { type: 'openMaildrop', params: withDigest }]
} as const;
const noApop = { actions: { type: 'refuse', params: { fault: 'apopNotOffered' } } } as const;
const leave = { target: '#pop3-server.closed', actions: ['replyGoodbye', 'hangUp'] } as const;

export const serverMachine = setup({
	types: {
		context: {} as ServerContext,
		events: {} as ServerEvent,
		input: {} as ServerInput,
		tags: {} as 'asking',
		meta: {} as { rfc: string }
	},
	guards: {
		isCommand: ({ event }) => 'fault' in event,
		isMalformed: ({ event }) => 'fault' in event && event.fault !== null,
		namesNoMessage: ({ event }) => 'number' in event && event.number === null,
		isNotThere: ({ context, event }) => !drops.entryAt(context.drop, numberOf(event)),
		isMarked: ({ context, event }) => drops.isMarked(context.drop, numberOf(event)),
		apopIsOffered: ({ context }) => context.stamp !== null,
		namesAreChecked: ({ context }) => context.namesAreChecked
	},
	actions: {
		...effects,
		rememberName: assign(({ event }) => ('name' in event ? { user: event.name } : {})),
		takeMaildrop: assign(({ event }) =>
			event.type === 'OPENED' ? { drop: { entries: event.entries, marked: [] } } : {}
		),
		mark: assign(({ context, event }) => ({ drop: drops.mark(context.drop, numberOf(event)) })),
		unmarkAll: assign(({ context }) => ({ drop: drops.unmarkAll(context.drop) }))
	}
}).createMachine({
	id: 'pop3-server',
	context: ({ input }) => ({ ...input, user: '', drop: drops.noMaildrop }),
	initial: 'listening',
	on: {
		'BAD LINE': { actions: { type: 'refuse', params: faultGiven } },
		'*': { guard: 'isCommand', actions: { type: 'refuse', params: { fault: 'wrongState' } } }
	},
	states: {
		listening: {
			description: 'The server waits for a client to connect to its port, 110.',
			meta: { rfc: 'RFC 1939 §3' },
			on: { CONNECTED: { target: 'AUTHORIZATION', actions: 'replyGreeting' } }
		},
		AUTHORIZATION: {
			description: 'The client must say who it is. There is no mail to see here.',
			meta: { rfc: 'RFC 1939 §4' },
			initial: 'waitingForName',
			on: {
				ENDED: { target: 'closed', actions: 'hangUp' },
				LOST: { target: 'closed' }
			},
			states: {
				waitingForName: {
					description: 'Nobody has been named yet.',
					meta: { rfc: 'RFC 1939 §4, §7' },
					on: {
						USER: [malformed, lookUpName, askForPassword],
						PASS: [malformed, { actions: { type: 'refuse', params: { fault: 'userFirst' } } }],
						APOP: [malformed, showDigest, noApop],
						QUIT: [malformed, leave]
					}
				},
				checkingName: {
					description: 'The store is asked whether this name has a maildrop.',
					meta: { rfc: 'RFC 1939 §7' },
					tags: 'asking',
					on: {
						KNOWN: {
							target: 'waitingForPassword',
							actions: { type: 'replySendPass', params: nameHeld }
						},
						UNKNOWN: {
							target: 'waitingForName',
							actions: { type: 'refuse', params: { fault: 'unknownName' } }
						}
					}
				},
				waitingForPassword: {
					description: 'A name was given; its password is still missing.',
					meta: { rfc: 'RFC 1939 §7' },
					on: {
						USER: [malformed, lookUpName, askForPassword],
						PASS: [
							malformed,
							{ target: 'openingMaildrop', actions: { type: 'openMaildrop', params: withPassword } }
						],
						APOP: [malformed, showDigest, noApop],
						QUIT: [malformed, leave]
					}
				},
				openingMaildrop: {
					description: 'The store checks the papers and tries to lock the maildrop for this session alone.',
					meta: { rfc: 'RFC 1939 §4' },
					tags: 'asking',
					on: {
						OPENED: { target: '#pop3-server.TRANSACTION', actions: ['takeMaildrop', 'replyWelcome'] },
						LOCKED: {
							target: 'waitingForName',
							actions: { type: 'refuse', params: { fault: 'maildropLocked' } }
						},
						DENIED: {
							target: 'waitingForName',
							actions: { type: 'refuse', params: { fault: 'loginRefused' } }
						}
					}
				}
			}
		},
		TRANSACTION: {
			description:
				'The maildrop is open and locked. Letters can be counted, read and marked; none is removed yet.',
			meta: { rfc: 'RFC 1939 §5' },
			on: {
				STAT: [malformed, { actions: 'replyTotals' }],
				LIST: [
					malformed,
					{ guard: 'namesNoMessage', actions: 'replyListing' },
					notThere,
					deleted,
					{ actions: { type: 'replyListingOf', params: numberGiven } }
				],
				RETR: [malformed, notThere, deleted, { actions: { type: 'replyMessage', params: numberGiven } }],
				DELE: [
					malformed,
					notThere,
					deleted,
					{
						actions: [
							'mark',
							{ type: 'noteMarked', params: numberGiven },
							{ type: 'replyMarked', params: numberGiven }
						]
					}
				],
				NOOP: [malformed, { actions: 'replyNothingDone' }],
				RSET: [
					malformed,
					{
						actions: [{ type: 'noteUnmarked', params: marksHeld }, 'unmarkAll', 'replyUnmarked']
					}
				],
				TOP: [malformed, notThere, deleted, { actions: { type: 'replyTop', params: topGiven } }],
				UIDL: [
					malformed,
					{ guard: 'namesNoMessage', actions: 'replyUids' },
					notThere,
					deleted,
					{ actions: { type: 'replyUidOf', params: numberGiven } }
				],
				QUIT: [malformed, { target: 'UPDATE' }],
				ENDED: {
					target: 'closed',
					actions: [{ type: 'releaseMaildrop', params: nameHeld }, 'hangUp']
				},
				LOST: { target: 'closed', actions: { type: 'releaseMaildrop', params: nameHeld } }
			}
		},
		UPDATE: {
			description: 'The client has said goodbye: marked letters are removed now, and only now.',
			meta: { rfc: 'RFC 1939 §6' },
			tags: 'asking',
			entry: { type: 'expunge', params: marksToExpunge },
			exit: { type: 'releaseMaildrop', params: nameHeld },
			on: {
				UPDATED: { target: 'closed', actions: ['replyUpdated', 'hangUp'] },
				FAILED: {
					target: 'closed',
					actions: [{ type: 'refuse', params: { fault: 'updateFailed' } }, 'hangUp']
				}
			}
		},
		closed: {
			description: 'The session is over. Marks that were not committed are forgotten.',
			meta: { rfc: 'RFC 1939 §6' },
			type: 'final'
		}
	}
});
