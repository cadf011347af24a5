/**
 * The IP layer of one host or router: filter, sending with fragmentation, and sorting what comes in into what is for this
 * host, what is to be passed on and what is discarded. RFC 1122 §3 and RFC 1812 §5.
 */
import { judge, type FilterRule, type Verdict } from '#lib/ip/filter.ts';
import { fragment } from '#lib/ip/fragment.ts';
import { ErrorBudget, isUnicast, silence } from '#lib/ip/icmp-policy.ts';
import { PathMtu } from '#lib/ip/path-mtu.ts';
import { formatAddress, parseAddress, type Address } from '#lib/wire/address.ts';
import { encodeIcmp, quote, unreachable } from '#lib/wire/icmp.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import type { IpOption } from '#lib/wire/ipv4-options.ts';
import {
	headerLength,
	ICMP_PROTOCOL,
	putIpv4Header,
	readIpv4,
	TCP_PROTOCOL,
	verifyIpv4,
	type Ipv4Packet
} from '#lib/wire/ipv4.ts';
import { putTcp, tcpLength, type TcpSegment } from '#lib/wire/tcp.ts';
import type { DropReason } from './event.ts';
import type { Arrival } from './host.ts';
import { Interfaces, type Interface } from './interfaces.ts';
import type { About, Cause, Kernel, Sent } from './kernel.ts';
import { Reassembler } from './reassembler.ts';
import { Forwarder } from './forwarder.ts';
import type { HostSpec } from './scenario.ts';
import { Slab } from './slab.ts';
import { stackOf, type Stack } from './stack.ts';

/** What is said of a datagram to be sent. */
export interface Outgoing {
	/** Absent: the host's address on the link it leaves by. */
	readonly src?: Address;
	readonly dst: Address;
	readonly protocol: number;
	readonly ttl?: number;
	/** Absent: as the host does. */
	readonly df?: boolean;
	/** IP options. */
	readonly options?: readonly IpOption[];
}

/** What else there is to say of a segment. */
export interface Manner {
	/** As in `packet.sent`. */
	readonly again?: number | undefined;
	/** Its transport understands congestion marks: ECT(0) (RFC 3168 §5). */
	readonly markable?: boolean | undefined;
	/** As in `Outgoing`. */
	readonly options?: readonly IpOption[] | undefined;
	/** It goes whole or not at all, whatever is known of the path. */
	readonly whole?: boolean | undefined;
}

/** Without what is filled in: the quotation and, for ICMP as a whole, the checksum. */
export type Complaint =
	| { readonly kind: 'unreachable'; readonly code: number; readonly mtu?: number }
	| { readonly kind: 'timeExceeded'; readonly code: number };

/** ECN-capable transport, the codepoint that everyone uses (RFC 3168 §5). */
const ECT_0 = 2;
/** Words of a header without options. */
const LEAST_IHL = 5;
/** ICMP "source route failed" (RFC 792). */
const SOURCE_ROUTE_FAILED = 5;
/** ICMP "communication administratively prohibited" (RFC 1812 §5.2.7.1). */
const PROHIBITED = 13;

const { get } = IPV4;
const NOTHING: About = {};
const NO_OPTIONS: readonly IpOption[] = [];

export class IpLayer {
	readonly host: string;
	readonly kernel: Kernel;
	stack: Stack;
	readonly interfaces: Interfaces;
	readonly paths = new PathMtu();
	readonly #budget = new ErrorBudget();
	readonly #reassembler: Reassembler;
	readonly #forwarder: Forwarder | null;
	/** A whole datagram for this host, verified. */
	readonly #deliver: (bytes: Uint8Array, arrival: Arrival) => void;
	readonly #slab = new Slab();
	/** Room for a datagram of so many octets, every one of which must be written. */
	readonly room = (length: number): Uint8Array => this.#slab.take(length);
	#rules: readonly FilterRule[];
	/** RFC 791 §3.1: chosen so that it is unique for as long as the datagram lives; a plain count does that. */
	#identification = 1;

	constructor(spec: HostSpec, kernel: Kernel, deliver: (bytes: Uint8Array, arrival: Arrival) => void) {
		this.host = spec.id;
		this.kernel = kernel;
		this.stack = stackOf(spec);
		this.interfaces = new Interfaces(parseAddress(spec.address));
		this.#rules = spec.filter ?? [];
		this.#deliver = deliver;
		this.#reassembler = new Reassembler(this);
		this.#forwarder = spec.role === 'router' ? new Forwarder(this, spec) : null;
	}

