import { describe, expect, test } from 'vitest';
import { digest, pattern } from './octets.ts';
import { MS, Pair, SECOND } from './pair.ts';
import { Story } from './story.ts';

describe('the peer’s window', () => {
	test('limits what is in flight; an ACK slides it on', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=3000
			. send len=5000
			> ACK len=1460
			> ACK seq=2461 len=1460
			# 80 octets more would fit: not worth a segment
			< ACK ack=2461 win=3000
			> ACK seq=3921 len=1460
			< ACK ack=3921 win=3000
			> PSH,ACK seq=5381 len=620`);
	});

	test('an older segment does not change it back (SND.WL1, SND.WL2)', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK seq=5010 win=4
			< ACK seq=5001 win=9000
			. send "0123456789"
			+ 200ms
			> ACK "0123"`);
		Story.in('ESTABLISHED').tell(`
			. send "01"
			> PSH,ACK "01"
			< ACK ack=1003 win=4
			< ACK ack=1002 win=9000
			. send "23456789"
			+ 200ms
			> ACK seq=1003 "2345"`);
	});

	test('may shrink: what was sent stays sent, nothing more goes out', () => {
		Story.in('ESTABLISHED').tell(`
			. send len=2000
			> ACK len=1460
			> PSH,ACK seq=2461 len=540
			< ACK win=100
			. send "x"
			< ACK ack=3001 win=100
			> PSH,ACK seq=3001 "x"`);
	});
});

describe('a closed window', () => {
	const closed = (lines: string) =>
		Story.in('ESTABLISHED').tell(`
			< ACK win=0
			. send "hello"
			~ 1s
			${lines}`);

	test('is probed with one octet, after RTO, twice that, and so on up to 60 s', () => {
		const story = closed('# a probe is no retransmission');
		for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
			story.tell(`
				+ ${wait}s
				> ACK "h"
				< ACK win=0`);
		}
	});

	test('opened by the answer to a probe: all goes out at once, from the probe’s octet on', () => {
		closed(`
			+ 1s
			> ACK "h"
			< ACK win=65535
			> PSH,ACK "hello"
			~ 1s
			< ACK ack=1006
			~ none`);
	});

	test('the probe’s octet may be taken', () => {
		closed(`
			+ 1s
			> ACK "h"
			< ACK ack=1002 win=0
			+ 1s
			+ 1s
			> ACK seq=1002 "e"
			< ACK ack=1003 win=100
			> PSH,ACK seq=1003 "llo"`);
	});

	test('never given up while the peer answers (MUST-37)', () => {
		const story = closed('');
		for (let minutes = 0; minutes < 120; minutes += 1) {
			const due = story.connection.nextTimeout();
			story.tell(`
				+ ${(due?.at ?? 0) - story.now}us
				> ACK "h"
				< ACK win=0`);
		}
		story.tell('< ACK win=5\n> PSH,ACK "hello"');
	});

	test('given up when nobody answers any more', () => {
		const story = closed('');
		for (let probes = 0; probes < 15; probes += 1) {
			const due = story.connection.nextTimeout();
			story.tell(`
				+ ${(due?.at ?? 0) - story.now}us
				> ACK "h"`);
		}
		story.tell(`
			+ 60s
			! error timeout
			= CLOSED`);
	});

	test('a FIN is probed for too', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=0
			. close
			= FIN-WAIT-1
			+ 1s
			> FIN,ACK
			< ACK win=0
			+ 2s
			> FIN,ACK
			< ACK win=1
			> FIN,ACK
			< ACK ack=1002 win=1
			= FIN-WAIT-2`);
	});

	test('meanwhile our ACKs stay where the peer accepts them', () => {
		closed(`
			+ 1s
			> ACK "h"
			< PSH,ACK "text" win=0
			> ACK ack=5005`);
	});

	test('closed on octets in flight: the first of them is the probe, and nobody is given up', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. send len=2000
			> ACK len=1460
			> PSH,ACK seq=2461 len=540
			< ACK win=0`);
		for (const wait of [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60]) {
			story.tell(`
				+ ${wait}s
				> ACK len=1
				< ACK win=0`);
		}
		story.tell(`
			< ACK win=2000
			+ 1s
			> ACK len=1460 (rto)
			< ACK ack=2461 win=2000
			> PSH,ACK seq=2461 len=540 (rto)
			< ACK ack=3001
			~ none`);
	});
});

