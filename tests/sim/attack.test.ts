// Every class of attack on a stack, by name: what a host does with it, and that its other visitor is served as before.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, parseIpv4, type Ipv4Fields } from '#lib/wire/ipv4.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, encodeTcp, FIN, PSH, RST, SYN, URG, type TcpSegment } from '#lib/wire/tcp.ts';
import { encodeUdp } from '#lib/wire/udp.ts';
import { of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';
import { random } from '../tcp/octets.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');
const ELSEWHERE = parseAddress('203.0.113.66');

let world: World;
/** Log position from which on an attack is judged. */
let from = 0;

/** The bystander: desk has logged in before anything happens. */
beforeEach(() => {
	world = createWorld(t0(), 1);
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace']) say(line);
	from = world.log.length;
});

/** After everything it goes on as if nothing had been. */
afterEach(() => {
	say('STAT');
	say('QUIT');
	expect(world.stopped).toBeNull();
	expect(shown(world.log)).toContain('+OK 4 ');
	expect(of(world.log, 'tcp.error').filter(({ host }) => host === 'desk')).toEqual([]);
});

function say(line: string): void {
	world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
	world.runUntilQuiet();
}

function forge(bytes: Uint8Array, checksums: 'fixed' | 'kept' = 'kept'): void {
	const octets = octetsToLatin1(bytes);
	const what = { kind: 'forge', link: 'desk-post', towards: 'post', octets, checksums } as const;
	world.input({ at: world.now, input: what });
}

function tcp(fields: Partial<TcpSegment>, src = ELSEWHERE): Uint8Array {
	const whole: TcpSegment = {
		srcPort: 40_000,
		dstPort: 110,
		seq: 7,
		ack: 0,
		flags: SYN,
		window: 1000,
		urgent: 0,
		options: [],
		payload: new Uint8Array(),
		...fields
	};
	return encodeIpv4({ src, dst: POST, protocol: 6, id: 1 }, encodeTcp(whole, src, POST));
}

/** desk's own connection, as an attacker would write to it. */
function blind(fields: Partial<TcpSegment>): Uint8Array {
	const last = of(world.log, 'packet.sent').findLast(({ from: by }) => by === 'desk')!;
	const { srcPort, seq, ack } = segment(last);
	return tcp({ srcPort, seq, ack, flags: ACK, ...fields }, DESK);
}

const after = () => world.log.slice(from);
const answers = () => of(after(), 'packet.sent').filter(({ from: by }) => by === 'post');
const drops = () => of(after(), 'packet.dropped').filter(({ host }) => host === 'post');

describe('length field against bytes held (Ripple20, AMNESIA:33)', () => {
	const syn = tcp({});
	test.each<[string, (bytes: Uint8Array) => void]>([
		['total length beyond the end', (bytes) => IPV4.set.totalLength(bytes, 0, bytes.length + 1)],
		['total length of 65,535', (bytes) => IPV4.set.totalLength(bytes, 0, 65_535)],
		['total length inside the header', (bytes) => IPV4.set.totalLength(bytes, 0, 19)],
		['header length below five words', (bytes) => IPV4.set.ihl(bytes, 0, 4)],
		['header length beyond the end', (bytes) => IPV4.set.ihl(bytes, 0, 15)],
		['data offset below five words', (bytes) => TCP.set.dataOffset(bytes, 20, 4)],
		['data offset of nothing', (bytes) => TCP.set.dataOffset(bytes, 20, 0)],
		['data offset beyond the end', (bytes) => TCP.set.dataOffset(bytes, 20, 15)]
	])('%s', (_, damage) => {
		const bytes = syn.slice();
		damage(bytes);
		forge(bytes, 'fixed');
		world.runUntilQuiet();
		expect(drops()).toMatchObject([{ reason: 'malformed' }]);
		expect(answers()).toEqual([]);
	});

	test.each([0, 7, 9, 100, 65_535])('UDP length %i for eight octets', (length) => {
		const bytes = encodeIpv4(
			{ src: ELSEWHERE, dst: POST, protocol: 17 },
			encodeUdp({ srcPort: 1, dstPort: 2, payload: new Uint8Array() }, ELSEWHERE, POST)
		);
		bytes[24] = length >> 8;
		bytes[25] = length & 0xff;
		forge(bytes);
		world.runUntilQuiet();
		expect(drops()).toMatchObject([{ reason: 'malformed' }]);
	});
});

