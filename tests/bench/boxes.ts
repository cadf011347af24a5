/** A hundred sessions at once, each with a box of 10,000 messages open: what one command costs the server, from line to reply. */
import { latin1ToOctets } from '#lib/mail/octets.ts';
import { ServerSession } from '#lib/pop3/server-session.ts';
import { createStore } from '#lib/pop3/store.ts';

export const SESSIONS = 100;
export const MESSAGES = 10_000;
/** CPU time that a command may take, ms. */
export const LIMIT = 5;

const octets = latin1ToOctets(`Subject: lorem\r\n\r\n${'dolor sit amet\r\n'.repeat(20)}`);
const messages = Array.from({ length: MESSAGES }, (_, i) => ({ uid: `${i}.1696543210.post`, octets }));
const names = Array.from({ length: SESSIONS }, (_, i) => `user${i}`);

function opened(): readonly ServerSession[] {
	const store = createStore(names.map((name) => ({ name, password: 'lovelace', messages })));
	return names.map((name) => {
		const session = new ServerSession({ id: name, store, personality: 'rfc' });
		session.open();
		session.octets(latin1ToOctets(`USER ${name}\r\nPASS lovelace\r\nDELE 7\r\nDELE 5000\r\n`));
		return session;
	});
}

let sessions: readonly ServerSession[] | null = null;

/** The line said in every session, as often as told; returns how many replies there were. */
export function everySession(line: string, times = 1): number {
	sessions ??= opened();
	const said = latin1ToOctets(`${line}\r\n`);
	let written = 0;
	for (let time = 0; time < times; time++)
		for (const session of sessions)
			for (const effect of session.octets(said)) if (effect.type === 'write') written++;
	if (written !== times * SESSIONS) throw new Error(`${line}: ${written} replies to ${times * SESSIONS}`);
	return written;
}
