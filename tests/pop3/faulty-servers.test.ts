/** Our mail program against our server with every personality: what the wrong ones do is said exactly, and costs no letter. */
import { describe, expect, test } from 'vitest';
import { utf8ToOctets } from '#lib/mail/octets.ts';
import { personalities } from '#lib/pop3/personality.ts';
import type { Settings } from '#lib/pop3/policy.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';
import { serve } from './story.ts';
import { Mailer, talk, type Line, type Mailing } from './sync.ts';

const TEXTS = [
	'Subject: a\r\n\r\nhi\r\n',
	'Subject: dots\r\n\r\na\r\n.b\r\n.\r\nc\r\n',
	'Subject: c\r\n\r\näöü\r\n',
	'Subject: d\r\n\r\nlast\r\n'
];
const LETTERS = TEXTS.map((text, i) => ({ uid: `u-${i + 1}`, octets: utf8ToOctets(text) }));
const DELETE: Settings = { keepDays: 0 };

const fullStore = () => createStore([{ name: 'ada', password: 'lovelace', messages: LETTERS }]);

interface Sync {
	readonly personality: string;
	readonly store: MailStore;
	readonly policy: string;
	readonly mailing?: Mailing;
	readonly line?: Line;
}

function sync({ personality, store, policy, mailing = {}, line = {} }: Sync): Mailer {
	const mailer = new Mailer(policy, mailing);
	talk(mailer, serve(store, { personality, stamp: '<1.1@post.example>' }), line);
	return mailer;
}
const numbers = ({ letters }: Mailer) => letters.map(({ number }) => number);
const left = (store: MailStore) => store.box('ada')?.messages.map(({ uid }) => uid);

const RIGHT = Object.keys(personalities).filter((name) => !personalities[name]?.bug);
const BEARABLE = ['one-try', 'impatient', 'talkative', 'hasty', 'silent', 'list-all', 'no-top'];

describe.each([...RIGHT, ...BEARABLE])('%s', (personality) => {
	test.each<[string, Settings]>([
		['download', {}],
		['leave', {}],
		['leave', { ...DELETE, sizes: 'list' }],
		['thunderbird', DELETE],
		['fetchmail', personality === 'no-top' ? { fetch: 'retr' } : {}]
	])('%s %o: every letter, octet for octet, and once', (policy, settings) => {
		const store = fullStore();
		const first = sync({ personality, store, policy, mailing: { settings } });
		expect(first.problems).toEqual([]);
		expect(first.letters.map(({ octets }) => octets)).toEqual(LETTERS.map(({ octets }) => octets));
		const second = sync({ personality, store, policy, mailing: { settings, known: first.session.known } });
		expect([second.problems, second.letters]).toEqual([[], []]);
		const gone = policy === 'download' || settings.keepDays === 0;
		expect(left(store)).toEqual(gone ? [] : LETTERS.map(({ uid }) => uid));
	});
});

