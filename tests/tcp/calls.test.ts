// The user's calls in every state (RFC 9293 §3.10.1 to §3.10.6): allowed, or refused in the RFC's words.
import { describe, expect, test } from 'vitest';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import { Story } from './story.ts';

const CALLS = ['OPEN', 'SEND', 'RECEIVE', 'CLOSE', 'ABORT', 'STATUS'] as const;

/** One letter a call, in that order: allowed, "connection closing", "… does not exist", "… already exists". */
const ANSWERS: { readonly [S in TcpState]: string } = {
	CLOSED: 'xxxxxx',
	LISTEN: 'aaaaaa',
	'SYN-SENT': 'eaaaaa',
	'SYN-RECEIVED': 'eaaaaa',
	ESTABLISHED: 'eaaaaa',
	'FIN-WAIT-1': 'ecacaa',
	'FIN-WAIT-2': 'ecacaa',
	'CLOSE-WAIT': 'eacaaa',
	CLOSING: 'ecccaa',
	'LAST-ACK': 'ecccaa',
	'TIME-WAIT': 'ecccaa'
};
const WORDS: Readonly<Record<string, string | null>> = {
	a: null,
	c: 'connection closing',
	e: 'connection already exists',
	x: 'connection does not exist'
};

describe.each(TCP_STATES)('in %s', (state) => {
	test.each(CALLS.map((call, index) => [call, WORDS[ANSWERS[state][index] ?? ''] ?? null] as const))(
		'%s: %s',
		(call, words) => {
			expect(Story.in(state).connection.objection(call)).toBe(words);
		}
	);

	test('a call that is refused changes nothing and sends nothing', () => {
		const { connection } = Story.in(state);
		const before = connection.status();
		if (connection.objection('OPEN') !== null) expect(connection.open(0)).toEqual([]);
		if (connection.objection('SEND') !== null) expect(connection.send(Uint8Array.of(1), 0)).toEqual([]);
		if (connection.objection('CLOSE') !== null) expect(connection.close(0)).toEqual([]);
		if (connection.objection('ABORT') !== null) expect(connection.abort(0)).toEqual([]);
		expect(connection.status()).toEqual(before);
	});
});

test('what a listener made of a SYN is gone for its user when it is reset back to LISTEN', () => {
	const story = Story.in('SYN-RECEIVED').tell(`
		< RST
		= LISTEN
		! closed`);
	for (const call of CALLS) expect(story.connection.objection(call)).toBe('connection does not exist');
	story.tell(`
		< SYN 50:50(0)
		> RST,ACK seq=0 ack 51 win 0`);
});

test('CLOSE while it waits for text to go: a reset back to LISTEN ends even what listens by itself', () => {
	const story = Story.in('LISTEN').tell(`
		< SYN 0:0(0) <mss 1460>
		> SYN,ACK 0:0(0) <mss 1460>
		. SEND "a"
		. CLOSE
		= SYN-RECEIVED
		< RST
		= LISTEN
		! closed`);
	expect(story.connection.objection('SEND')).toBe('connection does not exist');
});

test('after CLOSE there is no SEND and no second CLOSE, also while the first one waits', () => {
	const story = Story.in('SYN-RECEIVED').tell(`
		. SEND "a"
		. CLOSE
		= SYN-RECEIVED`);
	expect(CALLS.map((call) => story.connection.objection(call))).toEqual([
		'connection already exists',
		'connection closing',
		null,
		'connection closing',
		null,
		null
	]);
});

test('what came before the peer’s FIN may still be read after it', () => {
	const story = Story.in('ESTABLISHED').tell(`
		. PAUSE
		< PSH,ACK "a"
		> ACK ack 2 win 65534
		< FIN,ACK 2:2(0)
		> ACK ack 3 win 65534`);
	expect(story.connection.objection('RECEIVE')).toBeNull();
	story.tell('. RECEIVE');
	expect(story.connection.objection('RECEIVE')).toBe('connection closing');
});

test('an old segment with a FIN does not keep TIME-WAIT: only the peer’s FIN again does', () => {
	Story.in('TIME-WAIT').tell(`
		+ 60s
		< FIN,ACK 0:0(0) ack 2
		> ACK 2:2(0) ack 2
		~ 180s background
		< FIN,ACK 1:1(0) ack 2
		> ACK 2:2(0) ack 2
		~ 240s background`);
});
