/**
 * The client's side at a terminal: a pure chart. What a person types is sent at once, reply pending or not;
 * the chart keeps the queue of replies still owed, each with its command, and so knows for every status line
 * which command it answers and whether lines follow it up to a lone dot (RFC 1939 §3). Replies come in the
 * order of the commands.
 */
import { assign, setup } from 'xstate';
import { isMultiLine, splitLine } from './commands.ts';
import { effect, type EffectOf } from './step.ts';

/** A reply the server owes. */
export interface Owed {
	/** Upper case; `greeting` for the one that answers no command. */
	readonly keyword: string;
	/** Whether `+OK` will be followed by lines. */
	readonly multi: boolean;
}

/** Why a connection came to nothing or ended otherwise than by a FIN; `aborted`: on this side, by the person. */
export type Failure = 'refused' | 'reset' | 'timeout' | 'unknown-host' | 'unreachable' | 'aborted';

export interface ClientContext {
	readonly host: string;
	readonly port: number;
	/** The connection's text, as the world gives it. */
	readonly session: string;
	readonly owed: readonly Owed[];
}

export type ClientEvent =
	/** The terminal's own command. */
	| { readonly type: 'CONNECT'; readonly host: string; readonly port: number }
	/** `connect` with something wrong. */
	| { readonly type: 'BAD CONNECT'; readonly why: string }
	/** Octets to send, as latin1 text, and the command lines that they bring to an end. */
	| { readonly type: 'TYPED'; readonly octets: string; readonly lines: readonly string[] }
	| { readonly type: 'CONNECTED'; readonly session: string }
	/** A status line has arrived. */
	| { readonly type: 'STATUS'; readonly ok: boolean }
	/** The lone dot has arrived. */
	| { readonly type: 'DOT' }
	/** The server closed its half. */
	| { readonly type: 'ENDED' }
	| { readonly type: 'FAILED'; readonly error: Failure };

/** Every line is answered, well-formed or not; one that is no command by a single line. */
const replyTo = (line: string): Owed => ({ keyword: splitLine(line).keyword, multi: isMultiLine(line) });

const address = ({ event }: { event: { host: string; port: number } }) => ({
	host: event.host,
	port: event.port
});
const typed = ({ event }: { event: { octets: string; lines: readonly string[] } }) => ({
	octets: event.octets,
	lines: event.lines
});
const reason = ({ event }: { event: { why: string } }) => ({ why: event.why });
const failure = ({ context, event }: { context: ClientContext; event: { error: Failure } }) => ({
	error: event.error,
	host: context.host,
	port: context.port
});
const hostHeld = ({ context }: { context: ClientContext }) => ({ host: context.host });
const unanswered = ({ context }: { context: ClientContext }) => ({
	host: context.host,
	keyword: context.owed[0]?.keyword ?? null
});
const answered = ({ context }: { context: ClientContext }) => ({ keyword: context.owed[0]?.keyword ?? '' });

/** All that the terminal can be seen to do. Performed in terminal-session.ts. */
const effects = {
	openConnection: effect<{ host: string; port: number }>(),
	transmit: effect<{ octets: string; lines: readonly string[] }>(),
	hangUp: effect(),
	noteReply: effect<{ keyword: string }>(),
	tellBadConnect: effect<{ why: string }>(),
	tellConnecting: effect<{ host: string; port: number }>(),
	tellStillConnecting: effect<{ host: string }>(),
	tellConnected: effect<{ host: string }>(),
	tellAlreadyConnected: effect<{ host: string }>(),
	tellNotConnected: effect(),
	tellClosed: effect<{ host: string; keyword: string | null }>(),
	tellFailed: effect<{ error: Failure; host: string; port: number }>()
};

export type ClientEffect = EffectOf<typeof effects>;

// Transitions that several states share.
const dial = {
	target: '#pop3-client.connecting',
	actions: [
		'rememberServer',
		{ type: 'tellConnecting', params: address },
		{ type: 'openConnection', params: address }
	]
} as const;
const notConnected = { actions: 'tellNotConnected' } as const;
const complete = [{ type: 'noteReply', params: answered }, 'replyIsComplete'] as const;
const fail = {
	target: '#pop3-client.closed',
	actions: ['forgetReplies', { type: 'tellFailed', params: failure }]
} as const;

