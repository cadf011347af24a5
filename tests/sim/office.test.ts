// A POP3 office in the world: what takes time there, and what a scenario may say of it.
import { expect, test } from 'vitest';
import { t0 } from '#lib/levels/topologies.ts';
import type { Pop3Spec } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';

const SECOND = 1_000_000;
const ADA = { name: 'ada', password: 'lovelace', box: ['welcome', 'won'] } as const;

function office(pop3: Partial<Pop3Spec>): World {
	return createWorld(t0({ users: [ADA], ...pop3 }), 110);
}

function type(world: World, ...lines: string[]): void {
	for (const line of lines) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
}

const replies = (world: World) =>
	world.log.flatMap((event) => (event.kind === 'pop3.reply' ? [{ at: event.at, text: event.text }] : []));
const closed = (world: World) =>
	world.log.find((event) => event.kind === 'pop3.state' && event.side === 'server' && event.to === 'closed');

test('a refused login is answered when its time has come, and the world waits for it', () => {
	const world = office({ personality: 'dovecot' });
	type(world, 'connect post', 'USER ada');
	const asked = world.now;
	type(world, 'PASS wrong');
	expect(replies(world).at(-1)?.text).toBe('[AUTH] Authentication failed.');
	expect((replies(world).at(-1)?.at ?? 0) - asked).toBeGreaterThanOrEqual(2 * SECOND);
});

test('autologout comes ten minutes after the last line, keeps nobody waiting, and says nothing', () => {
	const world = office({ personality: 'rfc' });
	type(world, 'connect post', 'USER ada', 'PASS lovelace', 'DELE 1');
	const last = world.now;
	world.advance(last + 9 * 60 * SECOND);
	type(world, 'NOOP');
	expect(world.now - last).toBeLessThan(9 * 60 * SECOND + SECOND);
	world.advance(last + 15 * 60 * SECOND);
	expect(closed(world)).toBeUndefined();
	const said = replies(world).length;
	world.advance(last + 20 * 60 * SECOND);
	expect(closed(world)).toMatchObject({ on: 'IDLE' });
	expect(replies(world)).toHaveLength(said);
	expect(world.log.some(({ kind }) => kind === 'maildrop.expunge')).toBe(false);
	type(world, 'connect post', 'USER ada', 'PASS lovelace', 'STAT');
	expect(replies(world).at(-1)?.text).toMatch(/^2 /);
});

test('the lessons’ server waits for ever', () => {
	const world = office({});
	type(world, 'connect post', 'USER ada', 'PASS lovelace');
	world.advance(world.now + 24 * 3600 * SECOND);
	expect(closed(world)).toBeUndefined();
});

test('a scenario may change habits, stick a letter fast and refill a box', () => {
	const world = office({
		personality: 'rfc',
		habits: { namesAreChecked: true },
		users: [
			{ ...ADA, stuck: ['u-won-2'] },
			{ ...ADA, name: 'bob', refills: true }
		]
	});
	type(world, 'connect post', 'USER eve', 'USER ada', 'PASS lovelace', 'DELE 1', 'DELE 2', 'QUIT');
	expect(replies(world).map(({ text }) => text)).toContain('sorry, no mailbox for eve here');
	expect(replies(world).at(-1)?.text).toBe('[SYS/TEMP] some deleted messages not removed');
	for (let round = 0; round < 3; round++) {
		type(world, 'connect post', 'USER bob', 'PASS lovelace', 'STAT');
		expect(replies(world).at(-1)?.text).toBe('2 348');
		type(world, 'DELE 1', 'DELE 2', 'QUIT');
	}
});

test('every challenge of CRAM-MD5 is another', () => {
	const world = office({ personality: 'rfc' });
	for (let round = 0; round < 2; round++) type(world, 'connect post', 'AUTH CRAM-MD5', '*', 'QUIT');
	const challenges = replies(world).flatMap(({ text }) => (/^[A-Za-z0-9+/=]{20,}$/.test(text) ? [text] : []));
	expect(new Set(challenges).size).toBe(2);
});
