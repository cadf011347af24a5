// The terminal's session: connecting, sending, its end; and a whole session as a person sees it.
import { describe, expect, test } from 'vitest';
import { PIECE_LIMIT, ReplyReader } from '#lib/pop3/reply-reader.ts';
import { TerminalSession, type TerminalEffect } from '#lib/pop3/terminal-session.ts';
import { adasStore, linesOf, octets, serve } from './story.ts';
import { shown, connected, ready, short } from './terminal.ts';

describe('connect', () => {
	test.each([
		['connect post', '= connect post 110'],
		['connect post 110', '= connect post 110'],
		['  CONNECT   post.example   8110 ', '= connect post.example 8110'],
		['connect 198.51.100.25 65535', '= connect 198.51.100.25 65535']
	])('%j', (line, act) => {
		expect(shown(new TerminalSession().typed(line)).at(-1)).toBe(act);
	});

	test.each([
		['connect', '* Usage: connect HOST [PORT]\\r\\n'],
		['connect post 110 now', '* Usage: connect HOST [PORT]\\r\\n'],
		['connect post 0', '* Not a port: 0. Use a number from 1 to 65535.\\r\\n'],
		['connect post 65536', '* Not a port: 65536. Use a number from 1 to 65535.\\r\\n'],
		['connect post pop3', '* Not a port: pop3. Use a number from 1 to 65535.\\r\\n'],
		[
			'connect post 99999999999999999999',
			'* Not a port: 99999999999999999999. Use a number from 1 to 65535.\\r\\n'
		],
		['connect -post', '* Not a host name: -post\\r\\n'],
		['connect p\u00f6st', '* Not a host name: p\u00c3\u00b6st\\r\\n']
	])('%j is explained, and nothing is sent', (line, words) => {
		const terminal = new TerminalSession();
		expect(shown(terminal.typed(line))).toEqual([words]);
		expect(terminal.snapshot.value).toBe('disconnected');
	});

	test('while connected it stays the terminal’s own word', () => {
		expect(shown(ready().typed('connect post'))).toEqual([
			'* Already connected to post. QUIT ends that session.\\r\\n'
		]);
	});

	test('while connecting everything waits', () => {
		const terminal = new TerminalSession();
		terminal.typed('connect post');
		const words = ['* Still connecting to post. Wait for it to answer.\\r\\n'];
		expect(shown(terminal.typed('USER ada'))).toEqual(words);
		expect(shown(terminal.typed('connect post'))).toEqual(words);
		expect(shown(terminal.raw(octets('x')))).toEqual(words);
	});

	test.each([
		['unknown-host', '* Unknown host: post\\r\\n'],
		['refused', '* Connection refused: post does not listen on port 109.\\r\\n'],
		['timeout', '* Connection timed out: post does not answer.\\r\\n'],
		['reset', '* Connection reset by post.\\r\\n'],
		['unreachable', '* No route to post.\\r\\n']
	] as const)('%s is told, and one may try again', (error, words) => {
		const terminal = new TerminalSession();
		terminal.typed('connect post 109');
		expect(shown(terminal.failed(error))).toEqual([words]);
		expect(terminal.snapshot.value).toBe('closed');
		expect(shown(terminal.typed('connect post')).at(-1)).toBe('= connect post 110');
	});

	test('without a connection nothing is sent', () => {
		const words = ['* Not connected. Type: connect HOST [PORT]\\r\\n'];
		const terminal = new TerminalSession();
		for (const line of ['USER ada', '', 'connected']) expect(shown(terminal.typed(line))).toEqual(words);
		expect(shown(terminal.raw(octets('STAT\r\n')))).toEqual(words);
	});
});

describe('sending', () => {
	test('a typed line goes out with CRLF, letter for letter', () => {
		const terminal = ready();
		expect(shown(terminal.typed('uSeR  ada '))).toEqual(['> uSeR  ada \\r\\n']);
		expect(shown(terminal.typed(''))).toEqual(['> \\r\\n']);
		expect(shown(terminal.typed('é'))).toEqual(['> \u00c3\u00a9\\r\\n']);
	});

	test('raw octets go out as they are; a line is logged when it ends', () => {
		const terminal = ready();
		expect(terminal.raw(octets('ST'))).toEqual([{ type: 'write', octets: octets('ST') }]);
		const effects = terminal.raw(octets('AT\nNOOP\r'));
		expect(shown(effects)).toEqual(['> AT\\nNOOP\\r']);
		expect(effects).toContainEqual({ type: 'log', event: { kind: 'pop3.sent', line: 'STAT' } });
		expect(terminal.snapshot.context.owed).toEqual([{ keyword: 'STAT', multi: false }]);
		terminal.raw(octets('\n'));
		expect(terminal.snapshot.context.owed.map(({ keyword }) => keyword)).toEqual(['STAT', 'NOOP']);
	});
});

