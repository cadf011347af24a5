import { describe, expect, test } from 'vitest';
import { Connection, LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { CONFIG, Story } from './story.ts';

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

describe('padding', () => {
	/** Kinds of the options of our SYN. */
	const kinds = (tuning: Partial<Tuning>) => {
		const { effects } = Connection.open({ ...CONFIG, tuning: { ...LESSON, ...tuning } }, 0);
		return effects.flatMap((effect) =>
			effect.type === 'transmit' ? effect.segment.options.map(({ kind }) => kind).join(' ') : []
		);
	};

	test.each<[string, Partial<Tuning>]>([
		['mss', {}],
		['mss nop nop sackPermitted', { sack: true }],
		['mss nop nop timestamps', { timestamps: true }],
		['mss nop windowScale', { windowScale: 7 }],
		['mss sackPermitted timestamps', { sack: true, timestamps: true }],
		['mss sackPermitted timestamps nop windowScale', { sack: true, timestamps: true, windowScale: 0 }]
	])('%s: numbers lie on words (RFC 7323, appendix A)', (list, tuning) => {
		expect(kinds(tuning)).toEqual([list]);
	});
});
