/**
 * RFC 9293's state diagram (figure 5, with its notes and the rules of §3.10) as data: state × event → next state and
 * actions by name. The connection moves by this table and by nothing else, and the chart on the page is drawn from it.
 * Its law: import nothing, hold nothing but plain data and one look-up. A segment that carries both an ACK of our FIN
 * and a FIN is two events, the ACK first, as §3.10.7.4 orders them (note 2 of the figure is that pair in one arrow).
 */
export const TCP_STATES = [
	'CLOSED',
	'LISTEN',
	'SYN-SENT',
	'SYN-RECEIVED',
	'ESTABLISHED',
	'FIN-WAIT-1',
	'FIN-WAIT-2',
	'CLOSE-WAIT',
	'CLOSING',
	'LAST-ACK',
	'TIME-WAIT'
] as const;
export type TcpState = (typeof TCP_STATES)[number];

/** What can move a connection: the user's calls, what a segment carries, and the timers. */
export const TCP_EVENTS = [
	'passive OPEN',
	'active OPEN',
	'SEND',
	'CLOSE',
	'ABORT',
	'rcv SYN',
	'rcv SYN,ACK',
	'rcv ACK of SYN',
	'rcv ACK of FIN',
	'rcv FIN',
	'rcv RST',
	'2MSL timeout',
	'user timeout'
] as const;
export type TcpEvent = (typeof TCP_EVENTS)[number];

export type TcpAction =
	| 'create TCB'
	| 'delete TCB'
	| 'snd SYN'
	| 'snd SYN,ACK'
	| 'snd ACK'
	| 'snd FIN'
	| 'snd RST'
	| 'start 2MSL timer'
	| 'signal refused'
	| 'signal reset'
	| 'signal timeout';

/** `opened passively`: the connection came from LISTEN (note 1 of the figure). */
export type TcpGuard = 'opened passively';

export interface TcpTransition {
	readonly target: TcpState;
	/** Absent: always. The first transition of a list whose guard holds is taken. */
	readonly guard?: TcpGuard;
	readonly actions: readonly TcpAction[];
	/** The clause that asks for it. */
	readonly rfc: string;
}

export interface TcpStateRow {
	readonly description: string;
	readonly rfc: string;
	readonly on: { readonly [E in TcpEvent]?: readonly TcpTransition[] };
}

const FIGURE = 'RFC 9293 §3.3.2, figure 5';
const NOTE_1 = 'RFC 9293 §3.3.2, figure 5, note 1';
const ABORT = 'RFC 9293 §3.10.5';
const SYN_SENT = 'RFC 9293 §3.10.7.3';
const OTHER = 'RFC 9293 §3.10.7.4';
const TIMEOUTS = 'RFC 9293 §3.10.8';
const ROW = 'RFC 9293 §3.3.2';

const aborted: TcpTransition = { target: 'CLOSED', actions: ['snd RST', 'delete TCB'], rfc: ABORT };
const abandoned: TcpTransition = { target: 'CLOSED', actions: ['delete TCB'], rfc: ABORT };
const wasReset: TcpTransition = { target: 'CLOSED', actions: ['signal reset', 'delete TCB'], rfc: OTHER };
const resetLate: TcpTransition = { target: 'CLOSED', actions: ['delete TCB'], rfc: OTHER };
const gaveUp: TcpTransition = { target: 'CLOSED', actions: ['signal timeout', 'delete TCB'], rfc: TIMEOUTS };

