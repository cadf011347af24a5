/** What is measured below and beside the hosts: the queue, the packet list's reading of packets, and POP3 sessions. */
import { decode } from '#lib/player/decode.ts';
import { Queue } from '#lib/sim/queue.ts';
import { createStream } from '#lib/sim/random.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { of } from '../fixtures/read.ts';
import { t0, type } from '../fixtures/t0.ts';

export const PENDING = 1_000;
const LINES = ['STAT', 'LIST', 'NOOP', 'UIDL', 'TOP 1 3', 'RETR 1', 'LIST 2', 'RSET'];

const draws = createStream(110, 'bench');
const gaps = Float64Array.from({ length: 4_096 }, () => 1 + draws.below(100_000));

/** Takes the earliest entry and puts one back later, `events` times, with 1,000 pending. */
export function hold(events: number): number {
	const queue = new Queue<number>();
	for (let i = 0; i < PENDING; i++) queue.push(gaps[i % gaps.length] as number, i);
	for (let i = 0; i < events; i++) {
		const now = queue.dueAt as number;
		const value = queue.pop() as number;
		queue.push(now + (gaps[i % gaps.length] as number), value);
	}
	return events;
}

function login(keepLog: boolean): World {
	const world = createWorld(t0(), 110, { budget: Infinity, keepLog });
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace']) say(world, line);
	return world;
}

function say(world: World, line: string): void {
	world.input(type(world.now, line));
	world.runUntilQuiet();
}

/** `count` commands typed at a terminal, each when the reply to the one before has been read. */
export function roundTrips(count: number, keepLog: boolean): number {
	const world = login(keepLog);
	for (let i = 0; i < count; i++) say(world, LINES[i % LINES.length] as string);
	return count;
}

/** The packets of a whole session: handshake, commands, replies of one and of many segments, close. */
const packets = (() => {
	const world = login(true);
	for (const line of [...LINES, 'RETR 4', 'QUIT']) say(world, line);
	return of(world.log, 'packet.sent').map(({ bytes }) => bytes);
})();
const PORTS = new Set([110]);

/** Reads `count` packets as the packet list does. */
export function decodePackets(count: number): number {
	let octets = 0;
	for (let i = 0; i < count; i++) octets += decode(packets[i % packets.length] as Uint8Array, PORTS).length;
	return octets > 0 ? count : 0;
}