describe('the end', () => {
	test('the server closes: said so, and closed from here too', () => {
		const terminal = ready();
		terminal.typed('QUIT');
		terminal.octets(octets('+OK bye\r\n'));
		expect(shown(terminal.ended())).toEqual(['* Connection closed by post.\\r\\n', '= close']);
		expect(terminal.ended()).toEqual([]);
	});

	test('in the middle of a reply: what came is shown, and what is missing is named', () => {
		const terminal = ready();
		terminal.typed('RETR 1');
		terminal.octets(octets('+OK 120 octets\r\nFrom: Gr'));
		expect(shown(terminal.ended())).toEqual([
			'< From: Gr',
			'* Connection closed by post before its reply to RETR was complete.\\r\\n',
			'= close'
		]);
	});

	test('before the greeting', () => {
		expect(shown(connected().ended())).toEqual([
			'* Connection closed by post before it greeted.\\r\\n',
			'= close'
		]);
	});

	test('a reset in mid-session, and a fresh session after it', () => {
		const terminal = ready();
		terminal.typed('RETR 1');
		terminal.raw(octets('half a li'));
		terminal.octets(octets('+OK 120 oct'));
		expect(shown(terminal.failed('reset'))).toEqual(['< +OK 120 oct', '* Connection reset by post.\\r\\n']);
		terminal.typed('connect post');
		terminal.connected('c>d');
		expect(short(terminal.octets(octets('+OK again\r\n')))).toEqual(['greeting true 0']);
		expect(terminal.typed('STAT')).toContainEqual({
			type: 'log',
			event: { kind: 'pop3.sent', line: 'STAT' }
		});
		expect(terminal.snapshot.context).toEqual({
			host: 'post',
			port: 110,
			session: 'c>d',
			owed: [{ keyword: 'STAT', multi: false }]
		});
	});
});

describe('the reader', () => {
	test('only CRLF ends a line', () => {
		const pieces = new ReplyReader().push(octets('a\nb\rc\r\n.\n\r\n'));
		expect(pieces.map((piece) => piece.octets)).toEqual(['a\nb\rc\r\n', '.\n\r\n']);
	});

	test('an endless line is handed on in pieces, whose end is still found', () => {
		for (const extra of [-2, -1, 0, 1, 2]) {
			const line = `${'x'.repeat(2 * PIECE_LIMIT + extra)}\r\n`;
			for (const size of [1000, line.length]) {
				const reader = new ReplyReader();
				const pieces = [];
				for (let at = 0; at < line.length; at += size)
					pieces.push(...reader.push(octets(line.slice(at, at + size))));
				expect(pieces.map((piece) => piece.octets).join('')).toBe(line);
				expect(pieces.map(({ begins, ends }) => [begins, ends])).toEqual(
					pieces.map((_, i) => [i === 0, i === pieces.length - 1])
				);
				expect(Math.max(...pieces.map((piece) => piece.octets.length))).toBeLessThanOrEqual(PIECE_LIMIT + 1);
			}
		}
	});
});

test('a whole session against the server, as a person sees it', () => {
	const server = serve(adasStore(), { greeting: 'POP3 post.example ready' });
	const terminal = new TerminalSession();
	const seen: string[] = [];
	const toServer = (effects: readonly TerminalEffect[]): void => {
		for (const effect of effects) {
			if (effect.type === 'print') seen.push(...linesOf(effect.octets.replaceAll('\r', '')));
			else if (effect.type === 'connect') {
				toServer(terminal.connected('x'));
				toTerminal(server.open());
			} else if (effect.type === 'write') toTerminal(server.octets(effect.octets));
			else if (effect.type === 'close') toTerminal(server.ended());
		}
	};
	const toTerminal = (effects: ReturnType<typeof server.open>): void => {
		for (const effect of effects) {
			if (effect.type === 'write') toServer(terminal.octets(effect.octets));
			else if (effect.type === 'close') toServer(terminal.ended());
		}
	};
	for (const line of ['connect post', 'USER ada', 'PASS lovelace', 'UIDL', 'DELE 2', 'QUIT', 'STAT']) {
		seen.push(`> ${line}`);
		toServer(terminal.typed(line));
	}
	expect(seen).toEqual(
		linesOf(`
			> connect post
			Connecting to post port 110 ...
			Connected to post.
			+OK POP3 post.example ready
			> USER ada
			+OK send PASS
			> PASS lovelace
			+OK ada's maildrop has 4 messages (7042 octets)
			> UIDL
			+OK
			1 u-welcome-1
			2 u-won-2
			3 u-dots-3
			4 u-photo-4
			.
			> DELE 2
			+OK message 2 deleted
			> QUIT
			+OK bye
			Connection closed by post.
			> STAT
			Not connected. Type: connect HOST [PORT]
		`)
	);
});
