/**
 * One host: its IP layer, and above it ICMP, UDP, TCP and the one program that its role gives it. A datagram comes in
 * only from the world's queue and goes out only onto a link. What a layer discards it logs, with the reason and its own words.
 */
import type { FilterRule } from '#lib/ip/filter.ts';
import { parseAddress, type Address } from '#lib/wire/address.ts';
import { unreachable } from '#lib/wire/icmp.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { ICMP_PROTOCOL, readIpv4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import type { DropReason } from './event.ts';
import { IcmpAgent, type Ping } from './icmp-agent.ts';
import { IpLayer, type Manner } from './ip-layer.ts';
import type { Cause, Kernel, Sent } from './kernel.ts';
import type { Link } from './link.ts';
import type { Sockets } from './program.ts';
import { createStream, type Stream } from './random.ts';
import type { HostSpec, RouteSpec, StackSpec } from './scenario.ts';
import type { Stack } from './stack.ts';
import { Transport, type Listeners } from './transport.ts';
import { Udp } from './udp.ts';

const { get } = IPV4;

/** A datagram handed over by a link. */
export interface Arrival {
	readonly packet: number;
	readonly link: string;
	/** Log position of its `packet.delivered`, or of what made it whole. */
	readonly event: Cause;
}

/** What the layers above IP may ask of it. */
export interface Ip {
	readonly address: Address;
	/** Whether `address` is one of the host's own. */
	owns(address: Address): boolean;
	/** Whether a link leads towards `address`. */
	reaches(address: Address): boolean;
	/** Octets of the largest datagram that the link towards `address` carries; Infinity where none leads there. */
	linkMtu(address: Address): number;
	/** Octets of the largest datagram that is known to reach `address` in one piece (RFC 1191). */
	mtuTo(address: Address): number;
	/** Sends a segment in a datagram of its own; null: it did not leave. */
	outputTcp(segment: TcpSegment, dst: Address, cause: Cause, how?: Manner): Sent | null;
	/** Logs that this host discards what has arrived. */
	drop(arrival: Arrival, reason: DropReason, detail: string): Cause;
}

export class Host implements Ip {
	readonly id: string;
	readonly address: Address;
	readonly udp: Udp;
	readonly #kernel: Kernel;
	readonly #ip: IpLayer;
	readonly #icmp: IcmpAgent;
	readonly #transport: Transport;
	readonly #chance: Stream;
	/** Of further addresses: each speaks TCP for itself, and all listen on the same ports (RFC 1122 §3.3.4.2). */
	readonly #others = new Map<Address, Transport>();
	readonly #listeners: Listeners = new Map();
	/** What its program talks to. */
	readonly sockets: Sockets;

