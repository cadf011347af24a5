/**
 * Sessions without end, a day of virtual time: a connection is opened, a line asked, one answered, and it is closed, over
 * links that lose a little. Law: when the last has gone no timer and no connection is left, and the heap is what it was
 * when the first ones had gone.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Circuit, CircuitUser, Sockets } from '#lib/sim/program.ts';
import type { Surroundings } from '#lib/sim/roles.ts';
import type { HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { formatAddress, parseAddress } from '#lib/wire/address.ts';
import { Failure, type Tally } from './dice.ts';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const PORT = 110;
const SERVER = parseAddress('198.51.100.25');
const CLIENTS = 4;
const ASKED = Uint8Array.from('RETR 1\r\n', (char) => char.charCodeAt(0));
const ANSWERED = new Uint8Array(700).fill(0x2e);
/** Share of the run after which the heap must not grow, and by how much it may. */
const WARM = 0.2;
const GROWTH = 0.01;

interface Counts {
	opened: number;
	whole: number;
	failed: number;
}

function scenario(): Scenario {
	const clients = Array.from({ length: CLIENTS }, (_, at): HostSpec => {
		const stack =
			at % 2 === 0
				? {}
				: {
						sack: true,
						timestamps: true,
						windowScale: 2,
						delayedAck: 40_000,
						nagle: true,
						congestion: 'cubic' as const
					};
		return {
			id: `c${at + 1}`,
			role: 'client',
			address: formatAddress(parseAddress('192.0.2.10') + at),
			stack
		};
	});
	const server: HostSpec = {
		id: 'post',
		role: 'server',
		address: formatAddress(SERVER),
		stack: { sack: true, timestamps: true, windowScale: 2, congestion: 'newreno' }
	};
	return {
		hosts: [...clients, server],
		links: clients.map(({ id }) => ({
			id: `${id}-post`,
			ends: [id, 'post'] as const,
			delay: 10_000,
			mtu: 1500,
			loss: 0.002
		}))
	};
}

/** Opens `sessions` connections, one every `every` µs. */
function visit({ kernel, sockets }: Surroundings, sessions: number, every: number, counts: Counts): void {
	const open = (left: number): void => {
		counts.opened += 1;
		let got = 0;
		const user: CircuitUser = {
			opened: (cause) => take(circuit).send(ASKED, cause),
			octets(octets, cause) {
				got += octets.length;
				if (got === ANSWERED.length) take(circuit).close(cause);
			},
			ended(cause) {
				if (got === ANSWERED.length) counts.whole += 1;
				else counts.failed += 1;
				take(circuit).close(cause);
			},
			failed: () => void (counts.failed += 1)
		};
		const circuit = sockets.open(SERVER, PORT, user, 0);
		if (left > 1) kernel.wake(kernel.now + every, false, () => open(left - 1));
	};
	if (sessions > 0) kernel.wake(kernel.now + every, false, () => open(sessions));
}

function take(circuit: Circuit | string): Circuit {
	if (typeof circuit === 'string') throw new Error(`a connection could not be opened: ${circuit}`);
	return circuit;
}

function serve(sockets: Sockets): void {
	sockets.listen(PORT, (circuit) => {
		let asked = 0;
		return {
			opened() {},
			octets(octets, cause) {
				asked += octets.length;
				if (asked === ASKED.length) circuit.send(ANSWERED, cause);
			},
			ended: (cause) => circuit.close(cause),
			failed() {}
		};
	});
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Octets of heap in use when all that is garbage has gone. */
function heap(): number {
	let least = Infinity;
	for (let times = 0; times < 4; times += 1) {
		collect();
		least = Math.min(least, process.memoryUsage().heapUsed);
	}
	return least;
}

export function soak(
	{ seed, sessions, weigh = true }: { seed: number; sessions: number; weigh?: boolean },
	progress?: (tally: Tally) => void
): Tally {
	const counts: Counts = { opened: 0, whole: 0, failed: 0 };
	const all: Sockets[] = [];
	const each = Math.ceil(sessions / CLIENTS);
	const every = Math.floor(DAY / each);
	const world = createWorld(scenario(), seed, {
		keepLog: false,
		programs({ id }, around) {
			all.push(around.sockets);
			if (id === 'post') serve(around.sockets);
			else visit(around, each, every, counts);
			return null;
		}
	});
	const began = process.cpuUsage();
	const steps = 50;
	let before = 0;
	let after = 0;
	for (let step = 1; step <= steps; step += 1) {
		world.advance(Math.floor((DAY / steps) * step));
		const connections = all.reduce((sum, sockets) => sum + sockets.connections, 0);
		if (step === steps * WARM && weigh) before = heap();
		if (step === steps && weigh) after = heap();
		progress?.({ sessions: counts.opened, connections, MB: process.memoryUsage().heapUsed / 1e6 });
	}
	const { user, system } = process.cpuUsage(began);
	const growth = weigh ? (after - before) / before : 0;
	world.advance(world.now + DAY);
	const connections = all.reduce((sum, sockets) => sum + sockets.connections, 0);
	const fail = (problem: string) =>
		new Failure('soak', seed, problem, [JSON.stringify({ sessions, ...counts })]);
	if (world.stopped) throw fail(world.stopped);
	if (world.nextAt !== null || world.timerAt !== null)
		throw fail(`timers are left: ${world.nextAt}, ${world.timerAt}`);
	if (connections > 0) throw fail(`${connections} connections are left`);
	if (counts.whole !== counts.opened)
		throw fail(`${counts.opened} sessions, ${counts.whole} whole, ${counts.failed} failed`);
	if (growth > GROWTH)
		throw fail(`the heap grew by ${(growth * 100).toFixed(2)} %, from ${before} to ${after} octets`);
	const rate = Math.round(counts.opened / ((user + system) / 1e6));
	return {
		sessions: counts.opened,
		'sessions per CPU second': rate,
		...(weigh && { 'heap growth, %': growth * 100, 'heap, KB': Math.round(after / 1024) })
	};
}
