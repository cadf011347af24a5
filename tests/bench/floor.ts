/**
 * The floor: what moving octets between two ends costs in JavaScript before there is any TCP. Two endpoints in one thread
 * hand each other pooled 1500-octet buffers; every packet gets 20 + 20 octets of headers, both checksums are written and
 * verified, and the payload is copied once. Window of 64 KiB, an ACK for every second segment, three packets to open and
 * four to close; no options, no retransmission, no timers, no log. A bound to measure against, not a product.
 */
import { decode, encode, HEADERS, type Header } from './floor-packet.ts';

const MTU = 1500;
const MSS = MTU - HEADERS;
const WINDOW = 0xffff;
const NOTHING = new Uint8Array(0);

const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;

interface Packet {
	readonly bytes: Uint8Array;
	to: Endpoint;
}

interface Connection {
	readonly localPort: number;
	readonly remotePort: number;
	/** What is still to be sent. */
	source: Uint8Array;
	sendNext: number;
	acknowledged: number;
	window: number;
	receiveNext: number;
	unanswered: number;
	finSent: boolean;
	finReceived: boolean;
}

class Endpoint {
	readonly connections = new Map<string, Connection>();
	received = 0;
	readonly #address: number;
	readonly #peer: number;
	readonly #wire: Wire;
	/** What is done with text and with an opened connection; true: nothing was sent. */
	onText: (connection: Connection) => boolean = () => true;
	onOpen: (connection: Connection) => void = () => {};

	constructor(address: number, peer: number, wire: Wire) {
		this.#address = address;
		this.#peer = peer;
		this.#wire = wire;
	}

	connect(localPort: number, remotePort: number): Connection {
		const connection = this.#create(localPort, remotePort);
		this.#send(connection, SYN, NOTHING);
		connection.sendNext++;
		return connection;
	}

	close(connection: Connection): void {
		this.#send(connection, FIN | ACK, NOTHING);
		connection.sendNext = (connection.sendNext + 1) >>> 0;
		connection.finSent = true;
	}

	/** Sends what the window lets. */
	push(connection: Connection): void {
		while (connection.source.length > 0) {
			const payload = connection.source.subarray(0, MSS);
			const flight = (connection.sendNext - connection.acknowledged) >>> 0;
			if (flight + payload.length > connection.window) return;
			connection.source = connection.source.subarray(payload.length);
			this.say(connection, payload);
		}
	}

	say(connection: Connection, text: Uint8Array): void {
		this.#send(connection, ACK | PSH, text);
		connection.sendNext = (connection.sendNext + text.length) >>> 0;
	}

	receive(bytes: Uint8Array): void {
		const { src, srcPort, dstPort, seq, ack, flags, window, payload } = decode(bytes);
		const key = `${dstPort} ${src} ${srcPort}`;
		const known = this.connections.get(key);
		if (flags & SYN) {
			const connection = known ?? this.#create(dstPort, srcPort);
			connection.receiveNext = (seq + 1) >>> 0;
			if (known) {
				connection.acknowledged = ack;
				this.#send(connection, ACK, NOTHING);
				this.onOpen(connection);
			} else {
				this.#send(connection, SYN | ACK, NOTHING);
				connection.sendNext++;
			}
			return;
		}
		if (!known) throw new Error('the floor lost a connection');
		known.acknowledged = ack;
		known.window = window;
		if (payload.length > 0 && seq === known.receiveNext) {
			this.received += payload.length;
			known.receiveNext = (seq + payload.length) >>> 0;
			known.unanswered++;
			if (this.onText(known) && known.unanswered === 2) this.#send(known, ACK, NOTHING);
		}
		if (flags & FIN) {
			known.receiveNext = (seq + payload.length + 1) >>> 0;
			known.finReceived = true;
			if (known.finSent) this.#send(known, ACK, NOTHING);
			else {
				this.#send(known, ACK, NOTHING);
				this.close(known);
			}
		}
		if (known.finSent && known.finReceived && (flags & FIN || ack === known.sendNext)) {
			if (ack === known.sendNext) this.connections.delete(key);
		} else this.push(known);
	}

