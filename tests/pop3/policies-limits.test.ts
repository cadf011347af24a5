/** What a policy does where the server can do less, and where the session before was cut short. */
import { describe, expect, test } from 'vitest';
import { serve } from './story.ts';
import { Mailer, sync, talk } from './sync.ts';
import { short, dotty, storeOf, said, LOGIN, NO_CAPA } from './mailing.ts';

const IN = `
	= connected
	S: +OK ready
	C: USER ada
	S: +OK
	C: PASS lovelace
	S: +OK
	C: STAT
`;

/** The sizes asked for, and then the unique-ids. */
const listed = (...sizes: number[]): string => `C: LIST
	S: +OK
	${sizes.map((size, i) => `S: ${i + 1} ${size}\n`).join('	')}	S: .
	C: UIDL`;

describe('where the server can do less', () => {
	test('no UIDL, and letters must stay: nothing is fetched', () => {
		sync(
			new Mailer('leave', NO_CAPA),
			`${IN}
			S: +OK 1 10
			${listed(10)}
			S: -ERR what?
			! without unique-ids letters cannot be left on the server: "what?" (reply to UIDL)
			C: QUIT
			S: +OK
			= close`
		);
	});

	test('UIDL announced and refused is a fault of the server', () => {
		const mailer = new Mailer('thunderbird', { settings: { login: ['user'] } });
		sync(
			mailer,
			LOGIN.replace('S: -ERR what?', 'S: +OK\n\tS: UIDL\n\tS: .') +
				`
			C: STAT
			S: +OK 1 10
			${listed(10)}
			S: -ERR busy
			! refused although CAPA announces UIDL: "busy" (reply to UIDL)
			C: QUIT`
		);
	});

	test('no UIDL as fetchmail: everything', () => {
		sync(
			new Mailer('fetchmail', NO_CAPA),
			`${IN}
			S: +OK 1 4
			${listed(4)}
			S: -ERR what?
			! no unique-ids, everything is fetched: "what?" (reply to UIDL)
			C: TOP 1 99999999`
		);
	});

	test('no TOP: whole letters, and TOP is not tried again', () => {
		sync(
			new Mailer('headers', NO_CAPA),
			`${IN}
			S: +OK 2 8
			${listed(4, 4)}
			S: +OK
			S: 1 a
			S: 2 b
			S: .
			C: TOP 1 0
			S: -ERR what?
			! refused, the whole letter is fetched instead: "what?" (reply to TOP 1 0)
			C: RETR 1
			S: +OK
			S: ab
			S: .
			* 1 a whole 4
			C: RETR 2
			S: +OK
			S: cd
			S: .
			* 2 b whole 4
			C: QUIT`
		);
	});

	test('an empty box is asked nothing more, and everything is forgotten', () => {
		const mailer = new Mailer('leave', { ...NO_CAPA, known: [{ uid: 'a', standing: 'kept', since: 1 }] });
		sync(mailer, `${IN}\nS: +OK 0 0\nC: QUIT\nS: +OK\n= close`);
		expect(mailer.session.known).toEqual([]);
	});
});

describe('what a later session makes of an earlier one', () => {
	test('QUIT unanswered: what was to be deleted is deleted now, and not fetched again', () => {
		const store = storeOf(short);
		const first = new Mailer('leave', { settings: { capa: false, keepDays: 0 } });
		const server = serve(store);
		const whole = talk(first, server).join('\n').length;
		expect(whole).toBeGreaterThan(100);
		expect(first.session.known).toEqual([]);

		const broken = storeOf(short);
		const cut = new Mailer('leave', { settings: { capa: false, keepDays: 0 } });
		sync(
			cut,
			`${IN}
			S: +OK 1 18
			${listed(18)}
			S: +OK
			S: 1 u-1
			S: .
			C: RETR 1
			S: +OK
			S: Subject: a
			S:
			S: hi
			S: .
			* 1 u-1 whole 18
			C: DELE 1
			S: +OK
			C: QUIT
			= reset
			! the connection was reset (reply to QUIT)
			`
		);
		expect(cut.session.known).toEqual([{ uid: 'u-1', standing: 'delete', since: 0 }]);
		const next = new Mailer('leave', { settings: { capa: false, keepDays: 0 }, known: cut.session.known });
		expect(said(next, broken).slice(4)).toEqual(['C: UIDL', 'C: DELE 1', 'C: QUIT', '= close']);
		expect(broken.box('ada')?.messages).toEqual([]);
	});

	test('storage is full: the letter stays, and nothing more is fetched', () => {
		const store = storeOf(short, dotty);
		const mailer = new Mailer('thunderbird', {
			settings: { capa: false, keepDays: 0 },
			keep: ({ number }) => number === 1
		});
		expect(said(mailer, store).slice(4)).toEqual([
			'C: UIDL',
			'C: RETR 1',
			'* 1 u-1 whole 18',
			'C: DELE 1',
			'C: RETR 2',
			'! message 2 could not be stored here (storage)',
			'C: QUIT',
			'= close'
		]);
		expect(store.box('ada')?.messages.map(({ uid }) => uid)).toEqual(['u-2']);
	});

	test('letters that the person wants gone from the server go', () => {
		const store = storeOf(short, dotty);
		const known = [
			{ uid: 'u-1', standing: 'kept', since: 0 },
			{ uid: 'u-2', standing: 'kept', since: 0 }
		] as const;
		const mailer = new Mailer('leave', { ...NO_CAPA, known, removed: ['u-1'] });
		expect(said(mailer, store).slice(4)).toEqual(['C: UIDL', 'C: DELE 1', 'C: QUIT', '= close']);
		expect(mailer.session.known).toEqual([known[1]]);
	});
});