describe('zero or short option length: endless loop', () => {
	test.each([0, 1, 5, 255])('a TCP option of length %i', (length) => {
		const bytes = tcp({ options: [{ kind: 'mss', value: 1460 }] }, DESK);
		bytes[41] = length;
		forge(bytes, 'fixed');
		world.runUntilQuiet();
		// the list ends there: the SYN is served without what followed
		expect(drops()).toEqual([]);
		expect(answers().map((event) => segment(event).flags)).toEqual([SYN | ACK]);
	});

	test.each([0, 1, 255])('an IP option of length %i', (length) => {
		const bytes = encodeIpv4(
			{
				src: ELSEWHERE,
				dst: POST,
				protocol: 6,
				options: [{ kind: 'unknown', type: 30, data: new Uint8Array(2) }]
			},
			new Uint8Array(20)
		);
		bytes[21] = length;
		forge(bytes, 'fixed');
		world.runUntilQuiet();
		expect(drops()).toMatchObject([{ reason: 'malformed' }]);
	});
});

test('urgent pointer past the data', () => {
	// a window smaller than the pointer can say
	world = createWorld(t0({ post: { receiveBuffer: 1000 } }), 1);
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace']) say(line);
	from = world.log.length;
	for (const urgent of [1, 65_535, 2000, 0]) {
		forge(blind({ flags: ACK | PSH | URG, urgent }));
		world.runUntilQuiet();
	}
	expect(of(after(), 'tcp.report').map(({ report, detail }) => `${report} ${detail}`)).toEqual([
		'urgent 1 octets',
		'urgent 1000 octets'
	]);
	expect(of(after(), 'pop3.command')).toEqual([]);
});

test('predictable ISN (NUMBER:JACK)', () => {
	const isns = (seed: number) => {
		const other = createWorld(t0({ desk: { isn: undefined }, post: { isn: undefined } }), seed);
		for (let port = 1; port <= 20; port += 1) {
			const octets = octetsToLatin1(tcp({ srcPort: 40_000 + port }, DESK));
			other.input({
				at: 0,
				input: { kind: 'forge', link: 'desk-post', towards: 'post', octets, checksums: 'kept' }
			});
		}
		other.advance(20_000);
		return of(other.log, 'packet.sent')
			.filter(({ from: by }) => by === 'post')
			.map((event) => segment(event).seq);
	};
	const first = isns(1);
	expect(new Set(first).size).toBe(20);
	const steps = new Set(first.slice(1).map((isn, i) => (isn - first[i]!) >>> 0));
	expect(steps.size).toBe(19);
	expect(isns(2)).not.toEqual(first);
	expect(isns(1)).toEqual(first);
});

describe('blind RST, SYN, data (RFC 5961)', () => {
	const chance = random(5961);
	const anywhere = () => Math.floor(chance() * 2 ** 32);
	test.each<[string, () => Partial<TcpSegment>]>([
		['RST', () => ({ flags: RST, seq: anywhere() })],
		['SYN', () => ({ flags: SYN, seq: anywhere() })],
		['text', () => ({ flags: ACK, seq: anywhere(), ack: anywhere(), payload: new Uint8Array(10) })],
		['FIN', () => ({ flags: FIN | ACK, seq: anywhere(), ack: anywhere() })]
	])('%s: a thousand guesses end nothing and change nothing', (kind, guess) => {
		for (let count = 0; count < 1000; count += 1) forge(blind(guess()));
		world.runUntilQuiet();
		expect(of(after(), 'tcp.state')).toEqual([]);
		expect(of(after(), 'pop3.command')).toEqual([]);
		// a SYN or an RST draws a challenge, and only so many in a second
		if (kind === 'RST' || kind === 'SYN') expect(answers().length).toBeLessThanOrEqual(10);
	});
});

