import { describe, expect, test } from 'vitest';
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import type { Account, HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { hashLog, inputsOf, replay } from '#lib/sim/replay.ts';
import { createWorld, InputError, type World } from '#lib/sim/world.ts';
import { SECOND } from '#lib/sim/time.ts';
import { letters } from '#lib/mail/letters.ts';
import { t0, type T0 } from '../fixtures/t0.ts';

const ADA: Account = { server: 'post', user: 'ada', password: 'lovelace', policy: 'leave' };
const scenario = (how: T0 = {}, account: Account = ADA): Scenario => {
	const base = t0(how);
	return {
		...base,
		hosts: base.hosts.map((host): HostSpec => (host.id === 'desk' ? { ...host, account } : host))
	};
};
const sync = (account?: Account): Input => ({ kind: 'sync', host: 'desk', ...(account && { account }) });

function act(world: World, ...inputs: readonly Input[]): World {
	for (const input of inputs) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	return world;
}
const of = <K extends Event['kind']>({ log }: World, kind: K) =>
	log.filter((event): event is EventOf<K> => event.kind === kind);
const ALL = Object.values(letters).map(({ octets }) => octets);

describe('a sync', () => {
	test('fetches every letter over TCP, octet for octet, and says what it did', () => {
		const world = act(createWorld(scenario(), 1), sync());
		expect(of(world, 'mail.letter').map(({ bytes }) => bytes)).toEqual(ALL);
		expect(of(world, 'mail.done')).toMatchObject([{ fetched: 4, deleted: 0, updated: true }]);
		expect(of(world, 'mail.sync')).toMatchObject([{ account: 'ada@post', policy: 'leave' }]);
		expect(of(world, 'mail.problem')).toEqual([]);
		expect(of(world, 'maildrop.expunge')).toEqual([]);
	});

	test('a second one fetches what is new: nothing', () => {
		const world = act(createWorld(scenario(), 1), sync(), sync());
		expect(of(world, 'mail.letter')).toHaveLength(4);
		expect(of(world, 'mail.done').map(({ fetched }) => fetched)).toEqual([4, 0]);
	});

	test('settings come with the input', () => {
		const world = act(createWorld(scenario(), 1), sync({ ...ADA, settings: { keepDays: 0 } }));
		expect(of(world, 'maildrop.expunge')).toHaveLength(4);
		expect(of(world, 'mail.deleted').map(({ number }) => number)).toEqual([4, 3, 2, 1]);
	});

	test('everything it does is caused by the input', () => {
		const world = act(createWorld(scenario(), 1), sync());
		const [first] = of(world, 'input');
		for (const letter of of(world, 'mail.letter')) {
			let event: Event | undefined = letter;
			while (event && event.cause !== null) event = world.log[event.cause];
			expect(event).toBe(first);
		}
	});

	test('is replayed from its inputs, and the log is the same', () => {
		const world = act(createWorld(scenario({ link: { loss: 0.1 } }), 3), sync(), sync());
		const again = replay(scenario({ link: { loss: 0.1 } }), 3, inputsOf(world.log));
		again.runUntilQuiet();
		expect(hashLog(again.log)).toBe(hashLog(world.log));
	});

	test('stands beside the terminal on the same host', () => {
		const world = act(
			createWorld(scenario(), 1),
			{ kind: 'type', host: 'desk', line: 'connect post' },
			sync(),
			{ kind: 'type', host: 'desk', line: 'USER ada' }
		);
		expect(of(world, 'mail.letter')).toHaveLength(4);
		expect(of(world, 'pop3.received').at(-1)).toMatchObject({ keyword: 'USER', ok: true });
	});
});

describe('what goes wrong', () => {
	const problems = (world: World) => of(world, 'mail.problem').map(({ what, where }) => `${what} (${where})`);

	test('a name that nobody has, a port where nobody listens', () => {
		expect(problems(act(createWorld(scenario(), 1), sync({ ...ADA, server: 'nowhere' })))).toEqual([
			'nobody has this name (connection)'
		]);
		expect(problems(act(createWorld(scenario(), 1), sync({ ...ADA, port: 109 })))).toEqual([
			'the connection was refused (connection)'
		]);
	});

	test('a wrong password', () => {
		expect(problems(act(createWorld(scenario(), 1), sync({ ...ADA, password: 'x' })))[0]).toMatch(
			/^login refused: .* \(reply to \w+\)$/
		);
	});

	test('a server that falls silent: the patience of the policy ends', () => {
		const world = createWorld(scenario(), 1);
		world.input({ at: 0, input: sync({ ...ADA, settings: { patience: 2 * SECOND } }) });
		world.advance(150_000);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: false } });
		world.advance(10 * SECOND);
		expect(problems(world)).toEqual([expect.stringMatching(/^timed out: nothing more came/)]);
		expect(of(world, 'mail.done')).toMatchObject([{ updated: false }]);
	});

	test('a second sync while one is under way is refused and changes nothing', () => {
		const world = createWorld(scenario(), 1);
		world.input({ at: 0, input: sync() });
		world.input({ at: 30_000, input: sync() });
		world.runUntilQuiet();
		expect(problems(world)).toEqual(['a sync is under way already (sync)']);
		expect(of(world, 'mail.letter')).toHaveLength(4);
	});

	test.each<[string, Account, string]>([
		['a policy that there is not', { ...ADA, policy: 'none' }, 'no policy is called "none"'],
		['the policy of a person', { ...ADA, policy: 'typist' }, 'by hand'],
		['a name of two lines', { ...ADA, user: 'ada\r\nQUIT' }, 'a line end']
	])('%s is no input', (_, account, words) => {
		const world = createWorld(scenario(), 1);
		expect(() => world.input({ at: 0, input: sync(account) })).toThrow(words);
		expect(world.log).toEqual([]);
	});

	test('a host without a mail program, and one without an account', () => {
		const world = createWorld(t0(), 1);
		expect(() => world.input({ at: 0, input: { kind: 'sync', host: 'post' } })).toThrow(InputError);
		expect(() => world.input({ at: 0, input: sync() })).toThrow('desk has no account');
	});
});

