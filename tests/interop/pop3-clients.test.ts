/** Real clients against our server: Python's poplib and, where it is installed, curl. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';
import { bridge, type Bridge } from './bridge.ts';

const run = promisify(execFile);
const PYTHON_SESSION = fileURLToPath(new URL('./poplib-session.py', import.meta.url));
const STAMP = '<1896.697170952@post.example>';
const text = Object.values(letters).map(({ octets }) => octetsToLatin1(octets));
const ALL = Object.values(letters).map(({ uid }) => uid);

let store: MailStore;
let server: Bridge;

beforeEach(async () => {
	store = createStore([{ name: 'ada', password: 'lovelace', messages: Object.values(letters) }]);
	server = await bridge({ store, personality: 'rfc', host: 'post.example', stamp: STAMP });
});

afterEach(() => server.close());

const left = () => store.box('ada')?.messages.map(({ uid }) => uid);

async function poplib(...acts: string[]): Promise<Record<string, unknown>> {
	const { stdout } = await run('python3', [PYTHON_SESSION, `${server.port}`, 'ada', 'lovelace', ...acts]);
	return JSON.parse(stdout);
}

describe('poplib', () => {
	test('lists, names and fetches every letter as it is stored', async () => {
		const came = await poplib(
			'stat',
			'list',
			'uidl',
			...[1, 2, 3, 4].map((n) => `retr ${n}`),
			'top 3 3',
			'list 2',
			'uidl 2',
			'noop',
			'wrong',
			'quit'
		);
		expect(came).toEqual({
			welcome: `+OK POP3 server ready ${STAMP}`,
			stat: [4, 7042],
			list: '1 198\r\n2 150\r\n3 242\r\n4 6452\r\n',
			uidl: ALL.map((uid, i) => `${i + 1} ${uid}\r\n`).join(''),
			...Object.fromEntries(text.map((letter, i) => [`retr ${i + 1}`, letter])),
			'top 3 3': text[2]?.slice(0, text[2].indexOf('...and')),
			'list 2': '+OK 2 150',
			'uidl 2': '+OK 2 u-won-2',
			noop: '+OK',
			wrong: '-ERR no such message',
			quit: '+OK post.example POP3 server signing off (4 messages left)'
		});
		expect(left()).toEqual(ALL);
	});

	test('DELE and QUIT: gone', async () => {
		const came = await poplib('dele 2', 'dele 4', 'quit');
		expect(came['dele 2']).toBe('+OK message 2 deleted');
		expect(left()).toEqual(['u-welcome-1', 'u-dots-3']);
		expect(store.box('ada')?.heldBy).toBeNull();
	});

	test('DELE, RSET and QUIT: all there', async () => {
		await poplib('dele 2', 'rset', 'quit');
		expect(left()).toEqual(ALL);
	});

	test('DELE without QUIT: all there, and the next session gets in', async () => {
		await poplib('dele 1', 'dele 2', 'drop');
		expect((await poplib('stat', 'quit'))['stat']).toEqual([4, 7042]);
		expect(left()).toEqual(ALL);
	});

	test('APOP with the greeting’s timestamp', async () => {
		expect((await poplib('apop', 'stat', 'quit'))['stat']).toEqual([4, 7042]);
		expect(server.commands).toEqual(['APOP', 'STAT', 'QUIT']);
	});

	test('a wrong password is refused', async () => {
		const args = [PYTHON_SESSION, `${server.port}`, 'ada', 'lovelance', 'stat'];
		await expect(run('python3', args)).rejects.toThrow('-ERR [AUTH] wrong name or password');
	});
});

const curlIsHere = await run('curl', ['--version']).then(
	({ stdout }) => /\bpop3\b/.test(stdout),
	() => false
);

if (curlIsHere) {
	describe('curl', () => {
		async function curl(path: string, ...options: string[]): Promise<string> {
			const url = `pop3://ada:lovelace@127.0.0.1:${server.port}/${path}`;
			const { stdout } = await run('curl', ['-sS', '--max-time', '10', ...options, url], {
				encoding: 'latin1'
			});
			return stdout;
		}

		test('lists', async () => {
			expect(await curl('')).toBe('1 198\r\n2 150\r\n3 242\r\n4 6452\r\n');
			expect(await curl('', '--request', 'UIDL')).toBe(ALL.map((uid, i) => `${i + 1} ${uid}\r\n`).join(''));
		});

		test('fetches each letter, dots and all', async () => {
			for (const [i, letter] of text.entries()) expect(await curl(`${i + 1}`)).toBe(letter);
			expect(await curl('', '--request', 'TOP 3 0')).toBe(text[2]?.slice(0, text[2].indexOf('\r\n\r\n') + 4));
		});

		test('deletes with QUIT', async () => {
			await curl('2', '--request', 'DELE', '--head');
			expect(left()).toEqual(ALL.filter((uid) => uid !== 'u-won-2'));
		});
	});
}
