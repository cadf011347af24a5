import { describe, expect, test } from 'vitest';
import { Pair, SECOND } from './pair.ts';
import { Story } from './story.ts';

describe('active OPEN', () => {
	test('SYN, SYN,ACK, ACK; only the SYN carries an option, and it is MSS alone', () => {
		Story.open().tell(`
				> SYN seq=1000 mss=1460
				= SYN-SENT
				~ 1s
				< SYN,ACK seq=5000 mss=1460
				! rcv SYN,ACK: SYN-SENT to ESTABLISHED
				> ACK
				= ESTABLISHED
				~ none`);
	});

	test('octets sent before the connection stands leave with the third packet', () => {
		Story.in('SYN-SENT').tell(`
			. send "hello"
			< SYN,ACK seq=5000 mss=1460
			> PSH,ACK "hello"
			~ 1s`);
	});

	test('a SYN,ACK that acknowledges something else gets RST, and the SYN stands', () => {
		Story.in('SYN-SENT').tell(`
			< SYN,ACK seq=5000 ack=1000
			> RST seq=1000
			< SYN,ACK seq=5000 ack=1002
			> RST seq=1002
			= SYN-SENT
			< SYN,ACK seq=5000
			> ACK
			= ESTABLISHED`);
	});

	test('RST in SYN-SENT counts only with an ACK of our SYN', () => {
		Story.in('SYN-SENT').tell(`
			< RST seq=0
			= SYN-SENT
			< RST,ACK seq=0 ack=1000
			= SYN-SENT
			< RST,ACK seq=0 ack=1001
			! rcv RST: SYN-SENT to CLOSED
			! error refused
			! closed
			= CLOSED
			~ none`);
	});

	test('a bare ACK, a FIN or text without SYN in SYN-SENT is dropped', () => {
		Story.in('SYN-SENT').tell(`
			< ACK
			< FIN,ACK
			< PSH,ACK "early"
			< PSH seq=9 "x"
			= SYN-SENT`);
	});

	test('CLOSE in SYN-SENT ends it without a word', () => {
		Story.in('SYN-SENT').tell(`
			. close
			! CLOSE: SYN-SENT to CLOSED
			! closed
			~ none`);
	});
});

describe('a lost SYN', () => {
	test('is sent again after 1, 3, 7, 15, 31, 63 and 123 s and given up after 183 s', () => {
		Story.in('SYN-SENT').tell(`
			+ 999999us
			+ 1us
			> SYN seq=1000 mss=1460 (rto)
			+ 2s
			> SYN seq=1000 mss=1460 (rto)
			+ 4s
			> SYN seq=1000 mss=1460 (rto)
			+ 8s
			> SYN seq=1000 mss=1460 (rto)
			+ 16s
			> SYN seq=1000 mss=1460 (rto)
			+ 32s
			> SYN seq=1000 mss=1460 (rto)
			+ 60s
			> SYN seq=1000 mss=1460 (rto)
			= SYN-SENT
			+ 59s
			+ 1s
			! user timeout: SYN-SENT to CLOSED
			! error timeout
			! closed
			~ none`);
	});

	test('makes the RTO 3 s when data begins (RFC 6298 §5.7), and its round trip is not measured', () => {
		Story.in('SYN-SENT').tell(`
			+ 1s
			> SYN seq=1000 mss=1460 (rto)
			< SYN,ACK seq=5000 mss=1460
			> ACK
			. send "x"
			> PSH,ACK "x"
			~ 3s`);
	});

	test('three SYNs lost in a row: they leave at 0, 1 and 3 s, the fourth at 7 s gets through', () => {
		const pair = new Pair({ pipe: (_from, _segment, count) => (count < 3 ? [] : [20_000]) }).open().run();
		const syns = pair.sent.filter(({ from }) => from === 'desk').map(({ at }) => at / SECOND);
		expect(syns).toEqual([0, 1, 3, 7, 7.04]);
		expect(pair.state('post')).toBe('ESTABLISHED');
	});
});

