/**
 * The server's side of one POP3 session: RFC 1939's states, as a pure chart that holds names only. What needs
 * the mail store is asked by an effect and answered by an event. UPDATE is the only state with `expunge`;
 * only QUIT in TRANSACTION reaches it (§6), but for one fault that is shown on purpose. What a state does not
 * handle is answered `-ERR` at the root: no line is ever left without a reply.
 */
import { assign, setup } from 'xstate';
import type { CommandEvent, Fault } from './grammar.ts';
import type { Mechanism } from './habits.ts';
import * as drops from './maildrop.ts';
import { badWith, faultOf, hadEnough, languageOf, misplaced, patienceOf, refusalOf } from './refusals.ts';
import { nextOf } from './sasl.ts';
import { effects, type ServerContext, type ServerEvent, type ServerInput } from './server-events.ts';
import type { Proof } from './store.ts';

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

const refuses = <F extends Fault>(fault: F) => ({ type: 'refuse', params: { fault, about: '' } }) as const;
const refuseWrong = {
	type: 'refuse',
	params: (heard: Heard) => refusalOf(heard.context, heard.event, wrong(heard) ?? 'spacing')
} as const;
const refuseMisplaced = {
	type: 'refuse',
	params: (heard: Heard) => refusalOf(heard.context, heard.event, outOfPlace(heard))
} as const;
const named = ({ event }: Given) => ({ user: event.name });
const nameHeld = ({ context }: About) => ({ user: context.user });
const withPassword = ({ context, event }: About & Given): { user: string; proof: Proof } => ({
	user: context.user,
	proof: { kind: 'password', password: event.secret }
});
const withDigest = ({ context, event }: About & Given): { user: string; proof: Proof } => ({
	user: event.name,
	proof: { kind: 'digest', stamp: context.stamp ?? '', digest: event.secret }
});
const withExchange = ({ context }: About): { user: string; proof: Proof } => {
	const come = next(context);
	return come?.kind === 'proof' ? come : { user: '', proof: { kind: 'password', password: '' } };
};
const challenge = ({ context }: About) => {
	const come = next(context);
	return { text: come?.kind === 'challenge' ? come.text : '' };
};
const illegible = ({ event }: Heard) => ({
	fault: 'exchangeIllegible' as const,
	about: event.type === 'RESPONSE' ? '' : 'initial'
});
const numberGiven = ({ event }: Given) => ({ number: event.number ?? 0 });
const topGiven = ({ event }: Given) => ({ number: event.number ?? 0, lines: event.lines });
const markGiven = ({ context, event }: About & Given) => {
	const number = event.number ?? 0;
	return { number, uid: drops.entryAt(context.drop, number)?.uid ?? '' };
};
const marksHeld = ({ context: { drop } }: About) => ({
	marks: drop.marked.map((number) => ({ number, uid: drop.entries[number - 1]?.uid ?? '' }))
});
const marksToExpunge = ({ context }: About) => ({ user: context.user, uids: drops.markedUids(context.drop) });
const patience = ({ context }: About) => ({ delay: patienceOf(context) });
const failureDelay = ({ context }: About) => ({ delay: context.habits.failureDelay });

// Branches that several commands share, tried in the order written.
const refused = { guard: 'isRefused', actions: [refuseWrong, 'countBad'] } as const;
const notNow = { guard: 'isLine', actions: refuseMisplaced } as const;
const release = { type: 'releaseMaildrop', params: nameHeld } as const;
const hadTooMany = { guard: 'hadEnough', target: '#pop3-server.closed', actions: 'hangUp' } as const;
const loginFailed = [
	{
		guard: 'closesAfterFailure',
		target: '#pop3-server.closed',
		actions: [refuses('loginRefused'), 'hangUp']
	},
	{ target: 'waitingForName', actions: refuses('loginRefused') }
] as const;

