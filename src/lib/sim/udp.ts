/**
 * The UDP of one host (RFC 768): programs bind ports, datagrams are handed to them or, where nobody has bound the port,
 * answered by ICMP "port unreachable" (RFC 1122 §4.1.3.1).
 */
import type { Address } from '#lib/wire/address.ts';
import { unreachable } from '#lib/wire/icmp.ts';
import { UDP_PROTOCOL, type Ipv4Packet } from '#lib/wire/ipv4.ts';
import { encodeUdp, parseUdp } from '#lib/wire/udp.ts';
import type { IpLayer } from './ip-layer.ts';
import type { Arrival } from './host.ts';
import type { Cause, Sent } from './kernel.ts';

export interface UdpPeer {
	readonly address: Address;
	readonly port: number;
}

type Receiver = (payload: Uint8Array, from: UdpPeer, cause: Cause) => void;

export class Udp {
	readonly #ip: IpLayer;
	readonly #bound = new Map<number, Receiver>();

	constructor(ip: IpLayer) {
		this.#ip = ip;
	}

	/** Takes a port. False: somebody has it. */
	bind(port: number, receiver: Receiver): boolean {
		if (this.#bound.has(port)) return false;
		this.#bound.set(port, receiver);
		return true;
	}

	/** Null: no link leads there. Throws a RangeError when the payload does not fit into a datagram. */
	send(srcPort: number, to: UdpPeer, payload: Uint8Array, cause: Cause): Sent | null {
		const src = this.#ip.interfaces.sourceFor(to.address);
		const bytes = encodeUdp({ srcPort, dstPort: to.port, payload }, src, to.address);
		return this.#ip.output({ src, dst: to.address, protocol: UDP_PROTOCOL }, bytes, cause);
	}

	/** A datagram for this host; `bytes` are the whole of it. */
	receive({ payload, src, dst, ...rest }: Ipv4Packet, bytes: Uint8Array, arrival: Arrival): void {
		const parsed = parseUdp(payload, src, dst);
		if (!parsed.ok) {
			const reason = parsed.reason === 'checksum' ? 'checksum' : 'malformed';
			this.#ip.drop(arrival, reason, `UDP: ${parsed.detail}`);
			return;
		}
		const { srcPort, dstPort, payload: octets } = parsed.packet;
		const receiver = this.#bound.get(dstPort);
		if (receiver) {
			receiver(octets, { address: src, port: srcPort }, arrival.event);
			return;
		}
		const dropped = this.#ip.drop(arrival, 'no-listener', `nobody listens on UDP port ${dstPort}`);
		const about = { ...rest, payload, src, dst };
		this.#ip.report(about, bytes, { kind: 'unreachable', code: unreachable.port }, dropped);
	}
}
