import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TCP_STATES, TCP_TABLE, type TcpState } from '#lib/tcp/states.ts';
import { Model, STEPS, type Beginning, type Step } from './model.ts';

function walk(begin: Beginning, steps: readonly Step[]): Model {
	const model = new Model(begin);
	for (const what of steps) {
		if (model.over) break;
		model.do(what);
		model.check();
	}
	return model;
}

/** The shortest ways into each state of a connection. */
const WAYS: readonly { state: TcpState; begin: Beginning; steps: readonly Step[] }[] = [
	{ state: 'LISTEN', begin: 'listening', steps: [] },
	{ state: 'SYN-SENT', begin: 'opening', steps: [] },
	{ state: 'SYN-SENT', begin: 'listening', steps: ['SEND'] },
	{ state: 'SYN-SENT', begin: 'listening', steps: ['OPEN'] },
	{ state: 'SYN-RECEIVED', begin: 'accepted', steps: [] },
	{ state: 'SYN-RECEIVED', begin: 'listening', steps: ['SYN'] },
	{ state: 'SYN-RECEIVED', begin: 'opening', steps: ['SYN'] },
	{ state: 'SYN-RECEIVED', begin: 'listening', steps: ['OPEN', 'SYN'] },
	{ state: 'ESTABLISHED', begin: 'opening', steps: ['SYN,ACK'] },
	{ state: 'ESTABLISHED', begin: 'accepted', steps: ['ACK'] },
	{ state: 'ESTABLISHED', begin: 'listening', steps: ['SYN', 'ACK'] },
	{ state: 'FIN-WAIT-1', begin: 'opening', steps: ['SYN,ACK', 'CLOSE'] },
	{ state: 'FIN-WAIT-2', begin: 'opening', steps: ['SYN,ACK', 'CLOSE', 'ACK'] },
	{ state: 'CLOSE-WAIT', begin: 'opening', steps: ['SYN,ACK', 'FIN'] },
	{ state: 'CLOSING', begin: 'opening', steps: ['SYN,ACK', 'CLOSE', 'FIN'] },
	{ state: 'LAST-ACK', begin: 'opening', steps: ['SYN,ACK', 'FIN', 'CLOSE'] },
	{ state: 'TIME-WAIT', begin: 'opening', steps: ['SYN,ACK', 'CLOSE', 'FIN and ACK'] }
];

test('every step in every state takes the connection where the chart of the figure goes', () => {
	const taken = new Set<string>();
	for (const { state, begin, steps } of WAYS) {
		const model = walk(begin, steps);
		expect(model.connection.state).toBe(state);
		for (const arrow of model.taken) taken.add(arrow);
		for (const first of STEPS) {
			for (const arrow of walk(begin, [...steps, first]).taken) taken.add(arrow);
			for (const second of ['silence', 'CLOSE'] as const) {
				for (const arrow of walk(begin, [...steps, first, second]).taken) taken.add(arrow);
			}
		}
	}
	// and that is along every arrow
	for (const state of TCP_STATES) {
		for (const [event, rows] of Object.entries(TCP_TABLE[state].on)) {
			for (const { target } of rows) expect(taken).toContain(`${state} ${event} ${target}`);
		}
	}
});

test('so does any walk', () => {
	fc.assert(
		fc.property(
			fc.constantFrom<Beginning>('opening', 'accepted', 'listening'),
			fc.array(fc.constantFrom(...STEPS), { maxLength: 14, size: 'max' }),
			(begin, steps) => void walk(begin, steps)
		),
		{ numRuns: 900, seed: 9293 }
	);
});