export const TCP_TABLE: { readonly [S in TcpState]: TcpStateRow } = {
	CLOSED: {
		description: 'There is no connection.',
		rfc: ROW,
		on: {
			'passive OPEN': [{ target: 'LISTEN', actions: ['create TCB'], rfc: FIGURE }],
			'active OPEN': [{ target: 'SYN-SENT', actions: ['create TCB', 'snd SYN'], rfc: FIGURE }]
		}
	},
	LISTEN: {
		description: 'Waiting for a connection request from any remote end.',
		rfc: ROW,
		on: {
			'active OPEN': [{ target: 'SYN-SENT', actions: ['snd SYN'], rfc: 'RFC 9293 §3.10.1' }],
			SEND: [{ target: 'SYN-SENT', actions: ['snd SYN'], rfc: FIGURE }],
			CLOSE: [{ target: 'CLOSED', actions: ['delete TCB'], rfc: FIGURE }],
			ABORT: [abandoned],
			'rcv SYN': [{ target: 'SYN-RECEIVED', actions: ['snd SYN,ACK'], rfc: FIGURE }]
		}
	},
	'SYN-SENT': {
		description: 'Asked for a connection; waiting for a matching request in answer.',
		rfc: ROW,
		on: {
			CLOSE: [{ target: 'CLOSED', actions: ['delete TCB'], rfc: FIGURE }],
			ABORT: [abandoned],
			'rcv SYN': [{ target: 'SYN-RECEIVED', actions: ['snd SYN,ACK'], rfc: FIGURE }],
			'rcv SYN,ACK': [{ target: 'ESTABLISHED', actions: ['snd ACK'], rfc: FIGURE }],
			'rcv RST': [{ target: 'CLOSED', actions: ['signal refused', 'delete TCB'], rfc: SYN_SENT }],
			'user timeout': [gaveUp]
		}
	},
	'SYN-RECEIVED': {
		description: 'Has received a request and sent its own; waiting for the ACK of its own.',
		rfc: ROW,
		on: {
			CLOSE: [{ target: 'FIN-WAIT-1', actions: ['snd FIN'], rfc: FIGURE }],
			ABORT: [aborted],
			'rcv SYN': [{ target: 'LISTEN', guard: 'opened passively', actions: ['delete TCB'], rfc: OTHER }],
			'rcv ACK of SYN': [{ target: 'ESTABLISHED', actions: [], rfc: FIGURE }],
			'rcv RST': [
				{ target: 'LISTEN', guard: 'opened passively', actions: ['delete TCB'], rfc: NOTE_1 },
				{ target: 'CLOSED', actions: ['signal refused', 'delete TCB'], rfc: OTHER }
			],
			'user timeout': [gaveUp]
		}
	},
	ESTABLISHED: {
		description: 'The open connection: data flows both ways.',
		rfc: ROW,
		on: {
			CLOSE: [{ target: 'FIN-WAIT-1', actions: ['snd FIN'], rfc: FIGURE }],
			ABORT: [aborted],
			'rcv FIN': [{ target: 'CLOSE-WAIT', actions: ['snd ACK'], rfc: FIGURE }],
			'rcv RST': [wasReset],
			'user timeout': [gaveUp]
		}
	},
	'FIN-WAIT-1': {
		description:
			'Has closed its own direction; waiting for the FIN to be acknowledged or for the peer’s FIN.',
		rfc: ROW,
		on: {
			ABORT: [aborted],
			'rcv ACK of FIN': [{ target: 'FIN-WAIT-2', actions: [], rfc: FIGURE }],
			'rcv FIN': [{ target: 'CLOSING', actions: ['snd ACK'], rfc: FIGURE }],
			'rcv RST': [wasReset],
			'user timeout': [gaveUp]
		}
	},
	'FIN-WAIT-2': {
		description: 'Its FIN is acknowledged; waiting for the peer to close the other direction.',
		rfc: ROW,
		on: {
			ABORT: [aborted],
			'rcv FIN': [{ target: 'TIME-WAIT', actions: ['snd ACK', 'start 2MSL timer'], rfc: FIGURE }],
			'rcv RST': [wasReset],
			'user timeout': [gaveUp]
		}
	},
	'CLOSE-WAIT': {
		description: 'The peer has closed its direction; waiting for the local user to close too.',
		rfc: ROW,
		on: {
			CLOSE: [{ target: 'LAST-ACK', actions: ['snd FIN'], rfc: FIGURE }],
			ABORT: [aborted],
			'rcv RST': [wasReset],
			'user timeout': [gaveUp]
		}
	},
	CLOSING: {
		description: 'Both sides closed at once; waiting for the acknowledgement of its FIN.',
		rfc: ROW,
		on: {
			ABORT: [abandoned],
			'rcv ACK of FIN': [{ target: 'TIME-WAIT', actions: ['start 2MSL timer'], rfc: FIGURE }],
			'rcv RST': [resetLate],
			'user timeout': [gaveUp]
		}
	},
	'LAST-ACK': {
		description: 'The peer closed first and it has closed too; waiting for the last acknowledgement.',
		rfc: ROW,
		on: {
			ABORT: [abandoned],
			'rcv ACK of FIN': [{ target: 'CLOSED', actions: ['delete TCB'], rfc: FIGURE }],
			'rcv RST': [resetLate],
			'user timeout': [gaveUp]
		}
	},
	'TIME-WAIT': {
		description:
			'Both directions are closed. It waits two segment lifetimes: a lost last ACK can be sent again, and no old segment meets a new connection.',
		rfc: ROW,
		on: {
			ABORT: [abandoned],
			'rcv FIN': [{ target: 'TIME-WAIT', actions: ['snd ACK', 'start 2MSL timer'], rfc: OTHER }],
			'rcv RST': [resetLate],
			'2MSL timeout': [{ target: 'CLOSED', actions: ['delete TCB'], rfc: FIGURE }]
		}
	}
};

/** The transition for `event` in `state`, or null where the table has none. `guards` names what holds. */
export function transition(
	state: TcpState,
	event: TcpEvent,
	guards: readonly TcpGuard[] = []
): TcpTransition | null {
	for (const candidate of TCP_TABLE[state].on[event] ?? []) {
		if (candidate.guard === undefined || guards.includes(candidate.guard)) return candidate;
	}
	return null;
}
