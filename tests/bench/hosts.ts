/**
 * Two hosts of the simulator in one process, joined by one link in a world, with a client and a server written for the
 * measurement above their sockets: everything below is what a lesson runs on.
 */
import type { Scenario, StackSpec } from '#lib/sim/scenario.ts';
import type { Cause } from '#lib/sim/kernel.ts';
import type { Circuit, CircuitUser, Sockets } from '#lib/sim/program.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';

const CLIENT = '192.0.2.10';
const SERVER = '198.51.100.25';
const SERVICE = 110;
/** As the floor: every second segment is acknowledged at once. */
const STACK: Partial<StackSpec> = { delayedAck: 40_000 };

const SCENARIO: Scenario = {
	hosts: [
		{ id: 'desk', role: 'client', address: CLIENT, stack: STACK },
		{ id: 'post', role: 'server', address: SERVER, stack: STACK }
	],
	links: [{ id: 'desk-post', ends: ['desk', 'post'], delay: 50, mtu: 1500 }]
};

export interface Pair {
	readonly world: World;
	/** Opens a connection from the client to the server's service. */
	open(user: CircuitUser): Circuit;
}

export const SILENT: CircuitUser = { opened() {}, octets() {}, ended() {}, failed() {} };

/** `serve` is asked for a user for each connection to the server. */
export function hosts(keepLog: boolean, serve: (circuit: Circuit) => CircuitUser): Pair {
	let client: Sockets | null = null;
	const world = createWorld(SCENARIO, 110, {
		budget: Infinity,
		keepLog,
		programs(spec, { sockets }) {
			if (spec.id === 'desk') client = sockets;
			else sockets.listen(SERVICE, serve);
			return null;
		}
	});
	const to = parseAddress(SERVER);
	return {
		world,
		open(user) {
			const circuit = client?.open(to, SERVICE, user, 0);
			if (circuit === undefined || typeof circuit === 'string') throw new Error(`not opened: ${circuit}`);
			return circuit;
		}
	};
}

/** Sends `octets` one way over one connection, `block` by `block`. */
export function bulk(octets: number, block: Uint8Array, keepLog: boolean): void {
	let received = 0;
	const { world, open } = hosts(keepLog, () => ({
		...SILENT,
		octets(text) {
			received += text.length;
		}
	}));
	const circuit = open(SILENT);
	for (let sent = 0; sent < octets; sent += block.length) {
		circuit.send(block, 0);
		world.runUntilQuiet();
	}
	if (received < octets) throw new Error(`${received} of ${octets} octets have arrived`);
}

/** Closes as soon as it can: a client when the connection is open, a server when the client has closed. */
class Closing implements CircuitUser {
	circuit: Circuit | null = null;
	readonly #client: boolean;
	hasEnded = false;

	constructor(client: boolean) {
		this.#client = client;
	}

	opened(cause: Cause): void {
		if (this.#client) this.circuit?.close(cause);
	}

	octets(): void {}

	ended(cause: Cause): void {
		this.hasEnded = true;
		if (!this.#client) this.circuit?.close(cause);
	}

	failed(): void {}
}

/** Opens and closes `count` connections one after another; the client closes first. */
export function connections(count: number, keepLog: boolean): void {
	let closed = 0;
	const { world, open } = hosts(keepLog, (circuit) => {
		const server = new Closing(false);
		server.circuit = circuit;
		return server;
	});
	for (let i = 0; i < count; i++) {
		const client = new Closing(true);
		client.circuit = open(client);
		world.runUntilQuiet();
		if (client.hasEnded) closed++;
		// TIME-WAIT ends too
		if (i % 64 === 63) world.advance(world.now + 120_000_000);
	}
	if (closed < count) throw new Error(`${closed} of ${count} connections were closed`);
}

/** `count` times a request and its reply over one connection. */
export function requests(count: number, request: Uint8Array, reply: Uint8Array, keepLog: boolean): void {
	let left = count;
	const { world, open } = hosts(keepLog, (circuit) => ({
		...SILENT,
		octets(_text, cause) {
			circuit.send(reply, cause);
		}
	}));
	const circuit = open({
		...SILENT,
		opened: (cause) => circuit.send(request, cause),
		octets(_text, cause) {
			if (--left > 0) circuit.send(request, cause);
		}
	});
	world.runUntilQuiet();
	if (left > 0) throw new Error(`${left} of ${count} requests had no reply`);
}

/** Keeps `count` connections open; returns what holds them. */
export function idle(count: number): object {
	const { world, open } = hosts(false, () => SILENT);
	const circuits = Array.from({ length: count }, () => {
		const circuit = open(SILENT);
		world.runUntilQuiet();
		return circuit;
	});
	return { world, circuits };
}
