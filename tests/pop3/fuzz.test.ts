/**
 * Hostile input: whatever arrives in whatever pieces, each line has one reply, nothing throws, and no mail is
 * lost.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { commands } from '#lib/pop3/commands.ts';
import { LineFramer } from '#lib/pop3/framer.ts';
import type { ServerSession, SessionEffect } from '#lib/pop3/server-session.ts';
import { TerminalSession, type TerminalEffect } from '#lib/pop3/terminal-session.ts';
import { adasStore, admitted, greeted, kinds, octets, written } from './story.ts';

// Many sessions each: the default limit is too near on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Fixed, so that a failure is the same everywhere. */
const seed = 1939;
const ALL = Object.values(letters).map(({ uid }) => uid);

const keyword = fc.constantFrom(...commands.map((command) => command.keyword), 'CAPA', 'user', '');
const word = fc.oneof(
	fc.constantFrom('1', '2', '4', '5', '0', '-1', 'x', 'ada', 'lovelace', 'grace', '', ' ', '99999999999'),
	fc.string({ unit: 'binary-ascii', maxLength: 50 })
);
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n', '');
const line = fc
	.tuple(keyword, fc.array(word, { maxLength: 3 }), end)
	.map(([first, rest, stop]) => [first, ...rest].join(' ') + stop);
const noise = fc.uint8Array({ maxLength: 300 }).map((some) => String.fromCharCode(...some));
const long = fc.nat(600).map((n) => 'y'.repeat(n));
const input = fc.array(fc.oneof({ weight: 6, arbitrary: line }, noise, long), { maxLength: 25 });
const cuts = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 40 });

function segments(text: string, sizes: readonly number[]): Uint8Array[] {
	const parts: Uint8Array[] = [];
	for (let at = 0, i = 0; at < text.length; i++) {
		const size = sizes[i % sizes.length] ?? 1;
		parts.push(octets(text.slice(at, at + size)));
		at += size;
	}
	return parts;
}

function play(session: ServerSession, parts: readonly Uint8Array[]): SessionEffect[] {
	return parts.flatMap((part) => session.octets(part));
}

test.each([
	['before login', greeted],
	['after login', admitted]
])('the server, %s', (_, begin) => {
	fc.assert(
		fc.property(input, cuts, (some, sizes) => {
			const text = some.join('');
			const store = adasStore();
			const session = begin(store);
			const effects = play(session, segments(text, sizes));

			// one reply to each line, up to the end of the session
			const lines = new LineFramer().push(octets(text)).length;
			const commandsRead = kinds(effects, 'pop3.command').length;
			expect(kinds(effects, 'pop3.reply')).toHaveLength(commandsRead);
			const closed = effects.filter(({ type }) => type === 'close').length;
			if (closed === 0) expect(commandsRead).toBe(lines);
			expect(closed).toBe(session.snapshot.status === 'done' ? 1 : 0);

			// every reply is of the form that RFC 1939 §3 gives it
			for (const effect of effects) {
				if (effect.type === 'write') expect(written([effect])).toMatch(/^(\+OK|-ERR)( [ -~]*)?\r\n/);
			}

			// what is gone was expunged by UPDATE, and nothing else is gone
			const expunged = kinds(effects, 'maildrop.expunge').map(({ uid }) => uid);
			const left = store.box('ada')?.messages.map(({ uid }) => uid);
			expect(left).toEqual(ALL.filter((uid) => !expunged.includes(uid)));
			const updated = kinds(effects, 'pop3.state').some(({ to }) => to === 'UPDATE');
			if (!updated) expect(expunged).toEqual([]);

			// the session is alive, or closed by rule and the lock let go; x spoils a command left unfinished
			if (closed === 0)
				expect(written(session.octets(octets('x\r\nNOOP\r\n')))).toMatch(/(\+OK|-ERR[^\r]*)\r\n$/);
			session.lost();
			expect([store.box('ada')?.heldBy, store.box('grace')?.heldBy]).toEqual([null, null]);
		}),
		{ numRuns: 400, seed }
	);
});

test('where the segments are cut changes no octet of the answer', () => {
	fc.assert(
		fc.property(input, cuts, (some, sizes) => {
			const text = some.join('');
			const whole = written(admitted().octets(octets(text)));
			expect(written(play(admitted(), segments(text, sizes)))).toBe(whole);
		}),
		{ numRuns: 200, seed }
	);
});

test('the terminal takes anything from keyboard and server', () => {
	const act = fc.oneof(
		fc.record({
			typed: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('connect post', 'LIST', 'RETR 1'))
		}),
		fc.record({ raw: fc.uint8Array({ maxLength: 60 }) }),
		fc.record({
			came: fc.oneof(
				fc.uint8Array({ maxLength: 200 }),
				fc.constantFrom('+OK\r\n', '-ERR x\r\n', '.\r\n', 'line\r\n', '.', '\r').map(octets)
			)
		}),
		fc.record({ end: fc.constantFrom('connected' as const, 'ended' as const, 'reset' as const) })
	);
	fc.assert(
		fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
			const terminal = new TerminalSession();
			let came = '';
			let printed = '';
			for (const one of acts) {
				let effects: TerminalEffect[];
				if ('typed' in one) effects = terminal.typed(one.typed);
				else if ('raw' in one) effects = terminal.raw(one.raw);
				else if ('came' in one) {
					if (!terminal.snapshot.matches('connected')) continue;
					came += String.fromCharCode(...one.came);
					effects = terminal.octets(one.came);
				} else if (one.end === 'connected') {
					if (!terminal.snapshot.matches('connecting')) continue;
					effects = terminal.connected('s');
				} else effects = one.end === 'ended' ? terminal.ended() : terminal.failed('reset');
				for (const effect of effects) {
					if (effect.type === 'print' && effect.origin === 'server') printed += effect.octets;
				}
			}
			for (const effect of terminal.ended()) {
				if (effect.type === 'print' && effect.origin === 'server') printed += effect.octets;
			}
			expect(printed).toBe(came);
		}),
		{ numRuns: 300, seed }
	);
});

test('client and server never wait for each other: what the client is owed, the server has said', () => {
	fc.assert(
		fc.property(input, (some) => {
			const server = admitted();
			const terminal = new TerminalSession();
			terminal.typed('connect post');
			terminal.connected('s');
			terminal.octets(octets('+OK ready\r\n'));
			for (const one of some) {
				for (const effect of terminal.raw(octets(one))) {
					if (effect.type !== 'write') continue;
					for (const said of server.octets(effect.octets))
						if (said.type === 'write') terminal.octets(said.octets);
				}
				if (server.snapshot.status === 'done') return;
				expect(terminal.snapshot.context.owed).toEqual([]);
				expect(terminal.snapshot.value).toEqual({ connected: 'ready' });
			}
		}),
		{ numRuns: 300, seed }
	);
});