describe('what the wrong ones do', () => {
	test('no dot-stuffing: the half letter is not stored, and nothing after it is believed', () => {
		for (const [policy, settings, problems] of [
			[
				'thunderbird',
				DELETE,
				[
					'drop: a line of the letter begins with a dot that is not doubled, and "c" follows after its end (reply to RETR 2)'
				]
			],
			[
				'download',
				{},
				[
					'remark: a line of the letter begins with a dot that is not doubled (reply to RETR 2, line 5)',
					'drop: "c" begins with neither +OK nor -ERR (reply to RETR 3)'
				]
			]
		] as const) {
			const store = fullStore();
			const mailer = sync({ personality: 'no-stuffing', store, policy, mailing: { settings } });
			expect(mailer.problems).toEqual(problems);
			expect(numbers(mailer)).toEqual([1]);
			expect(left(store)).toHaveLength(4);
		}
	});

	test('renumbering: found out by a size, the session is dropped, nothing is deleted or forgotten', () => {
		const store = fullStore();
		const mailer = sync({
			personality: 'renumbering',
			store,
			policy: 'thunderbird',
			mailing: { settings: DELETE }
		});
		expect(mailer.problems).toEqual([
			'drop: message 2 had 30 octets and has 22 now: its number means another letter (reply to LIST 2)'
		]);
		expect(left(store)).toHaveLength(4);
		expect(mailer.session.known).toEqual([]);
	});

	test('renumbering, letters of one size: found out at the last number', () => {
		const messages = [1, 2, 3].map((n) => ({ uid: `u-${n}`, octets: utf8ToOctets(`Subject: ${n}\r\n\r\n`) }));
		const store = createStore([{ name: 'ada', password: 'lovelace', messages }]);
		const mailer = sync({
			personality: 'renumbering',
			store,
			policy: 'thunderbird',
			mailing: { settings: DELETE }
		});
		expect(mailer.problems).toEqual([
			'remark: a letter that was listed is refused: "no such message" (reply to RETR 3)',
			'drop: message 3 was listed and is not there any more: "no such message" (reply to LIST 3)'
		]);
		expect(left(store)).toHaveLength(3);
		expect(mailer.session.known).toEqual([]);
	});

	test('renumbering cannot hurt who deletes at the end, highest number first', () => {
		const store = fullStore();
		const mailer = sync({ personality: 'renumbering', store, policy: 'download' });
		expect(mailer.problems).toEqual([]);
		expect(numbers(mailer)).toEqual([1, 2, 3, 4]);
		expect(left(store)).toEqual([]);
	});

	test('unstable unique-ids: all comes twice, and it is said', () => {
		const store = fullStore();
		const first = sync({ personality: 'unstable-uidl', store, policy: 'leave' });
		const known = first.session.known;
		const second = sync({ personality: 'unstable-uidl', store, policy: 'leave', mailing: { known } });
		expect(second.problems).toEqual([
			'remark: none of the unique-ids of 4 known letters is there any more (reply to UIDL)'
		]);
		expect(numbers(second)).toEqual([1, 2, 3, 4]);
	});

	test('no UIDL: who wants to leave letters fetches none, fetchmail fetches all', () => {
		const store = fullStore();
		const careful = sync({ personality: 'no-uidl', store, policy: 'thunderbird' });
		expect(careful.problems).toEqual([
			'stop: without unique-ids letters cannot be left on the server: "unknown command" (reply to UIDL)'
		]);
		const other = sync({ personality: 'no-uidl', store, policy: 'fetchmail' });
		expect(other.problems).toEqual([
			'remark: no unique-ids, everything is fetched: "unknown command" (reply to UIDL)'
		]);
		expect([numbers(careful), numbers(other)]).toEqual([[], [1, 2, 3, 4]]);
	});

	test('no TOP: whole letters come instead of headers', () => {
		const mailer = sync({
			personality: 'no-top',
			store: fullStore(),
			policy: 'headers',
			mailing: { settings: { pipeline: 1 } }
		});
		expect(mailer.problems).toEqual([
			'remark: refused, the whole letter is fetched instead: "unknown command" (reply to TOP 1 0)'
		]);
		expect(mailer.letters.every(({ whole }) => whole)).toBe(true);
		expect(numbers(mailer)).toEqual([1, 2, 3, 4]);
	});

	test('LIST n in many lines', () => {
		const mailer = sync({
			personality: 'list-all',
			store: fullStore(),
			policy: 'leave',
			mailing: { settings: { sizes: 'each', pipeline: 1 } }
		});
		expect(mailer.problems).toEqual([
			'drop: "4 messages (90 octets)" is not the number and the size of the one letter, in this one line (reply to LIST 1)'
		]);
		const wrongWithWrong = sync({ personality: 'list-all', store: fullStore(), policy: 'naive-list' });
		expect(numbers(wrongWithWrong)).toEqual([1, 2, 3, 4]);
	});

	test('silence where -ERR must be: the patience ends', () => {
		const mailer = new Mailer('leave');
		mailer.session.connected();
		mailer.session.octets(utf8ToOctets('+OK ready\r\n'));
		mailer.session.timeout();
		expect(mailer.problems).toEqual(['drop: timed out: nothing more came (reply to CAPA)']);
	});

	test('characters counted for octets: remarked upon, and the letter is kept', () => {
		const store = fullStore();
		const mailer = sync({ personality: 'characters', store, policy: 'leave', mailing: { settings: DELETE } });
		expect(mailer.problems).toEqual([
			'remark: message 3 came with 22 octets where 19 were announced (reply to LIST 3)'
		]);
		expect(numbers(mailer).sort()).toEqual([1, 2, 3, 4]);
		expect(left(store)).toEqual([]);
	});

	test('closed after one wrong password: no other way can be tried', () => {
		const mailing = { password: 'x', settings: { login: ['apop', 'user'] } } as const;
		const mailer = sync({ personality: 'one-try', store: fullStore(), policy: 'leave', mailing });
		expect(mailer.problems).toEqual([
			expect.stringMatching(/^remark: .* \(reply to APOP\)$/),
			'drop: the server closed the connection (reply to USER)'
		]);
	});

	test('USER refused for a name that is not there', () => {
		const mailing = { user: 'eve', settings: { login: ['user'] } } as const;
		const mailer = sync({ personality: 'talkative', store: fullStore(), policy: 'leave', mailing });
		expect(mailer.problems[0]).toMatch(/^remark: .*: ".*no mailbox for eve here" \(reply to USER\)$/);
	});

	test('UPDATE on a lost connection: letters that were stored are gone, no other', () => {
		const store = fullStore();
		const stored = new Set<string>();
		let known: Mailing['known'] = [];
		for (let cut = 100; left(store)?.length; cut += 37) {
			const mailing = { known, settings: { ...DELETE, pipeline: 1, deletes: 'at once' } } as const;
			const mailer = sync({ personality: 'hasty', store, policy: 'leave', mailing, line: { cut } });
			for (const { uid } of mailer.letters) stored.add(uid ?? '');
			known = mailer.session.known;
			const there = [...stored, ...(left(store) ?? [])];
			for (const { uid } of LETTERS) expect(there, `cut after ${cut}`).toContain(uid);
		}
	});

	test('UPDATE that fails half-way is said, and what is left is deleted next time', () => {
		const messages = LETTERS;
		const store = createStore([{ name: 'ada', password: 'lovelace', messages, stuck: ['u-2'] }]);
		const mailer = sync({ personality: 'rfc', store, policy: 'leave', mailing: { settings: DELETE } });
		expect(mailer.problems).toEqual([
			expect.stringMatching(/^stop: not everything that was marked is deleted: ".*" \(reply to QUIT\)$/)
		]);
		const known = mailer.session.known;
		expect(known.every(({ standing }) => standing === 'delete')).toBe(true);
		const next = sync({ personality: 'rfc', store, policy: 'leave', mailing: { settings: DELETE, known } });
		expect(next.letters).toEqual([]);
		expect(next.session.exchanges.map(({ line }) => line)).toContain('DELE 1');
	});
});
