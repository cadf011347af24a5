import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { initialTransition, transition as step } from 'xstate';
import { TCP_EVENTS, TCP_STATES, TCP_TABLE, transition, type TcpState } from '#lib/tcp/states.ts';
import { figure } from './figure.ts';

const rows = TCP_STATES.flatMap((state) =>
	TCP_EVENTS.flatMap((event) => (TCP_TABLE[state].on[event] ?? []).map((row) => ({ state, event, ...row })))
);

test('eleven states, in the order of the RFC, each with a row', () => {
	expect(TCP_STATES).toHaveLength(11);
	expect(Object.keys(TCP_TABLE)).toEqual([...TCP_STATES]);
});

test('is plain data', () => {
	expect(JSON.parse(JSON.stringify(TCP_TABLE))).toEqual(TCP_TABLE);
});

test('imports nothing: the page draws from it', () => {
	const source = readFileSync(new URL('../../src/lib/tcp/states.ts', import.meta.url), 'utf8');
	expect(source).not.toMatch(/^\s*import\b|\bimport\(|^export .* from/m);
});

test('every state and every transition cites its clause; every state says what it is', () => {
	for (const state of TCP_STATES) {
		expect(TCP_TABLE[state].rfc).toMatch(/^RFC 9293 §3\./);
		expect(TCP_TABLE[state].description).toMatch(/^[A-Z].{15,}\.$/);
	}
	for (const row of rows) expect(row.rfc).toMatch(/^RFC 9293 §3\./);
});

test('a guarded transition is followed by the unguarded one, or by none', () => {
	for (const state of TCP_STATES) {
		for (const list of Object.values(TCP_TABLE[state].on)) {
			expect(list.slice(0, -1).every((row) => row.guard !== undefined)).toBe(true);
		}
	}
});

test('every state is reached from CLOSED, and CLOSED from every state', () => {
	const reach = (from: TcpState) => {
		const seen = new Set<TcpState>([from]);
		for (const state of seen) for (const row of rows) if (row.state === state) seen.add(row.target);
		return seen;
	};
	expect(reach('CLOSED').size).toBe(11);
	for (const state of TCP_STATES) expect(reach(state)).toContain('CLOSED');
});

test('what deletes the TCB leads to CLOSED, or back to LISTEN; errors are told before', () => {
	for (const { target, actions } of rows) {
		if (actions.includes('delete TCB')) {
			expect(['CLOSED', 'LISTEN']).toContain(target);
			expect(actions.at(-1)).toBe('delete TCB');
		} else {
			expect(target).not.toBe('CLOSED');
		}
	}
});

describe.each([true, false])('agrees with the chart of the figure (opened passively: %s)', (passive) => {
	test.each(TCP_STATES)('%s', (state) => {
		const [start] = initialTransition(figure, { passive });
		const at = figure.resolveState({ value: state, context: start.context });
		for (const event of TCP_EVENTS) {
			const [next] = step(figure, at, { type: event });
			const taken = transition(state, event, passive ? ['opened passively'] : []);
			expect([event, taken?.target ?? state]).toEqual([event, next.value]);
		}
	});
});

test('the arrows of figure 5, with its labels', () => {
	const arrows = [
		'CLOSED passive OPEN / create TCB > LISTEN',
		'CLOSED active OPEN / create TCB, snd SYN > SYN-SENT',
		'LISTEN CLOSE / delete TCB > CLOSED',
		'LISTEN SEND / snd SYN > SYN-SENT',
		'LISTEN rcv SYN / snd SYN,ACK > SYN-RECEIVED',
		'SYN-SENT CLOSE / delete TCB > CLOSED',
		'SYN-SENT rcv SYN / snd SYN,ACK > SYN-RECEIVED',
		'SYN-SENT rcv SYN,ACK / snd ACK > ESTABLISHED',
		'SYN-RECEIVED CLOSE / snd FIN > FIN-WAIT-1',
		'SYN-RECEIVED rcv ACK of SYN /  > ESTABLISHED',
		'ESTABLISHED CLOSE / snd FIN > FIN-WAIT-1',
		'ESTABLISHED rcv FIN / snd ACK > CLOSE-WAIT',
		'FIN-WAIT-1 rcv ACK of FIN /  > FIN-WAIT-2',
		'FIN-WAIT-1 rcv FIN / snd ACK > CLOSING',
		'FIN-WAIT-2 rcv FIN / snd ACK, start 2MSL timer > TIME-WAIT',
		'CLOSE-WAIT CLOSE / snd FIN > LAST-ACK',
		'CLOSING rcv ACK of FIN / start 2MSL timer > TIME-WAIT',
		'LAST-ACK rcv ACK of FIN / delete TCB > CLOSED',
		'TIME-WAIT 2MSL timeout / delete TCB > CLOSED'
	];
	const drawn = rows
		.filter((row) => row.rfc.endsWith('figure 5'))
		.map((row) => `${row.state} ${row.event} / ${row.actions.join(', ')} > ${row.target}`);
	expect(drawn.sort()).toEqual(arrows.sort());
});
