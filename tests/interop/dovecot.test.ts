/** A real Dovecot beside our personality of that name. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { decodeBase64, encodeBase64 } from '#lib/mail/base64.ts';
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { apopDigest } from '#lib/pop3/apop.ts';
import { cramDigest } from '#lib/pop3/cram.ts';
import { dovecot } from '#lib/pop3/personalities/dovecot.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';
import { haveJudge } from '../../scripts/judges.mjs';
import { bridge, type Bridge } from './bridge.ts';
import { DIALOGUE } from './dialogue.ts';
import { startDovecot, UIDVALIDITY, type Dovecot } from './dovecot.ts';
import { talk } from './talk.ts';

const here = haveJudge('dovecot-pop3d');
const messages = Object.values(letters).map(({ octets }) => octets);

describe.runIf(here)('a real Dovecot', () => {
	let server: Dovecot;
	beforeAll(async () => {
		server = await startDovecot(
			[{ name: 'ada', password: 'lovelace', messages }],
			['pop3_lock_session = yes']
		);
	});
	afterAll(() => server.stop());

	test('gives back what was put into its Maildir, and loses it by DELE and QUIT alone', async () => {
		const line = await talk(server.port);
		expect(line.greeting).toMatch(/^\+OK Dovecot .*ready\. <.+@.+>$/);
		expect(await line.say('USER ada')).toEqual(['+OK']);
		expect(await line.say('PASS lovelace')).toEqual(['+OK Logged in.']);
		expect(await line.say('UIDL', true)).toEqual([
			'+OK',
			...[1, 2, 3, 4].map((n) => `${n} 0000000${n}${UIDVALIDITY}`)
		]);
		const came = await line.say('RETR 3', true);
		const undone = came.slice(1).map((text) => `${text.replace(/^\./, '')}\r\n`);
		expect(undone.join('')).toBe(octetsToLatin1(letters.dots.octets));
		await line.say('DELE 1');
		line.drop();
		expect(server.left('ada')).toEqual(messages);
		const again = await talk(server.port);
		await again.say('USER ada');
		// the lock of the session that was dropped may still be held for a moment
		let login = await again.say('PASS lovelace');
		while (login[0]?.includes('[IN-USE]')) {
			await again.say('USER ada');
			login = await again.say('PASS lovelace');
		}
		await again.say('DELE 1');
		expect(await again.say('QUIT')).toEqual(['+OK Logging out, messages deleted.']);
		await again.closed();
		expect(server.left('ada')).toEqual(messages.slice(1));
	});
});

/** Well-formed messages that are not like letters. */
const ODD = [
	'Subject: dots\r\n\r\n.\r\n..\r\n...\r\n.\r\n',
	'Subject: empty\r\n\r\n',
	`Subject: \xc3\xa9\r\n\r\n8-bit \xe9\xff and ${'long '.repeat(400)}\r\n`
].map(latin1ToOctets);
const BOX = [...messages, ...ODD];
const USERS = [
	{ name: 'ada', password: 'lovelace', messages: BOX },
	{ name: 'grace', password: 'a  b ', messages: [latin1ToOctets('Subject: one\r\n\r\n.one\r\n')] }
];

/** Where our personality differs from Dovecot on purpose: what the first line of the reply would be, and is. */
const DIFFERENCES: readonly {
	readonly line: string;
	readonly theirs: string;
	readonly ours: string;
	readonly why: string;
}[] = [
	{
		line: '*TOP 1 18446744073709551615',
		theirs: '+OK 198 octets',
		ours: '+OK',
		why: 'all 64 bits set mean "the whole message" inside Dovecot, and so it answers as to RETR'
	}
];

/** What Dovecot said, as our personality is to say it. */
function meant(heard: readonly string[]): string[] {
	return heard.map((text, i) => {
		const differs = DIFFERENCES.find(({ line }) => heard[i - 1] === `C: ${line}`);
		if (!differs) return text;
		expect(text, differs.why).toBe(`S: ${differs.theirs}`);
		return `S: ${differs.ours}`;
	});
}

