// Explicit congestion notification (RFC 3168) of one connection, and over a narrow link.
import { describe, expect, test } from 'vitest';
import { Connection, LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { CONFIG, incoming, Story } from './story.ts';

const tuned = (changes: Partial<Tuning> = {}) => ({
	mss: 1000,
	tuning: { ...LESSON, ecn: true, ...changes }
});

/** Established and agreed upon, segments of 1000 octets. */
const open = (changes: Partial<Tuning> = {}) =>
	Story.open(tuned(changes)).tell(`
		> SYN,ECE,CWR 0:0(0) <mss 1000>
		< SYN,ACK,ECE 0:0(0) <mss 1000>
		> ACK`);

describe('agreed upon in the SYNs (§6.1.1)', () => {
	test('offered with ECE and CWR, answered with ECE alone', () => {
		open();
		Story.accept(tuned(), 'SYN,ECE,CWR seq=5000 mss=1000').tell('> SYN,ACK,ECE 0:0(0) <mss 1000>');
	});

	test('not offered and not answered where it is off: the lesson', () => {
		Story.open({ mss: 1000 }).tell('> SYN 0:0(0) <mss 1000>');
		Story.accept({ mss: 1000 }, 'SYN,ECE,CWR seq=5000 mss=1000').tell('> SYN,ACK 0:0(0) <mss 1000>');
	});

	test.each(['SYN seq=5000', 'SYN,ECE seq=5000', 'SYN,CWR seq=5000'])('%s is no offer', (syn) => {
		Story.accept(tuned(), `${syn} mss=1000`).tell('> SYN,ACK 0:0(0) <mss 1000>');
	});

	test.each(['SYN,ACK', 'SYN,ACK,ECE,CWR', 'SYN,ACK,CWR'])(
		'%s is no agreement: a mark is not echoed',
		(bits) => {
			Story.open(tuned()).skip().tell(`
			< ${bits} 0:0(0) <mss 1000>
			> ACK
			< PSH,ACK ce "ab"
			> ACK ack 3`);
		}
	);

	test('a SYN that is lost is repeated without the offer, and then nothing is agreed (§6.1.1.1)', () => {
		Story.open(tuned()).skip().tell(`
			+ 1s
			> SYN 0:0(0) <mss 1000> (rto)
			< SYN,ACK,ECE 0:0(0) <mss 1000>
			> ACK
			< PSH,ACK ce "ab"
			> ACK ack 3`);
	});
});

describe('the receiver (§6.1.3)', () => {
	test('echoes a mark in every ACK until CWR comes', () => {
		open().tell(`
			< ACK "a"
			> ACK ack 2
			< ACK 2:3(1) ce
			> ACK,ECE ack 3
			< ACK 3:4(1)
			> ACK,ECE ack 4
			. SEND "x"
			> PSH,ACK,ECE ack 4 "x"
			< ACK,CWR 4:5(1) ack 2
			> ACK 2:2(0) ack 5`);
	});

	test('a mark on the very segment with CWR begins anew', () => {
		open().tell(`
			< ACK "a" ce
			> ACK,ECE ack 2
			< ACK,CWR 2:3(1) ce
			> ACK,ECE ack 3`);
	});

	test('a mark on a segment without text says nothing', () => {
		open().tell(`
			< ACK ce
			< ACK "a"
			> ACK ack 2`);
	});
});

describe('the sender (§6.1.2)', () => {
	test('slows down once in a window, and says so on the next new text; nothing goes again', () => {
		const story = open({ congestion: 'newreno' });
		story.tell(`
			. SEND 4000
			> ACK 1:3001(3000) by 1000
			> PSH,ACK 3001:4001(1000)
			< ACK,ECE ack 1001`);
		const { congestionWindow, threshold } = story.connection.status();
		expect([congestionWindow, threshold]).toEqual([2000, 2000]);
		story.tell(`
			< ACK,ECE ack 2001
			< ACK,ECE ack 4001
			. SEND 1000
			> PSH,ACK,CWR 4001:5001(1000)
			< ACK,ECE ack 5001`);
		expect(story.connection.status().threshold).toBe(2000);
		story.tell(`
			. SEND 1000
			> PSH,ACK,CWR 5001:6001(1000)
			< ACK ack 6001
			. SEND 1000
			> PSH,ACK 6001:7001(1000)`);
	});

	test('while it repairs a loss it has slowed down already', () => {
		const story = open({ congestion: 'newreno' });
		story.tell(`
			. SEND 5000
			> ACK 1:4001(4000) by 1000
			> PSH,ACK 4001:5001(1000)
			< ACK
			< ACK
			< ACK
			> ACK 1:1001(1000) (fast)`);
		const { threshold } = story.connection.status();
		story.tell(`
			< ACK,ECE ack 1001
			> ACK 1001:2001(1000) (fast)`);
		expect(story.connection.status().threshold).toBe(threshold);
	});

	test('without congestion control it still lets the peer stop echoing', () => {
		open().tell(`
			. SEND 1000
			> PSH,ACK 1:1001(1000)
			< ACK,ECE ack 1001
			. SEND 1000
			> PSH,ACK,CWR 1001:2001(1000)`);
	});

	test('an echo where nothing was agreed is nothing', () => {
		const story = Story.in('ESTABLISHED', { tuning: { ...LESSON, congestion: 'newreno' } });
		const { threshold } = story.connection.status();
		story.tell(`
			. SEND 10
			> PSH,ACK 1:11(10)
			< ACK,ECE ack 11`);
		expect(story.connection.status().threshold).toBe(threshold);
	});

	test('only text that goes for the first time may be marked (§6.1.4 to §6.1.6)', () => {
		const { connection } = Connection.open({ ...CONFIG, ...tuned() }, 0);
		connection.flush(0);
		const marks: [number, boolean][] = [];
		const take = (effects: ReturnType<typeof connection.flush>) => {
			for (const effect of effects)
				if (effect.type === 'transmit') marks.push([effect.segment.payload.length, effect.markable ?? false]);
		};
		take(connection.segment(incoming('SYN,ACK,ECE seq=5000 mss=1000'), 0));
		take(connection.flush(0));
		take(connection.send(new Uint8Array(1000), 0));
		take(connection.flush(0));
		take(connection.timeout(1_000_000));
		take(connection.flush(1_000_000));
		take(connection.close(1_000_000));
		take(connection.flush(1_000_000));
		expect(marks).toEqual([
			[0, false],
			[1000, true],
			[1000, false],
			[0, false]
		]);
	});
});
