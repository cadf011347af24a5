// A narrow link that marks instead of dropping (RFC 3168): both ends slow down, and nothing is lost.
import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { StackSpec } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { CWR, ECE } from '#lib/wire/tcp.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

const LINES = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 4', 'RETR 4', 'RETR 4', 'QUIT'];

function fetch(stack: Partial<StackSpec>, fault: Partial<FaultSpec> = { mark: 2 }) {
	const link = 'desk-post';
	const faults = [{ link, towards: 'desk', kind: 'rate', rate: 1_000_000, ...fault } as FaultSpec];
	const world = createWorld({ ...t0({ desk: stack, post: stack }), faults }, 1);
	for (const line of LINES) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	return world.log;
}

const mail = shown(fetch({}, {}));
const both = { ecn: true, congestion: 'newreno', mss: 536 } as const;

describe('a queue that marks', () => {
	const log = fetch(both);
	const sent = of(log, 'packet.sent');

	test('what it marks is in the log, and arrives marked; the mark is echoed, and answered', () => {
		expect(shown(log)).toBe(mail);
		const marks = of(log, 'packet.changed').filter(({ what }) => what === 'mark');
		expect(marks.length).toBeGreaterThan(0);
		expect(marks[0]?.detail).toBe('link desk-post: congestion');
		const bits = (from: string) =>
			sent.filter((event) => event.from === from).map((event) => segment(event).flags);
		expect(
			bits('desk')
				.slice(1)
				.some((flags) => flags & ECE)
		).toBe(true);
		expect(
			bits('post')
				.slice(1)
				.some((flags) => flags & CWR)
		).toBe(true);
		expect(of(log, 'tcp.retransmit')).toEqual([]);
		expect(of(log, 'packet.dropped')).toEqual([]);
	});

	test('text is ECT(0), everything else not ECN-capable', () => {
		for (const event of sent) {
			expect([event.seq, datagram(event).ecn]).toEqual([
				event.seq,
				segment(event).payload.length > 0 ? 2 : 0
			]);
		}
	});
});

test('where one end does not speak it, nothing is marked', () => {
	const log = fetch({ congestion: 'newreno', mss: 536 });
	expect(shown(log)).toBe(mail);
	expect(of(log, 'packet.changed')).toEqual([]);
});

test('a queue that is full drops all the same', () => {
	const log = fetch(both, { queue: 2, mark: 1 });
	expect(shown(log)).toBe(mail);
	expect(of(log, 'packet.dropped').some(({ reason }) => reason === 'queue')).toBe(true);
});
