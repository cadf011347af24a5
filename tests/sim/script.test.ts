// Faults as a scenario writes them: what happens, to which datagrams, and what the log says of it.
import { describe, expect, test } from 'vitest';
import { ScenarioError } from '#lib/sim/check.ts';
import type { FaultKind, FaultSpec } from '#lib/sim/faults/spec.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { createWorld } from '#lib/sim/world.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { SYN } from '#lib/wire/tcp.ts';
import { of, segment, shown } from '../fixtures/read.ts';
import { clean, run, withFaults } from './scripted.ts';

describe('whatever the link does, the mail is whole', () => {
	test.each<FaultKind[]>([
		[{ kind: 'loss', share: 0.2 }],
		[{ kind: 'bursts', enter: 0.05, leave: 0.4 }],
		[{ kind: 'delay', by: 5_000, jitter: 60_000 }],
		[{ kind: 'reorder', share: 0.3, by: 7_000 }],
		[{ kind: 'duplicate', share: 0.5, after: 100 }],
		[{ kind: 'corrupt', share: 0.15 }],
		[{ kind: 'rate', rate: 100_000, queue: 2 }],
		[{ kind: 'split', at: 10 }],
		[{ kind: 'coalesce' }],
		[
			{ kind: 'loss', share: 0.1 },
			{ kind: 'corrupt', share: 0.1 },
			{ kind: 'duplicate', share: 0.1 },
			{ kind: 'reorder', share: 0.2, by: 9_000 },
			{ kind: 'split', at: 100 },
			{ kind: 'coalesce' }
		]
	])('%o %o', (...kinds) => {
		const faults = kinds.filter((kind) => kind !== undefined);
		const log = run(...faults);
		expect(shown(log)).toBe(shown(clean.log));
		expect(hashLog(log)).not.toBe(hashLog(clean.log));
		expect(hashLog(run(...faults))).toBe(hashLog(log));
	});
});

describe('a fault that is chosen', () => {
	test('by its span of time and its direction touches nothing else', () => {
		const log = run({ kind: 'cut', towards: 'post', from: 0, to: 900_000 });
		expect(of(log, 'packet.dropped')).toMatchObject([
			{ packet: 1, host: null, reason: 'cut', detail: 'link desk-post is cut', at: 0 }
		]);
		expect(of(log, 'tcp.retransmit').map(({ at }) => at)).toEqual([1_000_000]);
		expect(shown(log)).toBe(shown(clean.log));
	});

	test('by selector: the second segment with data and the first SYN', () => {
		const match = { srcPort: 110, data: true, nth: [2] };
		const log = run(
			{ kind: 'loss', share: 1, match },
			{ kind: 'loss', share: 1, towards: 'post', match: { flags: SYN, nth: [1] } }
		);
		const lost = of(log, 'packet.sent').filter(({ arrives }) => arrives === null);
		expect(lost.map((event) => [event.from, segment(event).flags & SYN])).toEqual([
			['desk', SYN],
			['post', 0]
		]);
	});

	test('by its text, its length, its protocol', () => {
		const only = (match: FaultSpec['match']) =>
			of(run({ kind: 'duplicate', share: 1, match: { ...match, nth: [1] } }), 'packet.sent')
				.map(({ packet }) => packet)
				.find((packet, i, all) => all.indexOf(packet) < i);
		const first = (test: (bytes: Uint8Array) => boolean) =>
			of(clean.log, 'packet.sent').find(({ bytes }) => test(bytes))?.packet;
		expect(only({ carries: 'PASS' })).toBe(first((bytes) => octetsToLatin1(bytes).includes('PASS')));
		expect(only({ longerThan: 1_499 })).toBe(first((bytes) => bytes.length === 1_500));
		expect(only({ protocol: 'udp' })).toBeUndefined();
		expect(only({ fragment: true })).toBeUndefined();
		expect(only({ dstPort: 110, data: false, flags: SYN })).toBe(1);
	});
});

describe('a script is refused that', () => {
	test.each<[string, FaultKind & Partial<FaultSpec>, string]>([
		['names no link', { kind: 'cut', link: 'moon' }, 'faults[0]: no link "moon"'],
		['goes nowhere', { kind: 'cut', towards: 'eve' }, 'faults[0]: link desk-post does not end at "eve"'],
		['loses more than all', { kind: 'loss', share: 1.5 }, 'faults[0]: share 1.5 is no share'],
		['ends before it begins', { kind: 'cut', from: 5, to: 5 }, 'faults[0]: it ends before it begins'],
		['holds for ever', { kind: 'hold' }, 'faults[0]: what is held needs an end'],
		['delays into the past', { kind: 'delay', by: -1 }, 'faults[0]: by -1 is no whole number'],
		['has no room at all', { kind: 'rate', rate: 1, queue: 0 }, 'faults[0]: queue 0 is no count'],
		['sends nothing per second', { kind: 'rate', rate: 0 }, 'faults[0]: 0 bits per second'],
		[
			'shifts the stream',
			{ kind: 'edit', find: 'a', replace: 'bb', checksums: 'fixed' },
			'faults[0]: both texts'
		]
	])('%s', (_, fault, says) => {
		expect(() => createWorld(withFaults(fault), 1)).toThrow(ScenarioError);
		expect(() => createWorld(withFaults(fault), 1)).toThrow(says);
	});
});
