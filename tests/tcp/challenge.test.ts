import { describe, expect, test } from 'vitest';
import { Connection, LESSON } from '#lib/tcp/connection.ts';
import { ACK, type TcpSegment } from '#lib/wire/tcp.ts';
import { SECOND } from './pair.ts';
import { CONFIG, incoming, Story } from './story.ts';

const limited = (challengeLimit: number) => ({ tuning: { ...LESSON, challengeLimit } });

describe('challenge ACKs (RFC 5961)', () => {
	test('no more of them in one second than the budget, and as many in the next (§7)', () => {
		Story.in('ESTABLISHED', limited(2)).tell(`
			< RST seq=5002
			> ACK
			< SYN seq=7
			> ACK
			< RST seq=5003
			< SYN seq=5001
			< ACK seq=4000
			+ 999ms
			< RST seq=5002
			+ 1ms
			< RST seq=5002
			> ACK
			< SYN seq=5001
			> ACK
			< SYN seq=5001
			= ESTABLISHED`);
	});

	test('a budget of nothing: silence, and still no way in', () => {
		Story.in('ESTABLISHED', limited(0)).tell(`
			< RST seq=5002
			< SYN seq=5001
			< ACK ack=99999
			= ESTABLISHED
			< RST
			! error reset
			= CLOSED`);
	});

	test('text sent again is no challenge: it is acknowledged however often it comes', () => {
		const story = Story.in('ESTABLISHED', limited(1)).tell('< PSH,ACK "hello"\n> ACK ack=5006');
		for (let copy = 0; copy < 50; copy += 1) story.tell('< PSH,ACK "hello"\n> ACK ack=5006');
		expect(story.read).toBe('hello');
	});

	test('a FIN sent again is acknowledged as well', () => {
		const story = Story.in('CLOSE-WAIT', limited(0));
		for (let copy = 0; copy < 5; copy += 1) story.tell('< FIN,ACK\n> ACK ack=5002');
	});

	test('a challenge costs nothing where an ACK goes out anyway', () => {
		const { connection } = Story.in('ESTABLISHED', limited(1));
		connection.segment(incoming('PSH,ACK "hi"'), 0);
		connection.segment(incoming('RST seq=5010'), 0);
		expect(connection.flush(0)).toHaveLength(1);
		connection.segment(incoming('RST seq=5010'), 0);
		expect(connection.flush(0)).toHaveLength(1);
	});
});

describe('the range of ACK numbers (RFC 5961 §5.2)', () => {
	/** SND.UNA 1101, MAX.SND.WND 200. */
	const sent = () =>
		Story.open().skip().tell(`
			< SYN,ACK seq=5000 mss=1460 win=200
			> ACK
			. send len=100
			> PSH,ACK len=100
			< ACK ack=1101 win=50`);

	test('as old as the largest window allows: its text is taken', () => {
		const story = sent().tell(`
			< PSH,ACK ack=901 "old"
			> ACK seq=1101 ack=5004`);
		expect(story.read).toBe('old');
	});

	test('older than that: a challenge ACK, and its text is not taken', () => {
		const story = sent().tell(`
			< PSH,ACK ack=900 "forged"
			> ACK seq=1101
			= ESTABLISHED`);
		expect(story.connection.unread + story.read.length).toBe(0);
	});

	test('blind text with a random ACK number: of 2,000 none is taken', () => {
		const story = sent();
		for (let ack = 0; ack < 2 ** 32; ack += 2 ** 21 + 12_345) {
			if (ack >= 901 && ack <= 1101) continue;
			story.connection.segment(incoming(`PSH,ACK ack=${ack} "forged"`), ack);
			story.connection.flush(ack);
		}
		expect(story.connection.unread).toBe(0);
		expect(story.connection.state).toBe('ESTABLISHED');
	});

	test('the largest window counts, not the last one', () => {
		const story = sent().tell('< ACK ack=1101 win=0').tell(`
			< PSH,ACK ack=901 "x"
			> ACK seq=1101 ack=5002`);
		expect(story.read).toBe('x');
	});
});

test('an ACK storm between two ends that disagree dies of its budget', () => {
	const desk = Story.in('ESTABLISHED').connection;
	const swapped = { ...CONFIG, local: CONFIG.remote, remote: CONFIG.local, iss: 90_000 };
	const post = Connection.open(swapped, 0).connection;
	post.segment({ ...incoming('SYN,ACK seq=70000 ack=90001'), srcPort: 49152, dstPort: 110 }, 0);
	post.flush(0);
	let flying: TcpSegment[] = [{ ...incoming('ACK seq=123456 ack=654321') }];
	let count = 0;
	for (let turn = 0; flying.length > 0; turn += 1) {
		const to = turn % 2 === 0 ? desk : post;
		const answers = flying.flatMap((segment) => [...to.segment(segment, SECOND), ...to.flush(SECOND)]);
		flying = answers.flatMap((effect) => (effect.type === 'transmit' ? [effect.segment] : []));
		for (const { flags } of flying) expect(flags).toBe(ACK);
		count += flying.length;
		expect(count).toBeLessThan(50);
	}
	expect(count).toBe(2 * LESSON.challengeLimit);
	expect([desk.state, post.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
});

describe('a SYN in TIME-WAIT (RFC 9293 §3.6.1)', () => {
	const { connection } = Story.in('TIME-WAIT');

	test('after every number of the old connection: the next may begin, above all our numbers', () => {
		expect(connection.successor(incoming('SYN seq=5003'))).toBe(1002 + 0x10000);
		expect(connection.successor(incoming('SYN seq=900000'))).toBe(1002 + 0x10000);
	});

	test('at or before them, or with ACK or RST, it is any old segment', () => {
		for (const line of [
			'SYN seq=5002',
			'SYN seq=4000',
			'SYN,ACK seq=6000',
			'RST,SYN seq=6000',
			'ACK seq=6000'
		]) {
			expect(connection.successor(incoming(line))).toBeNull();
		}
	});

	test('in no other state', () => {
		for (const state of ['ESTABLISHED', 'LAST-ACK', 'FIN-WAIT-2', 'CLOSED'] as const) {
			expect(Story.in(state).connection.successor(incoming('SYN seq=6000'))).toBeNull();
		}
	});
});
