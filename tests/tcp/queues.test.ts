import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReceiveQueue } from '#lib/tcp/receive.ts';
import { SendQueue } from '#lib/tcp/send-queue.ts';
import { add } from '#lib/wire/seq.ts';
import { digest, latin1, pattern, random, text } from './octets.ts';

describe('the send queue', () => {
	const queue = (first: number, ...writes: string[]) => {
		const made = new SendQueue(first);
		for (const write of writes) made.write(latin1(write));
		return made;
	};

	test('cuts across writes, and knows where each ends', () => {
		const made = queue(100, 'abc', 'def', 'ghi');
		expect(made.end).toBe(109);
		const cut = (seq: number, length: number) => {
			const { payload, push } = made.cut(seq, length);
			return [text(payload), push];
		};
		expect(cut(100, 2)).toEqual(['ab', false]);
		expect(cut(100, 3)).toEqual(['abc', true]);
		expect(cut(102, 2)).toEqual(['cd', true]);
		expect(cut(101, 7)).toEqual(['bcdefgh', true]);
		expect(cut(107, 99)).toEqual(['hi', true]);
		expect(cut(109, 5)).toEqual(['', false]);
	});

	test('drops what is acknowledged; an ACK out of its range moves it to its ends at most', () => {
		const made = queue(100, 'abc', 'def');
		made.acknowledge(99);
		expect(made.length).toBe(6);
		made.acknowledge(104);
		expect(made.length).toBe(2);
		expect(text(made.cut(104, 9).payload)).toBe('ef');
		made.acknowledge(1000);
		expect(made.length).toBe(0);
		expect(made.end).toBe(106);
		made.write(latin1('g'));
		expect(text(made.cut(106, 9).payload)).toBe('g');
	});

	test('cleared it is empty and stands where it stood', () => {
		const made = queue(100, 'abc');
		made.clear();
		expect([made.length, made.end]).toEqual([0, 103]);
	});

	test('is what a plain string would be, across the wrap, for any order of calls', () => {
		const step = fc.oneof(
			fc.record({ kind: fc.constant('write' as const), size: fc.nat(30) }),
			fc.record({ kind: fc.constant('acknowledge' as const), size: fc.nat(40) }),
			fc.record({ kind: fc.constant('cut' as const), size: fc.nat(40), from: fc.nat(40) })
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 150 }), fc.integer({ min: -60, max: 60 }), (steps, offset) => {
				const first = add(0, offset);
				const made = new SendQueue(first);
				let model = '';
				let ends: number[] = [];
				let written = 0;
				let acknowledged = 0;
				for (const { kind, size, ...rest } of steps) {
					if (kind === 'write') {
						const octets = pattern(size, written);
						made.write(octets);
						model += text(octets);
						written += size;
						if (size > 0) ends.push(written);
					} else if (kind === 'acknowledge') {
						acknowledged = Math.min(written, acknowledged + size);
						made.acknowledge(add(first, acknowledged));
						ends = ends.filter((end) => end > acknowledged);
					} else {
						const from = acknowledged + ('from' in rest ? rest.from : 0);
						const expected = model.slice(from, from + size);
						const cut = made.cut(add(first, from), size);
						expect(text(cut.payload)).toBe(expected);
						const to = from + expected.length;
						expect(cut.push).toBe(ends.some((end) => end > from && end <= to));
					}
					expect(made.length).toBe(written - acknowledged);
					expect(made.end).toBe(add(first, written));
				}
			}),
			{ numRuns: 300 }
		);
	});

	test('200,000 one-octet writes, acknowledged in turn, take time in proportion', () => {
		const made = new SendQueue(1);
		const octet = new Uint8Array(1);
		for (let count = 0; count < 200_000; count += 1) made.write(octet);
		let seq = 1;
		while (made.length > 0) {
			seq += made.cut(seq, 1460).payload.length;
			made.acknowledge(seq);
		}
		expect(seq).toBe(200_001);
	});
});

