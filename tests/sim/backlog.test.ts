// A listening port under a flood of SYNs, and one whose visitor comes back before TIME-WAIT is over.
import { describe, expect, test } from 'vitest';
import type { EventBody } from '#lib/sim/event.ts';
import { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { createLink } from '#lib/sim/link.ts';
import type { CircuitUser } from '#lib/sim/program.ts';
import type { StackSpec } from '#lib/sim/scenario.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, parseIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, parseTcp, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

function bench(stack: Partial<StackSpec>) {
	const log: EventBody[] = [];
	const out: Uint8Array[] = [];
	const timers = new Map<number, () => void>();
	const kernel: Kernel = {
		now: 0,
		emit: (body) => log.push(body) - 1,
		moved: (host, { name }, { from, to, on }) =>
			log.push({ kind: 'tcp.state', host, connection: name, from, to, on }) - 1,
		carry: (_link, _from, bytes) => ({ packet: out.push(bytes), event: 0 }),
		unroutable: () => {},
		wake: (_at, _background, act) => {
			timers.set(timers.size + 1, act);
			return timers.size;
		},
		cancel: (ticket) => void timers.delete(ticket)
	};
	const host = new Host({ id: 'post', role: 'server', address: '198.51.100.25', stack }, 1, kernel);
	host.attach(createLink({ id: 'l', ends: ['desk', 'post'], delay: 0, mtu: 1500 }, 1), DESK);
	const user: CircuitUser = {
		opened: () => {},
		octets: () => {},
		ended: () => {},
		failed: () => {}
	};
	host.sockets.listen(110, (circuit) => ({ ...user, opened: (cause) => circuit.close(cause) }));
	const hand = (fields: Partial<TcpSegment>): TcpSegment | undefined => {
		const segment = {
			srcPort: 50_000,
			dstPort: 110,
			seq: 100,
			ack: 0,
			flags: SYN,
			window: 1000,
			urgent: 0,
			options: [],
			payload: new Uint8Array(),
			...fields
		};
		const bytes = encodeTcp(segment, DESK, POST);
		const before = out.length;
		host.receive(encodeIpv4({ src: DESK, dst: POST, protocol: 6, id: 9 }, bytes), {
			packet: 1,
			link: 'l',
			event: 0
		});
		const last = out.length > before ? out.at(-1) : undefined;
		const datagram = last && parseIpv4(last);
		if (!datagram?.ok) return undefined;
		const answer = parseTcp(datagram.packet.payload, POST, DESK);
		return answer.ok ? answer.packet : undefined;
	};
	return { log, hand, host };
}

test('a second passive OPEN of a port is refused, and the first listens on (RFC 9293 §3.9.1.1)', () => {
	const { host, hand } = bench({ isn: 5000 });
	const never = () => {
		throw new Error('the second was asked');
	};
	expect(host.sockets.listen(110, never)).toBe(false);
	expect(host.sockets.listen(111, never)).toBe(true);
	expect(hand({})?.flags).toBe(SYN | ACK);
	expect(hand({ seq: 101, ack: 5001, flags: ACK })?.flags).toBe(FIN | ACK);
});

describe('the backlog of a listening port', () => {
	test('full: the next SYN is discarded with its reason; room again when one is established or reset', () => {
		const { log, hand } = bench({ isn: 5000, backlog: 3 });
		for (const srcPort of [1, 2, 3]) expect(hand({ srcPort })?.flags).toBe(SYN | ACK);
		expect(hand({ srcPort: 4 })).toBeUndefined();
		expect(log.at(-1)).toMatchObject({ kind: 'packet.dropped', reason: 'backlog', host: 'post' });
		expect(hand({ srcPort: 1, seq: 101, ack: 5001, flags: ACK })?.flags).toBe(FIN | ACK);
		expect(hand({ srcPort: 4 })?.flags).toBe(SYN | ACK);
		expect(hand({ srcPort: 5 })).toBeUndefined();
		expect(hand({ srcPort: 2, seq: 101, flags: RST })).toBeUndefined();
		expect(hand({ srcPort: 5 })?.flags).toBe(SYN | ACK);
		expect(hand({ srcPort: 6 })).toBeUndefined();
	});

	test('10,000 SYNs from as many ports: 128 are held, and a bystander is served as before', () => {
		const { log, hand } = bench({ isn: 5000 });
		hand({ srcPort: 60_000 });
		for (let srcPort = 1; srcPort <= 10_000; srcPort += 1) hand({ srcPort });
		expect(log.filter(({ kind }) => kind === 'tcp.state')).toHaveLength(128);
		expect(hand({ srcPort: 60_000, seq: 101, ack: 5001, flags: ACK })?.flags).toBe(FIN | ACK);
	});
});

describe('TIME-WAIT', () => {
	/** The server has closed first and waits; its visitor used 100 to 101. */
	const waiting = (isn: number) => {
		const made = bench({ isn });
		made.hand({});
		made.hand({ seq: 101, ack: isn + 1, flags: ACK });
		made.hand({ seq: 101, ack: isn + 2, flags: FIN | ACK });
		expect(made.log.at(-1)).toMatchObject({ kind: 'tcp.state', to: 'TIME-WAIT' });
		return made;
	};

	test('a new SYN after all old numbers opens at once, with an ISS above the old ones', () => {
		const { log, hand } = waiting(5000);
		expect(hand({ seq: 103 })).toMatchObject({ flags: SYN | ACK, seq: 5002 + 0x10000, ack: 104 });
		expect(log.slice(-2)).toMatchObject([
			{ from: 'TIME-WAIT', to: 'CLOSED' },
			{ from: 'LISTEN', to: 'SYN-RECEIVED' }
		]);
	});

	test('an old SYN again gets an ACK', () => {
		const { hand } = waiting(5000);
		expect(hand({})).toMatchObject({ flags: ACK, seq: 5002, ack: 102 });
	});
});
