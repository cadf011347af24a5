// What the terminal's session makes of octets from the server: replies, whatever the segments.
import { describe, expect, test } from 'vitest';
import { PIECE_LIMIT } from '#lib/pop3/reply-reader.ts';
import type { TerminalEffect } from '#lib/pop3/terminal-session.ts';
import { octets } from './story.ts';
import { shown, received, connected, ready, short } from './terminal.ts';

function states(effects: readonly TerminalEffect[]): string[] {
	return effects.flatMap((effect) =>
		effect.type === 'log' && effect.event.kind === 'pop3.state' ? [effect.event.path] : []
	);
}

describe('replies', () => {
	test('the greeting comes first', () => {
		const effects = connected().octets(octets('+OK ready\r\n'));
		expect(received(effects)).toEqual([
			{ kind: 'pop3.received', keyword: 'greeting', ok: true, text: 'ready', lines: 0, octets: 11 }
		]);
		expect(states(effects)).toEqual(['connected.ready']);
	});

	test.each([
		['STAT', '+OK 4 7042\r\n', 'STAT true 0'],
		['LIST 2', '+OK 2 150\r\n', 'LIST true 0'],
		['UIDL 2', '+OK 2 x\r\n', 'UIDL true 0'],
		['LIST', '+OK\r\n1 2\r\n.\r\n', 'LIST true 1'],
		['list', '+OK\r\n.\r\n', 'LIST true 0'],
		['LIST', '-ERR no\r\n', 'LIST false 0'],
		['UIDL', '+OK\r\n.\r\n', 'UIDL true 0'],
		['RETR 1', '+OK\r\n..\r\n.. \r\n+OK\r\n-ERR\r\n\r\n.\r\n', 'RETR true 5'],
		['TOP 1 0', '+OK\r\nA: b\r\n\r\n.\r\n', 'TOP true 2'],
		['RETR 9', '-ERR no such message\r\n', 'RETR false 0'],
		['CAPA', '-ERR unknown command\r\n', 'CAPA false 0'],
		['STAT', '+OK\r\n', 'STAT true 0'],
		['STAT', '+OKAY\r\n', 'STAT false 0'],
		['STAT', 'hello\r\n', 'STAT false 0']
	])('%s: %j', (line, reply, wanted) => {
		const terminal = ready();
		terminal.typed(line);
		expect(short(terminal.octets(octets(reply)))).toEqual([wanted]);
		expect(terminal.snapshot.value).toEqual({ connected: 'ready' });
	});

	test('are counted in octets, whatever the segments, and printed by whole lines', () => {
		const reply = '+OK 10 octets\r\nsome..\r\n..\r\n.\r\n';
		const terminal = ready();
		terminal.typed('RETR 1');
		const effects = [...reply].flatMap((octet) => terminal.octets(octets(octet)));
		expect(received(effects)).toEqual([
			{ kind: 'pop3.received', keyword: 'RETR', ok: true, text: '10 octets', lines: 2, octets: reply.length }
		]);
		expect(shown(effects)).toEqual(['< +OK 10 octets\\r\\n', '< some..\\r\\n', '< ..\\r\\n', '< .\\r\\n']);
	});

	test('a dot at the end of a very long line ends nothing', () => {
		const terminal = ready();
		terminal.typed('RETR 1');
		terminal.octets(octets(`+OK\r\n${'x'.repeat(PIECE_LIMIT)}.\r\n`));
		expect(terminal.snapshot.value).toEqual({ connected: 'readingLines' });
		expect(short(terminal.octets(octets('.\r\n')))).toEqual(['RETR true 1']);
	});

	test('pipelined commands: each reply goes to its own', () => {
		const terminal = ready();
		for (const line of ['LIST', 'LIST 1', 'RETR 9', 'UIDL', 'NOOP']) terminal.typed(line);
		const effects = terminal.octets(
			octets('+OK\r\n1 2\r\n.\r\n+OK 1 2\r\n-ERR no\r\n+OK\r\n1 a\r\n2 b\r\n.\r\n+OK\r\n')
		);
		expect(short(effects)).toEqual([
			'LIST true 1',
			'LIST true 0',
			'RETR false 0',
			'UIDL true 2',
			'NOOP true 0'
		]);
		expect(terminal.snapshot.context.owed).toEqual([]);
	});

	test('lines typed before the greeting keep their order', () => {
		const terminal = connected();
		terminal.typed('USER ada');
		expect(short(terminal.octets(octets('+OK hi\r\n+OK send\r\n')))).toEqual([
			'greeting true 0',
			'USER true 0'
		]);
	});

	test('a reply that nothing asked for is noted as nobody’s', () => {
		const terminal = ready();
		expect(short(terminal.octets(octets('-ERR idle\r\n')))).toEqual([' false 0']);
		terminal.typed('STAT');
		expect(short(terminal.octets(octets('+OK 1 2\r\n')))).toEqual(['STAT true 0']);
	});

	test('the states passed through', () => {
		const terminal = ready();
		expect(states(terminal.typed('RETR 1'))).toEqual(['connected.awaitingMultiLineReply']);
		expect(states(terminal.octets(octets('+OK\r\n')))).toEqual(['connected.readingLines']);
		expect(states(terminal.typed('NOOP'))).toEqual([]);
		expect(states(terminal.octets(octets('.\r\n')))).toEqual([
			'connected.ready',
			'connected.awaitingSingleReply'
		]);
	});
});
