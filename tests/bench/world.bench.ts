/**
 * What a world costs: sessions that fetch a letter of five segments again and again, through both charts and both TCPs,
 * with the whole log kept; and what a fork at the end of such a run costs. CPU time, median of seven, and as ratios to
 * the floor of building and checking the same datagrams with no world around them.
 * Run: node --import tsx tests/bench/world.bench.ts
 */
import type { TimedInput } from '#lib/sim/event.ts';
import { replay } from '#lib/sim/replay.ts';
import type { World } from '#lib/sim/world.ts';
import { encodeIpv4, parseIpv4 } from '#lib/wire/ipv4.ts';
import { encodeTcp, parseTcp } from '#lib/wire/tcp.ts';
import { datagram, of, segment } from '../fixtures/read.ts';
import { t0, typed } from '../fixtures/t0.ts';

const ROUNDS = 7;
const FETCHES = 300;
const inputs: TimedInput[] = typed([
	'connect post 110',
	'USER ada',
	'PASS lovelace',
	...Array.from({ length: FETCHES }, () => 'RETR 4'),
	'QUIT'
]);

function cpuSeconds(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const spent = process.cpuUsage(before);
	return (spent.user + spent.system) / 1e6;
}
function play(): World {
	const world = replay(t0(), 110, inputs);
	world.runUntilQuiet();
	return world;
}

const sample = play();
const built = of(sample.log, 'packet.sent').map((event) => {
	const { src, dst, id } = datagram(event);
	return { src, dst, id, segment: segment(event) };
});
function floor(): void {
	for (const { src, dst, id, segment } of built) {
		const bytes = encodeIpv4({ src, dst, id, protocol: 6, df: 1 }, encodeTcp(segment, src, dst));
		const parsed = parseIpv4(bytes);
		if (!parsed.ok || !parseTcp(parsed.packet.payload, src, dst).ok) throw new Error('the floor is broken');
	}
}

const world: number[] = [];
const bare: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
	const order = round % 2 === 0 ? [0, 1] : [1, 0];
	for (const which of order) {
		if (which === 0) world.push(cpuSeconds(play));
		else bare.push(cpuSeconds(floor));
	}
}
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
const packets = built.length;
console.log(`${packets} packets, ${sample.log.length} events, ${FETCHES + 4} round trips`);
console.log(`world: ${((median(world) * 1e6) / packets).toFixed(1)} µs of CPU a packet`);
console.log(`world: ${Math.round((FETCHES + 4) / median(world))} command round trips per CPU second`);
console.log(`floor / world: ${((median(bare) / median(world)) * 100).toFixed(0)} %`);
