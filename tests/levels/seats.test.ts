// Where the player sits, how a switch stands, and what "Show me" says of what is not typed.
import { describe, expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import type { Lever, Level } from '#lib/levels/level.ts';
import { doing, hostsOf, seatsOf, standing } from '#lib/levels/seats.ts';
import { t0, t1, t2, withMail } from '#lib/levels/topologies.ts';
import { yard } from '#lib/levels/yard.ts';
import { createWorld } from '#lib/sim/world.ts';
import { play } from './play.ts';

const remember: Extract<Lever, { kind: 'switch' }> = {
	kind: 'switch',
	host: 'desk',
	say: 'Remember',
	ways: [
		{ label: 'off', input: { kind: 'settings', host: 'desk', settings: { remember: false } } },
		{ label: 'on', input: { kind: 'settings', host: 'desk', settings: { remember: true } } }
	]
};
const tidy: Lever = { kind: 'button', host: 'desk', say: 'Tidy', input: { kind: 'tidy', host: 'desk' } };
const level: Level = {
	...papers,
	scenario: withMail(t0(), ['desk'], {}),
	seats: [
		{ host: 'desk', program: 'mail' },
		{ host: 'pocket', program: 'mail' }
	],
	prelude: [],
	levers: [remember, tidy]
};

describe('seats', () => {
	test('are the terminal, and the mail program of a host that has an account, where a level names none', () => {
		expect(seatsOf(papers)).toEqual([{ host: 'desk', program: 'terminal' }]);
		expect(seatsOf(yard('post')).map(({ program }) => program)).toEqual(['terminal', 'mail']);
	});

	test('name each host once', () => {
		expect(hostsOf(level)).toEqual(['desk', 'pocket']);
		expect(hostsOf(yard('post'))).toEqual(['desk']);
		expect(hostsOf({ ...level, seats: [] })).toEqual([]);
	});
});

describe('a switch', () => {
	test('stands as it was set last, and as at first when nobody has touched it', () => {
		const [off, on] = remember.ways;
		if (!off || !on) throw new Error('two ways');
		const { log } = play(level, [on.input, tidy.input, off.input, on.input]);
		const inputs = log.filter(({ kind }) => kind === 'input').map(({ seq }) => seq);
		expect(standing(remember, [])).toBe(0);
		expect(inputs.map((seq) => standing(remember, log.slice(0, seq + 1)))).toEqual([1, 1, 0, 1]);
	});
});

test('what is not typed is said', () => {
	expect(doing(level, tidy.input)).toBe('Press “Tidy” at desk');
	expect(doing(level, { kind: 'settings', host: 'desk', settings: { remember: true } })).toBe(
		'At desk set “Remember” to “on”'
	);
	expect(doing(level, { kind: 'sync', host: 'pocket' })).toBe('Press Sync at pocket');
	expect(doing(level, { kind: 'type', host: 'desk', line: 'QUIT' })).toBeNull();
	expect(doing(papers, tidy.input)).toBeNull();
});

test.each([
	['t1', t1(), ['desk']],
	['t1 with Mallory', t1({}, { mallory: true }), ['desk', 'mallory']],
	['t2', t2(), ['desk', 'pocket']]
])('%s: every client reaches the post office through both routers', (_name, scenario, clients) => {
	for (const host of clients) {
		const world = createWorld(scenario, 1);
		world.input({ at: 0, input: { kind: 'type', host, line: 'connect post 110' } });
		world.runUntilQuiet();
		const first = world.log.filter((event) => event.kind === 'packet.sent' && event.packet === 1);
		expect(first.map((event) => event.kind === 'packet.sent' && event.link)).toEqual([
			`${host}-r1`,
			'r1-r2',
			'r2-post'
		]);
		expect(world.log.some((event) => event.kind === 'pop3.received' && event.host === host)).toBe(true);
	}
});
