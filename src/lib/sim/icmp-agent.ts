/**
 * The ICMP of one host: it answers echo requests, asks its own, and hears what routers say of its datagrams. What
 * concerns a transport it hands on; the width of a path it keeps (RFC 1122 §3.2.2, RFC 1191 §3).
 */
import { echoOptions } from '#lib/ip/echo-options.ts';
import { formatAddress, type Address } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp, unreachable, type IcmpMessage } from '#lib/wire/icmp.ts';
import { icmpCodeName } from '#lib/wire/icmp-header.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { ICMP_PROTOCOL, type Ipv4Packet } from '#lib/wire/ipv4.ts';
import type { Arrival } from './host.ts';
import type { IpLayer } from './ip-layer.ts';
import type { Cause } from './kernel.ts';

/** An ICMP error about a datagram that this host sent, for the transport that made it. */
export interface IcmpReport {
	readonly kind: 'unreachable' | 'timeExceeded' | 'parameterProblem';
	readonly code: number;
	/** Where the datagram came from and was going, and what it carried. */
	readonly src: Address;
	readonly dst: Address;
	readonly protocol: number;
	/** The first octets that it carried: eight at least of those that were there (RFC 792). */
	readonly carried: Uint8Array;
	readonly cause: Cause;
}

/** Who made the datagrams that ICMP errors are about. */
export interface Authors {
	/** Whether it may have made the datagram quoted. */
	wrote(quoted: Pick<IcmpReport, 'src' | 'dst' | 'protocol' | 'carried'>): boolean;
	report(report: IcmpReport): void;
}

const TYPES = {
	unreachable: { type: 3, report: 'unreachable' },
	timeExceeded: { type: 11, report: 'time exceeded' },
	parameterProblem: { type: 12, report: 'parameter problem' }
} as const;

/** An error as a user is told of it. */
export function inWords(kind: IcmpReport['kind'], code: number) {
	const { type, report } = TYPES[kind];
	return { report, detail: icmpCodeName(type, code) || `code ${code}` };
}

export interface Ping {
	readonly ttl?: number;
	readonly size?: number;
	readonly df?: boolean;
}

/** Octets of data where none are asked for: what people see elsewhere. */
const PING_SIZE = 56;

export class IcmpAgent {
	readonly #ip: IpLayer;
	readonly #authors: Authors;
	#pings = 0;

	constructor(ip: IpLayer, authors: Authors) {
		this.#ip = ip;
		this.#authors = authors;
	}

	/** Sends one echo request; its identifier is its number from 1, its sequence number 1. */
	ping(dst: Address, { ttl, size = PING_SIZE, df }: Ping, cause: Cause): void {
		this.#pings = (this.#pings % 0xffff) + 1;
		const data = Uint8Array.from({ length: size }, (_, i) => i & 0xff);
		const message = encodeIcmp({ kind: 'echoRequest', identifier: this.#pings, sequence: 1, data });
		const how = { ...(ttl !== undefined && { ttl }), ...(df !== undefined && { df }) };
		this.#ip.output({ dst, protocol: ICMP_PROTOCOL, ...how }, message, cause);
	}

	/** RFC 1122 §3.2.2.6: every host answers an echo request with the same data, all of it, so it may be cut; from the address that was asked. */
	receive({ payload, src, dst, options }: Ipv4Packet, arrival: Arrival): void {
		const parsed = parseIcmp(payload);
		if (!parsed.ok) {
			const reason = parsed.reason === 'checksum' ? 'checksum' : 'malformed';
			this.#ip.drop(arrival, reason, `ICMP: ${parsed.detail}`);
			return;
		}
		const message = parsed.packet;
		if (message.kind === 'echoRequest') {
			const reply = encodeIcmp({ ...message, kind: 'echoReply' });
			const back = { src: dst, dst: src, protocol: ICMP_PROTOCOL, df: false };
			const noted = options.length ? { options: echoOptions(options, dst, this.#ip.kernel.now) } : {};
			this.#ip.output({ ...back, ...noted }, reply, arrival.event);
		} else if (message.kind === 'echoReply') {
			if (message.identifier > 0 && message.identifier <= this.#pings) this.#log(payload, src, arrival);
			else this.#ip.drop(arrival, 'no-listener', 'nobody here waits for ICMP echoReply');
		} else if ('quoted' in message && message.kind !== 'redirect')
			this.#error(message, payload, src, arrival);
		else this.#ip.drop(arrival, 'no-listener', `nobody here waits for ICMP ${message.kind}`);
	}

	#error(
		message: Extract<IcmpMessage, { kind: IcmpReport['kind'] }>,
		payload: Uint8Array,
		src: Address,
		arrival: Arrival
	): void {
		const { quoted, code, kind } = message;
		const header = IPV4.get.ihl(quoted, 0) * 4;
		if (
			quoted.length < header ||
			header < IPV4.octets ||
			!this.#ip.interfaces.owns(IPV4.get.src(quoted, 0))
		) {
			this.#ip.drop(arrival, 'no-listener', 'ICMP: it is about no datagram of this host');
			return;
		}
		const dst = IPV4.get.dst(quoted, 0);
		const protocol = IPV4.get.protocol(quoted, 0);
		const about = { src: IPV4.get.src(quoted, 0), dst, protocol, carried: quoted.subarray(header) };
		if (!this.#authors.wrote(about)) {
			this.#ip.drop(arrival, 'no-listener', 'ICMP: it is about nothing that is in flight (RFC 5927)');
			return;
		}
		const heard = this.#log(payload, src, arrival, message.kind === 'unreachable' ? message.mtu : undefined);
		const narrow = kind === 'unreachable' && code === unreachable.fragmentationNeeded;
		const size = IPV4.get.totalLength(quoted, 0);
		const { paths, kernel, host } = this.#ip;
		const mtu = narrow ? paths.lower(dst, message.mtu ?? 0, size, kernel.now) : null;
		const cause =
			mtu === null ? heard : kernel.emit({ kind: 'ip.path-mtu', host, to: formatAddress(dst), mtu }, heard);
		this.#authors.report({ kind, code, ...about, cause });
	}

	#log([type = 0, code = 0]: Uint8Array, src: Address, arrival: Arrival, mtu?: number): Cause {
		const width = mtu === undefined ? {} : { mtu };
		const body = { host: this.#ip.host, from: formatAddress(src), type, code, ...width };
		return this.#ip.kernel.emit({ kind: 'icmp.received', ...body }, arrival.event);
	}
}
