// Window scale and timestamps (RFC 7323).
import { describe, expect, test } from 'vitest';
import { LESSON } from '#lib/tcp/connection.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { incoming, Story } from './story.ts';

const scale = (windowScale: number) => ({ tuning: { ...LESSON, windowScale } });
const stamped = { tuning: { ...LESSON, timestamps: true } };

describe('window scale', () => {
	test('offered, and in force only when the peer offers it too (§2.2)', () => {
		Story.open({ ...scale(3), receiveBuffer: 200_000 }).tell(`
			> SYN seq=1000 win=65535 mss=1460 wscale=3
			< SYN,ACK seq=5000 mss=1460
			> ACK win=65535
			< ACK win=100`);
		Story.open({ ...scale(3), receiveBuffer: 200_000 }).tell(`
			> SYN seq=1000 win=65535 mss=1460 wscale=3
			< SYN,ACK seq=5000 mss=1460 wscale=1
			> ACK win=25000`);
	});

	test('not answered where it is switched off, nor sent in answer to a SYN without it', () => {
		Story.accept({}, 'SYN seq=5000 mss=1460 wscale=7').tell('> SYN,ACK seq=1000 mss=1460');
		Story.accept(scale(2), 'SYN seq=5000 mss=1460').tell('> SYN,ACK seq=1000 mss=1460');
		Story.accept(scale(2), 'SYN seq=5000 mss=1460 wscale=7').tell('> SYN,ACK seq=1000 mss=1460 wscale=2');
	});

	test('the peer’s window counts in its units, but never in a SYN; more than 14 counts as 14 (§2.3)', () => {
		const story = Story.open(scale(0)).skip().tell(`
			< SYN,ACK seq=5000 mss=1000 wscale=200 win=1
			> ACK
			< ACK win=1
			. send len=1
			> PSH,ACK len=1
			< ACK ack=1002 win=1`);
		story.connection.send(new Uint8Array(20_000), 0);
		expect(story.connection.flush(0)).toHaveLength(16);
		Story.open(scale(0)).skip().tell(`
			< SYN,ACK seq=5000 mss=1000 wscale=4 win=100
			> ACK
			. send len=200
			> ACK len=100`);
	});

	test('a window that is no multiple of its unit never takes an octet back (§2.4)', () => {
		Story.open({ ...scale(4), receiveBuffer: 80_000 }).tell(`
			> SYN seq=1000 win=65535 mss=1460 wscale=4
			. pause
			< SYN,ACK seq=5000 mss=1460 wscale=0
			> ACK win=5000
			< ACK "a"
			> ACK ack=5002 win=5000
			< ACK seq=5002 len=1460
			> ACK ack=6462 win=4909`);
	});

	test('a megabyte through a window of a quarter of one, on a long way', () => {
		const tuning = { ...LESSON, windowScale: 4 };
		const big = { receiveBuffer: 262_144, tuning };
		const octets = pattern(1_000_000);
		/** How long the second half takes, when slow start is over. */
		const run = (options: typeof big | object) => {
			let half = 0;
			const pair: Pair = new Pair({
				desk: options,
				post: options,
				silent: true,
				pipe: () => [200 * MS],
				apps: {
					desk: { received: () => void (half ||= pair.count('desk') >= octets.length / 2 ? pair.now : 0) },
					post: { connected: (io) => io.write(octets) }
				}
			});
			pair.open().run();
			expect(digest(pair.octets('desk'))).toBe(digest(octets));
			return pair.now - half;
		};
		expect(run(big)).toBeLessThan(run({}) / 3);
	});
});

