/** Our mail program against a real Dovecot: every policy, every way to log in, a thousand letters, cuts and locks. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import type { Login } from '#lib/pop3/policy.ts';
import { ALL_LINES } from '#lib/pop3/request.ts';
import { latin1ToOctets } from '#lib/mail/octets.ts';
import { letters } from '#lib/mail/letters.ts';
import { Mailer, type Mailing } from '../pop3/sync.ts';
import { startDovecot, type Dovecot } from './dovecot.ts';
import { run, type Line } from './mail-program.ts';
import { talk } from './talk.ts';

const digest = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');
const digests = (all: readonly Uint8Array[]) => all.map(digest).sort();

/** Letters that are hard to carry: dots at the start of lines, dots alone, 8-bit octets, long lines, an empty body. */
const HARD = [
	...Object.values(letters).map(({ octets }) => octets),
	...[
		'Subject: dots\r\n\r\n.\r\n..\r\n...\r\n.x\r\n\r\n.\r\n',
		'Subject: only dots\r\n\r\n.\r\n',
		'Subject: 8-bit\r\n\r\n\xe4\xf6\xfc \xff\r\n',
		`Subject: long\r\n\r\n${'x'.repeat(5000)}\r\n`,
		'Subject: empty\r\n\r\n',
		'Subject: status\r\n\r\n+OK\r\n-ERR no\r\n.\r\n'
	].map(latin1ToOctets)
];
const PASSWORD = 'love lace';

/** A thousand letters, with dots in them. */
const MANY = Array.from({ length: 1000 }, (_, i) =>
	latin1ToOctets(`Subject: ${i}\r\n\r\n${`.${i}\r\n..\r\n.\r\nline\r\n`.repeat(1 + (i % 7))}`)
);
const POLICIES = [
	'download',
	'leave',
	'days',
	'headers',
	'small',
	'thunderbird',
	'fetchmail',
	'naive-dots',
	'naive-list'
];
const WAYS: readonly Login[] = ['apop', 'cram-md5', 'plain', 'login', 'user'];

const here = haveJudge('dovecot-pop3d');

