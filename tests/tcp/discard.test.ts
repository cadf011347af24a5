// What a connection takes nothing of, by the reason that the log gives.
import { describe, expect, test } from 'vitest';
import { LESSON } from '#lib/tcp/connection.ts';
import { Story } from './story.ts';

const open = () =>
	Story.open().skip().tell(`
		< SYN,ACK seq=5000 mss=1460
		> ACK`);
const stamped = () =>
	Story.open({ tuning: { ...LESSON, timestamps: true } }).skip().tell(`
		< SYN,ACK seq=5000 mss=1460 ts=900:1
		> ACK ts=1:900`);

describe('in a synchronized state', () => {
	test.each([
		['old', 'PSH,ACK seq=4990 "again"', 'ACK ack=5001'],
		['beyond the window', 'PSH,ACK seq=80000 "far"', 'ACK ack=5001'],
		['RST not at RCV.NXT', 'RST seq=5002', 'ACK ack=5001'],
		['SYN', 'SYN seq=5002', 'ACK ack=5001'],
		['wrong ACK', 'ACK ack=3000', 'ACK ack=5001']
	])('%s', (reason, segment, answer) => {
		open().tell(`
			< ${segment}
			! discard ${reason}
			> ${answer}
			= ESTABLISHED`);
	});

	test('no ACK', () => {
		open().tell(`
			< PSH seq=5001 "x"
			! discard no ACK
			= ESTABLISHED`);
	});

	test('old timestamp, no timestamp', () => {
		stamped().tell(`
			< PSH,ACK "x" ts=899:1
			! discard old timestamp
			> ACK ack=5001 ts=1:900
			< PSH,ACK seq=5001 "x"
			! discard no timestamp`);
	});
});

test('in SYN-SENT: wrong ACK, an RST without one, and what has no SYN', () => {
	Story.open().skip().tell(`
		< RST,ACK seq=0 ack=77
		! discard wrong ACK
		< RST seq=0
		! discard no ACK
		< ACK seq=5000 ack=1001
		! discard no SYN
		= SYN-SENT`);
});

test('in LISTEN: an RST, and what has neither SYN nor ACK', () => {
	Story.in('LISTEN').tell(`
		< RST seq=5000
		! discard RST without a connection
		< PSH seq=5000 "x"
		! discard no SYN
		= LISTEN`);
});

test('nothing of it stands where a segment is taken', () => {
	open().tell(`
		< PSH,ACK seq=5001 "x"
		! not discard old
		> ACK ack=5002
		< ACK seq=5002
		! not discard old`);
	expect(open().connection.state).toBe('ESTABLISHED');
});
