import { describe, expect, test } from 'vitest';
import { LESSON } from '#lib/tcp/connection.ts';
import { digest, pattern } from './octets.ts';
import { MS, Pair, SECOND } from './pair.ts';
import { Story } from './story.ts';

describe('the retransmission timer', () => {
	test('sends the earliest segment again, and doubles', () => {
		Story.in('ESTABLISHED').tell(`
			. send len=2000
			> ACK len=1460
			> PSH,ACK seq=2461 len=540
			+ 1s
			> ACK len=1460 (rto)
			~ 2s
			+ 2s
			> ACK len=1460 (rto)
			~ 4s`);
	});

	test('starts anew with each ACK of something new, and stops with the last (RFC 6298 §5.2, §5.3)', () => {
		Story.in('ESTABLISHED').tell(`
			. send len=2000
			> ACK len=1460
			> PSH,ACK seq=2461 len=540
			# SRTT 112.5 ms, RTTVAR 225 ms
			+ 900ms
			< ACK ack=2461
			~ 1012500us
			< ACK ack=2461
			~ 1012500us
			< ACK ack=3001
			~ none`);
	});

	test('after a time-out a partial ACK names the next hole, which is filled at once', () => {
		Story.in('ESTABLISHED').tell(`
			. send len=4000
			> ACK len=1460
			> ACK seq=2461 len=1460
			> PSH,ACK seq=3921 len=1080
			+ 1s
			> ACK len=1460 (rto)
			< ACK ack=2461
			> ACK seq=2461 len=1460 (rto)
			< ACK ack=5001
			~ none`);
	});

	test('two small segments are sent again as one', () => {
		Story.in('ESTABLISHED').tell(`
			. send "one"
			> PSH,ACK "one"
			. send "two"
			> PSH,ACK seq=1004 "two"
			+ 1s
			> PSH,ACK "onetwo" (rto)`);
	});

	test('gives up after fifteen repeats, tells the user, and leaves no timer', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. send "x"
			> PSH,ACK "x"`);
		for (const wait of [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 60]) {
			story.tell(`
				+ ${wait}s
				> PSH,ACK "x" (rto)`);
		}
		story.tell(`
			+ 60s
			! user timeout: ESTABLISHED to CLOSED
			! error timeout
			! closed
			~ none`);
		expect(story.now).toBeGreaterThan(100 * SECOND);
		expect(story.connection.outstanding).toBe(0);
	});

	test('the time that the user gives takes the place of the fifteen (§3.8.3): an hour is an hour', () => {
		const { connection } = Story.in('ESTABLISHED', { tuning: { ...LESSON, userTimeout: 3600 * SECOND } });
		connection.send(Uint8Array.of(1), 0);
		connection.flush(0);
		let last = 0;
		let repeats = 0;
		for (let due = connection.nextTimeout(); due !== null; due = connection.nextTimeout()) {
			last = due.at;
			const sent = [...connection.timeout(last), ...connection.flush(last)];
			repeats += sent.filter(({ type }) => type === 'transmit').length;
		}
		expect([connection.state, last, repeats]).toEqual(['CLOSED', 3600 * SECOND, 64]);
	});

	test('progress gives the peer all fifteen again', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. send "ab"
			> PSH,ACK "ab"`);
		for (const wait of [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 60]) {
			story.tell(`
				+ ${wait}s
				> PSH,ACK "ab" (rto)`);
		}
		story.tell(`
			< ACK ack=1002
			> PSH,ACK seq=1002 "b" (rto)
			+ 60s
			> PSH,ACK seq=1002 "b" (rto)
			= ESTABLISHED`);
	});

	test('called too early it does nothing', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. send "x"
			> PSH,ACK "x"`);
		expect(story.connection.timeout(SECOND - 1)).toEqual([]);
		expect(story.connection.timeout(SECOND)).toHaveLength(1);
	});
});

describe('Karn', () => {
	test('a round trip is measured and sets the RTO', () => {
		Story.in('ESTABLISHED').tell(`
			. send "a"
			> PSH,ACK "a"
			+ 800ms
			< ACK ack=1002
			. send "b"
			> PSH,ACK seq=1002 "b"
			# the handshake took no time, this trip 800 ms: SRTT 100 ms, RTTVAR 200 ms
			~ 1s`);
		Story.in('SYN-SENT').tell(`
			+ 800ms
			< SYN,ACK seq=5000 mss=1460
			> ACK
			. send "a"
			> PSH,ACK "a"
			# the first trip: SRTT 800 ms, RTTVAR 400 ms
			~ 2.4s`);
	});

	test('not from a segment sent twice: the backed-off RTO stays in force', () => {
		Story.in('ESTABLISHED').tell(`
			. send "a"
			> PSH,ACK "a"
			+ 1s
			> PSH,ACK "a" (rto)
			+ 10ms
			< ACK ack=1002
			. send "b"
			> PSH,ACK seq=1002 "b"
			~ 2s
			+ 40ms
			< ACK ack=1003
			. send "c"
			> PSH,ACK seq=1003 "c"
			~ 1s`);
	});
});

describe('fast retransmit', () => {
	const five = () =>
		Story.in('ESTABLISHED').tell(`
			. send len=6472
			> ACK len=1460
			> ACK seq=2461 len=1460
			> ACK seq=3921 len=1460
			> ACK seq=5381 len=1460
			> PSH,ACK seq=6841 len=632`);

	test('three duplicate ACKs, and no fewer and no more', () => {
		five().tell(`
			< ACK
			< ACK
			< ACK
			> ACK len=1460 (fast)
			< ACK
			< ACK
			< ACK
			< ACK ack=7473
			~ none`);
	});

	test('a partial ACK fills the next hole as fast', () => {
		five().tell(`
			< ACK
			< ACK
			< ACK
			> ACK len=1460 (fast)
			< ACK ack=3921
			> ACK seq=3921 len=1460 (fast)
			< ACK ack=7473
			~ none`);
	});

	test('not by ACKs that carry text, change the window, or come when nothing is out', () => {
		five().tell(`
			< ACK "a"
			> ACK seq=7473 ack=5002
			< ACK seq=5002 "b"
			> ACK seq=7473 ack=5003
			< ACK seq=5003 "c"
			> ACK seq=7473 ack=5004
			< ACK seq=5004 win=60001
			< ACK seq=5004 win=60002
			< ACK seq=5004 win=60003`);
		Story.in('ESTABLISHED').tell(`
			< ACK
			< ACK
			< ACK
			< ACK`);
	});

	test('the repeat lost as well: the timer sends it', () => {
		five().tell(`
			< ACK
			< ACK
			< ACK
			> ACK len=1460 (fast)
			+ 1s
			> ACK len=1460 (rto)
			< ACK ack=7473
			~ none`);
	});

	test('level 8.3: the first of five lost; four ACKs alike, one repeat, one jump', () => {
		const photo = pattern(6472);
		const pair = new Pair({ pipe: (_from, _segment, count) => (count === 3 ? [] : [20 * MS]) })
			.open()
			.run()
			.act('post', (io) => io.write(photo))
			.run();
		const acks = pair.sent.filter(({ at, from }) => from === 'desk' && at > 40 * MS);
		expect(acks.map(({ segment }) => segment.ack)).toEqual([5001, 5001, 5001, 5001, 11473]);
		expect(pair.sent.filter(({ again }) => again).map(({ again }) => again)).toEqual(['fast']);
		expect(digest(pair.octets('desk'))).toBe(digest(photo));
	});
});

describe('each packet of a session lost once', () => {
	const session = (lost: number) => {
		const pair = new Pair({
			apps: {
				desk: { connected: (io) => io.write('QUIT\r\n'), ended: (io) => io.close() },
				post: {
					received: (io) => {
						io.write(pattern(5000));
						io.close();
					}
				}
			},
			pipe: (_from, _segment, count) => (count === lost ? [] : [20 * MS])
		});
		return pair.open().run();
	};
	const packets = session(-1).sent.length;

	test.each(Array.from({ length: packets }, (_, lost) => lost))('packet %i', (lost) => {
		const pair = session(lost);
		expect(digest(pair.octets('desk'))).toBe(digest(pattern(5000)));
		expect(String.fromCharCode(...pair.octets('post'))).toBe('QUIT\r\n');
		expect([pair.state('desk'), pair.state('post')]).toEqual(['CLOSED', 'CLOSED']);
		expect(pair.errors).toEqual([]);
	});
});
