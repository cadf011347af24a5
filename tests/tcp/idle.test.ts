// Keep-alive, urgent text, STATUS, and the initial sequence number.
import { describe, expect, test } from 'vitest';
import { LESSON } from '#lib/tcp/connection.ts';
import { halfSip, initialSequence } from '#lib/tcp/isn.ts';
import { SECOND } from './pair.ts';
import { CONFIG, Story } from './story.ts';

describe('keep-alive (RFC 9293 §3.8.4)', () => {
	const tuning = { ...LESSON, keepAlive: 7200 * SECOND, keepAliveInterval: 75 * SECOND, keepAliveProbes: 2 };

	test('off: an idle connection has no timer', () => {
		Story.in('ESTABLISHED').tell('~ none');
	});

	test('after two hours an old number without text; any answer, and two hours start anew', () => {
		Story.in('ESTABLISHED', { tuning }).tell(`
			~ 7200s background
			+ 7200s
			> ACK seq=1000
			~ 75s background
			+ 10s
			< ACK
			~ 7200s background
			+ 100s
			< PSH,ACK "x"
			> ACK ack=5002
			~ 7200s background`);
	});

	test('one lost probe means nothing; after the last the user is told', () => {
		Story.in('ESTABLISHED', { tuning }).tell(`
			+ 7200s
			> ACK seq=1000
			+ 75s
			> ACK seq=1000
			+ 75s
			! error timeout
			= CLOSED
			~ none`);
	});

	test('text in flight has the retransmission timer instead', () => {
		Story.in('ESTABLISHED', { tuning }).tell(`
			. send "x"
			> PSH,ACK "x"
			~ 1s
			< ACK ack=1002
			~ 7200s background`);
	});

	test('our end answers one, whether it carries an octet or not', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK seq=5000
			> ACK
			< ACK seq=5000 "?"
			> ACK`);
	});
});

describe('urgent text (§3.8.5)', () => {
	test('is told of once, and stays in its place', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< URG,ACK urg=2 "abc"
			! urgent
			> ACK ack=5004`);
		expect(story.read).toBe('abc');
	});

	test('a pointer past the window is cut to it, one into the past is none', () => {
		const { connection } = Story.in('ESTABLISHED', { receiveBuffer: 100 });
		const urgent = (seq: number, pointer: number) =>
			connection
				.segment(
					{
						srcPort: 110,
						dstPort: 49152,
						seq,
						ack: 1001,
						flags: 0x30,
						window: 65535,
						urgent: pointer,
						options: [],
						payload: new Uint8Array(1)
					},
					0
				)
				.filter(({ type }) => type === 'urgent');
		expect(urgent(5001, 60_000)).toEqual([{ type: 'urgent', octets: 100 }]);
		expect(urgent(5002, 3)).toEqual([]);
		expect(urgent(5003, 0)).toEqual([]);
	});
});

test('STATUS (§3.10.6)', () => {
	const { connection } = Story.in('ESTABLISHED', { tuning: { ...LESSON, congestion: 'newreno' }, mss: 1000 });
	connection.send(new Uint8Array(15_000), 0);
	connection.flush(0);
	expect(connection.status()).toMatchObject({
		state: 'ESTABLISHED',
		sendWindow: 65_535,
		unacknowledged: 10_000,
		unsent: 5000,
		unread: 0,
		mss: 1000,
		congestionWindow: 10_000,
		threshold: Infinity,
		timeout: SECOND
	});
	expect(Story.in('CLOSED').connection.status()).toMatchObject({
		state: 'CLOSED',
		congestionWindow: Infinity
	});
});

describe('the initial sequence number (RFC 6528)', () => {
	const { local, remote } = CONFIG;

	test('grows by one in 4 µs, and wraps', () => {
		const first = initialSequence([1, 2], local, remote, 0);
		expect((initialSequence([1, 2], local, remote, 4000) - first) >>> 0).toBe(1000);
		expect(initialSequence([1, 2], local, remote, 2 ** 34)).toBe(first);
	});

	test('differs by key and by every part of the two ends', () => {
		const numbers = [
			initialSequence([1, 2], local, remote, 0),
			initialSequence([1, 3], local, remote, 0),
			initialSequence([2, 2], local, remote, 0),
			initialSequence([1, 2], { ...local, port: 49153 }, remote, 0),
			initialSequence([1, 2], { ...local, address: 1 }, remote, 0),
			initialSequence([1, 2], local, { ...remote, port: 111 }, 0),
			initialSequence([1, 2], local, { ...remote, address: 1 }, 0)
		];
		expect(new Set(numbers).size).toBe(numbers.length);
	});

	test('the keyed hash spreads: 4,096 ports, no number twice, every bit near half', () => {
		const hashes = Array.from({ length: 4096 }, (_, port) => halfSip([7, 9], [1, 2, port]));
		expect(new Set(hashes).size).toBe(4096);
		for (let bit = 0; bit < 32; bit += 1) {
			const ones = hashes.filter((hash) => (hash >>> bit) & 1).length;
			expect(Math.abs(ones - 2048)).toBeLessThan(200);
		}
	});
});
