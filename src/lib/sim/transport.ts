/**
 * All TCP connections of one host: segments find theirs by the four-tuple, a SYN finds a listening port, and anything
 * else is answered as RFC 9293 §3.10.7.1 has it: RST, but never for an RST. In LISTEN that is for an ACK only.
 */
import { Connection, resetFor } from '#lib/tcp/connection.ts';
import { initialSequence, type IsnKey } from '#lib/tcp/isn.ts';
import { formatAddress, type Address } from '#lib/wire/address.ts';
import { TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { lt } from '#lib/wire/seq.ts';
import { ACK, encodeTcp, parseTcp, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { Conversation, type Peer } from './conversation.ts';
import type { Arrival, Ip } from './host.ts';
import type { Cause, Kernel } from './kernel.ts';
import type { Circuit, CircuitUser, Sockets, Unopened } from './program.ts';
import type { Stream } from './random.ts';
import type { Stack } from './stack.ts';

const LAST_PORT = 65_535;

type Accept = (circuit: Circuit) => CircuitUser;

export class Transport implements Sockets {
	readonly #kernel: Kernel;
	readonly #ip: Ip;
	readonly #host: string;
	readonly #stack: Stack;
	/** Secret of the initial sequence numbers (RFC 6528 §3). */
	readonly #key: IsnKey;
	readonly #listeners = new Map<number, Accept>();
	/** By local port, remote address and port; the local address is the host's only one. */
	readonly #conversations = new Map<string, Conversation>();
	/** Connections in SYN-RECEIVED that came from LISTEN, by local port; each ends in `settled` (183 s at the latest). */
	readonly #halfOpen = new Map<number, number>();
	#nextPort: number;

	constructor(kernel: Kernel, ip: Ip, host: string, stack: Stack, chance: Stream) {
		this.#kernel = kernel;
		this.#ip = ip;
		this.#host = host;
		this.#stack = stack;
		this.#key = [chance.u32(), chance.u32()];
		this.#nextPort = stack.firstPort;
	}

	get connections(): number {
		return this.#conversations.size;
	}

	listen(port: number, accept: Accept): void {
		this.#listeners.set(port, accept);
	}

	open(address: Address, port: number, user: CircuitUser, cause: Cause): Circuit | Unopened {
		if (address === this.#ip.address) return 'refused';
		if (!this.#ip.reaches(address)) return 'unreachable';
		const remote = { address, port };
		const local = this.#ephemeral(remote);
		if (local === null) return 'refused';
		const { connection, effects } = Connection.open(this.#config(local, remote), this.#kernel.now);
		const name = this.#ends({ address: this.#ip.address, port: local }, remote);
		const conversation = this.#hold(name, local, remote, connection, () => user);
		conversation.begin(effects, cause);
		return conversation;
	}

	/** A TCP segment for this host, as its octets came out of the datagram. */
	receive(payload: Uint8Array, src: Address, arrival: Arrival): void {
		const parsed = parseTcp(payload, src, this.#ip.address);
		if (!parsed.ok) {
			const reason = parsed.reason === 'checksum' ? 'checksum' : 'malformed';
			this.#ip.drop(arrival, reason, `TCP: ${parsed.detail}`);
			return;
		}
		const segment = parsed.packet;
		const remote = { address: src, port: segment.srcPort };
		const known = this.#conversations.get(key(segment.dstPort, remote));
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
		const config = this.#config(port, remote);
		const iss = before && lt(config.iss, before.least) ? before.least : config.iss;
		before?.known.abort(arrival.event);
		const { connection, effects } = Connection.accept({ ...config, iss }, segment, this.#kernel.now);
		const name = this.#ends(remote, { address: this.#ip.address, port });
		this.#halfOpen.set(port, halfOpen + 1);
		const settled = () => void this.#halfOpen.set(port, (this.#halfOpen.get(port) ?? 1) - 1);
		this.#hold(name, port, remote, connection, accept, settled).begin(effects, arrival.event);
	}

	/** RFC 9293 §3.10.7.1: a segment for no connection is answered with RST; only one that carries RST is discarded in silence. */
	#refuse(segment: TcpSegment, remote: Peer, arrival: Arrival): void {
		const reset = resetFor(segment);
		if (reset) {
			const bytes = encodeTcp(reset, this.#ip.address, remote.address);
			this.#ip.output(TCP_PROTOCOL, remote.address, bytes, arrival.event);
			return;
		}
		this.#ip.drop(arrival, 'no-listener', `port ${segment.dstPort} has no such connection to reset`);
	}

	#hold(
		name: string,
		port: number,
		remote: Peer,
		connection: Connection,
		accept: Accept,
		settled?: () => void
	): Conversation {
		const row = key(port, remote);
		const place = {
			kernel: this.#kernel,
			ip: this.#ip,
			host: this.#host,
			name,
			remote,
			settled,
			gone: () => this.#conversations.delete(row)
		};
		const conversation = new Conversation(place, connection, accept);
		this.#conversations.set(row, conversation);
		return conversation;
	}

	#config(port: number, remote: Peer) {
		const { isn, mss, receiveBuffer, rto, msl } = this.#stack;
		const local = { address: this.#ip.address, port };
		return {
			local,
			remote,
			iss: isn ?? initialSequence(this.#key, local, remote, this.#kernel.now),
			mss,
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
			if (!this.#conversations.has(key(port, remote)) && !this.#listeners.has(port)) return port;
		}
		return null;
	}

	#ends(opener: Peer, listener: Peer): string {
		return `${formatAddress(opener.address)}:${opener.port}>${formatAddress(listener.address)}:${listener.port}`;
	}
}

function key(port: number, remote: Peer): string {
	return `${port} ${remote.address} ${remote.port}`;
}
