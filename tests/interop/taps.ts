// Seeded bad lines, and what somebody sees who taps them: as the segments enter the line, at either end, and with holes in
// his own record. Beside them exchanges that no stack would have, for what only strangers do.
import type { CapturePacket } from '#lib/capture/capture.ts';
import { createStream } from '#lib/sim/random.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, PSH, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { LESSON, type Tuning } from '#lib/tcp/connection.ts';
import type { Input } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t1 } from '../fixtures/net.ts';
import { MS, Pair, SECOND, type Io, type Name } from '../tcp/pair.ts';

/** Packets of one tap, in the order of their times. */
export type Tap = readonly CapturePacket[];

const TEN = 10 * 2 ** 24;

/** Every tap has ends of its own, so that many fit in one capture. */
function addresses(kind: number, seed: number, view: number): Record<Name, number> {
	const net = TEN + kind * 2 ** 20 + seed * 2 ** 8 + view * 8;
	return { desk: net + 1, post: net + 2 };
}

function packet(
	at: number,
	from: Name,
	ends: Record<Name, number>,
	segment: TcpSegment,
	id: number
): CapturePacket {
	const src = ends[from];
	const dst = ends[from === 'desk' ? 'post' : 'desk'];
	const bytes = encodeIpv4(
		{ src, dst, protocol: TCP_PROTOCOL, id: id & 0xffff, df: 1 },
		encodeTcp(segment, src, dst)
	);
	return { interface: 0, at, bytes };
}

interface Passing {
	readonly at: number;
	readonly from: Name;
	readonly segment: TcpSegment;
}

/** A run of two hosts on a bad line: what was sent, and what came to each. */
function run(seed: number): { sent: Passing[]; came: Passing[] } {
	const draw = createStream(seed, 'line');
	const either = (share: number) => draw.unit() < share;
	const loss = either(0.25) ? 0 : draw.unit() / 5;
	const late = either(0.5) ? 0 : draw.unit() / 5;
	const twice = either(0.6) ? 0 : draw.unit() / 5;
	const delay = either(0.5) ? 20 * MS : 1 * MS;
	const sack = either(0.5);
	const slow = either(0.4);
	const small = slow || either(0.3);
	const common = { mss: either(0.5) ? 536 : 100, rto: either(0.5) ? SECOND : 200 * MS };
	const tuning: Tuning = {
		...LESSON,
		sack,
		timestamps: either(0.3),
		congestion: either(0.5) ? 'newreno' : 'none',
		delayedAck: either(0.3) ? 40 * MS : 0,
		nagle: either(0.3),
		windowScale: either(0.4) ? draw.below(4) : null,
		keepAlive: either(0.4) ? 300 * MS : 0,
		keepAliveInterval: 100 * MS
	};
	const sent: Passing[] = [];
	const came: Passing[] = [];
	const pair: Pair = new Pair({
		desk: {
			...common,
			iss: draw.u32(),
			tuning,
			receiveBuffer: small ? 1500 + draw.below(1500) : 65535
		},
		post: { ...common, iss: draw.u32(), tuning: { ...tuning, sack: sack || either(0.2) } },
		lazy: slow ? ['desk'] : [],
		pipe: (from, segment) => {
			sent.push({ at: pair.now, from, segment });
			const copies = either(twice) ? 2 : 1;
			return Array.from({ length: copies }, () => delay + (either(late) ? draw.below(4 * delay) : 0)).filter(
				(after) => {
					const arrives = !either(loss);
					if (arrives) came.push({ at: pair.now + after, from, segment });
					return arrives;
				}
			);
		}
	});
	pair.open();
	const act = (name: Name, what: (io: Io) => void) => {
		if (pair.state(name) === 'ESTABLISHED') pair.act(name, what);
	};
	for (let step = 0; step < 4; step++) {
		pair.run(pair.now + draw.below(2 * SECOND));
		act('desk', (io) => io.write(new Uint8Array(1 + draw.below(40))));
		pair.run(pair.now + draw.below(SECOND));
		act('post', (io) => io.write(new Uint8Array(draw.below(3600))));
		for (let reads = draw.below(6); slow && reads > 0; reads--) {
			pair.run(pair.now + draw.below(SECOND));
			act('desk', (io) => io.read(draw.below(1200)));
		}
	}
	if (slow) act('desk', (io) => io.read());
	act('post', (io) => io.close());
	pair.run(pair.now + SECOND);
	act('desk', (io) => io.close());
	if (either(0.2)) act('desk', (io) => io.abort());
	pair.run(pair.now + 4 * SECOND);
	return { sent, came: came.filter(({ at }) => at <= pair.now) };
}

const inOrder = (passing: readonly Passing[]): readonly Passing[] => passing.toSorted((a, b) => a.at - b.at);

/** One bad line from five sides: entering it, at each end, with holes, and by one who came late. */
export function bad(seed: number): Tap[] {
	const { sent, came } = run(seed);
	const at = (end: Name) =>
		inOrder([...came.filter(({ from }) => from !== end), ...sent.filter(({ from }) => from === end)]);
	const draw = createStream(seed, 'holes');
	const views = [sent, at('desk'), at('post'), at('post').filter(() => draw.unit() > 0.15)];
	if (seed % 3 === 0) views.push(at('desk').slice(sent.length >> 2));
	return views.map((view, i) =>
		view.map((one, id) => packet(one.at, one.from, addresses(1, seed, i), one.segment, id))
	);
}

