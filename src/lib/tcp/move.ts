/**
 * Performs the table of states.ts on a TCB: looks the event up, changes the state, reports it, runs the named
 * actions. Nothing else assigns `state`.
 */
import { add } from '#lib/wire/seq.ts';
import { RST } from '#lib/wire/tcp.ts';
import { emit, emitSyn } from './emit.ts';
import { forgetTiming, startTiming, type Micros } from './rto.ts';
import { transition, type TcpAction, type TcpEvent, type TcpGuard } from './states.ts';
import type { Tcb } from './tcb.ts';
import { startTimer } from './timer.ts';

const PASSIVE: readonly TcpGuard[] = ['opened passively'];
const ACTIVE: readonly TcpGuard[] = [];

/** Returns false, and does nothing, where the table has no transition for `event`. */
export function move(tcb: Tcb, event: TcpEvent, now: Micros): boolean {
	const taken = transition(tcb.state, event, tcb.passive ? PASSIVE : ACTIVE);
	if (taken === null) return false;
	const from = tcb.state;
	tcb.state = taken.target;
	if (from !== taken.target) tcb.effects.push({ type: 'state', from, to: taken.target, on: event });
	for (const action of taken.actions) ACTIONS[action](tcb, now);
	return true;
}

const ACTIONS: { readonly [A in TcpAction]: (tcb: Tcb, now: Micros) => void } = {
	'create TCB': (tcb) => {
		tcb.passive = tcb.state === 'LISTEN';
		tcb.snd.una = tcb.iss;
		tcb.snd.nxt = tcb.iss;
	},
	'delete TCB': (tcb) => {
		tcb.over = true;
		tcb.timer = null;
		tcb.queue.clear();
		tcb.rcv.dropHeld();
		tcb.ackOwed = false;
		tcb.ackAt = null;
		tcb.resend = null;
		tcb.rack = null;
		tcb.effects.push({ type: 'closed' });
	},
	'snd SYN': (tcb, now) => {
		// whoever waited in LISTEN does so no more
		tcb.passive = false;
		tcb.snd.nxt = add(tcb.iss, 1);
		startTiming(tcb.rto, tcb.snd.nxt, now);
		emitSyn(tcb, now);
		startTimer(tcb, 'rto', now);
	},
	'snd SYN,ACK': (tcb, now) => {
		// in a simultaneous open the SYN has been sent before: an ACK of it could answer either (Karn)
		if (tcb.snd.nxt !== tcb.iss) forgetTiming(tcb.rto, now);
		else startTiming(tcb.rto, add(tcb.iss, 1), now);
		tcb.snd.nxt = add(tcb.iss, 1);
		emitSyn(tcb, now);
		startTimer(tcb, 'rto', now);
	},
	'snd ACK': (tcb) => {
		tcb.ackOwed = true;
	},
	'snd FIN': (tcb) => {
		tcb.finQueued = true;
	},
	'snd RST': (tcb, now) => emit(tcb, tcb.snd.nxt, RST, now),
	'start 2MSL timer': (tcb, now) => startTimer(tcb, '2msl', now),
	'signal refused': (tcb) => tcb.effects.push({ type: 'error', error: 'refused' }),
	'signal reset': (tcb) => tcb.effects.push({ type: 'error', error: 'reset' }),
	'signal timeout': (tcb) => tcb.effects.push({ type: 'error', error: 'timeout' })
};
