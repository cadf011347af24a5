import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TCP_STATES, TCP_TABLE, type TcpState } from '#lib/tcp/states.ts';
import { Model, STEPS, type Step } from './model.ts';

function walk(passive: boolean, steps: readonly Step[]): Model {
	const model = new Model(passive);
	for (const what of steps) {
		if (model.over) break;
		model.do(what);
		model.check();
	}
	return model;
}

/** The shortest way into each state of a connection. */
const WAYS: readonly { state: TcpState; passive: boolean; steps: readonly Step[] }[] = [
	{ state: 'SYN-SENT', passive: false, steps: [] },
	{ state: 'SYN-RECEIVED', passive: true, steps: [] },
	{ state: 'SYN-RECEIVED', passive: false, steps: ['SYN'] },
	{ state: 'ESTABLISHED', passive: false, steps: ['SYN,ACK'] },
	{ state: 'ESTABLISHED', passive: true, steps: ['ACK'] },
	{ state: 'FIN-WAIT-1', passive: false, steps: ['SYN,ACK', 'CLOSE'] },
	{ state: 'FIN-WAIT-2', passive: false, steps: ['SYN,ACK', 'CLOSE', 'ACK'] },
	{ state: 'CLOSE-WAIT', passive: false, steps: ['SYN,ACK', 'FIN'] },
	{ state: 'CLOSING', passive: false, steps: ['SYN,ACK', 'CLOSE', 'FIN'] },
	{ state: 'LAST-ACK', passive: false, steps: ['SYN,ACK', 'FIN', 'CLOSE'] },
	{ state: 'TIME-WAIT', passive: false, steps: ['SYN,ACK', 'CLOSE', 'FIN and ACK'] }
];

test('every step in every state takes the connection where the chart of the figure goes', () => {
	const taken = new Set<string>();
	for (const { state, passive, steps } of WAYS) {
		expect(walk(passive, steps).connection.state).toBe(state);
		for (const first of STEPS) {
			for (const arrow of walk(passive, [...steps, first]).taken) taken.add(arrow);
			for (const second of ['silence', 'CLOSE'] as const) {
				for (const arrow of walk(passive, [...steps, first, second]).taken) taken.add(arrow);
			}
		}
	}
	// and that is along every arrow, but those of a port in LISTEN, which is the host's
	for (const state of TCP_STATES) {
		if (state === 'CLOSED' || state === 'LISTEN') continue;
		for (const [event, rows] of Object.entries(TCP_TABLE[state].on)) {
			for (const { target } of rows) expect(taken).toContain(`${state} ${event} ${target}`);
		}
	}
});

test('so does any walk', () => {
	fc.assert(
		fc.property(
			fc.boolean(),
			fc.array(fc.constantFrom(...STEPS), { maxLength: 14, size: 'max' }),
			(passive, steps) => void walk(passive, steps)
		),
		{ numRuns: 600, seed: 9293 }
	);
});