/** `desk - r1 - r2 - post` with a narrow link in the middle, tapped on the link `at`: pings, pieces, errors, mail. */
export function net(seed: number, at: 'desk-r1' | 'r2-post'): Tap {
	const draw = createStream(seed, 'net');
	const loss = draw.unit() / 8;
	const scenario = t1({
		link: { loss },
		hosts: { desk: { address: `10.48.${seed}.${at === 'desk-r1' ? 2 : 3}` } },
		links: { 'r1-r2': { mtu: 256 + 8 * draw.below(60), loss }, 'r2-post': { loss }, 'desk-r1': { loss } }
	});
	const world = createWorld(scenario, seed);
	const put = (input: Input) => {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	};
	for (let i = 0; i < 8; i++) {
		const df = draw.unit() < 0.2;
		const ttl = draw.unit() < 0.2 ? 1 + draw.below(2) : undefined;
		put({ kind: 'ping', host: 'desk', to: 'post', size: draw.below(3000), df, ...(ttl && { ttl }) });
	}
	put({ kind: 'ping', host: 'desk', to: '203.0.113.99' });
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 4', 'QUIT', 'connect post 109'])
		put({ kind: 'type', host: 'desk', line });
	return world.log.flatMap((event) =>
		event.kind === 'packet.sent' && event.link === at
			? [{ interface: 0, at: event.at, bytes: event.bytes }]
			: []
	);
}

/** Segments drawn at random from few numbers, so that they often meet. */
export function strange(seed: number, count: number): Tap {
	const draw = createStream(seed, 'strange');
	const ends = addresses(2, seed, 0);
	const pick = <T>(among: readonly T[]): T => among[draw.below(among.length)]!;
	const base = { desk: draw.u32(), post: draw.u32() };
	const far = { desk: 0, post: 0 };
	let now = 0;
	return Array.from({ length: count }, (_, i) => {
		const from: Name = i < 3 ? (i === 1 ? 'post' : 'desk') : pick(['desk', 'post']);
		const to: Name = from === 'desk' ? 'post' : 'desk';
		now += pick([0, 500, 2000, 5000, 15_000, 30_000, 400_000]);
		const opening = i < 3;
		const flags = opening
			? [SYN, SYN | ACK, ACK][i]!
			: pick(
					[
						ACK,
						ACK,
						ACK,
						ACK,
						ACK,
						ACK,
						ACK | PSH,
						ACK | PSH,
						ACK | PSH,
						ACK | PSH,
						ACK | PSH,
						ACK | FIN,
						RST | ACK
					].slice(0, i > count - 8 ? 13 : 11)
				);
		const length = opening ? 0 : pick([0, 0, 0, 1, 100, 100, 200]);
		const seq = opening
			? i === 2
				? 1
				: 0
			: 1 + Math.max(0, far[from] + pick([0, 0, 0, 0, 0, 0, -1, -100, -100, -200, 100]));
		const ack =
			opening && i === 0
				? 0
				: opening
					? 1
					: 1 +
						Math.max(0, pick([far[to], far[to], far[to] - 100, far[to] - 100, far[to] - 200, far[to] + 100]));
		far[from] = Math.max(far[from], seq - 1 + length);
		const segment: TcpSegment = {
			srcPort: from === 'desk' ? 49152 : 110,
			dstPort: from === 'desk' ? 110 : 49152,
			seq: (base[from] + seq) >>> 0,
			ack: (base[to] + ack) >>> 0,
			flags,
			window: pick([0, 400, 400, 400, 400, 100]),
			urgent: 0,
			options: [],
			payload: new Uint8Array(length)
		};
		return packet(now, from, ends, segment, i);
	});
}

/** The first piece of a datagram, an error that quotes all of it, and the other piece. */
export function quotation(): Tap {
	const { desk, post } = addresses(3, 0, 0);
	const head = { src: desk, dst: post, protocol: UDP_PROTOCOL, id: 7 };
	const first = encodeIpv4({ ...head, mf: 1 }, Uint8Array.of(0xc0, 0, 0, 9, 0, 16, 0, 0));
	const second = encodeIpv4({ ...head, fragmentOffset: 1 }, new Uint8Array(8));
	const error = encodeIcmp({ kind: 'timeExceeded', code: 1, quoted: first });
	const answer = encodeIpv4({ src: post, dst: desk, protocol: ICMP_PROTOCOL, id: 8 }, error);
	return [first, answer, second].map((bytes, i) => ({ interface: 0, at: i * SECOND, bytes }));
}

/** Many taps one after the other. */
export function joined(taps: readonly Tap[]): CapturePacket[] {
	let start = SECOND;
	return taps.flatMap((tap) => {
		const from = start - (tap[0]?.at ?? 0);
		const moved = tap.map((one) => ({ ...one, at: from + one.at }));
		start = (moved.at(-1)?.at ?? start) + SECOND;
		return moved;
	});
}
