/**
 * The user's calls in states that do not allow them (RFC 9293 §3.10.1 to §3.10.6): the answers in the RFC's words. Its law:
 * a call that is refused changes nothing.
 */
import type { Tcb } from './tcb.ts';

export type Call = 'OPEN' | 'SEND' | 'RECEIVE' | 'CLOSE' | 'ABORT' | 'STATUS';
export type Objection = 'connection does not exist' | 'connection already exists' | 'connection closing';

/** Null: the call is allowed. What has been deleted exists no more, also where it went back to LISTEN for others. */
export function objection({ state, over, closing, rcv }: Tcb, call: Call): Objection | null {
	if (over) return 'connection does not exist';
	if (call === 'OPEN') return state === 'LISTEN' ? null : 'connection already exists';
	switch (state) {
		case 'CLOSED':
		case 'LISTEN':
			return null;
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
