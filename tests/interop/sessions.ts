// Seeded POP3 sessions as a person might have them: sensible, clumsy and wrong, on good links and bad ones.
import type { Input } from '#lib/sim/event.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { createStream } from '#lib/sim/random.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { t0 } from '#lib/levels/topologies.ts';

const LINES = [
	'STAT',
	'LIST',
	'LIST 2',
	'UIDL',
	'UIDL 3',
	'RETR 1',
	'RETR 2',
	'RETR 3',
	'RETR 4',
	'TOP 1 0',
	'TOP 3 5',
	'DELE 2',
	'DELE 2',
	'NOOP',
	'RSET',
	'RETR x',
	'RETR 99',
	'LIST 0',
	'XYZZY plugh',
	'stat',
	'USER ada'
];

/** T0 with the weather of this seed: loss up to 10 %, sometimes a small MSS, a slow line, other sequence numbers. */
export function scenarioOf(seed: number): Scenario {
	const draw = createStream(seed, 'weather');
	const base = t0({ apop: draw.unit() < 0.3 });
	const loss = draw.unit() < 0.5 ? 0 : draw.unit() / 10;
	const rate = draw.unit() < 0.5 ? undefined : 64_000;
	const mss = draw.unit() < 0.5 ? 1460 : 536;
	return {
		hosts: base.hosts.map((host) => ({
			...host,
			stack: { ...host.stack, mss, ...(draw.unit() < 0.5 && { isn: undefined }) }
		})),
		links: base.links.map((link) => ({ ...link, loss, rate }))
	};
}

/** Runs one seeded session to its end. */
export function runSession(seed: number): { world: World; scenario: Scenario } {
	const draw = createStream(seed, 'person');
	const scenario = scenarioOf(seed);
	const world = createWorld(scenario, seed);
	const type = (line: string) => {
		const input: Input = { kind: 'type', host: 'desk', line };
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	};
	if (draw.unit() < 0.2) type('connect post 109');
	type('connect post 110');
	if (draw.unit() < 0.3) type('STAT');
	if (draw.unit() < 0.2) type('USER');
	type('USER ada');
	if (draw.unit() < 0.3) {
		type('PASS lovelance');
		type('USER ada');
	}
	type('PASS lovelace');
	for (let left = 3 + draw.below(6); left > 0; left--) type(LINES[draw.below(LINES.length)] ?? 'NOOP');
	if (draw.unit() < 0.8) type('QUIT');
	return { world, scenario };
}