describe('timestamps', () => {
	const open = () =>
		Story.open(stamped).tell(`
			> SYN seq=1000 mss=1460 ts=1:0
			+ 30ms
			< SYN,ACK seq=5000 mss=1460 ts=900:1
			> ACK ts=31:900`);

	test('on every segment once both have offered them, on none otherwise (§3.2)', () => {
		open().tell(`
			. send "x"
			> PSH,ACK "x" ts=31:900`);
		Story.open(stamped).skip().tell('< SYN,ACK seq=5000 mss=1460\n> ACK');
		Story.accept({}, 'SYN seq=5000 mss=1460 ts=7:0').tell('> SYN,ACK seq=1000 mss=1460');
		Story.accept(stamped, 'SYN seq=5000 mss=1460 ts=7:0').tell('> SYN,ACK seq=1000 mss=1460 ts=1:7');
	});

	test('take twelve octets of each segment from the text', () => {
		open().tell(`
			. send len=1500
			> ACK len=1448 ts=31:900
			> PSH,ACK seq=2449 len=52 ts=31:900`);
	});

	test('PAWS (§5.3): an old stamp makes an old duplicate, whatever its sequence number; an RST is exempt', () => {
		const story = open().tell(`
			< PSH,ACK "new" ts=905:31
			> ACK ack=5004 ts=31:905
			< PSH,ACK seq=5004 "old" ts=904:31
			> ACK ack=5004 ts=31:905
			< PSH,ACK seq=5004 "ok" ts=905:31
			> ACK ack=5006 ts=31:905
			< RST seq=5006
			! error reset
			= CLOSED`);
		expect(story.read).toBe('newok');
	});

	test('a segment without a stamp is dropped in silence (§3.2)', () => {
		const story = open().tell('< PSH,ACK "bare"\n= ESTABLISHED');
		expect(story.connection.unread + story.read.length).toBe(0);
	});

	test('the stamp to echo is that of the first segment not yet acknowledged (§4.3): early text does not count', () => {
		open().tell(`
			< ACK seq=5011 "late" ts=920:31
			> ACK ts=31:900
			< ACK "0123456789" ts=910:31
			> ACK ack=5015 ts=31:910`);
	});

	test('after 24 days of silence an old stamp says nothing (§5.5)', () => {
		const story = open();
		story.connection.segment(incoming('PSH,ACK "x" ts=5:0'), 25 * 24 * 3600 * 1000 * MS);
		expect(story.connection.receive()).toHaveLength(1);
	});

	test('stamps wrap like sequence numbers', () => {
		const story = Story.open(stamped).skip().tell(`
			< SYN,ACK seq=5000 mss=1460 ts=4294967290:1
			> ACK ts=1:4294967290
			< PSH,ACK "over" ts=4:1
			> ACK ack=5005 ts=1:4`);
		expect(story.read).toBe('over');
	});

	test('an ACK of something sent twice is a measurement all the same (§4.1)', () => {
		Story.open(stamped).skip().tell(`
			< SYN,ACK seq=5000 mss=1460 ts=900:1
			> ACK ts=1:900
			. send "x"
			> PSH,ACK "x" ts=1:900
			+ 1s
			> PSH,ACK "x" ts=1001:900 (rto)
			~ 2s
			+ 40ms
			< ACK ack=1002 ts=901:1001
			. send "y"
			> PSH,ACK seq=1002 "y" ts=1041:901
			~ 1s`);
	});

	test('but an ACK that echoes the copy before the last may come of a lost ACK: it measures nothing (Karn)', () => {
		Story.open(stamped).skip().tell(`
			< SYN,ACK seq=5000 mss=1460 ts=900:1
			> ACK ts=1:900
			. send "x"
			> PSH,ACK "x" ts=1:900
			+ 1s
			> PSH,ACK "x" ts=1001:900 (rto)
			~ 2s
			+ 2s
			> PSH,ACK "x" ts=3001:900 (rto)
			~ 4s
			+ 40ms
			< ACK ack=1002 ts=901:1001
			. send "y"
			> PSH,ACK seq=1002 "y" ts=3041:901
			~ 4s
			+ 10ms
			< ACK ack=1003 ts=902:3041
			. send "z"
			> PSH,ACK seq=1003 "z" ts=3051:902
			~ 1s`);
	});

	test('TIME-WAIT gives way to a SYN with a later stamp, even at a lower number (RFC 6191)', () => {
		const story = open().tell(`
			. close
			> FIN,ACK ts=31:900
			< FIN,ACK ack=1002 ts=950:31
			> ACK seq=1002 ack=5002 ts=31:950
			= TIME-WAIT`);
		expect(story.connection.successor(incoming('SYN seq=17 ts=951:0'))).toBe(1002 + 0x10000);
		expect(story.connection.successor(incoming('SYN seq=17 ts=950:0'))).toBeNull();
	});

	test('through loss and reordering: whole', () => {
		for (let seed = 0; seed < 20; seed += 1) {
			const chance = random(seed);
			const pair = new Pair({
				desk: stamped,
				post: stamped,
				silent: true,
				pipe: () => (chance() < 0.15 ? [] : [20 * MS + Math.floor(chance() * 30 * MS)]),
				apps: { post: { connected: (io) => io.write(pattern(50_000)) } }
			})
				.open()
				.run();
			expect([seed, digest(pair.octets('desk'))]).toEqual([seed, digest(pattern(50_000))]);
		}
	});
});