export const clientMachine = setup({
	types: {
		context: {} as ClientContext,
		events: {} as ClientEvent,
		meta: {} as { rfc: string }
	},
	guards: {
		repliesAreOwed: ({ context }) => context.owed.length > 0,
		nextReplyIsMultiLine: ({ context }) => context.owed[0]?.multi === true,
		isError: ({ event }) => event.type === 'STATUS' && !event.ok
	},
	actions: {
		...effects,
		rememberServer: assign(({ event }) =>
			event.type === 'CONNECT' ? { host: event.host, port: event.port } : {}
		),
		expectGreeting: assign(({ event }) => ({
			session: event.type === 'CONNECTED' ? event.session : '',
			owed: [{ keyword: 'greeting', multi: false }]
		})),
		expectReplies: assign(({ context, event }) =>
			event.type === 'TYPED' ? { owed: [...context.owed, ...event.lines.map(replyTo)] } : {}
		),
		replyIsComplete: assign(({ context }) => ({ owed: context.owed.slice(1) })),
		forgetReplies: assign({ owed: [] })
	}
}).createMachine({
	id: 'pop3-client',
	context: { host: '', port: 0, session: '', owed: [] },
	initial: 'disconnected',
	on: { 'BAD CONNECT': { actions: { type: 'tellBadConnect', params: reason } } },
	states: {
		disconnected: {
			description: 'The terminal is connected to nobody.',
			meta: { rfc: 'RFC 1939 §3' },
			on: { CONNECT: dial, TYPED: notConnected }
		},
		connecting: {
			description: 'TCP knocks at the server’s port.',
			meta: { rfc: 'RFC 1939 §3' },
			on: {
				CONNECT: { actions: { type: 'tellStillConnecting', params: hostHeld } },
				TYPED: { actions: { type: 'tellStillConnecting', params: hostHeld } },
				CONNECTED: {
					target: 'connected',
					actions: ['expectGreeting', { type: 'tellConnected', params: hostHeld }]
				},
				FAILED: fail
			}
		},
		connected: {
			description: 'The connection is up: lines go out as they are typed, replies come back in order.',
			meta: { rfc: 'RFC 1939 §3' },
			initial: 'awaitingGreeting',
			on: {
				CONNECT: { actions: { type: 'tellAlreadyConnected', params: hostHeld } },
				TYPED: { actions: [{ type: 'transmit', params: typed }, 'expectReplies'] },
				ENDED: {
					target: 'closed',
					actions: [{ type: 'tellClosed', params: unanswered }, 'forgetReplies', 'hangUp']
				},
				FAILED: fail
			},
			states: {
				awaitingGreeting: {
					description: 'The server speaks first.',
					meta: { rfc: 'RFC 1939 §4' },
					on: { STATUS: { target: 'ready', actions: complete } }
				},
				ready: {
					description: 'Every command sent has had its reply.',
					meta: { rfc: 'RFC 1939 §3' },
					always: [
						{ guard: 'nextReplyIsMultiLine', target: 'awaitingMultiLineReply' },
						{ guard: 'repliesAreOwed', target: 'awaitingSingleReply' }
					],
					on: { STATUS: { actions: { type: 'noteReply', params: answered } } }
				},
				awaitingSingleReply: {
					description: 'One line will answer the command.',
					meta: { rfc: 'RFC 1939 §3' },
					on: { STATUS: { target: 'ready', actions: complete } }
				},
				awaitingMultiLineReply: {
					description: 'If the answer is +OK, lines will follow it, up to a dot alone.',
					meta: { rfc: 'RFC 1939 §3' },
					on: {
						STATUS: [{ guard: 'isError', target: 'ready', actions: complete }, { target: 'readingLines' }]
					}
				},
				readingLines: {
					description: 'The status line was +OK; a dot alone on a line ends what follows.',
					meta: { rfc: 'RFC 1939 §3' },
					on: { DOT: { target: 'ready', actions: complete } }
				}
			}
		},
		closed: {
			description: 'The session is over. The terminal may connect again.',
			meta: { rfc: 'RFC 1939 §6' },
			on: { CONNECT: dial, TYPED: notConnected }
		}
	}
});
