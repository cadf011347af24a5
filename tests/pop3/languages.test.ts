// Letters, names and answers beyond ASCII: UTF8 and LANG (RFC 6856).
import { describe, expect, test } from 'vitest';
import { octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { createStore } from '#lib/pop3/store.ts';
import { adasStore, admitted, base64, greeted, octets, story, written } from './story.ts';
import { rfc } from './box.ts';

describe('UTF8 and LANG', () => {
	const wide = octetsToLatin1(utf8ToOctets('Subject: Grüße\r\n\r\nHallo\r\n'));
	const store = () =>
		createStore([
			{ name: 'ada', password: 'pässwörd', messages: [{ uid: 'w', octets: octets(wide) }] },
			{ name: 'jürgen', password: 'x', messages: [] }
		]);
	const utf8 = (text: string) => octetsToLatin1(utf8ToOctets(text));

	test('a header in UTF-8 goes only to those who said that they read it', () => {
		const before = greeted(store(), rfc);
		expect(written(before.octets(octets(`USER ada\r\nPASS ${utf8('pässwörd')}\r\n`)))).toContain('-ERR only');
		story(
			before,
			`
			> AUTH PLAIN ${base64('\0ada\0pässwörd')}
			< +OK ada's maildrop has 1 message (${wide.length} octets)
			> RETR 1
			< -ERR [UTF8] message needs UTF8 mode
			> TOP 1 0
			< -ERR [UTF8] message needs UTF8 mode
			> LIST 1
			< +OK 1 ${wide.length}
			> UTF8
			< -ERR command not valid in this state
			`
		);
		story(
			greeted(store(), rfc),
			`
			> UTF8
			< +OK UTF8 enabled
			> USER ada
			< +OK send PASS
			> PASS ${utf8('pässwörd')}
			< +OK ada's maildrop has 1 message (${wide.length} octets)
			> RETR 1
			< +OK ${wide.length} octets
			< Subject: ${utf8('Grüße')}
			< 
			< Hallo
			< .
			`
		);
	});

	test('names may be UTF-8 too', () => {
		const session = greeted(store(), rfc);
		session.octets(octets('UTF8\r\n'));
		expect(written(session.octets(octets(`USER ${utf8('jürgen')}\r\nPASS x\r\n`)))).toBe(
			`+OK send PASS\r\n+OK ${utf8('jürgen')}'s maildrop has 0 messages (0 octets)\r\n`
		);
		expect(written(session.octets(octets(`${utf8('ü')}\r\n`)))).toMatch(/^-ERR only printable/);
	});

	test('answers come in the language that was chosen', () => {
		story(
			admitted(adasStore(), rfc),
			`
			> LANG
			< +OK Language listing follows:
			< en English
			< de Deutsch
			< .
			> LANG uga
			< -ERR no such language
			> LANG DE
			< +OK de Ich spreche Deutsch
			> DELE 1
			< +OK ${utf8('Nachricht 1 gelöscht')}
			> DELE 1
			< -ERR ${utf8('Nachricht ist gelöscht')}
			> STAT
			< +OK 3 6844
			> LANG *
			< +OK i-default I speak English
			> DELE 1
			< -ERR message is deleted
			`
		);
	});
});