describe.runIf(here)('a real Dovecot and our mail program', () => {
	let dovecot: Dovecot;
	beforeAll(async () => {
		const names = [...POLICIES, ...WAYS, 'cuts', 'lock', 'broken'];
		dovecot = await startDovecot(
			[
				...names.map((name) => ({ name, password: PASSWORD, messages: HARD })),
				{ name: 'many', password: PASSWORD, messages: MANY }
			],
			// no patience with wrong passwords is tested here
			[
				'pop3_lock_session = yes',
				'service anvil {',
				' unix_listener anvil-auth-penalty {',
				'  mode = 0',
				' }',
				'}'
			]
		);
	});
	afterAll(() => dovecot?.stop());

	const mailer = (user: string, name: string, mailing: Mailing = {}) =>
		new Mailer(name, { user, password: PASSWORD, ...mailing });
	const bodies = ({ letters: all }: Mailer) => digests(all.map(({ octets }) => octets));

	/** The lock of a connection that was torn down may still be held for a moment. */
	async function admitted(make: () => Mailer, line: Line = {}): Promise<Mailer> {
		for (;;) {
			const one = make();
			await run(one.session, dovecot.port, line);
			if (!one.problems.some((problem) => problem.includes('[IN-USE]'))) return one;
		}
	}

	test.each(WAYS)('logs in by %s', async (way) => {
		const one = mailer(way, 'leave', { settings: { login: [way] } });
		await run(one.session, dovecot.port);
		expect(one.problems).toEqual([]);
		expect(bodies(one)).toEqual(digests(HARD));
		const lines = one.session.exchanges.map(({ line }) => line.split(' ')[0]);
		expect(lines).toContain(way === 'apop' || way === 'user' ? way.toUpperCase() : 'AUTH');
	});

	test.each(WAYS)('is refused by %s with a wrong password, in words', async (way) => {
		const one = new Mailer('leave', { user: way, password: 'wrong', settings: { login: [way] } });
		await run(one.session, dovecot.port);
		expect(one.problems[0]).toMatch(/^remark: wrong name or password: "\[AUTH\] Authentication failed\."/);
		expect(one.letters).toEqual([]);
	});

	test('download and delete: every octet comes, and nothing stays', async () => {
		const one = mailer('download', 'download');
		await run(one.session, dovecot.port);
		expect(one.problems).toEqual([]);
		expect(bodies(one)).toEqual(digests(HARD));
		expect(one.session.updated).toBe(true);
		expect(dovecot.left('download')).toEqual([]);
	});

	test.each(['leave', 'days', 'thunderbird', 'fetchmail'])(
		'%s: each letter once, in two syncs',
		async (name) => {
			const first = mailer(name, name);
			await run(first.session, dovecot.port);
			expect(first.problems).toEqual([]);
			expect(bodies(first)).toEqual(digests(HARD));
			expect(dovecot.left(name)).toHaveLength(HARD.length);
			dovecot.deliver(name, latin1ToOctets('Subject: new\r\n\r\nnew\r\n'));
			const second = mailer(name, name, { known: first.session.known });
			await run(second.session, dovecot.port);
			expect(second.letters.map(({ octets }) => octets.length)).toEqual([21]);
			const asked = first.session.exchanges.map(({ line }) => line);
			expect(asked.includes(`TOP 1 ${ALL_LINES}`)).toBe(name === 'fetchmail');
		}
	);

	test('days: deleted when their time has come', async () => {
		const known = mailer('days', 'days');
		await run(known.session, dovecot.port);
		const later = mailer('days', 'days', { known: known.session.known, now: 14 * 86_400_000_000 });
		await run(later.session, dovecot.port);
		expect(later.problems).toEqual([]);
		expect(dovecot.left('days')).toEqual([]);
		expect(later.session.known).toEqual([]);
	});

	test('headers first, then one whole letter', async () => {
		const first = mailer('headers', 'headers');
		await run(first.session, dovecot.port);
		expect(first.problems).toEqual([]);
		const wholly = HARD.map(
			(octets) => new TextDecoder('latin1').decode(octets).split('\r\n\r\n')[0]?.length
		);
		expect(first.letters.map(({ octets }) => octets.length - 4)).toEqual(wholly);
		const uid = first.session.known[2]?.uid ?? '';
		const second = mailer('headers', 'headers', { known: first.session.known, wanted: [uid] });
		await run(second.session, dovecot.port);
		expect(bodies(second)).toEqual(digests(HARD.slice(2, 3)));
	});

	test('a size limit', async () => {
		const one = mailer('small', 'small');
		await run(one.session, dovecot.port);
		expect(one.problems).toEqual([]);
		for (const [i, { whole, octets }] of one.letters.entries()) {
			const all = HARD[i]?.length ?? 0;
			expect(whole).toBe(all <= 5000);
			expect(octets.length === all || !whole).toBe(true);
		}
	});

	test('naive ones go wrong, and no letter is lost by it', async () => {
		const list = mailer('naive-list', 'naive-list', { settings: { patience: 300_000 } });
		await run(list.session, dovecot.port);
		expect(list.problems).toEqual(['drop: timed out: nothing more came (reply to LIST 1, line 2)']);
		const dots = mailer('naive-dots', 'naive-dots');
		await run(dots.session, dovecot.port);
		expect(dots.problems.at(-1)).toMatch(/^drop: .* begins with neither \+OK nor -ERR \(reply to DELE/);
		expect(digests(dovecot.left('naive-dots'))).toEqual(digests(HARD));
	});

	test('a thousand letters, pipelined, deleted', async () => {
		const one = mailer('many', 'leave', { settings: { keepDays: 0 } });
		await run(one.session, dovecot.port);
		expect(one.problems).toEqual([]);
		expect(bodies(one)).toEqual(digests(MANY));
		expect(dovecot.left('many')).toEqual([]);
		expect(one.session.known).toEqual([]);
	});

	test('torn down at many places, then synced to the end: nothing is lost, nothing comes twice', async () => {
		const stored: Uint8Array[] = [];
		let known: Mailing['known'] = [];
		const settings = { keepDays: 0, deletes: 'at once', pipeline: 1 } as const;
		for (let cut = 1200; cut < 20_000; cut += 1500) {
			const one = await admitted(() => mailer('cuts', 'leave', { known, settings }), { cut });
			stored.push(...one.letters.map(({ octets }) => octets));
			known = one.session.known;
			const all = [...stored, ...dovecot.left('cuts')].map(digest);
			expect(HARD.every((letter) => all.includes(digest(letter)))).toBe(true);
		}
		const last = await admitted(() => mailer('cuts', 'leave', { known, settings }));
		stored.push(...last.letters.map(({ octets }) => octets));
		expect(digests(stored)).toEqual(digests(HARD));
		expect(dovecot.left('cuts')).toEqual([]);
	});

	test('aborted in the middle of a letter: it is not stored', async () => {
		const one = mailer('broken', 'leave', { settings: { pipeline: 1 } });
		const whole = HARD.slice(0, 3).reduce((sum, { length }) => sum + length, 0);
		await run(one.session, dovecot.port, { cut: 1400 + whole });
		expect(one.problems.at(-1)).toMatch(/^drop: the connection was reset \(reply to RETR 4, line \d+\)$/);
		expect(bodies(one)).toEqual(digests(HARD.slice(0, 3)));
	});

	test('a lock held by another session is no wrong password', async () => {
		const other = await talk(dovecot.port);
		await other.say('USER lock');
		expect(await other.say(`PASS ${PASSWORD}`)).toEqual(['+OK Logged in.']);
		const early = mailer('lock', 'thunderbird');
		await run(early.session, dovecot.port);
		expect(early.problems).toEqual([
			expect.stringMatching(/^stop: the maildrop is in use: try again later: "\[IN-USE\]/)
		]);
		await other.say('QUIT');
		await other.closed();
		const late = mailer('lock', 'thunderbird');
		await run(late.session, dovecot.port);
		expect(bodies(late)).toEqual(digests(HARD));
	});
});
