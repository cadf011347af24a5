/** What each policy says on the line, letter by letter, against our server and against a script. */
import { describe, expect, test } from 'vitest';
import { ALL_LINES } from '#lib/pop3/request.ts';
import { policies, policy } from '#lib/pop3/policy.ts';
import { linesOf, messageOf, serve } from './story.ts';
import { Mailer, sync, talk, type Mailing } from './sync.ts';
import { short, dotty, storeOf, said, LOGIN, NO_CAPA } from './mailing.ts';

const DAY = 86_400_000_000;

describe('what each policy asks for', () => {
	const begin = ['C: CAPA', 'C: USER ada', 'C: PASS lovelace', 'C: STAT', 'C: LIST'];
	const fetched = (uids: boolean) => [
		'C: RETR 1',
		`* 1 ${uids ? 'u-1' : '-'} whole 18`,
		'C: RETR 2',
		`* 2 ${uids ? 'u-2' : '-'} whole 22`
	];
	const end = ['C: QUIT', '= close'];
	const plain = () => storeOf(short, dotty);

	test('download and delete: all of it, and then DELE, highest number first', () => {
		const store = plain();
		const mailer = new Mailer('download', NO_CAPA);
		expect(said(mailer, store)).toEqual([
			...begin.slice(1),
			...fetched(false),
			'C: DELE 2',
			'C: DELE 1',
			...end
		]);
		expect(mailer.letters.map((letter) => letter.octets)).toEqual([short.octets, dotty.octets]);
		expect(store.box('ada')?.messages).toEqual([]);
		expect(mailer.session.updated).toBe(true);
	});

	test('leave on server: once, and never again', () => {
		const store = plain();
		const first = new Mailer('leave', NO_CAPA);
		expect(said(first, store)).toEqual([...begin.slice(1), 'C: UIDL', ...fetched(true), ...end]);
		expect(first.session.known).toEqual([
			{ uid: 'u-1', standing: 'kept', since: 0 },
			{ uid: 'u-2', standing: 'kept', since: 0 }
		]);
		const second = new Mailer('leave', { ...NO_CAPA, known: first.session.known });
		expect(said(second, store)).toEqual([...begin.slice(1), 'C: UIDL', ...end]);
		expect(second.session.known).toEqual(first.session.known);
	});

	test('keep for n days: deleted in the first session after that, not before', () => {
		const store = plain();
		const days = (now: number, known: Mailing['known'] = []) =>
			new Mailer('days', { settings: { capa: false, keepDays: 2 }, now, known });
		const first = days(DAY);
		said(first, store);
		const early = days(3 * DAY - 1, first.session.known);
		expect(said(early, store)).not.toContain('C: DELE 1');
		const late = days(3 * DAY, early.session.known);
		expect(said(late, store)).toEqual([...begin.slice(1), 'C: UIDL', 'C: DELE 2', 'C: DELE 1', ...end]);
		expect(store.box('ada')?.messages).toEqual([]);
		expect(late.session.known).toEqual([]);
	});

	test('headers first: TOP n 0, and RETR for those that the person wants', () => {
		const store = plain();
		const first = new Mailer('headers', NO_CAPA);
		expect(said(first, store)).toEqual([
			...begin.slice(1),
			'C: UIDL',
			'C: TOP 1 0',
			'* 1 u-1 part 14',
			'C: TOP 2 0',
			'* 2 u-2 part 14',
			...end
		]);
		const second = new Mailer('headers', { ...NO_CAPA, known: first.session.known, wanted: ['u-2'] });
		expect(said(second, store)).toEqual([
			...begin.slice(1),
			'C: UIDL',
			'C: RETR 2',
			'* 2 u-2 whole 22',
			...end
		]);
		expect(second.session.known.map(({ uid, standing }) => `${uid} ${standing}`)).toEqual([
			'u-1 part',
			'u-2 kept'
		]);
	});

	test('a size limit: the beginning only of what is larger', () => {
		const large = { uid: 'u-large', octets: messageOf(5_001) };
		const exact = { uid: 'u-exact', octets: messageOf(5_000) };
		const mailer = new Mailer('small', NO_CAPA);
		expect(said(mailer, storeOf(large, exact)).slice(5)).toEqual([
			'C: TOP 1 20',
			'* 1 u-large part 5001',
			'C: RETR 2',
			'* 2 u-exact whole 5000',
			...end
		]);
	});

	test('as Thunderbird: one command at a time, DELE at once', () => {
		const mailer = new Mailer('thunderbird', { settings: { capa: false, keepDays: 0 } });
		expect(said(mailer).slice(4)).toEqual([
			'C: UIDL',
			'C: RETR 1',
			'* 1 u-1 whole 18',
			'C: DELE 1',
			'C: RETR 2',
			'* 2 u-2 whole 22',
			'C: DELE 2',
			...end
		]);
		expect(mailer.session.known).toEqual([]);
	});

	test('as fetchmail: TOP with all lines in place of RETR', () => {
		const mailer = new Mailer('fetchmail', NO_CAPA);
		expect(said(mailer).slice(4)).toEqual([
			'C: UIDL',
			`C: TOP 1 ${ALL_LINES}`,
			'* 1 u-1 whole 18',
			`C: TOP 2 ${ALL_LINES}`,
			'* 2 u-2 whole 22',
			...end
		]);
	});

	test('naive about segments: right while a reply is a segment, then letters are cut and deleted', () => {
		const store = plain();
		expect(said(new Mailer('naive-segments'), store).at(-1)).toBe('= close');
		const long = storeOf({ uid: 'u-long', octets: messageOf(3000) });
		const mailer = new Mailer('naive-segments');
		talk(mailer, serve(long), { mss: 1460 });
		expect(mailer.letters.map((letter) => [letter.whole, letter.octets.length < 1460])).toEqual([
			[true, true]
		]);
		expect(long.box('ada')?.messages).toEqual([]);
		const right = new Mailer('download');
		const again = storeOf({ uid: 'u-long', octets: messageOf(3000) });
		talk(right, serve(again), { mss: 1460 });
		expect(right.letters.map((letter) => letter.octets.length)).toEqual([3000]);
	});

	test('naive about LIST n: waits for a dot that never comes', () => {
		expect(said(new Mailer('naive-list')).slice(3)).toEqual([
			'C: LIST 1',
			'= timeout',
			'! timed out: nothing more came (reply to LIST 1, line 2)',
			'= close'
		]);
	});

	test('naive about dots: the letter ends at its first line with one', () => {
		const mailer = new Mailer('naive-dots');
		const story = said(mailer);
		expect(story).toContain('* 2 - whole 14');
		expect(story.slice(-2)).toEqual([
			'! "...x" begins with neither +OK nor -ERR (reply to DELE 2)',
			'= close'
		]);
	});

	test('the typist is a person: no program can do it', () => {
		expect(policies.typist).toEqual({ by: 'hand' });
		expect(() => policy('typist')).toThrow('by hand');
		expect(() => policy('none')).toThrow('no policy is called "none"');
	});
});

