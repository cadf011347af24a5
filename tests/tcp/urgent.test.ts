// Urgent text (RFC 9293 §3.8.5): it goes in its place, and the pointer says where it ends.
import { expect, test } from 'vitest';
import { Story } from './story.ts';

test('every segment before the end of the urgent text says how far it reaches', () => {
	Story.in('ESTABLISHED', { mss: 10 }).tell(`
		. SEND "0123456789"
		> PSH,ACK 1:11(10) "0123456789"
		. URGENT "abcdefghijklm"
		> ACK,URG 11:21(10) urg 13 "abcdefghij"
		> PSH,ACK,URG 21:24(3) urg 3 "klm"
		. SEND "n"
		> PSH,ACK 24:25(1) "n"
		# a repetition says it still
		+ 1s
		> PSH,ACK,URG 1:11(10) urg 23 "0123456789" (rto)
		< ACK ack 11
		> ACK,URG 11:21(10) urg 13 "abcdefghij" (rto)
		< ACK ack 24
		> PSH,ACK 24:25(1) "n" (rto)
		< ACK ack 25
		. SEND "o"
		> PSH,ACK 25:26(1) "o"`);
});

test('the pointer moves on with further urgent text, and an ACK tells of what the window holds back', () => {
	Story.in('ESTABLISHED').tell(`
		< ACK win 3
		. URGENT "abc"
		> PSH,ACK,URG 1:4(3) urg 3 "abc"
		. URGENT "de"
		< PSH,ACK "x" win 3
		> ACK,URG 4:4(0) ack 2 urg 2
		< ACK 2:2(0) ack 4 win 10
		> PSH,ACK,URG 4:6(2) ack 2 urg 2 "de"`);
});

test('what is farther off than 16 bits can say is as far as they can', () => {
	Story.in('ESTABLISHED', { mss: 1000 }).tell(`
		< ACK win 1000
		. URGENT 70000
		> ACK,URG 1:1001(1000) urg 65535`);
});

test('no SYN and no RST is urgent', () => {
	const story = Story.in('SYN-SENT');
	story.tell(`
		. URGENT "a"
		+ 1s
		> SYN 0:0(0) <mss 1460> (rto)
		< SYN,ACK 0:0(0) <mss 1460>
		> PSH,ACK,URG 1:2(1) urg 1 "a"
		. ABORT
		> RST seq=1002`);
	expect(story.connection.state).toBe('CLOSED');
});

test('the receiver is told by a segment without text too (§3.10.7.4, sixth step), and not after the FIN', () => {
	Story.in('ESTABLISHED').tell(`
		< ACK,URG urg 5
		! urgent 5
		< PSH,ACK,URG "abcde" urg 5
		! not urgent
		> ACK ack 6`);
	Story.in('CLOSE-WAIT').tell(`
		< ACK,URG 2:2(0) urg 5
		! not urgent`);
});
