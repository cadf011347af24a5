// Small hand-made logs for the drawings: real octets from wire, times in whole milliseconds, log positions by counting.
import type { Event, EventBody } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, PSH, RST, SYN, URG } from '#lib/wire/tcp.ts';
import { fromLatin1 } from '#lib/wire/text.ts';

export const CONNECTION = '192.0.2.10:49152>198.51.100.25:110';

export const SCENARIO: Scenario = {
	hosts: [
		{ id: 'desk', role: 'client', address: '192.0.2.10' },
		{
			id: 'post',
			role: 'server',
			address: '198.51.100.25',
			pop3: { personality: 'post', users: [{ name: 'ada', password: 'x', box: ['a', 'b', 'c', 'd'] }] }
		}
	],
	links: [{ id: 'desk-post', ends: ['desk', 'post'], delay: 20_000, mtu: 1500 }]
};

const BITS: Readonly<Record<string, number>> = { S: SYN, A: ACK, F: FIN, R: RST, P: PSH, U: URG };
const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

/** A datagram: flags as letters, payload as text. */
export function datagram(flags: string, payload = '', right = true, port = 110): Uint8Array {
	const [src, dst] = right ? [DESK, POST] : [POST, DESK];
	const segment = {
		srcPort: right ? 49_152 : port,
		dstPort: right ? port : 49_152,
		seq: 1,
		ack: flags.includes('A') ? 1 : 0,
		flags: [...flags].reduce((bits, letter) => bits | (BITS[letter] ?? 0), 0),
		window: 1000,
		urgent: 0,
		options: [],
		payload: fromLatin1(payload)
	};
	return encodeIpv4({ src, dst, protocol: 6 }, encodeTcp(segment, src, dst));
}

export class Story {
	readonly log: Event[] = [];
	#packets = 0;

	add(ms: number, body: EventBody): number {
		const seq = this.log.length;
		this.log.push({ seq, at: ms * 1000, cause: null, ...body });
		return seq;
	}

	/** A packet of `flags` from `from`; returns its number. `lost` ends it half way, after 10 ms. */
	send(
		ms: number,
		from: 'desk' | 'post',
		flags: string,
		{ payload = '', lost = false, again = undefined as number | undefined, takes = 20 } = {}
	): number {
		const packet = ++this.#packets;
		this.add(ms, {
			kind: 'packet.sent',
			packet,
			link: 'desk-post',
			from,
			to: from === 'desk' ? 'post' : 'desk',
			bytes: datagram(flags, payload, from === 'desk'),
			arrives: lost ? null : (ms + takes) * 1000,
			...(lost && { lostAt: (ms + 10) * 1000 }),
			...(again !== undefined && { again })
		});
		return packet;
	}

	arrive(ms: number, packet: number, host: 'desk' | 'post'): number {
		return this.add(ms, { kind: 'packet.delivered', packet, link: 'desk-post', host });
	}

	lose(ms: number, packet: number, host: string | null = null): number {
		const reason = host === null ? 'loss' : 'checksum';
		return this.add(ms, { kind: 'packet.dropped', packet, link: 'desk-post', host, reason, detail: '' });
	}

	state(
		ms: number,
		host: 'desk' | 'post',
		to: Extract<EventBody, { kind: 'tcp.state' }>['to'],
		on: Extract<EventBody, { kind: 'tcp.state' }>['on']
	): number {
		return this.add(ms, { kind: 'tcp.state', host, connection: CONNECTION, from: 'CLOSED', to, on });
	}

	session(ms: number, to: string): number {
		return this.add(ms, {
			kind: 'pop3.state',
			host: 'post',
			session: CONNECTION,
			side: 'server',
			from: '',
			to,
			on: ''
		});
	}
}

/** Three packets open the connection; the log ends when post is ESTABLISHED. */
export function handshake(): Story {
	const story = new Story();
	story.state(0, 'desk', 'SYN-SENT', 'active OPEN');
	story.send(0, 'desk', 'S');
	story.arrive(20, 1, 'post');
	story.state(20, 'post', 'SYN-RECEIVED', 'rcv SYN');
	story.send(20, 'post', 'SA');
	story.arrive(40, 2, 'desk');
	story.state(40, 'desk', 'ESTABLISHED', 'rcv SYN,ACK');
	story.send(40, 'desk', 'A');
	story.arrive(60, 3, 'post');
	story.state(60, 'post', 'ESTABLISHED', 'rcv ACK of SYN');
	return story;
}
