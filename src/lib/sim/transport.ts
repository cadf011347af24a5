/**
 * All TCP connections of one host by one of its addresses: segments find theirs by the four-tuple, a SYN finds a listening port, and anything
 * else is answered as RFC 9293 §3.10.7.1 has it: RST, but never for an RST. In LISTEN that is for an ACK only.
 */
import { Connection, resetFor, type ConnectionConfig } from '#lib/tcp/connection.ts';
import { initialSequence, type IsnKey } from '#lib/tcp/isn.ts';
import { isUnicast } from '#lib/ip/icmp-policy.ts';
import { formatAddress, type Address } from '#lib/wire/address.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { lt } from '#lib/wire/seq.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, parseTcp, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { Conversation, type Accept, type Peer, type Place, type Widths } from './conversation.ts';
import { Conversations } from './conversations.ts';
import type { Arrival, Ip } from './host.ts';
import type { IcmpReport } from './icmp-agent.ts';
import type { Manner } from './ip-layer.ts';
import type { Cause, Kernel, Sent } from './kernel.ts';
import type { Circuit, CircuitUser, Unopened } from './program.ts';
import type { Stream } from './random.ts';
import type { Stack } from './stack.ts';

const { get } = IPV4;
const LAST_PORT = 65_535;
const HEADERS = 40;
/** Congestion experienced (RFC 3168 §5). */
const CONGESTION = 3;
/** Octets of a segment that an ICMP error quotes at least: ports and sequence number (RFC 792). */
const QUOTED = 8;

/** Who is asked for a user, by listening port. */
export type Listeners = Map<number, Accept>;

type Quoted = Pick<IcmpReport, 'dst' | 'carried'>;

export class Transport implements Place {
	readonly kernel: Kernel;
	readonly host: string;
	readonly #ip: Ip;
	/** The host's address as text. */
	readonly #name: string;
	/** Whether the program reads what its connections bring. */
	reading = true;
	#stack: Stack;
	/** Secret of the initial sequence numbers (RFC 6528 §3). */
	readonly #key: IsnKey;
	/** By port; all addresses of the host share them. */
	readonly #listeners: Listeners;
	/** By local port, remote address and port; the local address is the host's only one. */
	readonly #conversations = new Conversations<Conversation>();
	/** Connections in SYN-RECEIVED that came from LISTEN, by local port; each ends in `settled` (183 s at the latest). */
	readonly #halfOpen = new Map<number, number>();
	#nextPort: number;

	constructor(kernel: Kernel, ip: Ip, host: string, stack: Stack, chance: Stream, listeners: Listeners) {
		this.kernel = kernel;
		this.host = host;
		this.#ip = ip;
		this.#name = formatAddress(ip.address);
		this.#stack = stack;
		this.#key = [chance.u32(), chance.u32()];
		this.#nextPort = stack.firstPort;
		this.#listeners = listeners;
	}

