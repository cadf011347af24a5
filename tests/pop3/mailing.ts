// A program and a server with two letters, for the tests of the policies: what is said, and a login to begin with.
import { createStore } from '#lib/pop3/store.ts';
import { octets, serve } from './story.ts';
import type { Mailer } from './sync.ts';
import { talk } from './sync.ts';

export const short = { uid: 'u-1', octets: octets('Subject: a\r\n\r\nhi\r\n') };
export const dotty = { uid: 'u-2', octets: octets('Subject: b\r\n\r\n.\r\n..x\r\n') };

export function storeOf(...messages: { uid: string; octets: Uint8Array }[]) {
	return createStore([{ name: 'ada', password: 'lovelace', messages }]);
}

/** Client lines and what became of letters, without what the server says. */
export function said(mailer: Mailer, store = storeOf(short, dotty)): string[] {
	const story = talk(mailer, serve(store, { personality: 'post' }));
	return story.filter((line) => !line.startsWith('S: '));
}

/** From the greeting to the login with USER and PASS, CAPA refused. */
export const LOGIN = `
	= connected
	S: +OK ready
	C: CAPA
	S: -ERR what?
	C: USER ada
	S: +OK
	C: PASS lovelace
	S: +OK
`;
export const NO_CAPA = { settings: { capa: false } } as const;
