/**
 * What makes a host a router: filter, time to live, translation, the next link, and cutting to its width (RFC 1812 §5.2,
 * §5.3). The checks come in the order of RFC 1812 §5.2.1; what fails one is logged here, and its sender told where allowed.
 */
import { clampMss } from '#lib/ip/clamp.ts';
import { decrementTtl } from '#lib/ip/forward.ts';
import { isUnicast } from '#lib/ip/icmp-policy.ts';
import { Nat, type Mapping, type Translated } from '#lib/ip/nat.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { unreachable } from '#lib/wire/icmp.ts';
import { ICMP_PROTOCOL, parseIpv4, TCP_PROTOCOL, UDP_PROTOCOL, type Ipv4Packet } from '#lib/wire/ipv4.ts';
import type { Arrival } from './host.ts';
import type { Interface } from './interfaces.ts';
import type { IpLayer } from './ip-layer.ts';
import type { Cause } from './kernel.ts';
import { Reassembler } from './reassembler.ts';
import type { HostSpec } from './scenario.ts';
import { addressOn } from './topology.ts';

const TRANSLATED: ReadonlySet<number> = new Set([TCP_PROTOCOL, UDP_PROTOCOL, ICMP_PROTOCOL]);
/** Types that ask the router itself: echo and its like. */
const ECHO_REQUEST = 8;

export class Forwarder {
	readonly #ip: IpLayer;
	readonly #nat: Nat | null;
	/** Id of the link that leads outside the translator. */
	readonly #outside: string | null;
	/** A translator needs ports, and only a whole datagram has them. */
	readonly #reassembler: Reassembler;
	/** Lowers the MSS of SYNs that pass. */
	readonly #clamps: boolean;

	constructor(ip: IpLayer, spec: HostSpec) {
		this.#ip = ip;
		this.#outside = spec.nat?.outside ?? null;
		this.#clamps = spec.clampMss ?? false;
		this.#nat = spec.nat ? new Nat(addressOn(spec, spec.nat.outside), spec.nat.firstPort) : null;
		this.#reassembler = new Reassembler(ip);
	}

