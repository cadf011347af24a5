// A session with the post, played in the world itself: its log, its packets, its streams and where their octets come from.
import { papers } from '#lib/levels/papers.ts';
import { packetRows } from '#lib/player/packets.ts';
import { provenance } from '#lib/player/provenance.ts';
import { connectionNames, conversationOf, streamsOf } from '#lib/player/stream.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';

/** The papers' scenario with links that lose. */
export const lossy = (loss: number, mss: number): Scenario => ({
	...papers.scenario,
	hosts: papers.scenario.hosts.map((host) => ({ ...host, stack: { ...host.stack, mss } })),
	links: papers.scenario.links.map((link) => ({ ...link, loss }))
});

/** What a person types at the desk, played to the end, and its connection. */
export function session(scenario: Scenario, seed: number, lines: readonly string[]) {
	const world = createWorld(scenario, seed);
	for (const line of ['connect post 110', ...lines]) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	const { log } = world;
	const rows = packetRows(log, scenario);
	const opening = rows.find(({ flags }) => flags === 'S')!;
	const mine = conversationOf(rows, opening, connectionNames(log));
	const [client, server] = streamsOf(mine)!;
	return {
		log,
		scenario,
		rows: mine,
		client,
		server,
		origins: provenance(client, server, opening.connection, log, scenario)
	};
}
export const login = ['USER ada', 'PASS lovelace'];
