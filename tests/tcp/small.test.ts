// Small segments: Nagle, delayed ACKs, and the silly window from both sides.
import { describe, expect, test } from 'vitest';
import { LESSON } from '#lib/tcp/connection.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { Story } from './story.ts';

const nagle = { tuning: { ...LESSON, nagle: true } };
const delayed = { tuning: { ...LESSON, delayedAck: 40 * MS } };

describe('Nagle (RFC 9293 §3.7.4)', () => {
	test('the first small segment goes at once, the next waits for its ACK and takes all that was written since', () => {
		Story.in('ESTABLISHED', nagle).tell(`
			. send "a"
			> PSH,ACK "a"
			. send "b"
			. send "c"
			< ACK ack=1002
			> PSH,ACK seq=1002 "bc"
			. send "d"
			< ACK ack=1004
			> PSH,ACK seq=1004 "d"`);
	});

	test('a full segment never waits; its small remainder does', () => {
		Story.in('ESTABLISHED', nagle).tell(`
			. send "a"
			> PSH,ACK "a"
			. send len=1500
			> ACK seq=1002 len=1460
			< ACK ack=1002
			< ACK ack=2462
			> PSH,ACK seq=2462 len=40`);
	});

	test('CLOSE lets the remainder go: nothing can follow it', () => {
		Story.in('ESTABLISHED', nagle).tell(`
			. send "a"
			> PSH,ACK "a"
			. send "b"
			. close
			> PSH,ACK seq=1002 "b"
			> FIN,ACK seq=1003`);
	});

	test('while it holds something back the retransmission timer runs, and a repeat takes it along', () => {
		Story.in('ESTABLISHED', nagle).tell(`
			. send "a"
			> PSH,ACK "a"
			. send "b"
			~ 1s
			+ 1s
			> PSH,ACK "a" (rto)
			< ACK ack=1002
			> PSH,ACK seq=1002 "b"
			< ACK ack=1003
			~ none`);
	});
});

describe('the sender and the silly window (§3.8.6.2.1)', () => {
	test('waits for the override timer when nothing is in flight, then sends what fits', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=100
			. send len=500
			~ 200ms
			+ 200ms
			> ACK len=100
			~ 1s
			< ACK ack=1101 win=100
			~ 200ms`);
	});

	test('half of the largest window ever offered is enough', () => {
		const small = () => Story.open().skip().tell('< SYN,ACK seq=5000 mss=1460 win=1000\n> ACK');
		small().tell(`
			< ACK win=500
			. send len=2000
			> ACK len=500`);
		small().tell(`
			< ACK win=499
			. send len=2000
			+ 200ms
			> ACK len=499`);
	});

	test('all that is written goes if it fits, however little', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=3
			. send "abc"
			> PSH,ACK "abc"`);
	});

	test('a window that opens while the timer runs needs no override', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=100
			. send len=500
			+ 150ms
			< ACK win=1000
			> PSH,ACK len=500
			~ 1s`);
	});

	test('one override sends one segment', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=10
			. send len=100
			+ 200ms
			> ACK len=10
			< ACK ack=1011 win=10
			+ 199ms
			+ 1ms
			> ACK seq=1011 len=10`);
	});
});

describe('the receiver and the silly window (§3.8.6.2.2)', () => {
	test('an ACK that goes out anyway does not tell of an opening too small to use', () => {
		Story.in('ESTABLISHED', { receiveBuffer: 2920 }).tell(`
			. pause
			< ACK len=1460
			> ACK ack=6461 win=1460
			< ACK seq=6461 len=1460
			> ACK ack=7921 win=0
			. read 1000
			. send "x"
			> PSH,ACK ack=7921 win=0 "x"
			. read 460
			> ACK seq=1002 ack=7921 win=1460`);
	});

	test('a reader that takes one octet at a time never draws a small segment out of a full sender', () => {
		const pair = new Pair({
			desk: { receiveBuffer: 2920 },
			lazy: ['desk'],
			apps: { post: { connected: (io) => io.write(pattern(20_000)) } }
		})
			.open()
			.run(1000 * MS);
		for (let turn = 0; turn < 2000; turn += 1) {
			pair.run(pair.now + MS).act('desk', (io) => io.read(10));
		}
		pair.run(pair.now + 90_000 * MS).act('desk', (io) => io.read());
		expect(digest(pair.octets('desk'))).toBe(digest(pattern(20_000)));
		const sizes = pair.sent
			.filter(({ from }) => from === 'post')
			.map(({ segment }) => segment.payload.length);
		const small = sizes.filter((size) => size > 1 && size < 1460);
		// the last of all, less what a probe took of it
		expect(small).toHaveLength(1);
	});
});

