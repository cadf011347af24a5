// The wire is cut at every packet of a session that marks mail, one way, the other way and both: what was marked is gone
// exactly when the server has read QUIT, and the mail is free for the next client in the end.
import { expect, test } from 'vitest';
import { t0 } from '#lib/levels/topologies.ts';
import type { EventOf } from '#lib/sim/event.ts';
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { Pop3Spec, Scenario } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';

const SESSION = ['connect post', 'USER ada', 'PASS lovelace', 'DELE 1', 'RETR 3', 'DELE 4', 'QUIT'];
const HOUR = 3_600_000_000;
const ALL = ['u-welcome-1', 'u-won-2', 'u-dots-3', 'u-photo-4'];
const LEFT = ['u-won-2', 'u-dots-3'];

/** T0 and a second client, whose link nobody cuts. */
function scenario(pop3: Partial<Pop3Spec>, faults: readonly FaultSpec[]): Scenario {
	const { hosts, links } = t0(pop3);
	const [link] = links;
	if (!link) throw new Error('T0 has a link');
	return {
		hosts: [...hosts, { id: 'lamp', role: 'client', address: '192.0.2.11' }],
		links: [link, { ...link, id: 'lamp-post', ends: ['lamp', 'post'] }],
		faults
	};
}

function type(world: World, host: string, lines: readonly string[]): void {
	for (const line of lines) {
		world.input({ at: world.now, input: { kind: 'type', host, line } });
		world.runUntilQuiet();
	}
}

interface Outcome {
	/** The server has read QUIT after the login. */
	readonly quit: boolean;
	/** What the next client finds, hours later. */
	readonly left: readonly string[];
}

function run(pop3: Partial<Pop3Spec>, faults: readonly FaultSpec[]): { world: World; outcome: Outcome } {
	const world = createWorld(scenario(pop3, faults), 110);
	type(world, 'desk', SESSION);
	const quit = world.log.some(
		(event) => event.kind === 'pop3.command' && event.keyword === 'QUIT' && event.state === 'TRANSACTION'
	);
	world.advance(world.now + 2 * HOUR);
	type(world, 'lamp', ['connect post', 'USER ada', 'PASS lovelace', 'UIDL', 'QUIT']);
	const printed = world.log
		.filter((event) => event.kind === 'terminal' && event.host === 'lamp' && event.origin === 'server')
		.map((event) => (event as EventOf<'terminal'>).octets)
		.join('');
	return {
		world,
		outcome: { quit, left: [...printed.matchAll(/^\d (u-\S+)/gm)].map(([, uid]) => uid ?? '') }
	};
}

/** When each packet of the uncut session enters the link. */
const instants = [
	...new Set(
		run({ personality: 'rfc' }, []).world.log.flatMap((event) =>
			event.kind === 'packet.sent' && event.link === 'desk-post' && event.at < HOUR ? [event.at] : []
		)
	)
];

test('the session is long enough to be cut', () => {
	expect(instants.length).toBeGreaterThan(20);
	expect(run({ personality: 'rfc' }, []).outcome).toEqual({ quit: true, left: LEFT });
});

test.each([
	['towards the server', { towards: 'post' }],
	['towards the client', { towards: 'desk' }],
	['both ways', {}]
])('cut %s at every packet', (_, direction) => {
	const seen = new Set<boolean>();
	for (const from of instants) {
		const { outcome } = run({ personality: 'rfc' }, [{ kind: 'cut', link: 'desk-post', from, ...direction }]);
		expect(outcome.left, `cut at ${from} µs`).toEqual(outcome.quit ? LEFT : ALL);
		seen.add(outcome.quit);
	}
	expect([...seen].sort()).toEqual([false, true]);
});

test('a server that takes a lost connection for QUIT loses mail that was not given up', () => {
	// without autologout, which would be there before TCP gives up
	const hasty = { personality: 'hasty', habits: { patience: [null, null] } } as const;
	const lost = instants.map((from) => run(hasty, [{ kind: 'cut', link: 'desk-post', from }]).outcome);
	expect(lost.some(({ quit, left }) => !quit && left.length < ALL.length)).toBe(true);
});