describe('our own window', () => {
	test('is told again when a segment’s worth has been read', () => {
		Story.in('ESTABLISHED', { receiveBuffer: 4380 }).tell(`
			. pause
			< ACK len=1460
			> ACK ack=6461 win=2920
			< ACK seq=6461 len=1460
			> ACK ack=7921 win=1460
			< ACK seq=7921 len=1460
			> ACK ack=9381 win=0
			. read 1459
			. read 1
			> ACK ack=9381 win=1460
			. read
			> ACK ack=9381 win=4380`);
	});

	test('is told again when half of a small buffer has been read', () => {
		Story.in('ESTABLISHED', { receiveBuffer: 10 }).tell(`
			. pause
			< ACK "0123456789"
			> ACK ack=5011 win=0
			. read 4
			. read 1
			> ACK ack=5011 win=5`);
	});

	test('is no news when the text was read in the event that brought it', () => {
		Story.in('ESTABLISHED').tell(`
			< PSH,ACK len=1460
			> ACK ack=6461`);
	});

	test('is no news once the peer has closed', () => {
		Story.in('ESTABLISHED', { receiveBuffer: 10 }).tell(`
			. pause
			< FIN,ACK "012345678"
			# the FIN takes a number and no room: one octet of window would be silly
			> ACK ack=5011 win=0
			. read`);
	});

	test('does not go over what its 16 bits hold', () => {
		Story.open({ receiveBuffer: 200_000 }).tell('> SYN seq=1000 win=65535 mss=1460');
	});

	test('its right edge never moves back', () => {
		const story = Story.in('ESTABLISHED', { receiveBuffer: 100_000 }).tell('. pause');
		let edge = 5001 + 65535;
		for (let seq = 5001; seq < 5001 + 60 * 1460; seq += 1460) {
			story.connection.segment(
				{
					srcPort: 110,
					dstPort: 49152,
					seq,
					ack: 1001,
					flags: 16,
					window: 65535,
					urgent: 0,
					options: [],
					payload: pattern(1460)
				},
				0
			);
			for (const effect of story.connection.flush(0)) {
				if (effect.type !== 'transmit') continue;
				const next = effect.segment.ack + effect.segment.window;
				expect(next).toBeGreaterThanOrEqual(edge);
				edge = next;
			}
		}
		expect(edge).toBe(5001 + 100_000);
	});
});

describe('level 8.6: a reader that pauses', () => {
	const photo = pattern(6472);
	const paused = () =>
		new Pair({ desk: { receiveBuffer: 4380 }, lazy: ['desk'] })
			.open()
			.run()
			.act('post', (io) => io.write(photo))
			.run(5 * SECOND);

	test('4380 octets before silence, then probes; the rest after it reads; nothing sent twice', () => {
		const pair = paused();
		const before = pair.sent.filter(({ from, segment }) => from === 'post' && segment.payload.length > 1);
		expect(before.map(({ segment }) => segment.payload.length)).toEqual([1460, 1460, 1460]);
		const probes = pair.sent.filter(({ segment }) => segment.payload.length === 1);
		expect(probes.map(({ at }) => at)).toEqual([
			SECOND + 120 * MS - 20 * MS,
			3 * SECOND + 120 * MS - 20 * MS
		]);
		pair.act('desk', (io) => io.read()).run(6 * SECOND);
		pair.act('desk', (io) => io.read());
		expect(digest(pair.octets('desk'))).toBe(digest(photo));
		expect(pair.sent.filter(({ again }) => again)).toEqual([]);
	});

	test('the window update lost: a probe finds the window open', () => {
		let cut = false;
		const pair = new Pair({
			desk: { receiveBuffer: 4380 },
			lazy: ['desk'],
			pipe: () => (cut ? [] : [20 * MS])
		})
			.open()
			.run()
			.act('post', (io) => io.write(photo))
			.run(5 * SECOND);
		cut = true;
		pair.act('desk', (io) => io.read());
		cut = false;
		pair.run(20 * SECOND).act('desk', (io) => io.read());
		expect(digest(pair.octets('desk'))).toBe(digest(photo));
	});
});
