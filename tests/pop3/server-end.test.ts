// How a server's session ends: UPDATE, or without QUIT; the lock on the box; and the states passed through.
import { describe, expect, test } from 'vitest';
import { adasStore, admitted, greeted, kinds, logged, octets, serve, story } from './story.ts';
import { uids, ALL } from './box.ts';

describe('UPDATE', () => {
	test('QUIT removes the marked messages, unlocks, answers, closes: in this order', () => {
		const store = adasStore();
		const session = admitted(store);
		session.octets(octets('DELE 2\r\nDELE 4\r\n'));
		const effects = session.octets(octets('QUIT\r\n'));
		expect(effects.map((effect) => (effect.type === 'log' ? effect.event.kind : effect.type))).toEqual([
			'pop3.command',
			'pop3.state',
			'maildrop.expunge',
			'maildrop.expunge',
			'pop3.state',
			'maildrop.lock',
			'pop3.reply',
			'write',
			'close'
		]);
		expect(kinds(effects, 'pop3.state').map(({ from, to, on }) => [from, to, on])).toEqual([
			['TRANSACTION', 'UPDATE', 'QUIT'],
			['UPDATE', 'closed', 'UPDATED']
		]);
		expect(kinds(effects, 'maildrop.expunge').map(({ uid }) => uid)).toEqual(['u-won-2', 'u-photo-4']);
		expect(uids(store)).toEqual(['u-welcome-1', 'u-dots-3']);
		expect(store.box('ada')?.heldBy).toBeNull();
	});

	test('numbers are dealt anew in the next session', () => {
		const store = adasStore();
		admitted(store).octets(octets('DELE 2\r\nQUIT\r\n'));
		story(admitted(store), '> UIDL 3\n< +OK 3 u-photo-4\n> RETR 4\n< -ERR no such message');
	});

	test('when nothing can be removed the server says so, and lets go all the same', () => {
		const store = adasStore();
		const session = admitted({ ...store, expunge: () => [] });
		session.octets(octets('DELE 2\r\n'));
		const effects = story(session, '> QUIT\n< -ERR some deleted messages not removed\n= close');
		expect(kinds(effects, 'maildrop.expunge')).toEqual([]);
		expect(kinds(effects, 'maildrop.lock')).toEqual([{ kind: 'maildrop.lock', user: 'ada', held: false }]);
		expect(uids(store)).toEqual(ALL);
		expect(store.box('ada')?.heldBy).toBeNull();
	});
});

describe('the end without QUIT', () => {
	test.each(['ended', 'lost'] as const)('%s in TRANSACTION: nothing removed, lock released', (how) => {
		const store = adasStore();
		const session = admitted(store);
		session.octets(octets('DELE 1\r\nDELE 2\r\nQUI'));
		const effects = story(session, how === 'ended' ? '= ended\n= close' : '= lost');
		expect(kinds(effects, 'pop3.state')).toEqual([
			expect.objectContaining({ from: 'TRANSACTION', to: 'closed' })
		]);
		expect(kinds(effects, 'maildrop.expunge')).toEqual([]);
		expect(kinds(effects, 'maildrop.lock')).toEqual([{ kind: 'maildrop.lock', user: 'ada', held: false }]);
		expect(uids(store)).toEqual(ALL);
		story(admitted(store), '> STAT\n< +OK 4 7042');
	});

	test.each(['ended', 'lost'] as const)('%s in AUTHORIZATION', (how) => {
		for (const lines of ['', 'USER ada\r\n']) {
			const session = greeted();
			session.octets(octets(lines));
			const effects = story(session, how === 'ended' ? '= ended\n= close' : '= lost');
			expect(kinds(effects, 'maildrop.lock')).toEqual([]);
		}
	});

	test('after the end nothing is heard or said', () => {
		const session = admitted();
		session.octets(octets('QUIT\r\n'));
		expect([...session.octets(octets('STAT\r\n')), ...session.ended(), ...session.lost()]).toEqual([]);
	});
});

describe('the lock', () => {
	test('keeps a second session out until the first is gone', () => {
		const store = adasStore();
		const first = admitted(store);
		const second = greeted(store);
		story(second, '> USER ada\n< +OK send PASS\n> PASS lovelace\n< -ERR maildrop already locked');
		story(second, '> STAT\n< -ERR command not valid in this state');
		first.octets(octets('QUIT\r\n'));
		story(
			second,
			"> USER ada\n< +OK send PASS\n> PASS lovelace\n< +OK ada's maildrop has 4 messages (7042 octets)"
		);
	});

	test('does not concern other users, and is not let go by another’s end', () => {
		const store = adasStore();
		admitted(store);
		const graces = greeted(store);
		graces.octets(octets('USER grace\r\nPASS a  b \r\nQUIT\r\n'));
		expect(store.box('ada')?.heldBy).toMatch(/^session/);
		expect(store.box('grace')?.heldBy).toBeNull();
	});

	test('mail that comes during a session is seen in the next one', () => {
		const store = adasStore();
		const session = admitted(store);
		store.deliver('ada', { uid: 'late', octets: octets('late\r\n') });
		story(session, '> STAT\n< +OK 4 7042\n> RETR 5\n< -ERR no such message\n> QUIT\n< +OK bye\n= close');
		story(admitted(store), '> UIDL 5\n< +OK 5 late');
	});

	test('is logged when it is taken', () => {
		const effects = greeted().octets(octets('USER ada\r\nPASS lovelace\r\n'));
		expect(kinds(effects, 'maildrop.lock')).toEqual([{ kind: 'maildrop.lock', user: 'ada', held: true }]);
	});
});

test('the states passed through, with what moved them', () => {
	const session = serve();
	const effects = [...session.open(), ...session.octets(octets('USER ada\r\nPASS lovelace\r\nQUIT\r\n'))];
	expect(kinds(effects, 'pop3.state').map(({ on, path }) => `${on}: ${path}`)).toEqual([
		'CONNECTED: AUTHORIZATION.waitingForName',
		'USER: AUTHORIZATION.waitingForPassword',
		'PASS: AUTHORIZATION.openingMaildrop',
		'OPENED: TRANSACTION',
		'QUIT: UPDATE',
		'UPDATED: closed'
	]);
	expect(logged(effects).filter((event) => event.kind === 'pop3.state' && event.side !== 'server')).toEqual(
		[]
	);
});