describe('pipelining', () => {
	const capa = LOGIN.replace('S: -ERR what?', 'S: +OK\n\tS: PIPELINING\n\tS: .');
	test('commands go ahead of their replies where CAPA allows it', () => {
		sync(
			new Mailer('leave', { settings: { pipeline: 2 } }),
			`${capa}
			C: STAT
			C: LIST
			S: +OK 3 9
			C: UIDL
			S: +OK
			S: 1 3
			S: 2 3
			S: 3 3
			S: .
			S: +OK
			S: 1 a
			S: 2 b
			S: 3 c
			S: .
			C: RETR 1
			C: RETR 2
			S: +OK
			S: x
			S: .
			* 1 a whole 3
			C: RETR 3
			S: +OK
			S: y
			S: .
			* 2 b whole 3
			S: +OK
			S: z
			S: .
			* 3 c whole 3
			C: QUIT
			S: +OK
			= close`
		);
	});

	test('Thunderbird never does, whatever CAPA says', () => {
		sync(new Mailer('thunderbird'), `${capa}\nC: STAT\nS: +OK 1 3\nC: LIST`);
	});

	test('replies to several commands in one segment', () => {
		sync(
			new Mailer('leave', { settings: { pipeline: 9 } }),
			`${capa}
			C: STAT
			C: LIST
			C: UIDL
			S> +OK 1 3\\r\\n+OK\\r\\n1 3\\r\\n.\\r\\n+OK\\r\\n1 a\\r\\n.\\r\\n
			C: RETR 1`
		);
	});
});

test('a session’s commands with their replies, for the screen', () => {
	const mailer = new Mailer('leave', NO_CAPA);
	talk(mailer, serve(storeOf(short)));
	expect(mailer.session.exchanges.map(({ line, reply }) => `${line} ${reply?.ok} ${reply?.lines}`)).toEqual(
		linesOf(`
			USER ada true 0
			PASS lovelace true 0
			STAT true 0
			LIST true 1
			UIDL true 1
			RETR 1 true 3
			QUIT true 0
		`)
	);
});
