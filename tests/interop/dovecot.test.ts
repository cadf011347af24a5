/** A real Dovecot beside our personality of that name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { haveJudge } from '../../scripts/judges.mjs';
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