export const serverMachine = setup({
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
}).createMachine({
	id: 'pop3-server',
	context: ({ input }) => ({
		...input,
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
	}),
	initial: 'listening',
	on: {
		'*': [
			{ guard: 'staysSilent', actions: 'staySilent' },
			{ guard: 'isOverlong', target: '.closed', actions: [refuseMisplaced, release, 'hangUp'] },
			{ guard: 'isLine', actions: [refuseMisplaced, 'countBad'] }
		]
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
			entry: { type: 'expectLineWithin', params: patience },
			always: hadTooMany,
			on: {
				USER: [
					refused,
					{
						guard: 'namesAreChecked',
						target: '.checkingName',
						actions: ['forgetBads', 'rememberName', { type: 'lookUpName', params: named }]
					},
					{
						target: '.waitingForPassword',
						actions: ['forgetBads', 'rememberName', { type: 'replySendPass', params: named }]
					}
				],
				PASS: [refused, { actions: ['forgetBads', refuses('userFirst')] }],
				APOP: [
					refused,
					{
						target: '.openingMaildrop',
						actions: ['forgetBads', 'rememberName', { type: 'openMaildrop', params: withDigest }]
					}
				],
				AUTH: [
					refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyMechanisms'] },
					{ target: '.weighing', actions: ['forgetBads', 'beginExchange'] }
				],
				CAPA: [refused, { actions: ['forgetBads', 'replyCapabilities'] }],
				STLS: [refused, { target: '.sealing', actions: ['forgetBads', 'replySealing', 'seal'] }],
				UTF8: [refused, { actions: ['forgetBads', 'allowUtf8', 'replyUtf8'] }],
				LANG: [
					refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyLanguages'] },
					{ actions: ['forgetBads', 'takeLanguage', 'replyLanguage'] }
				],
				QUIT: [refused, { target: 'closed', actions: ['replyGoodbye', 'hangUp'] }],
				ENDED: { target: 'closed', actions: 'hangUp' },
				LOST: { target: 'closed' },
				IDLE: [
					{ guard: 'saysFarewell', target: 'closed', actions: [refuses('idleTooLong'), 'hangUp'] },
					{ target: 'closed', actions: 'hangUp' }
				]
			},
			states: {
				waitingForName: {
					description: 'Nobody has been named yet.',
					meta: { rfc: 'RFC 1939 §4, §7' }
				},
				checkingName: {
					description: 'The store is asked whether this name has a maildrop.',
					meta: { rfc: 'RFC 1939 §7' },
					tags: 'asking',
					on: {
						'*': notNow,
						KNOWN: {
							target: 'waitingForPassword',
							actions: { type: 'replySendPass', params: nameHeld }
						},
						UNKNOWN: { target: 'waitingForName', actions: refuses('unknownName') }
					}
				},
				waitingForPassword: {
					description: 'A name was given; its password is still missing.',
					meta: { rfc: 'RFC 1939 §7' },
					on: {
						PASS: [
							refused,
							{
								target: 'openingMaildrop',
								actions: ['forgetBads', { type: 'openMaildrop', params: withPassword }]
							}
						]
					}
				},
				weighing: {
					description: 'What AUTH has brought so far is weighed: it is a proof, or there is more to ask.',
					meta: { rfc: 'RFC 5034 §4' },
					tags: 'asking',
					always: [
						{
							guard: 'isProof',
							target: 'openingMaildrop',
							actions: [{ type: 'openMaildrop', params: withExchange }, 'rememberProven']
						},
						{
							guard: 'isIllegible',
							target: 'waitingForName',
							actions: { type: 'refuse', params: illegible }
						},
						{ target: 'exchanging', actions: { type: 'replyChallenge', params: challenge } }
					]
				},
				exchanging: {
					description: 'A challenge was sent. The next line is the answer to it, no command.',
					meta: { rfc: 'RFC 5034 §4' },
					tags: 'exchanging',
					on: {
						'*': notNow,
						RESPONSE: [
							{ guard: 'isCancelled', target: 'waitingForName', actions: refuses('exchangeCancelled') },
							{ target: 'weighing', actions: 'takeResponse' }
						]
					}
				},
				openingMaildrop: {
					description: 'The store checks the papers and tries to lock the maildrop for this session alone.',
					meta: { rfc: 'RFC 1939 §4' },
					tags: 'asking',
					on: {
						'*': notNow,
						OPENED: { target: '#pop3-server.TRANSACTION', actions: ['takeMaildrop', 'replyWelcome'] },
						LOCKED: [
							{
								guard: 'closesWhenLocked',
								target: '#pop3-server.closed',
								actions: [refuses('maildropLocked'), 'hangUp']
							},
							{ target: 'waitingForName', actions: refuses('maildropLocked') }
						],
						UNAVAILABLE: { target: 'waitingForName', actions: refuseWrong },
						DENIED: [{ guard: 'failuresAreDelayed', target: 'penalised' }, ...loginFailed]
					}
				},
				penalised: {
					description: 'A login was refused; the answer waits, so that guessing takes long.',
					meta: { rfc: 'RFC 1939 §13' },
					tags: 'asking',
					entry: { type: 'pause', params: failureDelay },
					on: { '*': notNow, 'PAUSE OVER': [...loginFailed] }
				},
				sealing: {
					description: 'TLS is being agreed on. Nothing said before counts any more.',
					meta: { rfc: 'RFC 2595 §4' },
					tags: 'asking',
					on: { '*': notNow, SEALED: { target: 'waitingForName', actions: 'becomeSealed' } }
				}
			}
		},
		TRANSACTION: {
			description:
				'The maildrop is open and locked. Letters can be counted, read and marked; none is removed yet.',
			meta: { rfc: 'RFC 1939 §5' },
			entry: { type: 'expectLineWithin', params: patience },
			always: { ...hadTooMany, actions: [release, 'hangUp'] },
			on: {
				STAT: [refused, { actions: ['forgetBads', 'replyTotals'] }],
				LIST: [
					refused,
					{ guard: 'namesNoMessage', actions: ['forgetBads', 'replyListing'] },
					{ actions: ['forgetBads', { type: 'replyListingOf', params: numberGiven }] }
				],
				RETR: [
					refused,
					{ actions: ['forgetBads', 'noteRead', { type: 'replyMessage', params: numberGiven }] }
				],
				DELE: [
					refused,
					{
						actions: [
							'forgetBads',
							{ type: 'noteMarked', params: markGiven },
							'mark',
							{ type: 'replyMarked', params: numberGiven }
						]
					}
				],
				NOOP: [refused, { actions: ['forgetBads', 'replyNothingDone'] }],
				RSET: [
					refused,
					{
						actions: ['forgetBads', { type: 'noteUnmarked', params: marksHeld }, 'unmarkAll', 'replyUnmarked']
					}
				],
				TOP: [refused, { actions: ['forgetBads', { type: 'replyTop', params: topGiven }] }],
				UIDL: [
					refused,
					{ guard: 'namesNoMessage', actions: ['forgetBads', 'replyUids'] },
					{ actions: ['forgetBads', { type: 'replyUidOf', params: numberGiven }] }
				],
				LAST: [refused, { actions: ['forgetBads', 'replyLast'] }],
				CAPA: [refused, { actions: ['forgetBads', 'replyCapabilities'] }],
				LANG: [
					refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyLanguages'] },
					{ actions: ['forgetBads', 'takeLanguage', 'replyLanguage'] }
				],
				QUIT: [refused, { target: 'UPDATE' }],
				ENDED: [
					{ guard: 'updatesOnLoss', target: 'UPDATE' },
					{ target: 'closed', actions: [release, 'hangUp'] }
				],
				LOST: [
					{ guard: 'updatesOnLoss', target: 'UPDATE', actions: 'noteGone' },
					{ target: 'closed', actions: release }
				],
				IDLE: [
					{
						guard: 'saysFarewell',
						target: 'closed',
						actions: [refuses('idleTooLong'), release, 'hangUp']
					},
					{ target: 'closed', actions: [release, 'hangUp'] }
				]
			}
		},
		UPDATE: {
			description: 'The client has said goodbye: marked letters are removed now, and only now.',
			meta: { rfc: 'RFC 1939 §6' },
			tags: 'asking',
			entry: { type: 'expunge', params: marksToExpunge },
			exit: release,
			on: {
				UPDATED: [
					{ guard: 'isGone', target: 'closed' },
					{ target: 'closed', actions: ['replyUpdated', 'hangUp'] }
				],
				FAILED: [
					{ guard: 'isGone', target: 'closed' },
					{ target: 'closed', actions: [refuses('updateFailed'), 'hangUp'] }
				]
			}
		},
		closed: {
			description: 'The session is over. Marks that were not committed are forgotten.',
			meta: { rfc: 'RFC 1939 §6' },
			type: 'final'
		}
	}
});
