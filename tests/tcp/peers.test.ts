// The faults that other stacks written for a browser were found to have, each by its name, and shown not to be here.
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import type { Circuit, CircuitUser, Sockets } from '#lib/sim/program.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { of, segment } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';
import { digest, pattern } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { Story } from './story.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

/** A segment from desk to post. */
function forged(fields: Partial<TcpSegment>): Uint8Array {
	const whole: TcpSegment = {
		srcPort: 40_000,
		dstPort: 999,
		seq: 7,
		ack: 9,
		flags: ACK,
		window: 1000,
		urgent: 0,
		options: [],
		payload: new Uint8Array(),
		...fields
	};
	return encodeIpv4({ src: DESK, dst: POST, protocol: 6 }, encodeTcp(whole, DESK, POST));
}

function forge(world: World, bytes: Uint8Array): void {
	const octets = octetsToLatin1(bytes);
	const what = { kind: 'forge', link: 'desk-post', towards: 'post', octets, checksums: 'kept' } as const;
	world.input({ at: world.now, input: what });
	world.runUntilQuiet();
}

/** 20,000 octets each way; of all segments the one with this number is lost. */
function losing(lost: number): Pair {
	const size = 20_000;
	const pair: Pair = new Pair({
		silent: true,
		pipe: (_from, _segment, count) => (count === lost ? [] : [20 * MS]),
		apps: {
			desk: {
				connected: (io) => io.write(pattern(size)),
				received: (io) => void (pair.count('desk') === size && io.close())
			},
			post: { connected: (io) => io.write(pattern(size)), ended: (io) => io.close() }
		}
	});
	return pair.open().run();
}

test('a lost packet stalls for ever', () => {
	const whole = digest(pattern(20_000));
	for (let lost = 0; lost < 70; lost += 1) {
		const pair = losing(lost);
		expect([lost, digest(pair.octets('desk')), digest(pair.octets('post'))]).toEqual([lost, whole, whole]);
		expect([lost, pair.state('desk'), pair.state('post')]).toEqual([lost, 'CLOSED', 'CLOSED']);
	}
});

describe('RST answered by RST without end', () => {
	test('to a closed port: one for a segment, none for an RST', () => {
		const world = createWorld(t0(), 1);
		forge(world, forged({}));
		expect(of(world.log, 'packet.sent').filter((event) => segment(event).flags & RST)).toHaveLength(1);
		forge(world, forged({ flags: RST }));
		forge(world, forged({ flags: RST | ACK }));
		expect(of(world.log, 'packet.sent').filter(({ forged: made }) => !made)).toHaveLength(1);
	});
});

/** A world whose link takes no time, so that an answer could be there before the question was finished. */
function instant(
	desk: (sockets: Sockets, cause: number) => void,
	post: (circuit: Circuit) => CircuitUser
): World {
	const { hosts } = t0({ pop3: {} });
	const links = [{ id: 'desk-post', ends: ['desk', 'post'], delay: 0, mtu: 1500 }] as const;
	const world = createWorld({ hosts, links }, 1, {
		programs: ({ id }, { sockets }) => {
			if (id === 'post') sockets.listen(7, post);
			return id === 'post' ? null : { typed: (_, cause) => desk(sockets, cause), raw: () => {} };
		}
	});
	world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'go' } });
	world.runUntilQuiet();
	return world;
}

test('an ACK lost by re-entrant delivery', () => {
	let rounds = 0;
	const echo: (circuit: Circuit) => CircuitUser = (circuit) => ({
		opened: () => {},
		octets: (octets, cause) => circuit.send(octets, cause),
		ended: (cause) => circuit.close(cause),
		failed: () => {}
	});
	const world = instant((sockets, cause) => {
		const user: CircuitUser = {
			opened: (why) => circuit.send(pattern(10), why),
			octets: (octets, why) => {
				rounds += 1;
				if (rounds < 200) circuit.send(octets, why);
				else circuit.close(why);
			},
			ended: () => {},
			failed: () => {}
		};
		const opened = sockets.open(POST, 7, user, cause);
		if (typeof opened === 'string') throw new Error(opened);
		const circuit: Circuit = opened;
	}, echo);
	expect(rounds).toBe(200);
	expect(of(world.log, 'tcp.retransmit')).toEqual([]);
	expect(of(world.log, 'tcp.state').filter(({ to }) => to === 'CLOSED')).toHaveLength(1);
});