	constructor(spec: HostSpec, seed: number, kernel: Kernel) {
		this.id = spec.id;
		this.address = parseAddress(spec.address);
		this.#kernel = kernel;
		this.#chance = createStream(seed, `host ${spec.id}`);
		this.#ip = new IpLayer(spec, kernel, (bytes, arrival) => this.#deliver(bytes, arrival));
		this.#icmp = new IcmpAgent(this.#ip, {
			wrote: (quoted) => quoted.protocol !== TCP_PROTOCOL || this.#transportOf(quoted.src).wrote(quoted),
			report: (report) => {
				if (report.protocol === TCP_PROTOCOL) this.#transportOf(report.src).report(report);
			}
		});
		this.udp = new Udp(this.#ip);
		this.#transport = new Transport(kernel, this, spec.id, this.#stack, this.#chance, this.#listeners);
		const transports = () => this.#transports();
		this.sockets = {
			// from the address on the link that leads there (RFC 1122 §3.3.4.3)
			open: (address, port, user, cause) =>
				this.#transportOf(this.#ip.interfaces.sourceFor(address)).open(address, port, user, cause),
			listen: (port, accept) => {
				if (this.#listeners.has(port)) return false;
				this.#listeners.set(port, accept);
				return true;
			},
			get connections() {
				return transports().reduce((sum, { connections }) => sum + connections, 0);
			}
		};
	}

	get #stack(): Stack {
		return this.#ip.stack;
	}

	/** Joins a link: `peer` is the address at its other end, `address` the host's own on it. */
	attach(link: Link, peer: Address, address: Address = this.address): void {
		this.#ip.interfaces.attach(link, peer, address);
	}

	setRoute(route: RouteSpec): void {
		this.#ip.interfaces.setRoute(route);
	}

	/** False: there is no route to exactly this prefix. */
	deleteRoute(to: string): boolean {
		return this.#ip.interfaces.deleteRoute(to);
	}

	/** Sets the stack, for TCP as from the next connection on. */
	setStack(stack: Partial<StackSpec>): void {
		this.#ip.stack = { ...this.#ip.stack, ...stack };
		for (const transport of this.#transports()) transport.setStack(this.#ip.stack);
	}

	/** Whether the program reads what its connections bring. */
	setReading(reading: boolean, cause: Cause): void {
		for (const transport of this.#transports()) transport.setReading(reading, cause);
	}

	#transports(): readonly Transport[] {
		return [this.#transport, ...this.#others.values()];
	}

	setFilter(rules: readonly FilterRule[]): void {
		this.#ip.setFilter(rules);
	}

	ping(dst: Address, how: Ping, cause: Cause): void {
		this.#icmp.ping(dst, how, cause);
	}

	owns(address: Address): boolean {
		return this.#ip.interfaces.owns(address);
	}

	reaches(address: Address): boolean {
		return this.#ip.interfaces.route(address) !== null;
	}

	linkMtu(address: Address): number {
		return this.#ip.interfaces.linkMtu(address);
	}

	mtuTo(address: Address): number {
		return this.#ip.mtuTo(address);
	}

	outputTcp(segment: TcpSegment, dst: Address, cause: Cause, how?: Manner): Sent | null {
		return this.#ip.outputTcp(segment, this.address, dst, cause, how);
	}

	drop(arrival: Arrival, reason: DropReason, detail: string): Cause {
		return this.#ip.drop(arrival, reason, detail);
	}

	/** A link hands over a datagram. */
	receive(bytes: Uint8Array, arrival: Arrival): void {
		this.#ip.receive(bytes, arrival);
	}

	#deliver(bytes: Uint8Array, arrival: Arrival): void {
		const protocol = get.protocol(bytes, 0);
		if (protocol === TCP_PROTOCOL) {
			this.#transportOf(get.dst(bytes, 0)).receive(bytes, arrival);
			return;
		}
		const packet = readIpv4(bytes);
		if (protocol === ICMP_PROTOCOL) this.#icmp.receive(packet, arrival);
		else if (protocol === UDP_PROTOCOL) this.udp.receive(packet, bytes, arrival);
		else {
			// RFC 1122 §3.2.2.1
			const dropped = this.drop(arrival, 'no-listener', `nobody here speaks protocol ${protocol}`);
			this.#ip.report(packet, bytes, { kind: 'unreachable', code: unreachable.protocol }, dropped);
		}
	}

	#transportOf(address: Address): Transport {
		if (address === this.address) return this.#transport;
		const known = this.#others.get(address);
		if (known) return known;
		const face: Ip = {
			address,
			owns: (to) => this.owns(to),
			reaches: (to) => this.reaches(to),
			linkMtu: (to) => this.linkMtu(to),
			mtuTo: (to) => this.mtuTo(to),
			outputTcp: (segment, dst, cause, how) => this.#ip.outputTcp(segment, address, dst, cause, how),
			drop: (arrival, reason, detail) => this.drop(arrival, reason, detail)
		};
		const made = new Transport(this.#kernel, face, this.id, this.#stack, this.#chance, this.#listeners);
		made.reading = this.#transport.reading;
		this.#others.set(address, made);
		return made;
	}
}
