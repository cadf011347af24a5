import { describe, expect, test } from 'vitest';
import { Pair, SECOND } from './pair.ts';
import { Story } from './story.ts';

describe('simultaneous OPEN (figure 8)', () => {
	test('SYN meets SYN: SYN-RECEIVED, and the peer’s SYN,ACK establishes', () => {
		Story.in('SYN-SENT').tell(`
			< SYN seq=5000 mss=1460
			! rcv SYN: SYN-SENT to SYN-RECEIVED
			> SYN,ACK seq=1000 mss=1460
			< SYN,ACK seq=5000 mss=1460
			! rcv ACK of SYN: SYN-RECEIVED to ESTABLISHED
			= ESTABLISHED
			~ none`);
	});

	test('text on the SYN,ACK is taken from its place after the SYN', () => {
		const story = Story.in('SYN-SENT').tell(`
			< SYN seq=5000 mss=1460
			> SYN,ACK seq=1000 mss=1460
			< SYN,ACK,PSH seq=5000 "hi"
			> ACK ack=5003`);
		expect(story.read).toBe('hi');
	});

	test('RST in a SYN-RECEIVED that came from SYN-SENT is a refusal', () => {
		Story.in('SYN-SENT').tell(`
			< SYN seq=5000
			> SYN,ACK seq=1000 mss=1460
			< RST
			! error refused
			= CLOSED`);
	});

	test('two ends reach ESTABLISHED in four packets, and talk', () => {
		const pair = new Pair().openBoth().run();
		expect(pair.lines()).toEqual([
			'desk SYN 1000',
			'post SYN 5000',
			'post SYN,ACK 5000 ack 1001',
			'desk SYN,ACK 1000 ack 5001'
		]);
		for (const name of ['desk', 'post'] as const) {
			expect(pair.states(name)).toEqual(['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED']);
		}
		pair.act('desk', (io) => io.write('hello')).run();
		expect(String.fromCharCode(...pair.octets('post'))).toBe('hello');
	});

	test('one of the two SYN,ACKs lost: both still get there', () => {
		const pair = new Pair({ pipe: (_from, _segment, count) => (count === 2 ? [] : [20_000]) })
			.openBoth()
			.run();
		expect(pair.state('desk')).toBe('ESTABLISHED');
		expect(pair.state('post')).toBe('ESTABLISHED');
	});
});

describe('closing at once', () => {
	test('CLOSING, then TIME-WAIT at both ends', () => {
		const pair = new Pair().open().run();
		pair.act('desk', (io) => io.close()).act('post', (io) => io.close());
		pair.run(SECOND, false);
		expect(pair.lines().slice(3)).toEqual([
			'desk FIN,ACK 1001 ack 5001',
			'post FIN,ACK 5001 ack 1001',
			'post ACK 5002 ack 1002',
			'desk ACK 1002 ack 5002'
		]);
		for (const name of ['desk', 'post'] as const) {
			expect(pair.states(name).slice(-3)).toEqual(['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT']);
		}
		pair.run();
		expect([pair.state('desk'), pair.state('post')]).toEqual(['CLOSED', 'CLOSED']);
		expect(pair.errors).toEqual([]);
	});

	test('the ACK of our FIN lost in CLOSING: the FIN again brings it', () => {
		Story.in('CLOSING').tell(`
			+ 1s
			> FIN,ACK ack=5002 (rto)
			< ACK seq=5002 ack=1002
			! rcv ACK of FIN: CLOSING to TIME-WAIT
			~ 240s background`);
	});
});