describe('reply storms', () => {
	test('an RST draws no RST', () => {
		for (const dstPort of [9, 110]) {
			for (const flags of [RST, RST | ACK, RST | SYN, RST | FIN, RST | SYN | ACK])
				forge(tcp({ flags, dstPort }, DESK));
		}
		world.runUntilQuiet();
		expect(answers()).toEqual([]);
		expect(drops()).toHaveLength(10);
		// anything else draws one, and that none from the other side
		forge(tcp({ flags: ACK, dstPort: 9 }, DESK));
		world.runUntilQuiet();
		expect(answers().map((event) => segment(event).flags)).toEqual([RST]);
	});

	test.each(['255.255.255.255', '224.0.0.1', '127.0.0.1', '0.0.0.0', '240.0.0.1', '198.51.100.25'])(
		'nothing goes to a source that is no single other host: %s',
		(address) => {
			const src = parseAddress(address);
			const echo = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: new Uint8Array(8) });
			forge(tcp({}, src));
			forge(encodeIpv4({ src, dst: POST, protocol: 1 }, echo));
			world.runUntilQuiet();
			expect(answers()).toEqual([]);
			expect(drops()).toHaveLength(2);
		}
	);

	test('packet budget per virtual second, then a clear stop', () => {
		const small = createWorld(t0(), 1, { budget: 200 });
		const octets = octetsToLatin1(tcp({ dstPort: 9 }, DESK));
		for (let count = 0; count < 300; count += 1)
			small.input({
				at: 0,
				input: { kind: 'forge', link: 'desk-post', towards: 'post', octets, checksums: 'kept' }
			});
		small.runUntilQuiet();
		expect(small.stopped).toMatch(/more than 200 steps in one second of virtual time/);
	});
});

describe('exhaustion', () => {
	test('backlog 128, half-open expiry', () => {
		for (let srcPort = 1; srcPort <= 500; srcPort += 1) forge(tcp({ srcPort }));
		world.advance(world.now + 100_000);
		expect(of(after(), 'tcp.state').filter(({ to }) => to === 'SYN-RECEIVED')).toHaveLength(128);
		expect(drops().filter(({ reason }) => reason === 'backlog')).toHaveLength(372);
		world.advance(world.now + 200_000_000);
		const before = of(world.log, 'tcp.state').length;
		forge(tcp({ srcPort: 1000 }));
		world.advance(world.now + 100_000);
		expect(of(world.log, 'tcp.state').slice(before)[0]).toMatchObject({ to: 'SYN-RECEIVED' });
		world.advance(world.now + 200_000_000);
		// what the flood has left behind is said, and is over
		from = world.log.length;
		expect(
			of(world.log, 'tcp.error').every(({ host, error }) => host === 'post' && error === 'timeout')
		).toBe(true);
	});

	const piece = (id: number, at: number, length: number, more: boolean, fields: Partial<Ipv4Fields> = {}) =>
		encodeIpv4(
			{ src: ELSEWHERE, dst: POST, protocol: 17, id, mf: more ? 1 : 0, fragmentOffset: at / 8, ...fields },
			new Uint8Array(length)
		);

	test('bounded reassembly', () => {
		for (let id = 0; id < 2000; id += 1) forge(piece(id, 0, 1480, true));
		world.runUntilQuiet();
		// 64 datagrams in the making at most: the oldest go, and it is said
		expect(drops().filter(({ reason }) => reason === 'reassembly')).toHaveLength(2000 - 64);
		world.advance(world.now + 61_000_000);
		expect(drops().filter(({ reason }) => reason === 'reassembly')).toHaveLength(2000);
		expect(parseIpv4(piece(1, 0, 8, true)).ok).toBe(true);
	});

	test('overlapping fragments dropped', () => {
		forge(piece(1, 0, 24, true));
		forge(piece(1, 16, 24, false));
		forge(piece(1, 8, 40, false));
		world.runUntilQuiet();
		expect(drops().map(({ reason }) => reason)).toEqual(['reassembly', 'reassembly', 'reassembly']);
		expect(of(after(), 'ip.reassembled')).toEqual([]);
	});
});