	/** Whether the translator takes what has come for the outside address: answers for those inside, and what nobody asked for. */
	intercepts(packet: Ipv4Packet, bytes: Uint8Array, arrival: Arrival): boolean {
		const nat = this.#nat;
		if (!nat || packet.dst !== nat.outside || !TRANSLATED.has(packet.protocol)) return false;
		if (packet.mf || packet.fragmentOffset) {
			const whole = this.#reassembler.take(bytes, arrival);
			if (whole && !this.intercepts(whole.packet, whole.bytes, whole.arrival))
				this.#ip.receive(whole.bytes, whole.arrival);
			return true;
		}
		this.#expire(nat, arrival.event);
		const inside = arrival.link !== this.#outside;
		// RFC 4787 REQ-9: those inside may meet by their outside addresses, and see one another's
		const out = inside ? this.#told(nat.outbound(bytes, this.#ip.kernel.now), arrival) : null;
		const back = nat.inbound(out?.kind === 'translated' ? out.bytes : bytes, this.#ip.kernel.now);
		if (back.kind === 'translated') {
			const moved = parseIpv4(back.bytes);
			if (moved.ok)
				this.#pass(moved.packet, back.bytes, arrival, arrival.event, { packet, bytes, judged: false });
			return true;
		}
		// the router's own affairs: an echo request, and errors about what it sent itself
		const own = packet.protocol === ICMP_PROTOCOL && (packet.payload[0] ?? 0) !== 0;
		const asked = packet.payload[0] === ECHO_REQUEST;
		if (own && (asked || back.detail.includes('about'))) return false;
		this.#ip.drop(arrival, 'nat', `translator: ${back.detail}`);
		return true;
	}

	/** A datagram that is for none of the router's own addresses. */
	forward(packet: Ipv4Packet, bytes: Uint8Array, arrival: Arrival): void {
		if (!isUnicast(packet.dst)) {
			this.#ip.drop(arrival, 'unroutable', `${formatAddress(packet.dst)} is no single host`);
			return;
		}
		const leaves = this.#ip.interfaces.route(packet.dst)?.link.spec.id;
		const outward = this.#nat && leaves === this.#outside && arrival.link !== this.#outside;
		if (!outward || !this.#nat) {
			if (this.#nat && arrival.link === this.#outside && leaves !== this.#outside) {
				this.#ip.drop(arrival, 'nat', 'translator: nobody outside knows the addresses inside');
				return;
			}
			this.#pass(packet, bytes, arrival, arrival.event);
			return;
		}
		if (packet.mf || packet.fragmentOffset) {
			const whole = this.#reassembler.take(bytes, arrival);
			if (whole) this.forward(whole.packet, whole.bytes, whole.arrival);
			return;
		}
		if (packet.ttl <= 1) {
			this.#pass(packet, bytes, arrival, arrival.event);
			return;
		}
		if (!this.#ip.passes(packet, bytes, arrival)) return;
		this.#expire(this.#nat, arrival.event);
		const out = this.#told(this.#nat.outbound(bytes, this.#ip.kernel.now), arrival);
		if (out.kind === 'refused') {
			this.#ip.drop(arrival, 'nat', `translator: ${out.detail}`);
			return;
		}
		const moved = parseIpv4(out.bytes);
		if (moved.ok) this.#pass(moved.packet, out.bytes, arrival, out.event, { packet, bytes, judged: true });
	}

	/**
	 * Passes a datagram on. `before`: what it was before the translator changed it, for the sender knows no other; `judged`:
	 * the filter has seen it as it was.
	 */
	#pass(
		packet: Ipv4Packet,
		bytes: Uint8Array,
		arrival: Arrival,
		cause: Cause,
		before?: { readonly packet: Ipv4Packet; readonly bytes: Uint8Array; readonly judged: boolean }
	): void {
		const ip = this.#ip;
		const told = before ?? { packet, bytes };
		if (!before?.judged && !ip.passes(packet, bytes, arrival, told)) return;
		const fewer = decrementTtl(bytes, ip.room);
		if (!fewer) {
			const dropped = ip.drop(arrival, 'ttl', `${ip.host}: no hop left to live`);
			ip.report(told.packet, told.bytes, { kind: 'timeExceeded', code: 0 }, dropped);
			return;
		}
		const route = ip.interfaces.route(packet.dst);
		if (!route) {
			ip.unreachable(told.packet, told.bytes, arrival);
			return;
		}
		const { mtu, id } = route.link.spec;
		if (this.#clamps) clampMss(fewer, Math.min(mtu, ip.interfaces.mtuOf(arrival.link)));
		if (packet.df && fewer.length > mtu) {
			const detail = `${fewer.length} octets may not be cut, and link ${id} carries at most ${mtu}`;
			const dropped = ip.drop(arrival, 'mtu', detail);
			const code = unreachable.fragmentationNeeded;
			ip.report(told.packet, told.bytes, { kind: 'unreachable', code, mtu }, dropped);
			return;
		}
		this.#put(route, fewer, packet, arrival, cause);
	}

	#put(route: Interface, bytes: Uint8Array, packet: Ipv4Packet, arrival: Arrival, cause: Cause): void {
		const about = { packet: arrival.packet };
		this.#ip.put(route, bytes, packet.df === 1, route.link.spec.mtu, cause, about);
	}

	/** Logs a row that the translation has added to the table. */
	#told(translated: Translated, arrival: Arrival): Translated & { readonly event: Cause } {
		const made = translated.kind === 'translated' && translated.fresh ? translated.mapping : null;
		const event = made ? this.#row('nat.mapped', made, arrival.event) : arrival.event;
		return { ...translated, event };
	}

	#expire(nat: Nat, cause: Cause): void {
		for (const mapping of nat.expire(this.#ip.kernel.now)) this.#row('nat.expired', mapping, cause);
	}

	#row(kind: 'nat.mapped' | 'nat.expired', { protocol, inside, outside }: Mapping, cause: Cause): Cause {
		const text = ({ address, port }: Mapping['inside']) => `${formatAddress(address)}:${port}`;
		const ends = { inside: text(inside), outside: text(outside) };
		return this.#ip.kernel.emit({ kind, host: this.#ip.host, protocol, ...ends }, cause);
	}
}
