// Mail fetched over a link with scripted faults.
import type { FaultKind, FaultSpec } from '#lib/sim/faults/spec.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { converse } from '../fixtures/net.ts';
import { t0 } from '../fixtures/t0.ts';

const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'RETR 4', 'QUIT'];
export const clean = converse(t0(), FETCH);

export const withFaults = (...faults: (Partial<FaultSpec> & FaultKind)[]): Scenario => ({
	...t0(),
	faults: faults.map((fault): FaultSpec => ({ link: 'desk-post', ...fault }))
});
export const run = (...faults: (Partial<FaultSpec> & FaultKind)[]) =>
	converse(withFaults(...faults), FETCH).log;
