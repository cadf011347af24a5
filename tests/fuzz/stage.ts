/**
 * A victim between a peer, whose place an attacker takes, and a bystander, whose connection must not notice. The victim
 * is brought into each state of TCP by real exchanges with the peer; then the peer is cut off and the attacker speaks.
 */
import type { Circuit, CircuitUser } from '#lib/sim/program.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { pattern } from '../tcp/octets.ts';
import { Bystander } from './bystander.ts';
import { ChartWatch } from './chart-watch.ts';
import type { Dice } from './dice.ts';
import { Lab } from './lab.ts';
import type { Target } from './mutate.ts';
import { Spy } from './spy.ts';
import { anyStack } from './stack.ts';

export const SECOND = 1_000_000;
const PEER = '192.0.2.10';
const VICTIM = '198.51.100.25';
const BYSTANDER = '203.0.113.5';
const LISTENING = 4_000;
const CLOSED_PORT = 4_001;

export const peerAddress = parseAddress(PEER);
export const victimAddress = parseAddress(VICTIM);

/** Whoever takes a circuit: it reads everything and answers nothing. */
class Silent implements CircuitUser {
	opened(): void {}
	octets(): void {}
	ended(): void {}
	failed(): void {}
}

export class Stage {
	readonly lab: Lab;
	readonly dice: Dice;
	/** The victim's receive buffer, octets. */
	readonly buffer: number;
	/** A segment or the window holds next to nothing. */
	readonly #tiny: boolean;
	/** What has gone against the rules, the first first. */
	readonly problems: string[] = [];
	readonly #watch = new ChartWatch('victim', this.problems);
	/** Reads what the victim sends to the peer. */
	readonly spy = new Spy();
	/** May the peer be heard, and hear? */
	#heard = true;
	#hears = true;
	#circuits: Circuit[] = [];
	/** The newest circuit at each side. */
	#mine: Circuit | null = null;
	#theirs: Circuit | null = null;
	#port = 0;
	#ownPort = LISTENING;
	readonly #bystander: Bystander;

