/**
 * Performs the table of states.ts on a TCB: looks the event up, changes the state, reports it, runs the named
 * actions. Nothing else assigns `state`. What a transition does is looked up by name once, when this module begins.
 */
import { add } from '#lib/wire/seq.ts';
import { RST } from '#lib/wire/tcp.ts';
import { emit, emitSyn } from './emit.ts';
import { forgetTiming, startTiming, type Micros } from './rto.ts';
import {
	TCP_EVENTS,
	TCP_STATES,
	transition,
	type TcpAction,
	type TcpEvent,
	type TcpGuard,
	type TcpState
} from './states.ts';
import type { Effect, Tcb } from './tcb.ts';
import { startTimer } from './timer.ts';

type Action = (tcb: Tcb, now: Micros) => void;

const CLOSED: Effect = { type: 'closed' };

const ACTIONS: { readonly [A in TcpAction]: Action } = {
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
		tcb.wants(CLOSED);
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
	'signal refused': (tcb) => tcb.wants({ type: 'error', error: 'refused' }),
	'signal reset': (tcb) => tcb.wants({ type: 'error', error: 'reset' }),
	'signal timeout': (tcb) => tcb.wants({ type: 'error', error: 'timeout' })
};

/** What a transition comes to. */
interface Move {
	readonly target: TcpState;
	readonly actions: readonly Action[];
	/** Null: the state stays. */
	readonly effect: Effect | null;
}

function moveOf(from: TcpState, on: TcpEvent, guards: readonly TcpGuard[]): Move | null {
	const taken = transition(from, on, guards);
	if (taken === null) return null;
	const { target, actions } = taken;
	const effect: Effect | null = from === target ? null : { type: 'state', from, to: target, on };
	return { target, actions: actions.map((action) => ACTIONS[action]), effect };
}

function movesFor(guards: readonly TcpGuard[]): ReadonlyMap<TcpState, ReadonlyMap<TcpEvent, Move>> {
	return new Map(
		TCP_STATES.map((from) => [
			from,
			new Map(
				TCP_EVENTS.flatMap((on) => {
					const move = moveOf(from, on, guards);
					return move ? [[on, move]] : [];
				})
			)
		])
	);
}

const PASSIVE = movesFor(['opened passively']);
const ACTIVE = movesFor([]);

/** Returns false, and does nothing, where the table has no transition for `event`. */
export function move(tcb: Tcb, event: TcpEvent, now: Micros): boolean {
	const taken = (tcb.passive ? PASSIVE : ACTIVE).get(tcb.state)?.get(event);
	if (!taken) return false;
	tcb.state = taken.target;
	if (taken.effect !== null) tcb.wants(taken.effect);
	for (const action of taken.actions) action(tcb, now);
	return true;
}
