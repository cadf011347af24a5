// A path that carries less than was thought (RFC 1191), seen by one connection.
import { expect, test } from 'vitest';
import { LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { Story } from './story.ts';

/** Established, segments of 1000 octets. */
function open(changes: Partial<Tuning> = {}, syn = ''): Story {
	const story = Story.open({ mss: 1000, tuning: { ...LESSON, ...changes } }).skip();
	const ack = changes.timestamps ? '> ACK ts=1:1' : '> ACK';
	return story.tell(`
		< SYN,ACK seq=5000 mss=1000 ${syn}
		${ack}`);
}

const TWO = `
	. send len=2000
	> ACK len=1000
	> PSH,ACK seq=2001 len=1000`;

test('all that is in flight goes again at once, cut anew, and the timer begins anew', () => {
	open().tell(`
		${TWO}
		+ 500ms
		. path 640
		> ACK len=600 (mtu)
		> ACK seq=1601 len=600 (mtu)
		> ACK seq=2201 len=600 (mtu)
		> PSH,ACK seq=2801 len=200 (mtu)
		~ 1s
		< ACK ack=1601
		< ACK ack=3001
		~ none
		. send len=700
		> ACK seq=3001 len=600
		> PSH,ACK seq=3601 len=100`);
});

test.each(['newreno', 'cubic'] as const)(
	'%s: neither window nor threshold is cut, for nothing was congested',
	(congestion) => {
		const story = open({ congestion }).tell(TWO);
		const { congestionWindow, threshold } = story.connection.status();
		story.tell(`
		. path 640
		> ACK len=600 (mtu)
		> ACK seq=1601 len=600 (mtu)
		> ACK seq=2201 len=600 (mtu)
		> PSH,ACK seq=2801 len=200 (mtu)`);
		expect(story.connection.status()).toMatchObject({ congestionWindow, threshold, mss: 600 });
		story.tell('< ACK ack=3001');
		expect(story.connection.status().threshold).toBe(Infinity);
	}
);

test('in fast recovery: that one is over, and what is known to have arrived does not go again', () => {
	open({ congestion: 'newreno', sack: true }, 'sackOK').tell(`
		. send len=5000
		> ACK len=1000
		> ACK seq=2001 len=1000
		> ACK seq=3001 len=1000
		> ACK seq=4001 len=1000
		> PSH,ACK seq=5001 len=1000
		< ACK sack=2001-5001
		> ACK len=1000 (fast)
		. path 640
		> ACK len=600 (mtu)
		> ACK seq=1601 len=400 (mtu)
		> ACK seq=5001 len=600 (mtu)
		> PSH,ACK seq=5601 len=400 (mtu)
		< ACK ack=6001
		~ none`);
});

test('a time-out afterwards goes on from there', () => {
	open().tell(`
		${TWO}
		. path 1340
		+ 1s
		> ACK len=1000 (rto)
		. path 640
		> ACK len=600 (mtu)
		> ACK seq=1601 len=600 (mtu)
		> ACK seq=2201 len=600 (mtu)
		> PSH,ACK seq=2801 len=200 (mtu)
		+ 2s
		> ACK len=600 (rto)
		< ACK ack=1601
		> ACK seq=1601 len=600 (rto)`);
});

test('a FIN goes again with it', () => {
	open().tell(`
		. send len=1000
		> PSH,ACK len=1000
		. close
		> FIN,ACK seq=2001
		. path 640
		> ACK len=600 (mtu)
		> PSH,ACK seq=1601 len=400 (mtu)
		> FIN,ACK seq=2001 (mtu)`);
});

test('nothing in flight, or a closed window: nothing is sent', () => {
	open().tell('. path 640');
	open().tell(`
		${TWO}
		< ACK win=0
		. path 640
		+ 1s
		> ACK len=1`);
});

test('it widens again: what follows is cut to the full size, and nothing goes again', () => {
	open().tell(`
		. path 640
		. send len=600
		> PSH,ACK len=600
		. path 1500
		. send len=1200
		> ACK seq=1601 len=1000
		> PSH,ACK seq=2601 len=200`);
});

test('timestamps take their room from it; a path of 68 octets still carries text', () => {
	const story = open({ timestamps: true }, 'ts=1:1').tell('. path 68');
	expect(story.connection.status().mss).toBe(16);
});

test('a SYN is never too large: the width is kept for what follows', () => {
	const story = Story.open({ mss: 1000, pathMtu: 640 }).skip();
	story.tell(`
		. path 540
		< SYN,ACK seq=5000 mss=1000
		> ACK`);
	expect(story.connection.status().mss).toBe(500);
});

test('only a number in flight is expected in a quotation (RFC 5927 §4.1)', () => {
	const { connection } = open().tell(TWO);
	expect([1000, 1001, 3000, 3001].map((seq) => connection.expects(seq))).toEqual([false, true, true, false]);
});

test('a hard error ends an attempt to connect and no connection (RFC 5461 §4)', () => {
	const story = Story.open();
	expect(story.connection.hardError(0)).toMatchObject([
		{ type: 'error', error: 'refused' },
		{ type: 'state', from: 'SYN-SENT', to: 'CLOSED' },
		{ type: 'closed' }
	]);
	for (const state of ['SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'TIME-WAIT'] as const)
		expect(Story.in(state).connection.hardError(0)).toEqual([]);
});
