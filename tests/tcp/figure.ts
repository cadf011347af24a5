/** RFC 9293's figure 5 a second time, as an XState chart: the judge of the table and of the connection. */
import { assign, setup } from 'xstate';
import type { TcpEvent } from '#lib/tcp/states.ts';

export const figure = setup({
	types: {} as {
		context: { passive: boolean };
		input: { passive: boolean };
		events: { type: TcpEvent };
	},
	guards: { 'opened passively': ({ context }) => context.passive },
	// note 1 of the figure: who has gone from LISTEN to SYN-SENT has opened actively
	actions: { 'opens actively': assign({ passive: false }) }
}).createMachine({
	context: ({ input }) => ({ passive: input.passive }),
	initial: 'CLOSED',
	states: {
		CLOSED: { on: { 'passive OPEN': 'LISTEN', 'active OPEN': 'SYN-SENT' } },
		LISTEN: {
			on: {
				'rcv SYN': 'SYN-RECEIVED',
				SEND: { target: 'SYN-SENT', actions: 'opens actively' },
				'active OPEN': { target: 'SYN-SENT', actions: 'opens actively' },
				CLOSE: 'CLOSED',
				ABORT: 'CLOSED'
			}
		},
		'SYN-SENT': {
			on: {
				'rcv SYN': 'SYN-RECEIVED',
				'rcv SYN,ACK': 'ESTABLISHED',
				CLOSE: 'CLOSED',
				ABORT: 'CLOSED',
				'rcv RST': 'CLOSED',
				'user timeout': 'CLOSED'
			}
		},
		'SYN-RECEIVED': {
			on: {
				'rcv ACK of SYN': 'ESTABLISHED',
				CLOSE: 'FIN-WAIT-1',
				ABORT: 'CLOSED',
				'rcv SYN': { guard: 'opened passively', target: 'LISTEN' },
				'rcv RST': [{ guard: 'opened passively', target: 'LISTEN' }, { target: 'CLOSED' }],
				'user timeout': 'CLOSED'
			}
		},
		ESTABLISHED: {
			on: {
				CLOSE: 'FIN-WAIT-1',
				'rcv FIN': 'CLOSE-WAIT',
				ABORT: 'CLOSED',
				'rcv RST': 'CLOSED',
				'user timeout': 'CLOSED'
			}
		},
		'FIN-WAIT-1': {
			on: {
				'rcv ACK of FIN': 'FIN-WAIT-2',
				'rcv FIN': 'CLOSING',
				ABORT: 'CLOSED',
				'rcv RST': 'CLOSED',
				'user timeout': 'CLOSED'
			}
		},
		'FIN-WAIT-2': {
			on: { 'rcv FIN': 'TIME-WAIT', ABORT: 'CLOSED', 'rcv RST': 'CLOSED', 'user timeout': 'CLOSED' }
		},
		'CLOSE-WAIT': {
			on: { CLOSE: 'LAST-ACK', ABORT: 'CLOSED', 'rcv RST': 'CLOSED', 'user timeout': 'CLOSED' }
		},
		CLOSING: {
			on: {
				'rcv ACK of FIN': 'TIME-WAIT',
				ABORT: 'CLOSED',
				'rcv RST': 'CLOSED',
				'user timeout': 'CLOSED'
			}
		},
		'LAST-ACK': {
			on: { 'rcv ACK of FIN': 'CLOSED', ABORT: 'CLOSED', 'rcv RST': 'CLOSED', 'user timeout': 'CLOSED' }
		},
		'TIME-WAIT': {
			on: { '2MSL timeout': 'CLOSED', ABORT: 'CLOSED', 'rcv RST': 'CLOSED', 'rcv FIN': 'TIME-WAIT' }
		}
	}
});
