/**
 * A connection that has nothing to do with the attack: what its client says comes back from its server, octet for octet
 * and in good time, whatever else the hosts are handed meanwhile.
 */
import type { Circuit, CircuitUser } from '#lib/sim/program.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { pattern } from '../tcp/octets.ts';
import type { Lab } from './lab.ts';

const SECOND = 1_000_000;
/** A small window and narrow segments are slow. */
const PATIENCE = 300;
export const BYSTANDING = 4_002;

export interface Place {
	readonly lab: Lab;
	readonly client: string;
	readonly server: string;
	/** The server's. */
	readonly address: string;
	/** As the server sees the client: the beginning of the connection's name. */
	readonly seenAs: string;
	/** Whoever else reaches the bystander's port. */
	readonly others: (circuit: Circuit) => CircuitUser;
	/** Told of what the bystander has noticed. */
	readonly complain: (problem: string) => void;
}

export class Bystander {
	readonly #place: Place;
	readonly #circuit: Circuit;
	#said = 0;
	#heard = 0;

	constructor(place: Place) {
		this.#place = place;
		const { lab, client, server, address, seenAs, others, complain } = place;
		lab.host(server).sockets.listen(BYSTANDING, (circuit) => {
			if (!circuit.name.startsWith(seenAs)) return others(circuit);
			return {
				opened() {},
				octets: (octets, cause) => circuit.send(octets, cause),
				ended: (cause) => circuit.close(cause),
				failed: (failure) => complain(`the bystander's server: ${failure}`)
			};
		});
		const user: CircuitUser = {
			opened() {},
			octets: (octets) => this.#hear(octets),
			ended() {},
			failed: (failure) => complain(`the bystander: ${failure}`)
		};
		const circuit = lab.host(client).sockets.open(parseAddress(address), BYSTANDING, user, 0);
		if (typeof circuit === 'string') throw new Error(circuit);
		this.#circuit = circuit;
	}

	/** Says so many octets, and must have them back. */
	speak(length: number): void {
		const { lab, complain } = this.#place;
		this.#circuit.send(pattern(length, this.#said), 0);
		this.#said += length;
		for (let waits = 0; waits < PATIENCE && this.#heard < this.#said; waits += 1)
			lab.advance(lab.now + SECOND);
		if (this.#heard !== this.#said) complain(`the bystander has ${this.#heard} of ${this.#said} octets`);
	}

	leave(): void {
		this.#circuit.close(0);
	}

	#hear(octets: Uint8Array): void {
		const expected = pattern(octets.length, this.#heard);
		if (!octets.every((octet, at) => octet === expected[at]))
			this.#place.complain(`the bystander was sent something else at ${this.#heard}`);
		this.#heard += octets.length;
	}
}