	#create(localPort: number, remotePort: number): Connection {
		const connection = {
			localPort,
			remotePort,
			source: NOTHING,
			sendNext: 1000,
			acknowledged: 1000,
			window: WINDOW,
			receiveNext: 0,
			unanswered: 0,
			finSent: false,
			finReceived: false
		};
		this.connections.set(`${localPort} ${this.#peer} ${remotePort}`, connection);
		return connection;
	}

	#send(connection: Connection, flags: number, payload: Uint8Array): void {
		connection.unanswered = 0;
		this.#wire.give(this, {
			src: this.#address,
			dst: this.#peer,
			srcPort: connection.localPort,
			dstPort: connection.remotePort,
			seq: connection.sendNext,
			ack: connection.receiveNext,
			flags,
			window: WINDOW,
			payload
		});
	}
}

/** First in, first out; a buffer goes back to the pool when its packet has been read. */
class Wire {
	readonly client = new Endpoint(0xc000020a, 0xc6336419, this);
	readonly server = new Endpoint(0xc6336419, 0xc000020a, this);
	readonly #pool: Packet[] = [];
	#coming: Packet[] = [];
	#going: Packet[] = [];

	give(from: Endpoint, header: Header): void {
		const to = from === this.client ? this.server : this.client;
		const packet = this.#pool.pop() ?? { bytes: new Uint8Array(MTU), to };
		packet.to = to;
		encode(packet.bytes, header);
		this.#going.push(packet);
	}

	/** Hands over until nothing is on its way; returns the packets handed over. */
	run(): number {
		let packets = 0;
		while (this.#going.length > 0) {
			const round = this.#going;
			this.#going = this.#coming;
			this.#coming = round;
			for (const packet of round) {
				packet.to.receive(packet.bytes);
				this.#pool.push(packet);
			}
			packets += round.length;
			round.length = 0;
		}
		return packets;
	}
}

const FIRST_PORT = 49_152;
const SERVICE = 110;

/** Sends `octets` one way over one connection, `block` by `block`; returns the packets that it took. */
export function floorBulk(octets: number, block: Uint8Array): number {
	const wire = new Wire();
	const connection = wire.client.connect(FIRST_PORT, SERVICE);
	let packets = wire.run();
	for (let sent = 0; sent < octets; sent += block.length) {
		connection.source = block;
		wire.client.push(connection);
		packets += wire.run();
	}
	if (wire.server.received < octets) throw new Error('the floor lost octets');
	return packets;
}

/** Opens and closes `count` connections one after another. */
export function floorConnections(count: number): void {
	const wire = new Wire();
	wire.client.onOpen = (connection) => wire.client.close(connection);
	for (let i = 0; i < count; i++) {
		wire.client.connect(FIRST_PORT + (i % 16_000), SERVICE);
		wire.run();
	}
	if (wire.client.connections.size + wire.server.connections.size > 0)
		throw new Error('the floor left a connection open');
}

/** `count` times a request and its reply over one connection. */
export function floorRequests(count: number, request: Uint8Array, reply: Uint8Array): void {
	const wire = new Wire();
	let left = count;
	wire.server.onText = (connection) => {
		wire.server.say(connection, reply);
		return false;
	};
	wire.client.onText = (connection) => {
		if (--left === 0) return true;
		wire.client.say(connection, request);
		return false;
	};
	wire.client.onOpen = (connection) => wire.client.say(connection, request);
	wire.client.connect(FIRST_PORT, SERVICE);
	wire.run();
	if (left > 0 || wire.client.received !== count * reply.length) throw new Error('the floor lost a request');
}

/** Keeps `count` connections open; returns what holds them. */
export function floorIdle(count: number): object {
	const wire = new Wire();
	for (let i = 0; i < count; i++) {
		wire.client.connect(FIRST_PORT + i, SERVICE);
		wire.run();
	}
	return wire;
}
