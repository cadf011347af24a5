// Chips and trays: a fold over the log up to the cursor.
import { describe, expect, test } from 'vitest';
import type { EventBody } from '#lib/sim/event.ts';
import { changesOf, describeWorld, trayText, worldAt } from '#lib/stage/world.ts';
import { CONNECTION, handshake, SCENARIO, Story } from './story.ts';

const at = (story: Story, cursor = story.log.length) => worldAt(SCENARIO, changesOf(story.log), cursor);
const tcp = (story: Story, cursor: number) =>
	['desk', 'post'].map((host) => at(story, cursor).hosts.get(host)?.tcp);

describe('TCP', () => {
	test('a client rests CLOSED, a server LISTEN; then as the log says, event by event', () => {
		const story = handshake();
		expect([0, 1, 4, 7, 10].map((cursor) => tcp(story, cursor))).toEqual([
			['CLOSED', 'LISTEN'],
			['SYN-SENT', 'LISTEN'],
			['SYN-SENT', 'SYN-RECEIVED'],
			['ESTABLISHED', 'SYN-RECEIVED'],
			['ESTABLISHED', 'ESTABLISHED']
		]);
		expect([at(story, 0).connected, at(story, 1).connected]).toEqual([false, true]);
		expect([at(story, 6).everConnected, at(story, 7).everConnected]).toEqual([false, true]);
	});

	test('a server whose connection is closed listens again', () => {
		const story = handshake();
		story.state(70, 'post', 'CLOSED', 'rcv RST');
		story.state(70, 'desk', 'CLOSED', 'ABORT');
		expect(tcp(story, story.log.length)).toEqual(['CLOSED', 'LISTEN']);
		expect(at(story).connected).toBe(false);
		expect(at(story).everConnected).toBe(true);
	});

	test('the connection that moved last is the one shown, at both ends', () => {
		const story = handshake();
		const other = '192.0.2.10:49153>198.51.100.25:109';
		story.add(80, {
			kind: 'tcp.state',
			host: 'desk',
			connection: other,
			from: 'CLOSED',
			to: 'SYN-SENT',
			on: 'active OPEN'
		});
		expect(tcp(story, story.log.length)).toEqual(['SYN-SENT', 'LISTEN']);
		expect(at(story).connected).toBe(true);
	});
});

describe('two clients', () => {
	test('each shows its own connection, the server the one that moved last', () => {
		const story = handshake();
		story.session(60, 'TRANSACTION');
		const other = '192.0.2.11:49152>198.51.100.25:110';
		for (const [host, to] of [
			['pocket', 'ESTABLISHED'],
			['post', 'SYN-RECEIVED']
		] as const)
			story.add(80, {
				kind: 'tcp.state',
				host,
				connection: other,
				from: 'CLOSED',
				to,
				on: 'rcv SYN'
			});
		const pocket = { id: 'pocket', role: 'client', address: '192.0.2.11' } as const;
		const both = { ...SCENARIO, hosts: [...SCENARIO.hosts, pocket] };
		const { hosts } = worldAt(both, changesOf(story.log), story.log.length);
		expect(['desk', 'pocket', 'post'].map((id) => hosts.get(id)?.tcp)).toEqual([
			'ESTABLISHED',
			'ESTABLISHED',
			'SYN-RECEIVED'
		]);
	});
});

describe('POP3', () => {
	test('none before the session, none after it', () => {
		const story = handshake();
		story.session(60, 'AUTHORIZATION');
		story.session(90, 'TRANSACTION');
		story.session(99, 'closed');
		const of = (cursor: number) => at(story, cursor).hosts.get('post')?.pop3;
		expect([10, 11, 12, 13].map(of)).toEqual([null, 'AUTHORIZATION', 'TRANSACTION', null]);
	});
});

describe('maildrop', () => {
	const act = (
		story: Story,
		body: { [K in EventBody['kind']]: Extract<EventBody, { kind: K }> }[
			'maildrop.lock' | 'maildrop.mark' | 'maildrop.expunge']
	) => story.add(100, body);
	const own = { host: 'post', user: 'ada', session: CONNECTION } as const;

	test('lock, marks and what is left', () => {
		const story = handshake();
		act(story, { kind: 'maildrop.lock', ...own, held: true });
		act(story, { kind: 'maildrop.mark', ...own, number: 1, uid: 'u1', marked: true });
		act(story, { kind: 'maildrop.mark', ...own, number: 2, uid: 'u2', marked: true });
		act(story, { kind: 'maildrop.mark', ...own, number: 2, uid: 'u2', marked: false });
		act(story, { kind: 'maildrop.expunge', ...own, uid: 'u1' });
		act(story, { kind: 'maildrop.lock', ...own, held: false });
		const tray = (cursor: number) => at(story, cursor).hosts.get('post')?.tray;
		expect([10, 11, 13, 14, 15, 16].map((cursor) => tray(cursor))).toEqual([
			{ user: 'ada', letters: 4, marked: 0, locked: false },
			{ user: 'ada', letters: 4, marked: 0, locked: true },
			{ user: 'ada', letters: 4, marked: 2, locked: true },
			{ user: 'ada', letters: 4, marked: 1, locked: true },
			{ user: 'ada', letters: 3, marked: 0, locked: true },
			{ user: 'ada', letters: 3, marked: 0, locked: false }
		]);
		expect(at(story).hosts.get('desk')?.tray).toBeNull();
	});

	test('with several boxes: all letters, until one is open', () => {
		const [desk, post] = SCENARIO.hosts;
		if (!desk || !post?.pop3) throw new Error('the scenario has two hosts');
		const grace = { name: 'grace', password: 'y', box: ['e'] };
		const users = [...post.pop3.users, grace];
		const scenario = { ...SCENARIO, hosts: [desk, { ...post, pop3: { ...post.pop3, users } }] };
		const story = new Story();
		story.add(0, { kind: 'maildrop.lock', host: 'post', user: 'grace', session: CONNECTION, held: true });
		const tray = (cursor: number) => worldAt(scenario, changesOf(story.log), cursor).hosts.get('post')?.tray;
		expect(tray(0)).toMatchObject({ user: null, letters: 5, locked: false });
		expect(tray(1)).toMatchObject({ user: 'grace', letters: 1, locked: true });
	});

	test.each([
		[0, 0, false, 'empty'],
		[1, 0, false, '1 letter'],
		[4, 1, true, '4 letters, 1 marked, locked']
	])('%i letters, %i marked, locked %s: %s', (letters, marked, locked, text) => {
		expect(trayText({ user: null, letters, marked, locked })).toBe(text);
	});
});

test('in words', () => {
	const story = handshake();
	story.session(60, 'AUTHORIZATION');
	expect(describeWorld(SCENARIO, at(story))).toBe(
		'desk ESTABLISHED, post ESTABLISHED. POP3 at post: AUTHORIZATION. Maildrop of ada: 4 letters.'
	);
});

test('of a server whose boxes nobody knows, as in a capture, nothing is said of boxes', () => {
	const hosts = SCENARIO.hosts.map((host) =>
		host.pop3 ? { ...host, pop3: { ...host.pop3, users: [] } } : host
	);
	const world = worldAt({ ...SCENARIO, hosts }, [], 0);
	expect(world.hosts.get('post')?.tray).toBeNull();
	expect(describeWorld({ ...SCENARIO, hosts }, world)).toBe('desk CLOSED, post LISTEN.');
});
