/** The logs that the page is measured with: a crowd of packets under way at once, one lane full, and a long session. */
import type { Event, EventBody } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { datagram } from '../../stage/story.ts';
import { t0, type } from '../../fixtures/t0.ts';

export interface Prepared {
	readonly scenario: Scenario;
	readonly log: readonly Event[];
}

const KINDS = [
	['S', ''],
	['SA', ''],
	['A', ''],
	['PA', 'USER ada\r\n'],
	['PA', '\u0000\u0001\u0002'],
	['FA', ''],
	['R', '']
] as const;

/** Times in µs; events in order of time, as a world writes them. */
function logOf(bodies: readonly (EventBody & { readonly at: number })[]): readonly Event[] {
	return bodies.toSorted((a, b) => a.at - b.at).map((body, seq): Event => ({ ...body, seq, cause: null }));
}

/** Departures of `count` packets each way on every link, `gap` apart, each `delay` under way. */
function traffic(scenario: Scenario, count: number, gap: number, same: boolean): Prepared {
	const bodies: (EventBody & { at: number })[] = [];
	let packet = 0;
	for (let i = 0; i < count; i++)
		for (const { id: link, ends, delay } of scenario.links)
			for (const way of [0, 1] as const) {
				const [from, to] = way ? [ends[1], ends[0]] : ends;
				const [flags, payload] = same ? KINDS[3] : (KINDS[(i + packet) % KINDS.length] ?? KINDS[0]);
				const at = i * gap + (same ? 0 : (packet * 37) % gap);
				const bytes = datagram(flags, payload, way === 0);
				packet++;
				bodies.push({ kind: 'packet.sent', at, packet, link, from, to, bytes, arrives: at + delay });
				bodies.push({ kind: 'packet.delivered', at: at + delay, packet, link, host: to });
			}
	return { scenario, log: logOf(bodies) };
}

/** A server amid 25 clients: 50 lanes with four packets in each, all of them drawn. */
export function crowd(): Prepared {
	const [, server] = t0().hosts;
	if (!server) throw new Error('no server');
	const clients = Array.from({ length: 25 }, (_, i) => ({
		id: `c${i + 1}`,
		role: 'client' as const,
		address: `192.0.2.${i + 10}`
	}));
	const links = clients.map(({ id }) => ({
		id: `${id}-post`,
		ends: [id, 'post'] as const,
		delay: 400_000,
		mtu: 1500
	}));
	return traffic({ hosts: [...clients, server], links }, 40, 95_000, false);
}

/** One link, and 200 equal segments on it: a train. */
export const lane = (): Prepared => traffic(t0({ link: { delay: 400_000 } }), 500, 4_000, true);

/** A long list: so many packets, one after the other. */
export const list = (packets: number): Prepared => traffic(t0(), packets / 2, 50_000, false);

/** A session typed by a patient person: so many events, written by the simulator. */
export function session(events: number): Prepared {
	const scenario = t0();
	const world = createWorld(scenario, 110, { budget: Infinity });
	const lines = ['STAT', 'LIST', 'NOOP', 'UIDL', 'TOP 1 3', 'RETR 1', 'LIST 2', 'RSET'];
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace']) say(line);
	for (let i = 0; world.log.length < events; i++) say(lines[i % lines.length] ?? 'NOOP');
	function say(line: string): void {
		world.input(type(world.now, line));
		world.runUntilQuiet();
	}
	return { scenario, log: world.log.slice(0, events) };
}