describe('the receive queue', () => {
	const queue = (buffer: number, irs = 99) => {
		const made = new ReceiveQueue(buffer);
		made.start(irs);
		return made;
	};
	const insert = (made: ReceiveQueue, seq: number, octets: string, fin = false) =>
		made.insert(seq, latin1(octets), fin);

	test('says what became readable', () => {
		const made = queue(100);
		expect(insert(made, 103, 'def')).toEqual({ readable: 0, ended: false });
		expect(made.held).toBe(3);
		expect(insert(made, 100, 'abc')).toEqual({ readable: 6, ended: false });
		expect([made.held, made.unread, made.wnd, made.nxt]).toEqual([0, 6, 94, 106]);
		expect(insert(made, 100, 'abc')).toEqual({ readable: 0, ended: false });
	});

	test('keeps a copy of early text: what brought it may be used again', () => {
		const made = queue(100);
		for (const [seq, octets] of [
			[104, 'ef'],
			[100, 'ab'],
			[102, 'cd']
		] as const) {
			const array = latin1(octets);
			made.insert(seq, array, false);
			array.fill(0x78);
		}
		expect(text(made.read())).toBe('abcdef');
	});

	test('reads in pieces of any size', () => {
		const made = queue(100);
		insert(made, 100, 'abc');
		insert(made, 103, 'def');
		expect(text(made.read(2))).toBe('ab');
		expect(text(made.read(2))).toBe('cd');
		expect(text(made.read(0))).toBe('');
		expect(text(made.read())).toBe('ef');
		expect(text(made.read())).toBe('');
		expect(made.wnd).toBe(100);
	});

	test('of octets that come twice the first copy counts', () => {
		const made = queue(100);
		insert(made, 102, 'CD');
		insert(made, 106, 'GH');
		insert(made, 101, 'bcdefghi');
		insert(made, 100, 'a');
		expect(text(made.read())).toBe('abCDefGHi');
	});

	test('a FIN is reached when all before it is there, and takes one number', () => {
		const made = queue(100);
		expect(insert(made, 103, 'def', true)).toEqual({ readable: 0, ended: false });
		expect(insert(made, 100, 'abc')).toEqual({ readable: 6, ended: true });
		expect(made.nxt).toBe(107);
	});

	test('octets beyond a FIN are not part of the stream, whichever came first', () => {
		const made = queue(100);
		insert(made, 102, 'cdefgh');
		insert(made, 101, 'b', true);
		insert(made, 103, 'DEF');
		expect(insert(made, 100, 'abcdef')).toEqual({ readable: 2, ended: true });
		expect([text(made.read()), made.nxt, made.held]).toEqual(['ab', 103, 0]);
	});

	test('a second FIN elsewhere does not count', () => {
		const made = queue(100);
		insert(made, 105, '', true);
		insert(made, 102, '', true);
		expect(insert(made, 100, 'abcde')).toEqual({ readable: 5, ended: true });
	});

	test('a FIN outside the window is not seen', () => {
		const made = queue(3);
		insert(made, 100, 'abc', true);
		made.read();
		expect(insert(made, 103, '')).toEqual({ readable: 0, ended: false });
		expect(insert(made, 103, '', true)).toEqual({ readable: 0, ended: true });
	});

	test('never holds more than its buffer, whatever comes', () => {
		const chance = random(7);
		const made = queue(500);
		for (let count = 0; count < 2000; count += 1) {
			const seq = 100 + Math.floor(chance() * 1200) - 100;
			made.insert(seq, new Uint8Array(Math.floor(chance() * 200)), false);
			expect(made.unread + made.held).toBeLessThanOrEqual(500);
			expect(made.wnd).toBe(500 - made.unread);
		}
	});

	test('puts any pieces of a stream together, in any order, across the wrap', () => {
		const piece = fc.record({ from: fc.nat(300), length: fc.nat(80) });
		fc.assert(
			fc.property(
				fc.array(piece, { maxLength: 60 }),
				fc.integer({ min: -400, max: 100 }),
				fc.integer({ min: 1, max: 400 }),
				(pieces, offset, buffer) => {
					const whole = pattern(400);
					const first = add(0, offset);
					const made = queue(buffer, add(first, -1));
					const have = new Set<number>();
					let read = '';
					let next = 0;
					for (const { from, length } of [...pieces, { from: 0, length: 400 }]) {
						const right = next + made.wnd;
						for (let at = from; at < from + length && at < right; at += 1) have.add(at);
						const before = next;
						while (have.has(next)) next += 1;
						const result = made.insert(add(first, from), whole.subarray(from, from + length), false);
						expect(result).toEqual({ readable: next - before, ended: false });
						expect(made.nxt).toBe(add(first, next));
						if (length % 3 === 0) read += text(made.read());
					}
					read += text(made.read());
					expect(read).toBe(text(whole.subarray(0, next)));
				}
			),
			{ numRuns: 500 }
		);
	});

	test('30,000 octets, each alone and from the last to the first: not all are held, and the rest comes again', () => {
		const made = queue(65_535);
		for (let at = 30_000; at > 0; at -= 1) made.insert(100 + at, pattern(1, at), false);
		expect(made.held).toBe(1024);
		expect(made.insert(100, pattern(28_977), false).readable).toBe(30_001);
		expect(digest(made.read())).toBe(digest(pattern(30_001)));
	});

	test('when no more runs are held, what closes the gap is still taken', () => {
		const made = queue(65_535);
		for (let run = 0; run < 2000; run += 1) made.insert(102 + run * 2, pattern(1, 2 + run * 2), false);
		expect(made.held).toBe(1024);
		expect(made.insert(100, pattern(2), false)).toEqual({ readable: 3, ended: false });
	});
});
