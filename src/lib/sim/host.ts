/**
 * One host: its IP layer, and above it TCP and the one program that its role gives it. A datagram comes in only from the
 * world's queue and goes out only onto a link. What a layer discards it logs, with the reason and its own words.
 */
import { parseAddress, type Address } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import type { DropReason } from './event.ts';
import type { Cause, Kernel, Sent } from './kernel.ts';
import type { Link } from './link.ts';
import type { Sockets } from './program.ts';
import { createStream } from './random.ts';
import type { HostSpec } from './scenario.ts';
import { stackOf, type Stack } from './stack.ts';
import { Transport } from './transport.ts';

/** A datagram handed over by a link. */
export interface Arrival {
	readonly packet: number;
	readonly link: string;
	/** Log position of its `packet.delivered`. */
	readonly event: Cause;
}

/** What the layers above IP may ask of it. */
export interface Ip {
	readonly address: Address;
	/** Whether a link leads towards `address`. */
	reaches(address: Address): boolean;
	/** Sends `payload` in a datagram of its own; null: no link leads there. `again` as in `packet.sent`. */
	output(protocol: number, dst: Address, payload: Uint8Array, cause: Cause, again?: number): Sent | null;
	/** Logs that this host discards what has arrived. */
	drop(arrival: Arrival, reason: DropReason, detail: string): Cause;
}

/** A link as seen from this host. */
interface Interface {
	readonly link: Link;
	/** Address at the other end. */
	readonly peer: Address;
}

export class Host implements Ip {
	readonly id: string;
	readonly address: Address;
	readonly #kernel: Kernel;
	readonly #stack: Stack;
	readonly #transport: Transport;
	readonly #interfaces: Interface[] = [];
	/** RFC 791 §3.1: chosen so that it is unique for as long as the datagram lives; a plain count does that. */
	#identification = 1;

	constructor(spec: HostSpec, seed: number, kernel: Kernel) {
		this.id = spec.id;
		this.address = parseAddress(spec.address);
		this.#kernel = kernel;
		this.#stack = stackOf(spec);
		const chance = createStream(seed, `host ${spec.id}`);
		this.#transport = new Transport(kernel, this, spec.id, this.#stack, chance);
	}

	/** What its program talks to. */
	get sockets(): Sockets {
		return this.#transport;
	}

	attach(link: Link, peer: Address): void {
		this.#interfaces.push({ link, peer });
	}

	reaches(address: Address): boolean {
		return this.#route(address) !== undefined;
	}

	output(protocol: number, dst: Address, payload: Uint8Array, cause: Cause, again?: number): Sent | null {
		const { ttl, df } = this.#stack;
		const id = this.#identification;
		this.#identification = (id + 1) & 0xffff;
		const bytes = encodeIpv4({ src: this.address, dst, protocol, id, ttl, df: df ? 1 : 0 }, payload);
		const route = this.#route(dst);
		if (route) return this.#kernel.carry(route.link, this.id, bytes, cause, again);
		this.#kernel.unroutable(this.id, `no link of ${this.id} leads there`, cause);
		return null;
	}

	drop({ packet, link, event }: Arrival, reason: DropReason, detail: string): Cause {
		return this.#kernel.emit({ kind: 'packet.dropped', packet, link, host: this.id, reason, detail }, event);
	}

	/** A link hands over a datagram. */
	receive(bytes: Uint8Array, arrival: Arrival): void {
		const parsed = parseIpv4(bytes);
		if (!parsed.ok) {
			this.drop(arrival, parsed.reason === 'checksum' ? 'checksum' : 'malformed', `IP: ${parsed.detail}`);
			return;
		}
		const { src, dst, protocol, payload, mf, fragmentOffset } = parsed.packet;
		if (dst !== this.address)
			this.drop(arrival, 'unroutable', `${this.id} is not the destination and no router`);
		else if (mf || fragmentOffset)
			this.drop(arrival, 'malformed', 'IP: a fragment, and reassembly is not built');
		else if (protocol === TCP_PROTOCOL) this.#transport.receive(payload, src, arrival);
		else if (protocol === ICMP_PROTOCOL) this.#echo(payload, src, arrival);
		else this.drop(arrival, 'no-listener', `nobody here speaks protocol ${protocol}`);
	}

	/** RFC 1122 §3.2.2.6: every host answers an echo request with the same data. Other messages are nobody's yet. */
	#echo(payload: Uint8Array, src: Address, arrival: Arrival): void {
		const parsed = parseIcmp(payload);
		if (!parsed.ok) {
			this.drop(arrival, parsed.reason === 'checksum' ? 'checksum' : 'malformed', `ICMP: ${parsed.detail}`);
			return;
		}
		const message = parsed.packet;
		if (message.kind !== 'echoRequest')
			this.drop(arrival, 'no-listener', `nobody here waits for ICMP ${message.kind}`);
		else this.output(ICMP_PROTOCOL, src, encodeIcmp({ ...message, kind: 'echoReply' }), arrival.event);
	}

	#route(dst: Address): Interface | undefined {
		return this.#interfaces.find(({ peer }) => peer === dst);
	}
}