	setFilter(rules: readonly FilterRule[]): void {
		this.#rules = rules;
	}

	judge(packet: Ipv4Packet): Verdict {
		return judge(this.#rules, packet);
	}

	/** Octets of the largest datagram that is known to reach `dst` in one piece. */
	mtuTo(dst: Address): number {
		return Math.min(this.interfaces.linkMtu(dst), this.paths.get(dst, this.kernel.now) ?? Infinity);
	}

	/** Sends `payload`; null: no link leads there, or the host's own filter is against it. */
	output(outgoing: Outgoing, payload: Uint8Array, cause: Cause): Sent | null {
		const { dst, protocol, ttl = this.stack.ttl, df = this.stack.df, options } = outgoing;
		const header = headerLength(options);
		const bytes = this.room(header + payload.length);
		bytes.set(payload, header);
		const src = outgoing.src ?? this.interfaces.sourceFor(dst);
		const how = options || outgoing.df ? { options, whole: outgoing.df } : undefined;
		return this.#send(bytes, src, dst, protocol, ttl, df, cause, how);
	}

	/** Sends a TCP segment; it is written in its place in the datagram. */
	outputTcp(segment: TcpSegment, src: Address, dst: Address, cause: Cause, how?: Manner): Sent | null {
		const bytes = this.room(IPV4.octets + tcpLength(segment));
		putTcp(bytes, IPV4.octets, segment, src, dst);
		return this.#send(bytes, src, dst, TCP_PROTOCOL, this.stack.ttl, this.stack.df, cause, how);
	}

	/** Writes the header of a datagram that has its payload already, and sends it. */
	#send(
		bytes: Uint8Array,
		src: Address,
		dst: Address,
		protocol: number,
		ttl: number,
		unbroken: boolean,
		cause: Cause,
		{ again, markable, options, whole }: Manner = NOTHING
	): Sent | null {
		const id = this.#identification;
		this.#identification = (id + 1) & 0xffff;
		const route = this.interfaces.route(dst);
		const width = this.paths.get(dst, this.kernel.now);
		// RFC 1191 §6: what the path is known not to carry whole may only go in pieces
		const narrow = width !== null && bytes.length > width && bytes.length <= (route?.link.spec.mtu ?? 0);
		const df = unbroken && (whole === true || !narrow);
		const ecn = markable ? ECT_0 : 0;
		const header = { src, dst, protocol, id, ttl, ecn, df: df ? 1 : 0, options: options ?? NO_OPTIONS };
		putIpv4Header(bytes, 0, header, bytes.length - headerLength(options));
		if (!route) {
			this.kernel.unroutable(this.host, `no link of ${this.host} leads there`, cause);
			return null;
		}
		if (this.#rules.length > 0) {
			const verdict = this.judge(readIpv4(bytes));
			if (verdict.action !== 'pass') {
				this.kernel.unroutable(this.host, `not sent: ${verdict.detail}`, cause, 'filter');
				return null;
			}
		}
		if (narrow && df) {
			const detail = `${bytes.length} octets may not be cut, and the path to ${formatAddress(dst)} carries at most ${width}`;
			this.kernel.unroutable(this.host, detail, cause, 'mtu');
			return null;
		}
		const mtu = narrow ? width : route.link.spec.mtu;
		return this.put(route, bytes, df, mtu, cause, again === undefined ? NOTHING : { again });
	}

	/** Puts a datagram on a link, in pieces of at most `mtu` octets where it must and may be cut. */
	put({ link }: Interface, bytes: Uint8Array, df: boolean, mtu: number, cause: Cause, whole: About): Sent {
		if (df || bytes.length <= mtu) {
			const sent = this.kernel.carry(link, this.host, bytes, cause, whole);
			return bytes.length > link.spec.mtu ? { ...sent, widest: link.spec.mtu } : sent;
		}
		const { packet, ...about } = whole;
		let first: Sent | null = null;
		for (const piece of fragment(bytes, mtu)) {
			const partOf: number | undefined = packet ?? first?.packet;
			const part = partOf === undefined ? about : { ...about, partOf };
			const sent = this.kernel.carry(link, this.host, piece, cause, part);
			first ??= sent;
		}
		return first ?? { packet: packet ?? 0, event: cause };
	}

