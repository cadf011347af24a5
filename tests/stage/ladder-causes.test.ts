// Why a packet was sent, walked up a log that a real world has written.
import { expect, test } from 'vitest';
import { causesOf, type CauseStep } from '#lib/stage/ladder-causes.ts';
import type { Event } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t0, type } from '../fixtures/t0.ts';

function run(seed: number, loss: number): readonly Event[] {
	const scenario = { ...t0(), faults: [{ link: 'desk-post', kind: 'loss', share: loss } as const] };
	const world = createWorld(scenario, seed, { budget: Infinity });
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'STAT']) {
		world.input(type(world.now, line));
		world.runUntilQuiet();
	}
	return world.log;
}
const words = (step: CauseStep) => (step.kind === 'packet' ? `#${step.packet}` : `${step.host} ${step.text}`);
const sent = (log: readonly Event[], packet: number) =>
	log.findIndex((event) => event.kind === 'packet.sent' && event.packet === packet);

test('a reply: from the line that was typed, through the segment, to the answer', () => {
	const log = run(1, 0);
	const reply = log.find((event) => event.kind === 'pop3.reply' && event.keyword === 'USER');
	const at = log.findIndex((event) => event.kind === 'packet.sent' && event.cause === reply?.seq);
	const { steps, more } = causesOf(log, at);
	expect(steps.map(words)).toEqual([
		'desk typed USER ada',
		expect.stringMatching(/^#\d+$/),
		'post reads USER',
		'post answers +OK',
		expect.stringMatching(/^#\d+$/)
	]);
	expect(more).toBe(false);
});

test('a retransmission: its timer, and the packet that the timer waited on', () => {
	const log = run(7, 0.3);
	const timer = log.find((event) => event.kind === 'tcp.retransmit');
	const again = log.findIndex((event) => event.kind === 'packet.sent' && event.cause === timer?.seq);
	const step = causesOf(log, again).steps.find(({ kind }) => kind === 'timer');
	expect(step).toMatchObject({ text: 'timeout after 1 s', from: timer?.cause });
	const original = timer?.cause ?? -1;
	expect(causesOf(log, original).led).toContain(again);
});

test('what it led to ends at the cursor, and a long chain is cut', () => {
	const log = run(1, 0);
	const syn = sent(log, 1);
	expect(causesOf(log, syn).led).toEqual([sent(log, 2)]);
	expect(causesOf(log, syn, sent(log, 2)).led).toEqual([]);
	const chain = Array.from({ length: 40 }, (_, i): Event => ({
		seq: i,
		at: i,
		cause: i ? i - 1 : null,
		kind: 'packet.sent',
		packet: i + 1,
		link: 'desk-post',
		from: 'desk',
		to: 'post',
		bytes: new Uint8Array(20),
		arrives: i + 1
	}));
	const { steps, more } = causesOf(chain, 39);
	expect(steps.map(words)).toEqual(['#35', '#36', '#37', '#38', '#39', '#40']);
	expect(more).toBe(true);
});