describe('passive OPEN', () => {
	test('a SYN is answered by SYN,ACK; the ACK of it establishes', () => {
		Story.accept().tell(`
				! rcv SYN: LISTEN to SYN-RECEIVED
				> SYN,ACK seq=1000 mss=1460
				= SYN-RECEIVED
				~ 1s
				< ACK
				! rcv ACK of SYN: SYN-RECEIVED to ESTABLISHED
				= ESTABLISHED
				~ none`);
	});

	test('a lost SYN,ACK is sent again by the timer', () => {
		Story.in('SYN-RECEIVED').tell(`
			+ 1s
			> SYN,ACK seq=1000 mss=1460 (rto)
			+ 2s
			> SYN,ACK seq=1000 mss=1460 (rto)
			< ACK
			= ESTABLISHED`);
	});

	test('half-open for ever it is not: given up after 183 s', () => {
		const story = Story.in('SYN-RECEIVED');
		for (const wait of [1, 2, 4, 8, 16, 32, 60]) {
			story.tell(`
				+ ${wait}s
				> SYN,ACK seq=1000 mss=1460 (rto)`);
		}
		story.tell(`
			+ 60s
			! error timeout
			! closed
			= CLOSED`);
	});

	test('the SYN again is old: answered by ACK (§3.10.7.4, first step)', () => {
		Story.in('SYN-RECEIVED').tell(`
			< SYN seq=5000 mss=1460
			> ACK
			= SYN-RECEIVED`);
	});

	test('another SYN in the window returns the connection to LISTEN', () => {
		Story.in('SYN-RECEIVED').tell(`
			< SYN seq=5100
			! rcv SYN: SYN-RECEIVED to LISTEN
			! closed
			= LISTEN
			~ none`);
	});

	test('RST returns it to LISTEN and tells the user nothing (note 1 of figure 5)', () => {
		const story = Story.in('SYN-RECEIVED').tell(`
			< RST
			! rcv RST: SYN-RECEIVED to LISTEN
			! closed`);
		expect(() => story.tell('! error refused')).toThrow();
	});

	test('an ACK of what was never sent gets RST and changes nothing', () => {
		Story.in('SYN-RECEIVED').tell(`
			< ACK ack=1002
			> RST seq=1002
			< ACK ack=1000
			> RST seq=1000
			= SYN-RECEIVED
			< ACK
			= ESTABLISHED`);
	});

	test('text with the ACK of SYN is taken at once', () => {
		Story.in('SYN-RECEIVED').tell(`
			< PSH,ACK "USER ada"
			! readable
			> ACK ack=5009
			= ESTABLISHED`);
	});

	test('a FIN whose forerunner, the ACK, was lost is honoured', () => {
		Story.in('SYN-RECEIVED').tell(`
			< FIN,ACK
			! rcv ACK of SYN: SYN-RECEIVED to ESTABLISHED
			! rcv FIN: ESTABLISHED to CLOSE-WAIT
			! end
			> ACK ack=5002
			= CLOSE-WAIT`);
	});

	test('text and FIN that ride on a SYN are not taken, so that the peer sends them again', () => {
		Story.accept({}, 'SYN,FIN seq=5000 mss=1460 "early"').tell(`
			> SYN,ACK seq=1000 mss=1460
			< FIN,ACK "early"
			! readable
			! end
			> ACK ack=5007
			= CLOSE-WAIT`);
	});

	test('CLOSE before the ACK of SYN sends the FIN (figure 5)', () => {
		Story.in('SYN-RECEIVED').tell(`
			. close
			! CLOSE: SYN-RECEIVED to FIN-WAIT-1
			> FIN,ACK
			< ACK
			= FIN-WAIT-1
			< ACK ack=1002
			= FIN-WAIT-2`);
	});

	test('CLOSE with octets still to send waits for ESTABLISHED', () => {
		Story.in('SYN-RECEIVED').tell(`
			. send "bye"
			. close
			= SYN-RECEIVED
			< ACK
			! rcv ACK of SYN: SYN-RECEIVED to ESTABLISHED
			! CLOSE: ESTABLISHED to FIN-WAIT-1
			> PSH,ACK "bye"
			> FIN,ACK seq=1004
			= FIN-WAIT-1`);
	});
});
