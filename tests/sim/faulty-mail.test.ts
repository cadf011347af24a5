// The mail program on its host against servers that are wrong, over TCP: what it says of them, and that no letter is lost.
import { describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import type { Account, HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { SECOND } from '#lib/sim/time.ts';
import { t0, type T0 } from '../fixtures/t0.ts';

const ADA: Account = { server: 'post', user: 'ada', password: 'lovelace', policy: 'leave' };
const DELETES = { keepDays: 0, deletes: 'at once', pipeline: 1 } as const;
const ALL = Object.values(letters).map(({ octets }) => octets);
const UIDS = Object.values(letters).map(({ uid }) => uid);

function scenario(how: T0, account: Account): Scenario {
	const base = t0(how);
	return {
		...base,
		hosts: base.hosts.map((host): HostSpec => (host.id === 'desk' ? { ...host, account } : host))
	};
}
const sync = (settings?: Account['settings']): Input => ({
	kind: 'sync',
	host: 'desk',
	...(settings && { account: { ...ADA, settings } })
});
function act(world: World, input: Input): World {
	world.input({ at: world.now, input });
	world.advance(world.now + 3600 * SECOND);
	return world;
}
const of = <K extends Event['kind']>({ log }: World, kind: K) =>
	log.filter((event): event is EventOf<K> => event.kind === kind);
const problems = (world: World) => of(world, 'mail.problem').map(({ what, where }) => `${what} (${where})`);
const came = (world: World) => of(world, 'mail.letter').map(({ bytes }) => bytes);
const gone = (world: World) => of(world, 'maildrop.expunge').map(({ uid }) => uid);

describe('silent on what it does not know', () => {
	const silent = (offers: readonly ('USER' | 'PASS' | 'UIDL' | 'TOP')[]) => ({
		pop3: { personality: 'silent', habits: { offers } }
	});

	test('CAPA has no answer: it gives up when its patience ends, and does without CAPA if told so', () => {
		const world = act(createWorld(scenario(silent(['USER', 'PASS', 'UIDL']), ADA), 1), sync());
		expect(problems(world)).toEqual(['timed out: nothing more came (reply to CAPA)']);
		const asked = of(world, 'pop3.sent').find(({ line }) => line === 'CAPA')?.at ?? 0;
		const [done] = of(world, 'mail.done');
		expect(done).toMatchObject({ fetched: 0, deleted: 0, updated: false });
		expect((done?.at ?? 0) - asked).toBe(60 * SECOND);
		expect(of(world, 'maildrop.lock')).toEqual([]);
		act(world, sync({ capa: false }));
		expect(problems(world)).toHaveLength(1);
		expect(came(world)).toEqual(ALL);
	});

	test('TOP has none: what came before is stored, what was marked is not deleted, and the rest comes by RETR', () => {
		const world = createWorld(scenario(silent(['USER', 'PASS', 'UIDL']), ADA), 1);
		const way = { ...DELETES, capa: false, patience: 20 * SECOND };
		act(world, sync({ ...way, sizeLimit: 1_000 }));
		const [problem] = problems(world);
		expect(problem).toMatch(/^timed out: nothing more came \(reply to TOP \d 20\)$/);
		expect(of(world, 'mail.deleted').length).toBeGreaterThan(0);
		expect(of(world, 'mail.deleted').length).toBeLessThan(ALL.length);
		expect(gone(world)).toEqual([]);
		expect(of(world, 'maildrop.lock').map(({ held }) => held)).toEqual([true, false]);
		act(world, sync(way));
		expect(problems(world)).toEqual([problem]);
		expect(came(world)).toEqual(ALL);
		expect(gone(world).toSorted()).toEqual(UIDS.toSorted());
	});
});

describe('hasty: a lost connection is taken for QUIT', () => {
	test('the line breaks after the second DELE: what the server deletes unasked is stored here', () => {
		const world = createWorld(
			scenario(
				{ pop3: { personality: 'hasty' } },
				{ ...ADA, settings: { ...DELETES, patience: 5 * SECOND } }
			),
			1
		);
		world.input({ at: 0, input: sync() });
		while (of(world, 'mail.deleted').length < 2) world.advance(world.now + 1_000);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: false } });
		world.advance(world.now + 30 * SECOND);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: true } });
		world.runUntilQuiet();
		expect(problems(world)).toEqual([expect.stringMatching(/^timed out: nothing more came \(reply to /)]);
		expect(of(world, 'mail.done')).toMatchObject([{ updated: false }]);
		const unasked = gone(world);
		expect(unasked.length).toBeGreaterThanOrEqual(2);
		expect(of(world, 'mail.letter').map(({ uid }) => uid)).toEqual(expect.arrayContaining(unasked));
		act(world, sync());
		expect(came(world)).toEqual(ALL);
		expect(gone(world).toSorted()).toEqual(UIDS.toSorted());
	});
});

describe('impatient: closes a minute after the last command', () => {
	test('a letter that takes longer comes whole, the end is behind it, nothing is deleted; the next sync has no letter twice', () => {
		const settings = { ...DELETES, patience: 300 * SECOND };
		const world = createWorld(scenario({ pop3: { personality: 'impatient' } }, { ...ADA, settings }), 1);
		world.input({ at: 0, input: sync() });
		const heard = () =>
			of(world, 'pop3.command').some(({ keyword, args }) => `${keyword} ${args}` === 'RETR 3');
		while (!heard()) world.advance(world.now + 1_000);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: false } });
		world.advance(world.now + 65 * SECOND);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: true } });
		world.advance(world.now + 3600 * SECOND);
		expect(problems(world)).toEqual(['the server closed the connection (reply to DELE 3)']);
		expect(of(world, 'mail.done')).toMatchObject([{ fetched: 3, deleted: 2, updated: false }]);
		expect(gone(world)).toEqual([]);
		act(world, sync());
		expect(problems(world)).toHaveLength(1);
		expect(came(world)).toEqual(ALL);
		expect(gone(world).toSorted()).toEqual(UIDS.toSorted());
	});
});