describe('delayed ACKs (§3.8.6.3)', () => {
	test('one segment waits 40 ms for company', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< PSH,ACK len=1460
			~ 40ms
			+ 39ms
			+ 1ms
			> ACK ack=6461
			~ none`);
	});

	test('every second full segment is acknowledged at once', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< ACK len=1460
			< ACK seq=6461 len=1460
			> ACK ack=7921
			~ none
			< ACK seq=7921 len=1460
			~ 40ms`);
	});

	test('text of ours takes the ACK along', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< PSH,ACK "USER ada"
			+ 10ms
			. send "+OK"
			> PSH,ACK ack=5009 "+OK"
			~ 1s
			< ACK ack=1004 seq=5009
			~ none`);
	});

	test('early text, text that fills a gap, old text and a FIN are answered at once', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< ACK seq=5004 "def"
			> ACK
			< ACK seq=5010 "jkl"
			> ACK
			< ACK "abc"
			> ACK ack=5007
			< ACK seq=5007 "ghi"
			> ACK ack=5013
			< ACK seq=5001 "abc"
			> ACK ack=5013
			< FIN,ACK seq=5013
			> ACK ack=5014`);
	});

	test('the delay counts from the first segment that waits, whatever comes after it', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< ACK "abc"
			+ 30ms
			< ACK seq=5004 "def"
			~ 10ms
			+ 10ms
			> ACK ack=5007`);
	});

	test('a window that opens is told without delay', () => {
		Story.in('ESTABLISHED', { ...delayed, receiveBuffer: 1460 }).tell(`
			. pause
			< ACK len=1460
			+ 40ms
			> ACK ack=6461 win=0
			. read
			> ACK ack=6461 win=1460`);
	});

	test('beside the retransmission timer: the earlier of the two is named', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			. send "x"
			> PSH,ACK "x"
			+ 980ms
			< PSH,ACK "y"
			~ 20ms
			+ 20ms
			> PSH,ACK "x" ack=5002 (rto)
			~ 2s`);
	});

	test('it goes with the connection', () => {
		Story.in('ESTABLISHED', delayed).tell(`
			< ACK "abc"
			. abort
			> RST seq=1001
			~ none`);
	});
});

test('with all of it, both ways and through loss: whole, and in fewer packets than without', () => {
	const run = (tuning: typeof LESSON, seed: number) => {
		const chance = random(seed);
		const pair: Pair = new Pair({
			desk: { tuning },
			post: { tuning },
			pipe: () => (chance() < 0.1 ? [] : [20 * MS]),
			apps: {
				desk: {
					connected: (io) => io.write(pattern(30_000)),
					received: (io) => void (pair.count('desk') === 30_000 && io.close())
				},
				post: { connected: (io) => io.write(pattern(30_000)), ended: (io) => io.close() }
			}
		});
		pair.open().run();
		for (const name of ['desk', 'post'] as const) {
			expect(digest(pair.octets(name))).toBe(digest(pattern(30_000)));
			expect(pair.state(name)).toBe('CLOSED');
		}
		return pair.sent.length;
	};
	const plain = [1, 2, 3, 4, 5].reduce((sum, seed) => sum + run(LESSON, seed), 0);
	const tuning = { ...LESSON, nagle: true, delayedAck: 40 * MS };
	const fewer = [1, 2, 3, 4, 5].reduce((sum, seed) => sum + run(tuning, seed), 0);
	expect(fewer).toBeLessThan(plain * 0.9);
});
