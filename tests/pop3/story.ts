/**
 * Sessions as stories: `> ` is a line the client sends (its CRLF is added), `< ` a line the server sends, `=`
 * what else happens. A story is compared whole, so nothing extra can be said and nothing can be left out.
 */
import { expect } from 'vitest';
import { encodeBase64 } from '#lib/mail/base64.ts';
import { letters } from '#lib/mail/letters.ts';
import { latin1ToOctets, octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import {
	ServerSession,
	type Pop3Event,
	type ServerSessionOptions,
	type SessionEffect
} from '#lib/pop3/server-session.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';

export const octets = latin1ToOctets;
export const base64 = (text: string) => encodeBase64(utf8ToOctets(text));

/** Ada's four letters, as in the campaign. */
export function adasStore(): MailStore {
	return createStore([
		{ name: 'ada', password: 'lovelace', messages: Object.values(letters) },
		{ name: 'grace', password: 'a  b ', messages: [] }
	]);
}

let sessions = 0;

export function serve(store: MailStore = adasStore(), options: Partial<ServerSessionOptions> = {}) {
	const id = `session ${++sessions}`;
	return new ServerSession({ id, store, personality: 'post', greeting: 'ready', ...options });
}

export function written(effects: readonly SessionEffect[]): string {
	return effects.map((effect) => (effect.type === 'write' ? octetsToLatin1(effect.octets) : '')).join('');
}

export function logged(effects: readonly SessionEffect[]): Pop3Event[] {
	return effects.flatMap((effect) => (effect.type === 'log' ? [effect.event] : []));
}

export function kinds<K extends Pop3Event['kind']>(effects: readonly SessionEffect[], kind: K) {
	return logged(effects).filter((event): event is Extract<Pop3Event, { kind: K }> => event.kind === kind);
}

function shown(effects: readonly SessionEffect[]): string[] {
	return effects.flatMap((effect) => {
		if (effect.type === 'close') return ['= close'];
		if (effect.type === 'seal') return ['= seal'];
		if (effect.type !== 'write') return [];
		const text = octetsToLatin1(effect.octets);
		expect(text.endsWith('\r\n'), 'a reply ends in CRLF').toBe(true);
		return text
			.slice(0, -2)
			.split('\r\n')
			.map((line) => `< ${line}`);
	});
}

/** Lines of a template string without its indentation. */
export function linesOf(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.replace(/^\t+/, ''))
		.filter((line) => line !== '');
}

/** What a line of a story does to the session; null for a line that tells what must come of it. */
function actOf(session: ServerSession, line: string): (() => SessionEffect[]) | null {
	if (line === '= open') return () => session.open();
	if (line === '= ended') return () => session.ended();
	if (line === '= lost') return () => session.lost();
	if (line === '= sealed') return () => session.sealed();
	if (line === '= idle') return () => session.timeout('autologout');
	if (line === '= pause over') return () => session.timeout('pause');
	return line.startsWith('> ') ? () => session.octets(octets(`${line.slice(2)}\r\n`)) : null;
}

/** Plays the client's lines of the story and demands exactly its other lines. Returns all effects. */
export function story(session: ServerSession, text: string): SessionEffect[] {
	const wanted = linesOf(text);
	const happened: string[] = [];
	const effects: SessionEffect[] = [];
	for (const line of wanted) {
		const act = actOf(session, line);
		if (!act) continue;
		happened.push(line);
		const done = act();
		effects.push(...done);
		happened.push(...shown(done));
	}
	expect(happened).toEqual(wanted);
	return effects;
}

/** A session that has greeted. */
export function greeted(store?: MailStore, options?: Partial<ServerSessionOptions>): ServerSession {
	const session = serve(store, options);
	session.open();
	return session;
}

/** A session in TRANSACTION with Ada's maildrop. */
export function admitted(store?: MailStore, options?: Partial<ServerSessionOptions>): ServerSession {
	const session = greeted(store, options);
	const said = written(session.octets(octets('USER ada\r\nPASS lovelace\r\n')));
	expect(said).toMatch(/^\+OK[^\r]*\r\n\+OK[^\r]*\r\n$/);
	return session;
}

/** A message of exactly `size` octets. */
export function messageOf(size: number, subject = 'x'): Uint8Array {
	const head = `Subject: ${subject}\r\n\r\n`;
	const text = `${head}${'a'.repeat(size - head.length - 2)}\r\n`;
	expect(text.length).toBe(size);
	return octets(text);
}
