import { describe, expect, test } from 'vitest';
import { hostile } from '#lib/mail/hostile.ts';
import { letters } from '#lib/mail/letters.ts';
import { PRESETS } from '#lib/levels/scene-presets.ts';
import { levelOfScene, type Scene } from '#lib/levels/scene.ts';
import { LETTERS, PROGRAMS } from '#lib/levels/servers.ts';
import { policies } from '#lib/pop3/policy.ts';
import { checkScenario } from '#lib/sim/check.ts';
import type { EventOf } from '#lib/sim/event.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { play } from './play.ts';

const sync = { kind: 'sync', host: 'desk' } as const;
const box = ({ scenario }: Scene) =>
	scenario.hosts.find(({ id }) => id === 'post')?.pop3?.users.find(({ name }) => name === 'ada')?.box ?? [];

describe.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s', (_id, { scene }) => {
	test('is a sound scenario of plain data', () => {
		expect(() => checkScenario(scene.scenario)).not.toThrow();
		expect(JSON.parse(JSON.stringify(scene))).toEqual(scene);
	});

	test('a sync brings every letter, or says why not; twice the same', () => {
		const level = levelOfScene(scene);
		const { log, stopped } = play(level, [sync]);
		expect(stopped).toBeNull();
		const done = log.findLast((event): event is EventOf<'mail.done'> => event.kind === 'mail.done');
		const problems = log.flatMap((event) => (event.kind === 'mail.problem' ? [event.what] : []));
		if (done?.fetched !== box(scene).length) expect(problems.join()).toMatch(/\w{3}/);
		expect({ ended: done !== undefined, fetched: done?.fetched }).toEqual({
			ended: true,
			fetched: box(scene).length
		});
		expect(hashLog(play(level, [sync]).log)).toBe(hashLog(log));
	});
});

test('sizes are as their names say', () => {
	const size = (id: string) => PRESETS.find((preset) => preset.id === id)?.scene.scenario.hosts.length;
	expect([size('ring'), size('star'), size('tree')]).toEqual([12, 20, 40]);
});

test('in the hostile hotel the password goes in clear and a letter is another', () => {
	const { scene } = PRESETS.find(({ id }) => id === 'hotel')!;
	const { log } = play(levelOfScene(scene), [sync]);
	const sent = log.flatMap((event) => (event.kind === 'pop3.sent' ? [event.line] : []));
	expect(sent).toContain('PASS lovelace');
	expect(sent.some((line) => line.startsWith('APOP'))).toBe(false);
	const read = log.flatMap((event) =>
		event.kind === 'mail.letter' ? [String.fromCharCode(...event.bytes.slice(0, 4000))] : []
	);
	expect(read.some((text) => text.includes('Send Mallory $'))).toBe(true);
});

test('every letter and mail program has a name here', () => {
	expect(LETTERS.map(({ id }) => id).toSorted()).toEqual(Object.keys({ ...letters, ...hostile }).toSorted());
	const programs = Object.entries(policies).flatMap(([id, policy]) => (policy.by === 'program' ? [id] : []));
	expect(PROGRAMS.map(({ id }) => id).toSorted()).toEqual(programs.toSorted());
});