	/** For the connections that begin from now on. */
	setStack(stack: Stack): void {
		if (stack.firstPort !== this.#stack.firstPort) this.#nextPort = stack.firstPort;
		this.#stack = stack;
	}

	setReading(reading: boolean, cause: Cause): void {
		this.reading = reading;
		if (reading) for (const conversation of this.#conversations.all()) conversation.resume(cause);
	}

	/** As in `Sockets`. */
	get connections(): number {
		return this.#conversations.size;
	}

	/** As in `Sockets`. */
	open(address: Address, port: number, user: CircuitUser, cause: Cause): Circuit | Unopened {
		if (this.#ip.owns(address)) return 'refused';
		// nobody opens a connection to many (RFC 9293 §3.9.2.3, MUST-46)
		if (!isUnicast(address) || !this.#ip.reaches(address)) return 'unreachable';
		const remote = { address, port };
		const local = this.#ephemeral(remote);
		if (local === null) return 'refused';
		const { connection, effects } = Connection.open(this.#config(local, remote), this.kernel.now);
		const conversation = this.#hold(local, remote, connection, user);
		conversation.begin(effects, cause);
		return conversation;
	}

	/** A datagram for this host with a TCP segment in it, verified as far as IP goes. */
	receive(bytes: Uint8Array, arrival: Arrival): void {
		const src = get.src(bytes, 0);
		const text = get.ihl(bytes, 0) * 4;
		const parsed = parseTcp(bytes, src, this.#ip.address, text, get.totalLength(bytes, 0));
		if (!parsed.ok) {
			const reason = parsed.reason === 'checksum' ? 'checksum' : 'malformed';
			this.#ip.drop(arrival, reason, `TCP: ${parsed.detail}`);
			return;
		}
		const segment = parsed.packet;
		const known = this.#conversations.get(segment.dstPort, src, segment.srcPort);
		if (known && !(segment.flags & SYN)) {
			known.segment(segment, arrival.event, get.ecn(bytes, 0) === CONGESTION);
			return;
		}
		const remote = { address: src, port: segment.srcPort };
		const accept = this.#listeners.get(segment.dstPort);
		const least = (accept && known?.successor(segment)) ?? null;
		if (known && least === null) {
			known.segment(segment, arrival.event);
			return;
		}
		if (accept && (segment.flags & (SYN | ACK | RST)) === SYN) {
			this.#accept(segment, remote, accept, arrival, known && least !== null ? { known, least } : null);
			return;
		}
		if (accept && !(segment.flags & (ACK | RST))) {
			// RFC 9293 §3.10.7.2, fourth step: nothing else means anything in LISTEN
			this.#ip.drop(arrival, 'no-listener', `port ${segment.dstPort} is in LISTEN and waits for a SYN`);
			return;
		}
		this.#refuse(segment, remote, arrival);
	}

	/** As `Ip.outputTcp`. */
	transmit(segment: TcpSegment, to: Address, cause: Cause, how: Manner): Sent | null {
		return this.#ip.outputTcp(segment, to, cause, how);
	}

	/** What is known of the way to `address`: octets that its link carries, and that reach it in one piece. */
	widths(address: Address): Widths {
		return { link: this.#ip.linkMtu(address), path: this.#ip.mtuTo(address) };
	}

	/** Whether an ICMP error quotes a segment that is in flight: any other is not believed (RFC 5927 §4.1). */
	wrote(quoted: Quoted): boolean {
		return this.#quoted(quoted)?.expects(TCP.get.seq(quoted.carried, 0)) ?? false;
	}

	/** An ICMP error about a segment that is in flight. */
	report(report: IcmpReport): void {
		this.#quoted(report)?.reported(report);
	}

	#quoted({ dst, carried }: Quoted): Conversation | undefined {
		if (carried.length < QUOTED) return undefined;
		return this.#conversations.get(TCP.get.srcPort(carried, 0), dst, TCP.get.dstPort(carried, 0));
	}

	/** A SYN for a listening port (RFC 9293 §3.10.7.2). `before`: the connection in TIME-WAIT that it takes the place of. */
	#accept(
		segment: TcpSegment,
		remote: Peer,
		accept: Accept,
		arrival: Arrival,
		before: { readonly known: Conversation; readonly least: number } | null
	): void {
		const port = segment.dstPort;
		const halfOpen = this.#halfOpen.get(port) ?? 0;
		if (halfOpen >= this.#stack.backlog) {
			this.#ip.drop(arrival, 'backlog', `port ${port} has ${halfOpen} connections half-open already`);
			return;
		}
		const config = this.#config(port, remote, before?.least ?? null);
		before?.known.abort(arrival.event);
		const { connection, effects } = Connection.accept(config, segment, this.kernel.now);
		this.#halfOpen.set(port, halfOpen + 1);
		this.#hold(port, remote, connection, accept).begin(effects, arrival.event);
	}

	/** A connection that came from LISTEN at `port` has left SYN-RECEIVED. */
	settled(port: number): void {
		this.#halfOpen.set(port, (this.#halfOpen.get(port) ?? 1) - 1);
	}

	/** The connection is gone for good. */
	gone(conversation: Conversation): void {
		this.#conversations.delete(conversation);
	}

	/** RFC 9293 §3.10.7.1: a segment for no connection is answered with RST; only one that carries RST is discarded in silence. */
	#refuse(segment: TcpSegment, remote: Peer, arrival: Arrival): void {
		const reset = resetFor(segment);
		if (reset) {
			this.#ip.outputTcp(reset, remote.address, arrival.event);
			return;
		}
		this.#ip.drop(arrival, 'no-listener', `port ${segment.dstPort} has no such connection to reset`);
	}

	/** `user`: who opened it actively, or what is asked for a user once it is established. */
	#hold(port: number, remote: Peer, connection: Connection, user: CircuitUser | Accept): Conversation {
		const conversation = new Conversation(this, port, remote, connection, user);
		this.#conversations.add(conversation);
		return conversation;
	}

	/** `least`: no sequence number before it may be the first. */
	#config(port: number, remote: Peer, least: number | null = null): ConnectionConfig {
		const { isn, mss, receiveBuffer, rto, msl } = this.#stack;
		const { link, path } = this.widths(remote.address);
		const local = { address: this.#ip.address, port };
		const drawn = isn ?? initialSequence(this.#key, local, remote, this.kernel.now);
		return {
			local,
			remote,
			iss: least !== null && lt(drawn, least) ? least : drawn,
			// what the interface takes at most, less 20 octets of IP and 20 of TCP (RFC 9293 §3.7.1, MUST-67)
			mss: Math.min(mss, link - HEADERS),
			pathMtu: path,
			receiveBuffer,
			rto,
			msl,
			tuning: this.#stack
		};
	}

	/** The next port, going round, that has no connection to `remote`; null: all are taken. */
	#ephemeral(remote: Peer): number | null {
		const { firstPort } = this.#stack;
		for (let tried = firstPort; tried <= LAST_PORT; tried++) {
			const port = this.#nextPort;
			this.#nextPort = port === LAST_PORT ? firstPort : port + 1;
			if (!this.#conversations.get(port, remote.address, remote.port) && !this.#listeners.has(port))
				return port;
		}
		return null;
	}

	nameOf(port: number, remote: Peer, accepted: boolean): string {
		const here = this.#text({ address: this.#ip.address, port });
		const there = this.#text(remote);
		// joined, and not concatenated, so that it is one string and not a tree of them
		return (accepted ? [there, here] : [here, there]).join('>');
	}

	#text({ address, port }: Peer): string {
		return `${address === this.#ip.address ? this.#name : formatAddress(address)}:${port}`;
	}
}