	constructor(dice: Dice, seed: number) {
		this.dice = dice;
		const stack = anyStack(dice);
		this.buffer = stack.receiveBuffer ?? 65_535;
		this.#tiny = Math.min(this.buffer, stack.mss ?? 1460) < 100;
		this.lab = new Lab(
			{
				hosts: [
					{
						id: 'peer',
						role: 'client',
						address: PEER,
						stack: { ...anyStack(dice), receiveBuffer: 65_535, mss: 1460 }
					},
					{ id: 'victim', role: 'server', address: VICTIM, stack },
					{ id: 'bystander', role: 'client', address: BYSTANDER }
				],
				links: [
					{ id: 'peer-victim', ends: ['peer', 'victim'], delay: 10_000, mtu: 9_000 },
					{ id: 'bystander-victim', ends: ['bystander', 'victim'], delay: 10_000, mtu: 1500 }
				]
			},
			seed,
			{
				event: (body) => this.#watch.event(body),
				sends: (host, link, bytes, answering) => this.#sends(host, link, bytes, answering)
			}
		);
		const { sockets } = this.lab.host('victim');
		sockets.listen(LISTENING, (circuit) => {
			// a forged SYN that nobody answers is told to the program too, when its time is over
			if (circuit.name === this.#name) this.#mine = circuit;
			return this.#took(circuit);
		});
		this.lab.host('peer').sockets.listen(LISTENING, (circuit) => {
			this.#theirs = circuit;
			return this.#took(circuit);
		});
		this.#bystander = new Bystander({
			lab: this.lab,
			client: 'bystander',
			server: 'victim',
			address: VICTIM,
			seenAs: BYSTANDER,
			// the attacker may hit this port too
			others: (circuit) => this.#took(circuit),
			complain: (problem) => void this.problems.push(problem)
		});
		this.run(SECOND);
	}

	run(time: number): void {
		this.lab.advance(this.lab.now + time);
	}

	/** The victim's newest connection to the peer; CLOSED where there is none. */
	get state(): TcpState {
		return this.#watch.states.get(this.#name) ?? 'CLOSED';
	}

	get #name(): string {
		return this.#ownPort === LISTENING
			? `${PEER}:${this.#port}>${VICTIM}:${LISTENING}`
			: `${VICTIM}:${this.#ownPort}>${PEER}:${LISTENING}`;
	}

	/** Where the attacker aims. */
	target(port = this.#port, ownPort = this.#ownPort): Target {
		const { seen, iss, nxt, stamp } = this.spy;
		return {
			src: peerAddress,
			srcPort: port,
			dst: victimAddress,
			dstPort: ownPort,
			sndNxt: nxt,
			iss,
			rcvNxt: seen && seen.flags & ACK ? seen.ack : this.dice.u32(),
			rcvWnd: seen?.window ?? 65_535,
			stamp
		};
	}

	/** STATUS of the victim's connection, where its program has it. */
	status() {
		return this.#mine?.status() ?? null;
	}

	/** Brings the victim into `state`, and cuts the peer off. Throws where it does not get there. */
	reach(state: TcpState): void {
		this.#mine = this.#theirs = null;
		this.spy.forget();
		this.#heard = this.#hears = true;
		const { dice } = this;
		if (state === 'CLOSED' || state === 'LISTEN') {
			this.#port = dice.from(1, 65_535);
			this.#ownPort = state === 'LISTEN' ? LISTENING : CLOSED_PORT;
		} else if (state === 'SYN-SENT') {
			this.#hears = false;
			this.#open();
		} else if (state === 'SYN-RECEIVED') {
			this.#hears = false;
			if (dice.hit(0.5)) this.#meet();
			else {
				this.#open();
				// the peer opens at the same time: its SYN knows nothing of ours
				this.hand({ ...this.#syn(), flags: SYN, ack: 0 });
			}
		} else this.#walk(state);
		this.#heard = this.#hears = false;
		if (state !== 'CLOSED' && state !== 'LISTEN' && this.state !== state)
			throw new Error(`meant to reach ${state}, came to ${this.state}: ${this.#name}`);
	}

	/** From ESTABLISHED on. */
	#walk(state: TcpState): void {
		const { dice } = this;
		if (dice.hit(0.5)) this.#meet();
		else this.#open();
		this.run(SECOND);
		const talk = () =>
			this.#mine?.send(pattern(dice.pick(this.#tiny ? [1, 100] : [1, 500, 1_460, 20_000, 100_000])), 0);
		const theirs = () => this.#theirs?.close(0);
		const mine = () => this.#mine?.close(0);
		switch (state) {
			case 'ESTABLISHED':
				this.#hears = dice.hit(0.5);
				if (dice.hit(0.7)) talk();
				break;
			case 'FIN-WAIT-1':
				this.#hears = false;
				if (dice.hit(0.5)) talk();
				mine();
				break;
			case 'FIN-WAIT-2':
				mine();
				break;
			case 'CLOSING':
				this.#hears = false;
				mine();
				this.run(1_000);
				theirs();
				break;
			case 'TIME-WAIT':
				mine();
				this.run(SECOND);
				theirs();
				break;
			default:
				theirs();
				this.run(SECOND);
				this.#hears = false;
				if (state === 'LAST-ACK') {
					// CLOSE waits for what does not fit into the window
					if (dice.hit(0.5)) this.#mine?.send(pattern(this.#tiny ? 1 : 100), 0);
					mine();
				} else if (dice.hit(0.5)) talk();
		}
		this.run(SECOND);
	}

	/** Hands the victim a segment from the peer. */
	hand(segment: TcpSegment): void {
		const bytes = encodeTcp(segment, peerAddress, victimAddress);
		this.inject(encodeIpv4({ src: peerAddress, dst: victimAddress, protocol: TCP_PROTOCOL }, bytes));
	}

	inject(bytes: Uint8Array): void {
		this.lab.hand('victim', 'peer-victim', bytes);
	}

	bystand(): void {
		this.#bystander.speak(this.dice.from(1, this.#tiny ? 20 : 2_000));
	}

	/** Everybody leaves. Nothing may be left then: no connection, no timer. */
	end(): void {
		this.#heard = this.#hears = false;
		this.run(1_200 * SECOND);
		for (const circuit of this.#circuits) {
			const { state, unacknowledged, unsent } = circuit.status();
			if (state !== 'CLOSED' && unacknowledged + unsent > 0)
				this.problems.push(
					`${circuit.name} in ${state} waits for ever with ${unacknowledged} + ${unsent} octets`
				);
			circuit.abort(0);
		}
		this.#bystander.leave();
		this.run(86_400 * SECOND);
		for (const id of ['peer', 'victim', 'bystander']) {
			const { connections } = this.lab.host(id).sockets;
			if (connections > 0) this.problems.push(`${connections} connections are left at the ${id}`);
		}
		if (this.lab.queue.size > 0) this.problems.push(`${this.lab.queue.size} timers are left`);
	}

	/** The victim opens actively. */
	#open(): void {
		const circuit = this.lab.host('victim').sockets.open(peerAddress, LISTENING, new Silent(), 0);
		if (typeof circuit === 'string') throw new Error(circuit);
		this.#mine = circuit;
		this.#circuits.push(circuit);
		this.#port = LISTENING;
		this.#ownPort = Number(circuit.name.split('>')[0]?.split(':')[1]);
		this.run(100_000);
	}

	/** The peer opens. */
	#meet(): void {
		const circuit = this.lab.host('peer').sockets.open(victimAddress, LISTENING, new Silent(), 0);
		if (typeof circuit === 'string') throw new Error(circuit);
		this.#theirs = circuit;
		this.#circuits.push(circuit);
		this.#port = Number(circuit.name.split('>')[0]?.split(':')[1]);
		this.#ownPort = LISTENING;
		this.run(100_000);
	}

	#took(circuit: Circuit): CircuitUser {
		this.#circuits.push(circuit);
		return new Silent();
	}

	#syn(): TcpSegment {
		return {
			srcPort: this.#port,
			dstPort: this.#ownPort,
			seq: this.dice.u32(),
			ack: 0,
			flags: SYN,
			window: 65_535,
			urgent: 0,
			options: [{ kind: 'mss', value: 1460 }, { kind: 'sackPermitted' }],
			payload: new Uint8Array(0)
		};
	}

	#sends(host: string, link: string, bytes: Uint8Array, answering: boolean): boolean {
		if (link !== 'peer-victim') return true;
		if (host === 'peer') return this.#heard;
		const problem = this.spy.look(bytes, answering, this.#ownPort, this.#port);
		if (problem) this.problems.push(problem);
		return this.#hears;
	}
}
