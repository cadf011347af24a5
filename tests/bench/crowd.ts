/**
 * A thousand hosts: half of them clients, half servers, in twenty streets of fifty around routers that all meet at one.
 * Every client fetches a few replies from the server of the same number in the next street, so each packet takes four links.
 */
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import type { Sockets } from '#lib/sim/program.ts';
import { createWorld } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { SILENT } from './hosts.ts';

const STREETS = 20;
const HOUSES = 49;
const FETCHES = 4;
const REPLY = new Uint8Array(512).fill(0x61);
const REQUEST = REPLY.subarray(0, 16);

const addressOf = (street: number, house: number): string => `10.0.${street}.${house}`;

function scenario(): Scenario {
	const hosts: HostSpec[] = [{ id: 'hub', role: 'router', address: '10.1.0.1' }];
	const links: LinkSpec[] = [];
	const join = (a: string, b: string) =>
		void links.push({ id: `${a}-${b}`, ends: [a, b], delay: 1_000, mtu: 1500 });
	for (let street = 0; street < STREETS; street++) {
		const router = `corner${street}`;
		hosts.push({ id: router, role: 'router', address: addressOf(street, 254) });
		join(router, 'hub');
		for (let house = 1; house <= HOUSES; house++) {
			const id = `house${street}x${house}`;
			hosts.push({ id, role: house % 2 ? 'client' : 'server', address: addressOf(street, house) });
			join(id, router);
		}
	}
	return { hosts, links };
}

const SCENARIO = scenario();

/** Builds the world and runs it; returns the packets that crossed a link. */
export function crowd(): number {
	const clients: [Sockets, string][] = [];
	let served = 0;
	const world = createWorld(SCENARIO, 110, {
		budget: Infinity,
		programs(spec, { sockets }) {
			if (spec.role === 'client') clients.push([sockets, spec.address]);
			else
				sockets.listen(110, (circuit) => ({
					...SILENT,
					octets: (_text, cause) => circuit.send(REPLY, cause),
					ended: (cause) => circuit.close(cause)
				}));
			return null;
		}
	});
	for (const [sockets, address] of clients) {
		const [, , street, house] = address.split('.').map(Number) as [number, number, number, number];
		const to = parseAddress(addressOf((street + 1) % STREETS, house === HOUSES ? 2 : house + 1));
		let left = FETCHES;
		const circuit = sockets.open(
			to,
			110,
			{
				...SILENT,
				opened: (cause) => typeof circuit === 'object' && circuit.send(REQUEST, cause),
				octets(_text, cause) {
					if (typeof circuit !== 'object') return;
					if (--left > 0) circuit.send(REQUEST, cause);
					else circuit.close(cause);
				},
				ended: () => void served++
			},
			0
		);
	}
	world.runUntilQuiet();
	if (served < clients.length) throw new Error(`${served} of ${clients.length} clients were served`);
	return world.log.reduce((sum, { kind }) => sum + (kind === 'packet.sent' ? 1 : 0), 0);
}
