import { describe, expect, test } from 'vitest';
import { Connection, resetFor } from '#lib/tcp/connection.ts';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import { ACK, FIN, PSH, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { random } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { CONFIG, incoming, Story } from './story.ts';

describe('a segment for a closed port (§3.10.7.1)', () => {
	const answer = (line: string) => resetFor(incoming(line));

	test('without ACK: RST,ACK of everything it takes', () => {
		expect(answer('SYN seq=7000 mss=1460')).toEqual({
			srcPort: 49152,
			dstPort: 110,
			seq: 0,
			ack: 7001,
			flags: RST | ACK,
			window: 0,
			urgent: 0,
			options: [],
			payload: new Uint8Array(0)
		});
		expect(answer('SYN,FIN seq=7000 "abc"')?.ack).toBe(7005);
		expect(answer('SYN seq=4294967295')?.ack).toBe(0);
		expect(answer('none seq=7 "x"')?.ack).toBe(8);
	});

	test('with ACK: RST at the number it acknowledges', () => {
		expect(answer('PSH,ACK seq=7000 ack=123 "abc"')).toMatchObject({ seq: 123, ack: 0, flags: RST });
		expect(answer('SYN,ACK seq=7000 ack=9')).toMatchObject({ seq: 9, flags: RST });
	});

	test('an RST is never answered: no storm of resets', () => {
		expect(answer('RST')).toBeNull();
		expect(answer('RST,ACK')).toBeNull();
		expect(answer('RST,SYN,FIN,PSH "x"')).toBeNull();
		const first = answer('PSH,ACK "x"');
		expect(first && resetFor(first)).toBeNull();
	});

	test('the answer to a SYN is a refusal to the one who sent it', () => {
		const { connection, effects } = Connection.open(CONFIG, 0);
		const syn = effects.find((effect) => effect.type === 'transmit');
		const reset = syn?.type === 'transmit' ? resetFor(syn.segment) : null;
		expect(reset).not.toBeNull();
		const told = reset ? connection.segment(reset, 20 * MS) : [];
		expect(told.map(({ type }) => type)).toEqual(['state', 'error', 'closed']);
		expect(told).toContainEqual({ type: 'error', error: 'refused' });
		expect(connection.state).toBe('CLOSED');
	});
});

describe('no connection answers an RST with an RST', () => {
	test.each(TCP_STATES)('in %s', (state) => {
		for (const seq of [0, 1, 4999, 5000, 5001, 5002, 5003, 70_000, 0xffff_ffff]) {
			for (const flags of ['RST', 'RST,ACK', 'RST,SYN', 'RST,SYN,ACK', 'RST,FIN,ACK']) {
				for (const ack of [0, 1000, 1001, 1002, 1003]) {
					const story = Story.in(state);
					const effects = [
						...story.connection.segment(incoming(`${flags} seq=${seq} ack=${ack} "x"`), 0),
						...story.connection.flush(0)
					];
					for (const effect of effects) {
						if (effect.type === 'transmit') expect(effect.segment.flags & RST).toBe(0);
					}
				}
			}
		}
	});
});

describe('blind segments', () => {
	test('of a thousand RSTs across the number space only one at RCV.NXT would end the connection', () => {
		const { connection } = Story.in('ESTABLISHED');
		const chance = random(5961);
		for (let count = 0; count < 1000; count += 1) {
			const seq = Math.floor(chance() * 2 ** 32);
			if (seq !== 5001) connection.segment(incoming(`RST seq=${seq}`), 0);
		}
		expect(connection.state).toBe('ESTABLISHED');
		connection.segment(incoming('RST seq=5001'), 0);
		expect(connection.state).toBe('CLOSED');
	});

	test('a forged RST is accepted once and ignored once (level 8.7)', () => {
		Story.in('ESTABLISHED').tell(`
			< RST seq=5000
			= ESTABLISHED
			< RST
			! error reset
			= CLOSED`);
	});
});

describe('bounded memory', () => {
	test('exhaustion: out-of-order bytes ≤ window, however they come', () => {
		const { connection } = Story.in('ESTABLISHED', { receiveBuffer: 1000 });
		for (let seq = 5002; seq < 15_000; seq += 3) {
			connection.segment(incoming(`PSH,ACK seq=${seq} "ab"`), 0);
			connection.flush(0);
		}
		connection.segment(incoming('ACK "a"'), 0);
		expect(connection.unread).toBe(3);
		for (let seq = 5001; seq < 15_000; seq += 100) {
			connection.segment(incoming(`ACK seq=${seq} len=100`), 0);
		}
		expect(connection.unread).toBe(1000);
	});

	test('what was acknowledged is not kept', () => {
		const { connection } = Story.in('ESTABLISHED');
		let seq = 1001;
		for (let count = 0; count < 2000; count += 1) {
			connection.send(new Uint8Array(100), 0);
			connection.flush(0);
			seq += 100;
			connection.segment(incoming(`ACK ack=${seq}`), 0);
			expect(connection.outstanding).toBe(0);
		}
	});
});

describe('noise', () => {
	/** Any flags, any numbers near the edges, any length. */
	function noise(chance: () => number): TcpSegment {
		const near = [1000, 1001, 1002, 5000, 5001, 5002, 5010, 70_536, 0, 0xffff_ffff];
		const pick = () => {
			const base = near[Math.floor(chance() * near.length)] ?? 0;
			return (base + Math.floor(chance() * 5) - 2) >>> 0;
		};
		return {
			srcPort: 110,
			dstPort: 49152,
			seq: chance() < 0.1 ? Math.floor(chance() * 2 ** 32) : pick(),
			ack: chance() < 0.1 ? Math.floor(chance() * 2 ** 32) : pick(),
			flags: Math.floor(chance() * 256),
			window: chance() < 0.3 ? 0 : Math.floor(chance() * 65_536),
			urgent: Math.floor(chance() * 65_536),
			options: chance() < 0.1 ? [{ kind: 'mss', value: Math.floor(chance() * 65_536) }] : [],
			payload: new Uint8Array(Math.floor(chance() * 20))
		};
	}

	test.each(TCP_STATES)('1,000 segments into %s', (state) => {
		const chance = random(TCP_STATES.indexOf(state));
		let story = Story.in(state, { receiveBuffer: 100 });
		let now = 0;
		for (let count = 0; count < 1000; count += 1) {
			const before: TcpState = story.connection.state;
			const { connection } = story;
			now += Math.floor(chance() * 100 * MS);
			const written = chance() < 0.2 ? connection.send(new Uint8Array(5), now) : [];
			const effects = [...written, ...connection.segment(noise(chance), now), ...connection.flush(now)];
			const due = connection.nextTimeout();
			if (due !== null && due.at <= now) effects.push(...connection.timeout(now), ...connection.flush(now));
			if (chance() < 0.2) connection.receive(Math.floor(chance() * 30));
			expect(connection.unread).toBeLessThanOrEqual(100);
			let at = before;
			for (const effect of effects) {
				if (effect.type === 'transmit') {
					const { segment } = effect;
					expect(segment.flags & ~(SYN | ACK | FIN | RST | PSH)).toBe(0);
					for (const number of [segment.seq, segment.ack]) expect(number).toBe(number >>> 0);
					expect(segment.window).toBeLessThanOrEqual(65_535);
				} else if (effect.type === 'state') {
					expect(effect.from).toBe(at);
					at = effect.to;
				}
			}
			expect(connection.state).toBe(at);
			const gone = effects.some(({ type }) => type === 'closed');
			// what listens by itself only goes back to that
			if (at === 'CLOSED') expect(gone).toBe(before !== 'CLOSED');
			else if (at !== 'LISTEN') expect(gone).toBe(false);
			const over = gone || at === 'CLOSED' || (at === 'LISTEN' && state !== 'LISTEN');
			if (over) {
				expect(connection.nextTimeout()).toBeNull();
				story = Story.in(state, { receiveBuffer: 100 });
			}
		}
	});
});

test('the flood of answers between two ends that disagree stops with the first RST', () => {
	const pair = new Pair().open().run();
	const other = Connection.open({ ...CONFIG, iss: 77_000 }, pair.now);
	const syn = other.effects.find((effect) => effect.type === 'transmit');
	if (syn?.type !== 'transmit') throw new Error('no SYN');
	// desk has forgotten the connection and opens it anew: post, still ESTABLISHED, answers with an ACK (figure 9)
	const post = pair.connection('post');
	post.segment(syn.segment, pair.now);
	const [challenge] = post.flush(pair.now);
	expect(challenge).toMatchObject({ type: 'transmit', segment: { flags: ACK, ack: 1001 } });
	if (challenge?.type !== 'transmit') throw new Error('no ACK');
	const [discarded, reset] = other.connection.segment(challenge.segment, pair.now);
	expect(discarded).toEqual({ type: 'discard', reason: 'wrong ACK' });
	expect(reset).toMatchObject({ type: 'transmit', segment: { flags: RST, seq: 1001 } });
	if (reset?.type !== 'transmit') throw new Error('no RST');
	post.segment(reset.segment, pair.now);
	expect(post.state).toBe('CLOSED');
	expect(post.flush(pair.now)).toEqual([]);
});
