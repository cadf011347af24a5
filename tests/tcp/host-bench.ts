/**
 * A whole host as the bench of a story: what comes in and goes out are datagrams with their checksums, a port may be
 * listened at, others may call, and what is no TCP is answered too. The kernel around it is a clock and a notebook.
 */
import type { ConnectionConfig } from '#lib/tcp/connection.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { createLink } from '#lib/sim/link.ts';
import type { Circuit, CircuitUser } from '#lib/sim/program.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp, quote, type IcmpMessage } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, parseIpv4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { encodeTcp, parseTcp } from '#lib/wire/tcp.ts';
import { encodeUdp, parseUdp } from '#lib/wire/udp.ts';
import { octetsOf, templates, type Bench } from './bench.ts';
import { segmentOf, showSegment, type Draft } from './draft.ts';
import type { Verb } from './notation.ts';
import { latin1, text } from './octets.ts';

interface Timer {
	readonly at: number;
	readonly background: boolean;
	readonly fire: () => void;
}

type Address = 'here' | 'there';

export class HostBench implements Bench {
	readonly #config: ConnectionConfig;
	readonly #templates: ReturnType<typeof templates>;
	readonly #host: Host;
	readonly #timers = new Map<number, Timer>();
	#tickets = 0;
	#now = 0;
	#packets = 0;
	/** The datagram sent last: what an ICMP error that comes in speaks of. */
	#last: Uint8Array = new Uint8Array(0);
	#again = '';
	#state: TcpState = 'CLOSED';
	#circuit: Circuit | null = null;
	#sent: string[] = [];
	#told: string[] = [];
	#read: number[] = [];
	#written = 0;

	constructor(config: ConnectionConfig, irs: number) {
		this.#config = config;
		this.#templates = templates(config, irs);
		const { tuning, iss, local, remote, ...stack } = config;
		const address = formatAddress(local.address);
		const spec = { id: 'desk', role: 'client', address, stack: { ...tuning, ...stack, isn: iss } } as const;
		const bench = () => this.#now;
		const kernel: Kernel = {
			get now() {
				return bench();
			},
			emit: (body) => {
				if (body.kind === 'tcp.retransmit') this.#again = body.reason;
				if (body.kind === 'tcp.error') this.#told.push(`error ${body.error}`);
				if (body.kind === 'packet.dropped') this.#told.push(`dropped ${body.reason}`);
				if (body.kind === 'ip.path-mtu') this.#told.push(`path-mtu ${body.mtu}`);
				if (body.kind === 'icmp.received') this.#told.push(`icmp ${body.type} ${body.code}`);
				return 0;
			},
			moved: (_host, _connection, { from, to, on }) => {
				this.#state = to;
				this.#told.push(`${on}: ${from} to ${to}`);
				return 0;
			},
			carry: (_link, _from, bytes) => {
				this.#sent.push(this.#show(bytes));
				this.#last = bytes.slice();
				this.#again = '';
				this.#packets += 1;
				return { packet: this.#packets, event: 0 };
			},
			unroutable: (_host, detail) => void this.#told.push(detail),
			wake: (at, background, fire) => {
				this.#tickets += 1;
				this.#timers.set(this.#tickets, { at, background, fire });
				return this.#tickets;
			},
			cancel: (ticket) => void this.#timers.delete(ticket)
		};
		this.#host = new Host(spec, 1, kernel);
		const link = createLink({ id: 'wire', ends: ['desk', 'post'], delay: 0, mtu: 1500 }, 1);
		this.#host.attach(link, remote.address, local.address);
	}

	get state(): TcpState {
		return this.#state;
	}

	sent(): string[] {
		return this.#sent.splice(0);
	}

	told(): string[] {
		return this.#told.splice(0);
	}

	read(): Uint8Array {
		return Uint8Array.from(this.#read.splice(0));
	}

	expected(draft: Draft): string {
		if (draft.kind === 'tcp') {
			const line = showSegment(segmentOf(draft, this.#templates.out), this.#templates.out, draft.again);
			return line + marked(draft.ecn ?? 0);
		}
		if (draft.kind === 'icmp') return `icmp ${draft.words.join(' ')}`;
		const { local, remote } = this.#config;
		const octets = draft.octets ?? new Uint8Array(0);
		return showUdp(draft.from ?? local.port, draft.to ?? remote.port, octets);
	}

	arrive(draft: Draft, now: number): void {
		this.#now = now;
		const [protocol, payload] = this.#encode(draft);
		const { local, remote } = this.#config;
		const ecn = draft.ecn === undefined ? {} : { ecn: draft.ecn };
		const fields = { src: remote.address, dst: local.address, protocol, id: 1, ...ecn };
		this.#packets += 1;
		this.#host.receive(encodeIpv4(fields, payload), { packet: this.#packets, link: 'wire', event: 0 });
	}

	act(verb: Verb, argument: string, now: number): void {
		this.#now = now;
		const { remote, local } = this.#config;
		switch (verb) {
			case 'open': {
				const circuit = this.#host.sockets.open(
					remote.address,
					Number(argument) || remote.port,
					this.#user(),
					0
				);
				if (typeof circuit === 'string') this.#told.push(circuit);
				else this.#circuit = circuit;
				return;
			}
			case 'listen':
				this.#state = 'LISTEN';
				this.#host.sockets.listen(Number(argument) || local.port, (circuit) => {
					this.#circuit = circuit;
					return this.#user();
				});
				return;
			case 'send': {
				const octets = octetsOf(argument, this.#written);
				this.#written += octets.length;
				this.#held().send(octets, 0);
				return;
			}
			case 'close':
				this.#held().close(0);
				return;
			case 'abort':
				this.#held().abort(0);
				return;
			case 'bind':
				this.#host.udp.bind(Number(argument), (octets, from) => {
					this.#told.push(`datagram from ${from.port} ${JSON.stringify(text(octets))}`);
				});
				return;
			case 'tell': {
				const [, from, to, words = ''] = /^(\d+) (\d+) "(.*)"$/.exec(argument) ?? [];
				this.#host.udp.send(Number(from), { address: remote.address, port: Number(to) }, latin1(words), 0);
				return;
			}
			case 'ping':
				this.#host.ping(remote.address, { size: Number(argument) }, 0);
				return;
			default:
				throw new Error(`a host's program has no ${verb}: it reads all that comes`);
		}
	}

