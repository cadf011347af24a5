import { describe, expect, test } from 'vitest';
import { TCP_STATES } from '#lib/tcp/states.ts';
import { digest } from './octets.ts';
import { Pair, SECOND } from './pair.ts';
import { Story } from './story.ts';

describe('closing first', () => {
	test('FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED; 2 MSL of waiting', () => {
		Story.in('ESTABLISHED').tell(`
			. close
			! CLOSE: ESTABLISHED to FIN-WAIT-1
			> FIN,ACK
			~ 1s
			< ACK ack=1002
			! rcv ACK of FIN: FIN-WAIT-1 to FIN-WAIT-2
			~ none
			< FIN,ACK ack=1002
			! rcv FIN: FIN-WAIT-2 to TIME-WAIT
			! end
			> ACK seq=1002 ack=5002
			~ 240s background
			+ 240s
			! 2MSL timeout: TIME-WAIT to CLOSED
			! closed
			~ none`);
	});

	test('the ACK of our FIN and the peer’s FIN in one segment: the ACK is seen first', () => {
		Story.in('FIN-WAIT-1').tell(`
			< FIN,ACK ack=1002
			! rcv ACK of FIN: FIN-WAIT-1 to FIN-WAIT-2
			! rcv FIN: FIN-WAIT-2 to TIME-WAIT
			> ACK seq=1002 ack=5002`);
	});

	test('the FIN follows the last octet in a segment of its own', () => {
		const story = Story.in('ESTABLISHED');
		story.connection.send(new Uint8Array(2000), 0);
		story.tell(`
			. close
			> ACK "${'\0'.repeat(1460)}"
			> PSH,ACK seq=2461 "${'\0'.repeat(540)}"
			> FIN,ACK seq=3001
			= FIN-WAIT-1
			< ACK ack=3001
			= FIN-WAIT-1
			< ACK ack=3002
			= FIN-WAIT-2`);
	});

	test('a lost FIN is sent again', () => {
		Story.in('FIN-WAIT-1').tell(`
			+ 1s
			> FIN,ACK (rto)
			+ 2s
			> FIN,ACK (rto)
			< ACK ack=1002
			= FIN-WAIT-2`);
	});

	test('the FIN waits for the window, behind the octets it follows', () => {
		Story.in('ESTABLISHED').tell(`
			< ACK win=3
			. send "abcde"
			~ 200ms
			+ 200ms
			> ACK "abc"
			. close
			= FIN-WAIT-1
			< ACK ack=1004 win=2
			> PSH,ACK seq=1004 "de"
			< ACK ack=1006 win=1
			> FIN,ACK seq=1006
			< ACK ack=1007
			= FIN-WAIT-2`);
	});

	test('a second CLOSE does nothing', () => {
		Story.in('FIN-WAIT-1').tell('. close\n= FIN-WAIT-1');
		Story.in('TIME-WAIT').tell('. close\n= TIME-WAIT');
	});
});

