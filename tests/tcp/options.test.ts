import { describe, test } from 'vitest';
import { Story } from './story.ts';

describe('MSS', () => {
	const sizes = (mss: number, offer: string) =>
		Story.open({ mss }).skip().tell(`
			< SYN,ACK seq=5000 ${offer}
			> ACK`);

	test('is the peer’s offer where that is smaller than ours', () => {
		sizes(1460, 'mss=900').tell(`
			. send len=2000
			> ACK len=900
			> ACK seq=1901 len=900
			> PSH,ACK seq=2801 len=200`);
	});

	test('is our own where the peer offers more', () => {
		sizes(1000, 'mss=8960').tell(`
			. send len=1500
			> ACK len=1000
			> PSH,ACK seq=2001 len=500`);
	});

	test('is 536 where the peer offers none (MUST-15)', () => {
		sizes(1460, '').tell(`
			. send len=1000
			> ACK len=536
			> PSH,ACK seq=1537 len=464`);
	});

	test('an offer of 0 does not stop the connection', () => {
		sizes(1460, 'mss=0').tell(`
			. send "ab"
			> ACK "a"
			> PSH,ACK seq=1002 "b"`);
	});

	test('the passive side reads it from the SYN', () => {
		Story.accept({}, 'SYN seq=5000 mss=100').skip().tell(`
			< ACK
			. send len=150
			> ACK len=100
			> PSH,ACK seq=1101 len=50`);
	});
});
