// Which ICMP errors a connection believes: those about what it may have sent (RFC 5927 §4.1).
import { expect, test } from 'vitest';
import { Pair } from './pair.ts';

test('a pure ACK that was too wide is believed to have been sent: its number is the next one', () => {
	const desk = new Pair().open().run().connection('desk');
	expect([1000, 1001, 1002].map((seq) => desk.expects(seq))).toEqual([false, true, false]);
});

test('so is what is in flight, from its first octet to the one after its last', () => {
	const pair = new Pair().open().run();
	pair.act('desk', (io) => io.write('hello'));
	const desk = pair.connection('desk');
	expect([1000, 1001, 1005, 1006, 1007].map((seq) => desk.expects(seq))).toEqual([
		false,
		true,
		true,
		true,
		false
	]);
});
