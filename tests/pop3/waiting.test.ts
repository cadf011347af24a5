// What takes time at a server, and what it has enough of: autologout, late refusals, login delays, limits.
import { describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { createStore, MaildropLost } from '#lib/pop3/store.ts';
import { adasStore, admitted, greeted, kinds, octets, story, written } from './story.ts';
import { ALL, rfc, uids } from './box.ts';

describe('time', () => {
	const timers = (effects: ReturnType<typeof story>) =>
		effects.flatMap((effect) => (effect.type === 'timer' ? [[effect.timer, effect.after]] : []));
	const TEN_MINUTES = 600_000_000;

	test('autologout counts anew at every line, and stops at the end', () => {
		const session = greeted(adasStore(), rfc);
		expect(timers(session.octets(octets('USE')))).toEqual([]);
		expect(timers(session.octets(octets('R ada\r\n')))).toEqual([['autologout', TEN_MINUTES]]);
		expect(timers(session.octets(octets('PASS lovelace\r\n'))).at(-1)).toEqual(['autologout', TEN_MINUTES]);
		expect(timers(session.octets(octets('QUIT\r\n'))).at(-1)).toEqual(['autologout', null]);
		expect(timers(greeted().octets(octets('USER ada\r\n')))).toEqual([]);
	});

	test('who is idle for too long is out: no word, no UPDATE, the lock is free', () => {
		const store = adasStore();
		const session = admitted(store, rfc);
		session.octets(octets('DELE 1\r\nDELE 2\r\n'));
		const effects = story(session, '= idle\n= close');
		expect(kinds(effects, 'pop3.state').map(({ from, to, on }) => [from, to, on])).toEqual([
			['TRANSACTION', 'closed', 'IDLE']
		]);
		expect(uids(store)).toEqual(ALL);
		expect(store.box('ada')?.heldBy).toBeNull();
		story(greeted(adasStore(), rfc), '= idle\n= close');
	});

	test('Dovecot says farewell, and does not update either', () => {
		const store = adasStore();
		const session = admitted(store, { personality: 'dovecot' });
		session.octets(octets('DELE 1\r\n'));
		story(session, '= idle\n< -ERR Disconnected for inactivity.\n= close');
		expect(uids(store)).toEqual(ALL);
	});

	test('a refused login is answered late, and what was said meanwhile afterwards', () => {
		const session = greeted(adasStore(), { ...rfc, habits: { failureDelay: 2_000_000 } });
		const effects = session.octets(octets('USER ada\r\nPASS x\r\nUSER ada\r\nPASS lovelace\r\n'));
		expect(written(effects)).toBe('+OK send PASS\r\n');
		expect(timers(effects)).toContainEqual(['pause', 2_000_000]);
		expect(written(session.octets(octets('STAT\r\n')))).toBe('');
		expect(written(session.timeout('pause'))).toBe(
			"-ERR [AUTH] wrong name or password\r\n+OK send PASS\r\n+OK ada's maildrop has 4 messages (7042 octets)\r\n+OK 4 7042\r\n"
		);
	});

	test('who is gone before the answer hears nothing', () => {
		const session = greeted(adasStore(), { ...rfc, habits: { failureDelay: 2_000_000 } });
		session.octets(octets('USER ada\r\nPASS x\r\nQUIT\r\n'));
		story(session, '= lost');
		expect(session.timeout('pause')).toEqual([]);
	});

	test('a login too soon, a box in use and a box that cannot be read have their codes', () => {
		let now = 0;
		const store = adasStore();
		const login = () =>
			written(
				greeted(store, { ...rfc, now: () => now, habits: { loginDelay: 60_000_000 } }).octets(
					octets('USER ada\r\nPASS lovelace\r\n')
				)
			).split('\r\n')[1];
		expect(login()).toMatch(/^\+OK/);
		now = 59_999_999;
		expect(login()).toBe('-ERR [LOGIN-DELAY] too soon after the last login');
		now = 60_000_000;
		expect(login()).toBe('-ERR [IN-USE] maildrop already locked');
		const source = {
			read: () => {
				throw new Error('disk');
			},
			remove: () => [],
			add: () => {}
		};
		const broken = createStore([{ name: 'ada', password: 'lovelace', messages: source }]);
		story(
			greeted(broken, rfc),
			'> USER ada\n< +OK send PASS\n> PASS lovelace\n< -ERR [SYS/TEMP] maildrop cannot be read now'
		);
		const read = () => {
			throw new MaildropLost('no such disk');
		};
		const lost = createStore([{ name: 'ada', password: 'lovelace', messages: { ...source, read } }]);
		story(
			greeted(lost, rfc),
			'> USER ada\n< +OK send PASS\n> PASS lovelace\n< -ERR [SYS/PERM] maildrop is damaged, tell the postmaster'
		);
	});
});

describe('limits', () => {
	test('twenty bad commands in a row are answered, the next one is the last', () => {
		for (const begin of [greeted, admitted]) {
			const store = adasStore();
			const session = begin(store, rfc);
			const said = (n: number) => written(session.octets(octets('XYZZY\r\n'.repeat(n)))).split('\r\n');
			expect(said(20)).toEqual([...Array.from({ length: 20 }, () => '-ERR unknown command'), '']);
			session.octets(octets('CAPA\r\n'));
			expect(said(20)).toHaveLength(21);
			story(session, '> XYZZY\n< -ERR too many bad commands\n= close');
			expect(store.box('ada')?.heldBy).toBeNull();
		}
	});

	test('the lessons’ server has patience without end', () => {
		const session = greeted();
		const said = written(session.octets(octets('XYZZY\r\n'.repeat(500))));
		expect(said.split('\r\n')).toHaveLength(501);
	});

	test('an UPDATE that fails half-way says so, and what went is gone', () => {
		const messages = Object.values(letters);
		const store = createStore([{ name: 'ada', password: 'lovelace', messages, stuck: ['u-won-2'] }]);
		const session = admitted(store, rfc);
		session.octets(octets('DELE 1\r\nDELE 2\r\nDELE 3\r\n'));
		const effects = story(session, '> QUIT\n< -ERR [SYS/TEMP] some deleted messages not removed\n= close');
		expect(kinds(effects, 'maildrop.expunge').map(({ uid }) => uid)).toEqual(['u-welcome-1', 'u-dots-3']);
		expect(uids(store)).toEqual(['u-won-2', 'u-photo-4']);
		expect(store.box('ada')?.heldBy).toBeNull();
	});

	test('words of the past are known as such', () => {
		story(
			admitted(adasStore(), rfc),
			`
			> LAST
			< -ERR LAST is no longer in use
			> RPOP ada
			< -ERR RPOP is no longer in use
			> XTND XLST Subject
			< -ERR XTND is no longer in use
			`
		);
	});
});