	nextTimeout(): { at: number; background: boolean } | null {
		let next: Timer | null = null;
		for (const timer of this.#timers.values()) if (next === null || timer.at < next.at) next = timer;
		return next && { at: next.at, background: next.background };
	}

	timeout(now: number): void {
		this.#now = now;
		for (const [ticket, timer] of [...this.#timers]) {
			if (timer.at > now || !this.#timers.delete(ticket)) continue;
			timer.fire();
		}
	}

	status(name: string): number {
		throw new Error(`a host does not tell ${name}`);
	}

	#held(): Circuit {
		if (this.#circuit === null) throw new Error('there is no connection');
		return this.#circuit;
	}

	#user(): CircuitUser {
		return {
			opened: () => void this.#told.push('opened'),
			octets: (octets) => {
				for (const octet of octets) this.#read.push(octet);
			},
			ended: () => void this.#told.push('end'),
			failed: (failure) => void this.#told.push(`failed ${failure}`)
		};
	}

	#ends(sender: Address): readonly [number, number] {
		const { local, remote } = this.#config;
		return sender === 'here' ? [local.address, remote.address] : [remote.address, local.address];
	}

	#encode(draft: Draft): readonly [number, Uint8Array] {
		const [src, dst] = this.#ends('there');
		if (draft.kind === 'tcp') {
			return [TCP_PROTOCOL, encodeTcp(segmentOf(draft, this.#templates.in), src, dst)];
		}
		if (draft.kind === 'icmp') return [ICMP_PROTOCOL, encodeIcmp(this.#icmp(draft.words))];
		const { local, remote } = this.#config;
		const srcPort = draft.from ?? remote.port;
		const dstPort = draft.to ?? local.port;
		const payload = draft.octets ?? new Uint8Array(0);
		return [UDP_PROTOCOL, encodeUdp({ srcPort, dstPort, payload }, src, dst)];
	}

	/** `unreachable 4 mtu 576`, `timeExceeded 0`: about the datagram sent last; `echoRequest 7 "data"`. */
	#icmp([kind, code = '', ...rest]: readonly string[]): IcmpMessage {
		const quoted = quote(this.#last);
		if (kind === 'echoRequest') {
			const data = latin1((rest[0] ?? '""').slice(1, -1));
			return { kind, identifier: Number(code), sequence: 1, data };
		}
		if (kind === 'timeExceeded') return { kind, code: Number(code), quoted };
		if (kind !== 'unreachable') throw new Error(`no ICMP ${kind} can come in`);
		return rest[0] === 'mtu'
			? { kind, code: Number(code), mtu: Number(rest[1]), quoted }
			: { kind, code: Number(code), quoted };
	}

	#show(bytes: Uint8Array): string {
		const datagram = parseIpv4(bytes);
		if (!datagram.ok) return `a broken datagram: ${datagram.detail}`;
		const { protocol, payload } = datagram.packet;
		const [src, dst] = this.#ends('here');
		if (protocol === TCP_PROTOCOL) {
			const segment = parseTcp(payload, src, dst);
			if (!segment.ok) return `a broken segment: ${segment.detail}`;
			return showSegment(segment.packet, this.#templates.out, this.#again) + marked(datagram.packet.ecn);
		}
		if (protocol === UDP_PROTOCOL) {
			const udp = parseUdp(payload, src, dst);
			return udp.ok ? showUdp(udp.packet.srcPort, udp.packet.dstPort, udp.packet.payload) : udp.detail;
		}
		const icmp = parseIcmp(payload);
		if (!icmp.ok) return icmp.detail;
		const message = icmp.packet;
		if (message.kind === 'echoRequest' || message.kind === 'echoReply') {
			return `icmp ${message.kind} ${message.identifier} ${JSON.stringify(text(message.data))}`;
		}
		return 'code' in message ? `icmp ${message.kind} ${message.code}` : `icmp ${message.kind}`;
	}
}

/** What the ECN field adds to a line (RFC 3168 §5). */
function marked(ecn: number): string {
	return ['', ' ect1', ' ect0', ' ce'][ecn] ?? '';
}

function showUdp(from: number, to: number, octets: Uint8Array): string {
	return `udp from ${from} to ${to} ${JSON.stringify(text(octets))}`;
}