	drop({ packet, link, event }: Arrival, reason: DropReason, detail: string): Cause {
		return this.kernel.emit({ kind: 'packet.dropped', packet, link, host: this.host, reason, detail }, event);
	}

	/** Sends an ICMP error about a datagram, if one may be sent and the budget allows it. */
	report(about: Ipv4Packet, bytes: Uint8Array, complaint: Complaint, cause: Cause): void {
		if (silence(about) !== null || !this.#budget.spend(this.kernel.now)) return;
		const message = encodeIcmp({ ...complaint, quoted: quote(bytes) });
		this.output({ dst: about.src, protocol: ICMP_PROTOCOL, df: false }, message, cause);
	}

	/** A link hands over a datagram. Whatever claims to come from nobody, from many or from here is discarded (RFC 1122 §3.2.1.3). */
	receive(bytes: Uint8Array, arrival: Arrival): void {
		const refused = verifyIpv4(bytes);
		if (refused) {
			this.drop(arrival, refused.reason === 'checksum' ? 'checksum' : 'malformed', `IP: ${refused.detail}`);
			return;
		}
		const src = get.src(bytes, 0);
		if (!isUnicast(src) || this.interfaces.owns(src)) {
			this.drop(arrival, 'malformed', `IP: ${formatAddress(src)} can be no one's source address`);
			return;
		}
		if (get.ihl(bytes, 0) > LEAST_IHL && this.#refusesOptions(bytes, arrival)) return;
		if (this.#forwarder) this.#route(this.#forwarder, bytes, arrival);
		else if (this.interfaces.owns(get.dst(bytes, 0))) this.#local(bytes, arrival);
		else this.drop(arrival, 'unroutable', `${this.host} is not the destination and no router`);
	}

	/** Options are accepted and passed on as they are, but for a way that the sender wants to choose (RFC 7126 §4.3, §4.4). */
	#refusesOptions(bytes: Uint8Array, arrival: Arrival): boolean {
		const packet = readIpv4(bytes);
		if (!packet.options.some(({ kind }) => kind === 'looseSourceRoute' || kind === 'strictSourceRoute'))
			return false;
		const dropped = this.drop(arrival, 'filter', `${this.host} takes no source routes`);
		this.report(packet, bytes, { kind: 'unreachable', code: SOURCE_ROUTE_FAILED }, dropped);
		return true;
	}

	#route(forwarder: Forwarder, bytes: Uint8Array, arrival: Arrival): void {
		const packet = readIpv4(bytes);
		if (forwarder.intercepts(packet, bytes, arrival)) return;
		if (this.interfaces.owns(packet.dst)) this.#local(bytes, arrival);
		else forwarder.forward(packet, bytes, arrival);
	}

	#local(bytes: Uint8Array, arrival: Arrival): void {
		if (this.#rules.length > 0 && !this.passes(readIpv4(bytes), bytes, arrival)) return;
		if (get.mf(bytes, 0) === 0 && get.fragmentOffset(bytes, 0) === 0) {
			this.#deliver(bytes, arrival);
			return;
		}
		const whole = this.#reassembler.take(bytes, arrival);
		if (whole) this.#deliver(whole.bytes, whole.arrival);
	}

	/** Whether the filter lets a datagram in or through; if not it is discarded here. `told`: as its sender knows it. */
	passes(
		packet: Ipv4Packet,
		bytes: Uint8Array,
		arrival: Arrival,
		told: { readonly packet: Ipv4Packet; readonly bytes: Uint8Array } = { packet, bytes }
	): boolean {
		const { action, detail } = this.judge(packet);
		if (action === 'pass') return true;
		const dropped = this.drop(arrival, 'filter', `filter of ${this.host}: ${detail}`);
		if (action === 'reject')
			this.report(told.packet, told.bytes, { kind: 'unreachable', code: PROHIBITED }, dropped);
		return false;
	}

	/** No way to `packet.dst`: said, and told to the sender. */
	unreachable(packet: Ipv4Packet, bytes: Uint8Array, arrival: Arrival): void {
		const detail = isUnicast(packet.dst)
			? `${this.host} has no route to ${formatAddress(packet.dst)}`
			: `${formatAddress(packet.dst)} is no single host`;
		const dropped = this.drop(arrival, 'unroutable', detail);
		this.report(packet, bytes, { kind: 'unreachable', code: unreachable.net }, dropped);
	}
}