/** One session: each line, and what came of it. What is never the same twice is made the same. */
async function play(port: number, lines: readonly string[]): Promise<string[]> {
	const one = await talk(port);
	const stamp = /<.+>/.exec(one.greeting)?.[0] ?? '';
	const heard = [`S: ${one.greeting.replace(stamp, '<stamp>')}`];
	let last = '';
	for (const line of lines) {
		const multi = line.startsWith('*') && line !== '*';
		const challenge = decodeBase64(last.slice(2)) ?? new Uint8Array();
		const said = (multi ? line.slice(1) : line)
			.replace('{apop}', apopDigest(stamp, 'lovelace'))
			.replace('{APOP}', apopDigest(stamp, 'lovelace').toUpperCase())
			.replace('{cram}', encodeBase64(latin1ToOctets(`ada ${cramDigest(challenge, 'lovelace')}`)));
		const reply = await one.say(said, multi);
		last = reply[0] ?? '';
		heard.push(`C: ${line}`, ...reply.map((text) => `S: ${text.replace(/^\+ P.*/, '+ challenge')}`));
		if (last === '(closed)') break;
	}
	one.drop();
	return heard;
}

describe.runIf(here)('the dovecot personality', () => {
	let theirs: Dovecot;
	let ours: Bridge;
	let store: MailStore;
	beforeAll(async () => {
		theirs = await startDovecot(USERS);
		const uid = (i: number) => `${(i + 1).toString(16).padStart(8, '0')}${UIDVALIDITY}`;
		store = createStore(
			USERS.map(({ name, password, messages: box }) => ({
				name,
				password,
				messages: box.map((octets, i) => ({ uid: uid(i), octets }))
			}))
		);
		const stamp = '<1896.697170952@post.example>';
		ours = await bridge({ store, personality: 'dovecot', habits: { failureDelay: 0 }, stamp });
	});
	afterAll(async () => {
		await theirs.stop();
		await ours.close();
	});

	test('the dialogue is long enough', () => {
		expect(DIALOGUE.flat().length).toBeGreaterThanOrEqual(120);
	});

	test.each(DIALOGUE.map((lines, i) => [i + 1, lines] as const))(
		'session %i is answered as by Dovecot, line by line',
		async (_, lines) => {
			expect(await play(ours.port, lines)).toEqual(meant(await play(theirs.port, lines)));
		}
	);

	test('a refused login waits as long as Dovecot’s own default says', async () => {
		const shipped = execFileSync('doveconf', ['-d', '-h', 'auth_failure_delay'], { encoding: 'utf8' }).trim();
		expect(`${dovecot.habits.failureDelay / 1e6} secs`).toBe(shipped);
		const slow = await startDovecot(USERS, [`auth_failure_delay = ${shipped}`]);
		const same = await bridge({ store, personality: 'dovecot', stamp: '<1896.697170952@post.example>' });
		// the first failure of a connection waits for the rest of a tick; the second for all of it
		const second = async (port: number) => {
			const one = await talk(port);
			const took: number[] = [];
			for (let tries = 0; tries < 2; tries++) {
				await one.say('USER ada');
				const begun = performance.now();
				expect(await one.say('PASS wrong')).toEqual(['-ERR [AUTH] Authentication failed.']);
				took.push(performance.now() - begun);
			}
			one.drop();
			return took[1] ?? 0;
		};
		try {
			for (const took of await Promise.all([second(slow.port), second(same.port)])) {
				expect(took).toBeGreaterThan(1_400);
				expect(took).toBeLessThan(8_000);
			}
		} finally {
			await slow.stop();
			await same.close();
		}
	});

	test('a locked box is refused in the same words, and the connection closed; Dovecot only waits some seconds first', async () => {
		const locking = await startDovecot(USERS, ['pop3_lock_session = yes']);
		const second = async (port: number) => {
			const holder = await talk(port);
			await holder.say('USER ada');
			await holder.say('PASS lovelace');
			const other = await talk(port);
			await other.say('USER ada');
			const refused = await other.say('PASS lovelace');
			await other.closed();
			await holder.say('QUIT');
			return refused;
		};
		try {
			const said = await second(locking.port);
			expect(said).toEqual(['-ERR [IN-USE] Mailbox is locked by another POP3 session.']);
			expect(await second(ours.port)).toEqual(said);
		} finally {
			await locking.stop();
		}
	});

	test('and what is left is the same', () => {
		for (const { name } of USERS)
			expect(store.box(name)?.messages.map(({ octets }) => octetsToLatin1(octets))).toEqual(
				theirs.left(name).map(octetsToLatin1)
			);
	});
});
