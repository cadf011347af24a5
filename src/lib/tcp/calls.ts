/**
 * The user's calls in states that do not allow them (RFC 9293 §3.10.1 to §3.10.6): the answers in the RFC's words. Its law:
 * a call that is refused changes nothing.
 */
import type { Tcb } from './tcb.ts';

export type Call = 'SEND' | 'RECEIVE' | 'CLOSE' | 'ABORT' | 'STATUS';
export type Objection = 'connection does not exist' | 'connection closing';

/** Null: the call is allowed. LISTEN is where a deleted connection that came from there goes back to. */
export function objection({ state, closing, rcv }: Tcb, call: Call): Objection | null {
	switch (state) {
		case 'CLOSED':
		case 'LISTEN':
			return 'connection does not exist';
		case 'SYN-SENT':
		case 'SYN-RECEIVED':
		case 'ESTABLISHED':
			return closing && changes(call) ? 'connection closing' : null;
		case 'CLOSE-WAIT':
			if (call === 'RECEIVE') return rcv.unread === 0 ? 'connection closing' : null;
			return closing && changes(call) ? 'connection closing' : null;
		case 'FIN-WAIT-1':
		case 'FIN-WAIT-2':
			return changes(call) ? 'connection closing' : null;
		case 'CLOSING':
		case 'LAST-ACK':
		case 'TIME-WAIT':
			// what came before the peer's FIN may still be read
			if (call === 'RECEIVE') return rcv.unread === 0 ? 'connection closing' : null;
			return changes(call) ? 'connection closing' : null;
	}
}

/** Calls that mean something only once, or only before CLOSE. */
function changes(call: Call): boolean {
	return call === 'SEND' || call === 'CLOSE';
}
