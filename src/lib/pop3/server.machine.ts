/**
 * The server's side of one POP3 session: RFC 1939's states, as a pure chart that holds names only. What needs
 * the mail store is asked by an effect and answered by an event. UPDATE is the only state with `expunge`;
 * only QUIT in TRANSACTION reaches it (§6), but for one fault that is shown on purpose. What a state does not
 * handle is answered `-ERR` at the root: no line is ever left without a reply.
 */
import {
	challenge,
	failureDelay,
	fresh,
	illegible,
	markGiven,
	marksHeld,
	marksToExpunge,
	nameHeld,
	named,
	numberGiven,
	patience,
	refuseMisplaced,
	refuseWrong,
	refuses,
	serverSetup,
	topGiven,
	withDigest,
	withExchange,
	withPassword
} from './server-setup.ts';

// Branches that several commands share, tried in the order written.
const refused = [
	{ guard: 'staysSilent', actions: 'staySilent' },
	{ guard: 'isRefused', actions: [refuseWrong, 'countBad'] }
] as const;
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

export const serverMachine = serverSetup.createMachine({
	id: 'pop3-server',
	context: ({ input }) => ({ ...input, ...fresh }),
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
					...refused,
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
				PASS: [...refused, { actions: ['forgetBads', refuses('userFirst')] }],
				APOP: [
					...refused,
					{
						target: '.openingMaildrop',
						actions: ['forgetBads', 'rememberName', { type: 'openMaildrop', params: withDigest }]
					}
				],
				AUTH: [
					...refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyMechanisms'] },
					{ target: '.weighing', actions: ['forgetBads', 'beginExchange'] }
				],
				CAPA: [...refused, { actions: ['forgetBads', 'replyCapabilities'] }],
				STLS: [...refused, { target: '.sealing', actions: ['forgetBads', 'replySealing', 'seal'] }],
				UTF8: [...refused, { actions: ['forgetBads', 'allowUtf8', 'replyUtf8'] }],
				LANG: [
					...refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyLanguages'] },
					{ actions: ['forgetBads', 'takeLanguage', 'replyLanguage'] }
				],
				QUIT: [...refused, { target: 'closed', actions: ['replyGoodbye', 'hangUp'] }],
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
							...refused,
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
				STAT: [...refused, { actions: ['forgetBads', 'replyTotals'] }],
				LIST: [
					...refused,
					{ guard: 'namesNoMessage', actions: ['forgetBads', 'replyListing'] },
					{ actions: ['forgetBads', { type: 'replyListingOf', params: numberGiven }] }
				],
				RETR: [
					...refused,
					{ actions: ['forgetBads', 'noteRead', { type: 'replyMessage', params: numberGiven }] }
				],
				DELE: [
					...refused,
					{
						actions: [
							'forgetBads',
							{ type: 'noteMarked', params: markGiven },
							'mark',
							{ type: 'replyMarked', params: numberGiven }
						]
					}
				],
				NOOP: [...refused, { actions: ['forgetBads', 'replyNothingDone'] }],
				RSET: [
					...refused,
					{
						actions: ['forgetBads', { type: 'noteUnmarked', params: marksHeld }, 'unmarkAll', 'replyUnmarked']
					}
				],
				TOP: [...refused, { actions: ['forgetBads', { type: 'replyTop', params: topGiven }] }],
				UIDL: [
					...refused,
					{ guard: 'namesNoMessage', actions: ['forgetBads', 'replyUids'] },
					{ actions: ['forgetBads', { type: 'replyUidOf', params: numberGiven }] }
				],
				LAST: [...refused, { actions: ['forgetBads', 'replyLast'] }],
				CAPA: [...refused, { actions: ['forgetBads', 'replyCapabilities'] }],
				LANG: [
					...refused,
					{ guard: 'namesNothing', actions: ['forgetBads', 'replyLanguages'] },
					{ actions: ['forgetBads', 'takeLanguage', 'replyLanguage'] }
				],
				QUIT: [...refused, { target: 'UPDATE' }],
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
