/**
 * The mail program's side of one POP3 session, from the greeting to the reply to QUIT, as a pure chart that holds names
 * only: a policy, which is data, decides what it asks for. A letter is deleted on the server only after KEPT has said that
 * it is stored here. Whatever breaks the session ends it without QUIT, so that the server deletes nothing.
 */
import type { complaints } from './complaints.ts';
import * as held from './mail-context.ts';
import { ask, job, letterIn, login, mailSetup, messageIn, say, textIn } from './mail-setup.ts';

// Transitions that several states share.
const tryNext = [{ type: 'send', params: login }, { type: 'owe', params: login }, 'takeWay'] as const;
const admitted = { target: '#pop3-mail.TRANSACTION', actions: ['answered', 'begin'] } as const;
const refused = [
	{
		guard: 'refusalIsFinal',
		target: '#pop3-mail.leaving',
		actions: [say('loginDenied'), 'answered', ...ask({ keyword: 'QUIT' })]
	},
	{ target: 'choosing', actions: [say('loginRefused'), 'answered'] }
] as const;
const stop = (name: keyof typeof complaints) =>
	({ target: 'choosing', actions: [say(name), 'dropJobs', 'answered'] }) as const;
const drop = (name: keyof typeof complaints) =>
	({ target: '#pop3-mail.closed', actions: [say(name), 'hangUp'] }) as const;
const misnumbered = (name: keyof typeof complaints) =>
	({ target: '#pop3-mail.closed', actions: [say(name), 'forgetThisSession', 'hangUp'] }) as const;

