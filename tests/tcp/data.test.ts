import { describe, expect, test } from 'vitest';
import { pattern } from './octets.ts';
import { Pair } from './pair.ts';
import { Story } from './story.ts';

describe('sending', () => {
	test('a write longer than MSS is cut; PSH marks its last segment alone', () => {
		Story.in('ESTABLISHED').tell(`
			. send len=4000
			> ACK len=1460
			> ACK seq=2461 len=1460
			> PSH,ACK seq=3921 len=1080
			~ 1s
			< ACK ack=5001
			~ none`);
	});

	test('every write has its own PSH', () => {
		Story.in('ESTABLISHED').tell(`
			. send "one"
			> PSH,ACK "one"
			. send "two"
			> PSH,ACK seq=1004 "two"`);
	});

	test('two writes in one event share a segment', () => {
		const story = Story.in('ESTABLISHED');
		story.connection.send(new Uint8Array([111, 110, 101]), 0);
		story.tell(`
			. send "two"
			> PSH,ACK "onetwo"`);
	});

	test('an empty write sends nothing', () => {
		Story.in('ESTABLISHED').tell(`
			. send ""
			~ none`);
	});

	test('the caller may reuse its array', () => {
		const story = Story.in('ESTABLISHED');
		const octets = new Uint8Array([104, 105]);
		story.connection.send(octets, 0);
		octets.fill(0);
		story.tell(`
			. send ""
			> PSH,ACK "hi"`);
	});

	test('octets offered after CLOSE are not taken', () => {
		const story = Story.in('FIN-WAIT-1').tell('. send "late"');
		expect(story.connection.writable).toBe(false);
		expect(story.connection.outstanding).toBe(0);
	});

	test('CLOSE-WAIT may still send', () => {
		const story = Story.in('CLOSE-WAIT');
		expect(story.connection.writable).toBe(true);
		story.tell(`
			. send "rest"
			> PSH,ACK ack=5002 "rest"`);
	});

	test('an ACK in the middle of a segment leaves the rest outstanding', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. send "hello"
			> PSH,ACK "hello"
			< ACK ack=1003
			+ 1s
			> PSH,ACK seq=1003 "llo" (rto)`);
		expect(story.connection.outstanding).toBe(3);
	});

	test('sequence numbers wrap in the middle of a write', () => {
		Story.open({ iss: 0xffff_fffc }).skip().tell(`
			< SYN,ACK seq=5000 ack=4294967293 mss=4
			> ACK seq=4294967293
			. send "abcdefgh"
			> ACK seq=4294967293 "abcd"
			> PSH,ACK seq=1 "efgh"
			< ACK ack=1
			< ACK ack=5
			~ none`);
	});
});

describe('receiving', () => {
	test('every segment is acknowledged, with the window that is left', () => {
		const story = Story.in('ESTABLISHED').tell(`
			. pause
			< PSH,ACK "hello"
			! readable
			> ACK ack=5006 win=65530
			< PSH,ACK seq=5006 "world"
			> ACK ack=5011 win=65525
			. read 7`);
		expect(story.read).toBe('hellowo');
		expect(story.connection.unread).toBe(3);
		story.tell('. read');
		expect(story.read).toBe('helloworld');
	});

	test('an answer written in the same event carries the ACK', () => {
		const lines = new Pair({
			apps: { post: { received: (io) => io.write('+OK\r\n') } }
		})
			.open()
			.run()
			.act('desk', (io) => io.write('NOOP\r\n'))
			.run()
			.lines();
		expect(lines.slice(3)).toEqual([
			'desk PSH,ACK 1001 ack 5001 len 6',
			'post PSH,ACK 5001 ack 1007 len 5',
			'desk ACK 1007 ack 5006'
		]);
	});

	test('text that came early is kept, and one ACK jumps over all of it', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< ACK seq=5004 "def"
			> ACK
			< ACK seq=5010 "jkl"
			> ACK
			< ACK seq=5007 "ghi"
			> ACK
			< ACK "abc"
			> ACK ack=5013`);
		expect(story.read).toBe('abcdefghijkl');
	});

	test('only the first part of a run that joins on both sides is not the end of it', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< ACK seq=5003 "cd"
			> ACK
			< ACK seq=5007 "gh"
			> ACK
			< ACK "ab"
			> ACK ack=5005
			< ACK seq=5005 "ef"
			> ACK ack=5009`);
		expect(story.read).toBe('abcdefgh');
	});

	test('the same segment twice is delivered once and acknowledged twice', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< PSH,ACK "hello"
			> ACK ack=5006
			< PSH,ACK "hello"
			> ACK ack=5006`);
		expect(story.read).toBe('hello');
	});

	test('a segment that begins before RCV.NXT is trimmed', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< ACK "abc"
			> ACK ack=5004
			< ACK "ABCdef"
			> ACK ack=5007`);
		expect(story.read).toBe('abcdef');
	});

	test('a segment that goes past the window is trimmed to it', () => {
		const story = Story.in('ESTABLISHED', { receiveBuffer: 4 }).tell(`
			. pause
			< ACK "abcdef"
			> ACK ack=5005 win=0
			. read
			> ACK ack=5005 win=4`);
		expect(story.read).toBe('abcd');
	});

	test('the order of level 8.5: 1, 3, 2, 3 again, 4, 5 — each ACK as predicted', () => {
		const story = Story.in('ESTABLISHED');
		const seq = (n: number) => 5001 + (n - 1) * 1460;
		story.tell(`
			< ACK seq=${seq(1)} len=1460
			> ACK ack=6461
			< ACK seq=${seq(3)} len=1460
			> ACK ack=6461
			< ACK seq=${seq(2)} len=1460
			> ACK ack=9381
			< ACK seq=${seq(3)} len=1460
			> ACK ack=9381
			< ACK seq=${seq(4)} len=1460
			> ACK ack=10841
			< PSH,ACK seq=${seq(5)} len=632
			> ACK ack=11473`);
		expect(story.read).toBe(String.fromCharCode(...pattern(6472)));
	});

	test('text after our CLOSE is received as before', () => {
		const story = Story.in('FIN-WAIT-2').tell(`
			< PSH,ACK ack=1002 "more"
			! readable
			> ACK seq=1002 ack=5005`);
		expect(story.read).toBe('more');
	});

	test('what was received is still there to read when the connection is over', () => {
		const story = Story.in('LAST-ACK');
		const other = Story.in('ESTABLISHED').tell(`
			. pause
			< PSH,ACK "bye"
			> ACK ack=5004 win=65532
			< FIN,ACK seq=5004
			> ACK ack=5005 win=65532
			. close
			> FIN,ACK ack=5005 win=65532
			< ACK seq=5005 ack=1002
			= CLOSED
			. read`);
		expect(other.read).toBe('bye');
		story.tell('< ACK seq=5002 ack=1002\n= CLOSED');
	});

	test('URG is no reason to lose or move an octet', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< URG,ACK urg=60000 "abc"
			> ACK ack=5004`);
		expect(story.read).toBe('abc');
	});
});