test('only the first part of a reassembled run delivered', () => {
	Story.in('ESTABLISHED').tell(`
		< PSH,ACK 4:7(3) "def"
		> ACK
		< PSH,ACK 10:13(3) "jkl"
		> ACK
		< PSH,ACK 7:10(3) "ghi"
		> ACK
		< PSH,ACK 1:4(3) "abc"
		> ACK ack 13
		? read "abcdefghijkl"`);
});

test('memory that grows with bytes sent', () => {
	const { connection } = Story.in('ESTABLISHED');
	let seq = 1001;
	for (let round = 0; round < 2000; round += 1) {
		connection.send(pattern(10_000), 0);
		for (let left = 10_000; left > 0; left -= 1460) connection.flush(0);
		seq = (seq + 10_000) >>> 0;
		const ack = { ...ackOf(seq), window: 65_535 };
		connection.segment(ack, 0);
		expect([connection.outstanding, connection.status().unsent]).toEqual([0, 0]);
	}
	expect(connection.nextTimeout()).toBeNull();
});

function ackOf(ack: number): TcpSegment {
	return {
		srcPort: 110,
		dstPort: 49152,
		seq: 5001,
		ack,
		flags: ACK,
		window: 0,
		urgent: 0,
		options: [],
		payload: new Uint8Array()
	};
}

test('a remote FIN that breaks our own sending side', () => {
	Story.in('CLOSE-WAIT').tell(`
		. SEND 3000
		> ACK 1:2921(2920) ack 2 by 1460
		> PSH,ACK 2921:3001(80) ack 2
		< ACK 2:2(0) ack 1461
		+ 1s
		> ACK 1461:2921(1460) ack 2 (rto)
		< ACK 2:2(0) ack 3001
		. CLOSE
		> FIN,ACK 3001:3001(0) ack 2
		= LAST-ACK
		< ACK 2:2(0) ack 3002
		= CLOSED`);
});

test('FIN in SYN-RECEIVED ignored', () => {
	Story.in('SYN-RECEIVED').tell(`
		< FIN,ACK
		! rcv ACK of SYN: SYN-RECEIVED to ESTABLISHED
		= CLOSE-WAIT
		! end
		> ACK ack 2`);
});

describe('window that leaks until the transfer stops at 64 KiB', () => {
	test.each([1, 100, 1460, 5000])(
		'1 MiB read %i octets at a time leaves the window as wide as it was',
		(piece) => {
			const size = piece === 1 ? 200_000 : 1_048_576;
			const pair = new Pair({
				silent: true,
				lazy: ['desk'],
				apps: { post: { connected: (io) => io.write(pattern(size)) } }
			}).open();
			for (let rounds = 0; rounds < 10_000 && pair.count('desk') < size; rounds += 1) {
				pair.run(pair.now + 100 * MS);
				pair.act('desk', (io) => {
					for (let read = 0; read < 65_535; read += piece) io.read(piece);
				});
			}
			expect(digest(pair.octets('desk'))).toBe(digest(pattern(size)));
			expect(pair.connection('desk').status().receiveWindow).toBe(65_535);
		}
	);
});

test('constant ISN', () => {
	const seen = new Set<number>();
	for (let seed = 0; seed < 50; seed += 1) {
		const world = createWorld(t0({ desk: { isn: undefined }, post: { isn: undefined } }), seed);
		world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
		world.runUntilQuiet();
		for (const event of of(world.log, 'packet.sent')) {
			const { flags, seq } = segment(event);
			if (flags & SYN) seen.add(seq);
		}
	}
	expect(seen.size).toBe(100);
});

test('truncated headers that throw', () => {
	const whole = forged({ options: [{ kind: 'mss', value: 1460 }], flags: SYN, dstPort: 110 });
	const world = createWorld(t0(), 1);
	for (let length = 0; length < whole.length; length += 1) {
		forge(world, whole.slice(0, length));
		// the same with lengths and sums that agree with what is left
		const short = whole.slice(0, length);
		if (length >= 20) {
			short[2] = length >> 8;
			short[3] = length & 0xff;
			const octets = octetsToLatin1(short);
			const what = { kind: 'forge', link: 'desk-post', towards: 'post', octets, checksums: 'fixed' } as const;
			world.input({ at: world.now, input: what });
			world.runUntilQuiet();
		}
	}
	expect(of(world.log, 'tcp.state')).toEqual([]);
	for (const { reason } of of(world.log, 'packet.dropped')) expect(reason).toBe('malformed');
	forge(world, whole);
	expect(of(world.log, 'tcp.state')[0]).toMatchObject({ to: 'SYN-RECEIVED' });
});
