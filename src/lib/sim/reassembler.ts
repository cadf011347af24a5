/**
 * Reassembly in its place on a host: it keeps the one timer that gives up what is never completed, reports that to the
 * sender, and tells the log which packets became one datagram.
 */
import { Reassembly } from '#lib/ip/reassembly.ts';
import { parseIpv4, type Ipv4Packet } from '#lib/wire/ipv4.ts';
import type { Arrival } from './host.ts';
import type { IpLayer } from './ip-layer.ts';
import type { Cause } from './kernel.ts';
import type { Ticket } from './queue.ts';

/** ICMP time exceeded, code 1: fragment reassembly time exceeded (RFC 792). */
const REASSEMBLY_TIME = 1;

export interface Whole {
	readonly packet: Ipv4Packet;
	readonly bytes: Uint8Array;
	/** As if it had come with the last piece, because of the event that says they are together. */
	readonly arrival: Arrival;
}

export class Reassembler {
	readonly #ip: IpLayer;
	readonly #reassembly = new Reassembly<Arrival>();
	#armed: { readonly at: number; readonly ticket: Ticket } | null = null;

	constructor(ip: IpLayer) {
		this.#ip = ip;
	}

	/** Takes a piece; null: it waits for others, or has been discarded. */
	take(bytes: Uint8Array, arrival: Arrival): Whole | null {
		const { kernel, host } = this.#ip;
		const taken = this.#reassembly.take(bytes, kernel.now, arrival);
		for (const gone of taken.discarded) this.#ip.drop(gone, 'reassembly', 'IP: its datagram is discarded');
		this.#arm();
		if (taken.kind === 'refused') this.#ip.drop(arrival, 'reassembly', `IP: ${taken.detail}`);
		if (taken.kind !== 'whole') return null;
		const packets = taken.tags.map(({ packet }) => packet);
		const event = kernel.emit({ kind: 'ip.reassembled', host, packets }, arrival.event);
		const parsed = parseIpv4(taken.datagram);
		const whole = { bytes: taken.datagram, arrival: { ...arrival, event } };
		return parsed.ok ? { packet: parsed.packet, ...whole } : null;
	}

	/** A timer exactly while something waits. */
	#arm(): void {
		const at = this.#reassembly.nextAt;
		if (at === (this.#armed?.at ?? null)) return;
		if (this.#armed) this.#ip.kernel.cancel(this.#armed.ticket);
		this.#armed = at === null ? null : { at, ticket: this.#ip.kernel.wake(at, true, () => this.#expire()) };
	}

	/** RFC 792: the sender is told, provided that the piece at offset 0 is here. */
	#expire(): void {
		this.#armed = null;
		for (const { tags, first } of this.#reassembly.expire(this.#ip.kernel.now)) {
			let dropped: Cause = 0;
			for (const arrival of tags)
				dropped = this.#ip.drop(arrival, 'reassembly', 'IP: the other pieces did not come in time');
			if (!first) continue;
			const parsed = parseIpv4(first);
			if (parsed.ok)
				this.#ip.report(parsed.packet, first, { kind: 'timeExceeded', code: REASSEMBLY_TIME }, dropped);
		}
		this.#arm();
	}
}