test('naive about segments, on a link of 536 octets: letters are cut, deleted and gone', () => {
	const world = act(
		createWorld(scenario({ desk: { mss: 536 }, post: { mss: 536 } }), 1),
		sync({ ...ADA, policy: 'naive-segments' })
	);
	const came = of(world, 'mail.letter');
	expect(came.at(-1)?.whole).toBe(true);
	expect(came.at(-1)?.bytes.length).toBeLessThan(536);
});

test('cut at every packet of a sync, and synced again: every letter is here once, and none is lost', () => {
	const account: Account = {
		...ADA,
		settings: { keepDays: 0, deletes: 'at once', pipeline: 1, patience: 5 * SECOND }
	};
	const whole = act(createWorld(scenario(), 1), sync(account));
	const packets = of(whole, 'packet.sent').length;
	expect(packets).toBeGreaterThan(40);
	for (let n = 1; n <= packets; n += 3) {
		const world = createWorld(scenario({}, account), 1);
		world.input({ at: 0, input: sync() });
		const at = of(whole, 'packet.sent')[n - 1]?.at ?? 0;
		world.advance(at);
		world.input({ at, input: { kind: 'link', link: 'desk-post', up: false } });
		world.advance(at + 3600 * SECOND);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: true } });
		act(world, sync());
		const bytes = of(world, 'mail.letter').map((event) => event.bytes);
		const locked = of(world, 'mail.problem').some(({ what }) => what.includes('locked'));
		expect(locked, `cut at packet ${n}`).toBe(false);
		expect(bytes, `cut at packet ${n}`).toEqual(ALL);
	}
});

describe('what a person sets', () => {
	const set = (settings: object, host = 'desk'): Input => ({ kind: 'settings', host, settings });

	test('counts from the next sync on, and what is not named stays', () => {
		const world = act(
			createWorld(scenario(), 1),
			set({ remember: false, withoutUidl: 'everything' }),
			sync(),
			set({ keepDays: 0 }),
			sync(),
			sync()
		);
		expect(of(world, 'pop3.sent').some(({ line }) => line === 'UIDL')).toBe(false);
		expect(of(world, 'mail.done').map(({ fetched, deleted }) => [fetched, deleted])).toEqual([
			[4, 0],
			[4, 4],
			[0, 0]
		]);
	});

	test('does not change an account that a sync brings', () => {
		const world = act(createWorld(scenario(), 1), set({ keepDays: 0 }), sync(ADA));
		expect(of(world, 'maildrop.expunge')).toEqual([]);
	});

	test('wants a mail program with an account', () => {
		const world = createWorld(t0(), 1);
		for (const input of [set({ remember: true }), set({ remember: true }, 'post')])
			expect(() => world.input({ at: 0, input })).toThrow(InputError);
		expect(() => world.input({ at: 0, input: { kind: 'tidy', host: 'post' } })).toThrow(InputError);
		expect(world.log).toEqual([]);
	});
});

describe('cut off by the person', () => {
	const abort: Input = { kind: 'abort', host: 'desk' };

	test('a sync under way ends with RST, and nothing that it marked goes', () => {
		const world = createWorld(scenario({}, { ...ADA, policy: 'download' }), 1);
		world.input({ at: 0, input: sync() });
		while (of(world, 'maildrop.mark').length === 0 && world.nextAt !== null) world.advance(world.nextAt);
		act(world, abort);
		expect(of(world, 'maildrop.mark').length).toBeGreaterThan(0);
		expect(of(world, 'maildrop.expunge')).toEqual([]);
		expect(of(world, 'mail.done')).toMatchObject([{ updated: false }]);
		expect(of(world, 'mail.problem')).toMatchObject([{ what: 'the connection was cut off here' }]);
		expect(of(world, 'tcp.error')).toMatchObject([{ host: 'post', error: 'reset' }]);
		act(world, sync());
		expect(of(world, 'mail.done').at(-1)).toMatchObject({ fetched: 4, deleted: 4, updated: true });
	});

	test('a terminal says so and may connect again', () => {
		const line = (text: string): Input => ({ kind: 'type', host: 'desk', line: text });
		const world = act(createWorld(t0(), 1), line('connect post'), abort, abort, line('NOOP'));
		const said = of(world, 'terminal').map(({ octets }) => octets);
		expect(said.slice(-3)).toEqual([
			'Cut off from post: no goodbye was said.\r\n',
			'NOOP',
			'Not connected. Type: connect HOST [PORT]\r\n'
		]);
		expect(of(world, 'tcp.state').at(-1)).toMatchObject({ host: 'post', to: 'CLOSED' });
		act(world, line('connect post'));
		expect(of(world, 'pop3.received').at(-1)).toMatchObject({ keyword: 'greeting', ok: true });
	});
});