describe('closing last', () => {
	test('CLOSE-WAIT, LAST-ACK, CLOSED', () => {
		Story.in('ESTABLISHED').tell(`
			< FIN,ACK
			! rcv FIN: ESTABLISHED to CLOSE-WAIT
			! end
			> ACK ack=5002
			~ none
			. close
			! CLOSE: CLOSE-WAIT to LAST-ACK
			> FIN,ACK ack=5002
			< ACK seq=5002 ack=1002
			! rcv ACK of FIN: LAST-ACK to CLOSED
			! closed
			= CLOSED
			~ none`);
	});

	test('a FIN with text: the text first, then the end', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< FIN,PSH,ACK "bye"
			! readable
			! end
			> ACK ack=5005
			= CLOSE-WAIT`);
		expect(story.read).toBe('bye');
	});

	test('a FIN that came early counts when the gap before it is filled', () => {
		const story = Story.in('ESTABLISHED').tell(`
			< FIN,ACK seq=5004
			> ACK
			= ESTABLISHED
			< PSH,ACK "abc"
			! readable
			! end
			> ACK ack=5005
			= CLOSE-WAIT`);
		expect(story.read).toBe('abc');
	});

	test('CLOSE in CLOSE-WAIT waits until the last octet is cut into a segment (§3.10.4)', () => {
		Story.in('CLOSE-WAIT').tell(`
			< ACK seq=5002 win=2
			. send "abc"
			+ 200ms
			> ACK ack=5002 "ab"
			. close
			= CLOSE-WAIT
			< ACK seq=5002 ack=1003
			! CLOSE: CLOSE-WAIT to LAST-ACK
			> PSH,ACK seq=1003 ack=5002 "c"
			> FIN,ACK seq=1004 ack=5002
			= LAST-ACK
			< ACK seq=5002 ack=1005
			= CLOSED`);
	});

	test('a lost FIN of ours is sent again until it is answered, and in the end given up', () => {
		const story = Story.in('LAST-ACK').tell(`
			+ 1s
			> FIN,ACK ack=5002 (rto)`);
		const pair = new Pair({
			apps: { desk: { ended: (io) => io.close() } },
			pipe: (from, segment) => (from === 'desk' && segment.flags & 1 ? [] : [20_000])
		});
		pair
			.open()
			.run()
			.act('post', (io) => io.close())
			.run();
		expect(pair.errors).toEqual([{ end: 'desk', error: 'timeout' }]);
		expect(pair.state('desk')).toBe('CLOSED');
		expect(pair.state('post')).toBe('FIN-WAIT-2');
		story.tell('< ACK seq=5002 ack=1002\n= CLOSED');
	});
});

describe('half-close', () => {
	test('the end that closed goes on receiving until the other closes', () => {
		const letter = new Uint8Array(100_000).map((_, index) => index);
		const pair = new Pair({ apps: { post: { ended: (io) => io.write(letter) } } }).open().run();
		pair.act('desk', (io) => io.close()).run(20 * SECOND);
		expect(pair.state('desk')).toBe('FIN-WAIT-2');
		expect(digest(pair.octets('desk'))).toBe(digest(letter));
		pair.act('post', (io) => io.close()).run();
		expect([pair.state('desk'), pair.state('post')]).toEqual(['CLOSED', 'CLOSED']);
	});
});

describe('TIME-WAIT', () => {
	test('the peer’s FIN again is acknowledged again and starts the wait anew', () => {
		Story.in('TIME-WAIT').tell(`
			+ 100s
			~ 140s background
			< FIN,ACK ack=1002
			> ACK seq=1002 ack=5002
			~ 240s background`);
	});

	test('an old segment gets an ACK and does not prolong it', () => {
		Story.in('TIME-WAIT').tell(`
			+ 100s
			< PSH,ACK seq=4990 ack=1002 "old"
			> ACK seq=1002 ack=5002
			~ 140s background`);
	});

	test('a SYN with a FIN that ends where the peer’s did is challenged and does not prolong it', () => {
		Story.in('TIME-WAIT').tell(`
			+ 100s
			< FIN,SYN seq=5000
			> ACK seq=1002 ack=5002
			~ 140s background`);
	});

	test('its length follows MSL', () => {
		Story.in('TIME-WAIT', { msl: 30_000_000 }).tell('~ 60s background');
	});
});

describe('an RST while the last octets are on their way: the user is told', () => {
	test('in CLOSING', () => {
		Story.in('ESTABLISHED').tell(`
			. send "last"
			> PSH,ACK seq=1001 ack=5001 "last"
			. close
			> FIN,ACK seq=1005 ack=5001
			! CLOSE: ESTABLISHED to FIN-WAIT-1
			< FIN,ACK ack=1001
			! rcv FIN: FIN-WAIT-1 to CLOSING
			> ACK seq=1006 ack=5002
			< RST seq=5002
			! error reset
			! rcv RST: CLOSING to CLOSED`);
	});

	test('in LAST-ACK', () => {
		Story.in('CLOSE-WAIT').tell(`
			. send "last"
			> PSH,ACK seq=1001 ack=5002 "last"
			. close
			> FIN,ACK seq=1005 ack=5002
			! CLOSE: CLOSE-WAIT to LAST-ACK
			< RST seq=5002
			! error reset
			! rcv RST: LAST-ACK to CLOSED`);
	});
});

describe('ABORT', () => {
	test.each(TCP_STATES.filter((state) => state !== 'LISTEN' && state !== 'CLOSED'))('in %s', (state) => {
		const story = Story.in(state);
		const resets = ['SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'].includes(state);
		const next = state.startsWith('FIN') ? 1002 : 1001;
		story.tell(`
			. abort
			! ABORT: ${state} to CLOSED
			! closed
			${resets ? `> RST seq=${next}` : '# nothing is sent (§3.10.5)'}
			~ none`);
	});

	test('drops what was still to be sent; the peer is told of a reset', () => {
		const pair = new Pair().open().run();
		pair
			.act('post', (io) => {
				io.write('never');
				io.abort();
			})
			.run();
		expect(pair.errors).toEqual([{ end: 'desk', error: 'reset' }]);
		expect(pair.octets('desk')).toHaveLength(0);
		expect(pair.closed.sort()).toEqual(['desk', 'post']);
	});
});
