import { describe, expect, test } from 'vitest';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import { Story } from './story.ts';

/** SND.NXT and RCV.NXT of a story brought into the state. */
const NUMBERS: { readonly [S in TcpState]?: readonly [snd: number, rcv: number] } = {
	ESTABLISHED: [1001, 5001],
	'FIN-WAIT-1': [1002, 5001],
	'FIN-WAIT-2': [1002, 5001],
	'CLOSE-WAIT': [1001, 5002],
	CLOSING: [1002, 5002],
	'LAST-ACK': [1002, 5002],
	'TIME-WAIT': [1002, 5002]
};
const SYNCHRONISED = TCP_STATES.filter((state) => NUMBERS[state] !== undefined);
const numbers = (state: TcpState) => NUMBERS[state] ?? [0, 0];

describe('the acceptability test (§3.4, table 6), window of 10 octets', () => {
	const established = () => Story.in('ESTABLISHED', { receiveBuffer: 10 }).tell('. pause');
	const read = (story: Story) => story.tell('. read').read;

	test('no text, at RCV.NXT and at the last number of the window: accepted', () => {
		established().tell(`
			. send "x"
			> PSH,ACK win=10 "x"
			< ACK ack=1002
			~ none`);
		established().tell(`
			. send "x"
			> PSH,ACK win=10 "x"
			< ACK seq=5010 ack=1002
			~ none`);
	});

	test('no text, one before the window or one after it: ACK, and nothing else is looked at', () => {
		for (const seq of [5000, 5011]) {
			established().tell(`
				. send "x"
				> PSH,ACK win=10 "x"
				< ACK seq=${seq} ack=1002
				> ACK seq=1002 win=10
				~ 1s`);
		}
	});

	test('text that ends just before the window, or begins just after it: ACK, nothing taken', () => {
		for (const seq of [4999, 5011]) {
			const story = established().tell(`
				< ACK seq=${seq} "ab"
				> ACK win=10`);
			expect(story.connection.unread).toBe(0);
		}
	});

	test('text whose last octet is the window’s first, or whose first is its last: that octet is taken', () => {
		const left = established().tell(`
			< ACK seq=4999 "abc"
			> ACK ack=5002 win=9`);
		expect(read(left)).toBe('c');
		const right = established().tell(`
			< ACK seq=5010 "jkl"
			> ACK win=10
			< ACK "abcdefghi"
			> ACK ack=5011 win=0`);
		right.tell('. read\n> ACK ack=5011 win=10');
		expect(right.read).toBe('abcdefghij');
	});

	test('into a closed window an ACK still counts, and so does RST; text does not', () => {
		const closed = () =>
			established().tell(`
				< ACK "0123456789"
				> ACK ack=5011 win=0`);
		const story = closed().tell(`
			. send "x"
			> PSH,ACK ack=5011 win=0 "x"
			< ACK seq=5011 ack=1002 "more"
			> ACK seq=1002 ack=5011 win=0
			~ none`);
		expect(story.connection.unread).toBe(10);
		closed().tell(`
			< RST seq=5011
			! error reset
			= CLOSED`);
		closed().tell(`
			< FIN,ACK seq=5011
			> ACK ack=5011 win=0
			= ESTABLISHED`);
	});
});

describe.each(SYNCHRONISED)('in %s', (state) => {
	const [snd, rcv] = numbers(state);

	test('RST at exactly RCV.NXT ends the connection', () => {
		const told = !['CLOSING', 'LAST-ACK', 'TIME-WAIT'].includes(state);
		const story = Story.in(state).tell(`
			< RST seq=${rcv}
			! rcv RST: ${state} to CLOSED
			! closed
			= CLOSED
			~ none`);
		if (told) story.tell('! error reset');
		else expect(() => story.tell('! error reset')).toThrow();
	});

	test('a blind RST elsewhere in the window gets an ACK, outside it nothing', () => {
		Story.in(state).tell(`
			< RST seq=${rcv + 1}
			> ACK seq=${snd} ack=${rcv}
			< RST seq=${rcv - 1}
			< RST seq=${rcv + 70000}
			= ${state}`);
	});

	test('a blind SYN gets an ACK wherever it is, and changes nothing', () => {
		Story.in(state).tell(`
			< SYN seq=${rcv}
			> ACK seq=${snd} ack=${rcv}
			< SYN seq=${rcv + 100}
			> ACK seq=${snd} ack=${rcv}
			< SYN,ACK seq=${rcv + 999999} ack=${snd}
			> ACK seq=${snd} ack=${rcv}
			= ${state}`);
	});

	test('a segment without ACK is dropped', () => {
		const story = Story.in(state).tell(`
			< PSH seq=${rcv} "blind"
			< FIN seq=${rcv}
			= ${state}`);
		expect(story.connection.unread).toBe(0);
	});

	test('an ACK of what was never sent gets an ACK, and its text is not taken', () => {
		const story = Story.in(state).tell(`
			< PSH,ACK seq=${rcv} ack=${snd + 1} "blind"
			> ACK seq=${snd} ack=${rcv}
			= ${state}`);
		expect(story.connection.unread).toBe(0);
	});

	test('a segment outside the window gets an ACK', () => {
		Story.in(state).tell(`
			< PSH,ACK seq=${rcv + 100000} ack=${snd} "far"
			> ACK seq=${snd} ack=${rcv}
			= ${state}`);
	});

	test('the timer alone ends it, if anything does', () => {
		const story = Story.in(state);
		let last = story.connection.nextTimeout();
		for (let steps = 0; last !== null; last = story.connection.nextTimeout()) {
			steps += 1;
			expect(steps).toBeLessThan(20);
			story.connection.timeout(last.at);
			story.connection.flush(last.at);
		}
		const waits = ['ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-2'].includes(state);
		expect(story.connection.state).toBe(waits ? state : 'CLOSED');
	});
});

describe('after its peer’s FIN', () => {
	test.each(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const)('%s takes no text', (state) => {
		const [snd, rcv] = numbers(state);
		const story = Story.in(state).tell(`
			< PSH,ACK seq=${rcv} ack=${state === 'TIME-WAIT' ? snd : 1001} "more"
			> ACK seq=${snd} ack=${rcv}
			= ${state}`);
		expect(story.connection.unread).toBe(0);
	});
});

describe('in CLOSED', () => {
	test('everything but RST is answered by RST', () => {
		Story.in('CLOSED').tell(`
			< PSH,ACK ack=1001 "x"
			> RST seq=1001
			< SYN seq=7000
			> RST,ACK seq=0 ack=7001
			< RST
			< RST,ACK
			= CLOSED`);
	});

	test('the user’s calls do nothing, a second time too', () => {
		const story = Story.in('CLOSED').tell(`
			. send "x"
			. close
			. abort
			. read
			+ 1000s
			= CLOSED`);
		expect(story.connection.abort(0)).toEqual([]);
		expect(story.connection.timeout(0)).toEqual([]);
	});
});