export const mailMachine = mailSetup.createMachine({
	id: 'pop3-mail',
	context: ({ input }) => held.contextFor(input),
	initial: 'connecting',
	on: {
		MISREAD: drop('misread'),
		ENDED: drop('ended'),
		TIMEOUT: drop('silent'),
		FAILED: { target: '.closed', actions: say('failed') }
	},
	states: {
		connecting: {
			description: 'TCP knocks at the server’s port.',
			meta: { rfc: 'RFC 1939 §3' },
			on: {
				CONNECTED: {
					target: 'AUTHORIZATION',
					actions: { type: 'owe', params: { request: { keyword: 'greeting' } } }
				}
			}
		},
		AUTHORIZATION: {
			description: 'The program says who it is, in the best way that the server offers.',
			meta: { rfc: 'RFC 1939 §4' },
			initial: 'awaitingGreeting',
			states: {
				awaitingGreeting: {
					description: 'The server speaks first; a timestamp in its greeting offers APOP.',
					meta: { rfc: 'RFC 1939 §4, §7' },
					on: {
						OK: [
							{
								guard: 'asksCapabilities',
								target: 'asking',
								actions: ['noteStamp', 'answered', ...ask({ keyword: 'CAPA' })]
							},
							{ target: 'choosing', actions: ['noteStamp', 'answered', 'findWays'] }
						],
						ERR: drop('unwelcome')
					}
				},
				asking: {
					description: 'CAPA asks what the server can do; a server without CAPA says -ERR.',
					meta: { rfc: 'RFC 2449 §5' },
					on: {
						OK: [
							{
								guard: 'speaksUtf8',
								target: 'widening',
								actions: ['noteCapabilities', 'answered', 'findWays', ...ask({ keyword: 'UTF8' })]
							},
							{ target: 'choosing', actions: ['noteCapabilities', 'answered', 'findWays'] }
						],
						ERR: { target: 'choosing', actions: ['answered', 'findWays'] }
					}
				},
				widening: {
					description: 'UTF8: the program can take UTF-8 in headers; a server that refuses sends none.',
					meta: { rfc: 'RFC 6856 §2' },
					on: {
						OK: { target: 'choosing', actions: 'answered' },
						ERR: { target: 'choosing', actions: 'answered' }
					}
				},
				choosing: {
					description: 'The best way to log in that is offered and was not refused yet.',
					meta: { rfc: 'RFC 1939 §4' },
					always: [
						{
							guard: 'noWayIsLeft',
							target: '#pop3-mail.leaving',
							actions: [say('noWayIn'), ...ask({ keyword: 'QUIT' })]
						},
						{ guard: { type: 'nextWayIs', params: { way: 'user' } }, target: 'naming', actions: tryNext },
						{ guard: { type: 'nextWayIs', params: { way: 'apop' } }, target: 'digesting', actions: tryNext },
						{ target: 'authenticating', actions: tryNext }
					]
				},
				digesting: {
					description: 'APOP: a digest of timestamp and secret is shown, the secret itself is not.',
					meta: { rfc: 'RFC 1939 §7' },
					on: { OK: admitted, ERR: refused }
				},
				authenticating: {
					description: 'AUTH: the server’s challenges are answered, as the mechanism wants.',
					meta: { rfc: 'RFC 5034 §4' },
					on: { CHALLENGE: { actions: { type: 'answer', params: textIn } }, OK: admitted, ERR: refused }
				},
				naming: {
					description: 'USER says whose maildrop is wanted.',
					meta: { rfc: 'RFC 1939 §7' },
					on: {
						OK: { target: 'proving', actions: ['answered', ...ask({ keyword: 'PASS' })] },
						ERR: refused
					}
				},
				proving: {
					description: 'PASS gives the password, for anyone on the way to read.',
					meta: { rfc: 'RFC 1939 §7' },
					on: { OK: admitted, ERR: refused }
				}
			}
		},
		TRANSACTION: {
			description: 'The maildrop is open: what is there, what is new, what may go.',
			meta: { rfc: 'RFC 1939 §5' },
			initial: 'choosing',
			states: {
				choosing: {
					description: 'The next command is sent, where one may be sent; then the oldest reply is awaited.',
					meta: { rfc: 'RFC 1939 §5' },
					always: [
						{
							guard: 'maySend',
							actions: [{ type: 'send', params: job }, { type: 'owe', params: job }, 'takeJob']
						},
						{ guard: { type: 'awaits', params: { keyword: 'STAT' } }, target: 'counting' },
						{ guard: { type: 'awaits', params: { keyword: 'LIST' } }, target: 'listing' },
						{ guard: { type: 'awaits', params: { keyword: 'UIDL' } }, target: 'identifying' },
						{ guard: { type: 'awaits', params: { keyword: 'RETR' } }, target: 'fetching' },
						{ guard: { type: 'awaits', params: { keyword: 'TOP' } }, target: 'beginning' },
						{ guard: { type: 'awaits', params: { keyword: 'DELE' } }, target: 'deleting' },
						{ guard: 'listingsAreNew', actions: [say('namesAreNew'), 'plan'] },
						{ guard: 'mayPlan', actions: 'plan' },
						{ guard: 'deletionsWait', actions: 'takeDeletions' },
						{ target: '#pop3-mail.leaving', actions: ask({ keyword: 'QUIT' }) }
					]
				},
				counting: {
					description: 'STAT: how many letters, and how many octets.',
					meta: { rfc: 'RFC 1939 §5' },
					on: { OK: { target: 'choosing', actions: ['noteTotals', 'answered'] }, ERR: stop('listingRefused') }
				},
				listing: {
					description:
						'LIST: the size of each letter; asked again, whether a number still means the same letter.',
					meta: { rfc: 'RFC 1939 §5' },
					on: {
						OK: [
							{ guard: 'numberMoved', ...misnumbered('renumbered') },
							{ guard: 'cameShort', target: 'choosing', actions: [say('short'), 'doubtNoMore', 'answered'] },
							{
								guard: 'isInHand',
								target: 'keeping',
								actions: [say('long'), { type: 'keep', params: letterIn }, 'answered']
							},
							{ guard: 'isCheck', target: 'choosing', actions: 'answered' },
							{ guard: 'countDiffers', ...stop('countDiffers') },
							{
								guard: 'octetsDiffer',
								target: 'choosing',
								actions: [say('octetsDiffer'), 'noteSizes', 'answered']
							},
							{ target: 'choosing', actions: ['noteSizes', 'answered'] }
						],
						ERR: [{ guard: 'isCheck', ...misnumbered('gone') }, stop('listingRefused')]
					}
				},
				identifying: {
					description: 'UIDL: the lasting names, by which the program knows which letters it has.',
					meta: { rfc: 'RFC 1939 §7' },
					on: {
						OK: [
							{ guard: 'uidsDiffer', ...stop('uidsDiffer') },
							{ target: 'choosing', actions: ['noteUids', 'answered'] }
						],
						ERR: [
							{
								guard: 'needsNoUids',
								target: 'choosing',
								actions: [say('uidsAreDoneWithout'), 'answered']
							},
							{ guard: 'uidsWereAnnounced', ...stop('uidsAreBroken') },
							stop('uidsAreMissing')
						]
					}
				},
				fetching: {
					description: 'RETR: a whole letter is on its way.',
					meta: { rfc: 'RFC 1939 §5' },
					on: {
						OK: [
							{ guard: 'isFlawed', target: 'choosing', actions: [say('flawed'), 'answered'] },
							{ guard: 'sizeDiffers', target: 'choosing', actions: ['doubt', 'answered'] },
							{ target: 'keeping', actions: [{ type: 'keep', params: letterIn }, 'answered'] }
						],
						ERR: [
							{
								guard: 'numbersMayHaveMoved',
								target: 'choosing',
								actions: [say('letterRefused'), 'checkNumber', 'answered']
							},
							{ target: 'choosing', actions: [say('letterRefused'), 'answered'] }
						]
					}
				},
				beginning: {
					description:
						'TOP: the beginning of a letter is on its way, or all of it where so many lines were asked for.',
					meta: { rfc: 'RFC 1939 §7' },
					on: {
						OK: [
							{ guard: 'isFlawed', target: 'choosing', actions: [say('flawed'), 'answered'] },
							{ guard: 'sizeDiffers', target: 'choosing', actions: ['doubt', 'answered'] },
							{ target: 'keeping', actions: [{ type: 'keep', params: letterIn }, 'answered'] }
						],
						ERR: [
							{ guard: 'hasNoTop', target: 'choosing', actions: ['retrieveInstead', 'answered'] },
							{ target: 'choosing', actions: [say('topRefused'), 'retrieveInstead', 'answered'] }
						]
					}
				},
				keeping: {
					description: 'The letter is being stored here; only then may it go there.',
					meta: { rfc: 'RFC 1939 §8' },
					tags: 'asking',
					on: {
						KEPT: { target: 'choosing', actions: 'noteKept' },
						'NOT KEPT': { target: 'choosing', actions: [say('notStored'), 'dropJobs'] }
					}
				},
				deleting: {
					description: 'DELE marks a letter that is stored here; QUIT will delete it.',
					meta: { rfc: 'RFC 1939 §5' },
					on: {
						OK: {
							target: 'choosing',
							actions: [{ type: 'noteDeleted', params: messageIn }, 'mark', 'answered']
						},
						ERR: { target: 'choosing', actions: [say('notDeleted'), 'answered'] }
					}
				}
			}
		},
		leaving: {
			description: 'QUIT was said: the server deletes what is marked, and answers.',
			meta: { rfc: 'RFC 1939 §6' },
			on: {
				OK: [
					{ guard: 'isLoggedIn', target: 'closed', actions: ['commit', 'noteUpdated', 'answered', 'hangUp'] },
					{ target: 'closed', actions: ['answered', 'hangUp'] }
				],
				ERR: { target: 'closed', actions: [say('notUpdated'), 'answered', 'hangUp'] },
				// before a login nothing hangs on QUIT's answer, and some servers have closed already
				ENDED: [
					{ guard: 'isLoggedIn', ...drop('ended') },
					{ target: 'closed', actions: 'hangUp' }
				],
				FAILED: [{ guard: 'isLoggedIn', target: 'closed', actions: say('failed') }, { target: 'closed' }]
			}
		},
		closed: {
			description: 'The session is over; what was not committed by QUIT is still on the server.',
			meta: { rfc: 'RFC 1939 §6' },
			type: 'final'
		}
	}
});
