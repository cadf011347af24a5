/**
 * The client's lines of an AUTH exchange (RFC 5034 §4): PLAIN (RFC 4616), CRAM-MD5 (RFC 2195) and LOGIN, which no RFC
 * has. What is sent is base64; that hides nothing.
 */
import { decodeBase64, encodeBase64 } from '#lib/mail/base64.ts';
import { utf8ToOctets } from '#lib/mail/octets.ts';
import { COMMAND_LIMIT } from './framer.ts';
import { cramDigest } from './cram.ts';
import type { Login } from './policy.ts';

export interface Credentials {
	readonly user: string;
	readonly password: string;
}

const text64 = (text: string): string => encodeBase64(utf8ToOctets(text));

/** The line that begins it; with PLAIN's one response in it, where the line has room (RFC 5034 §4). */
export function authLine(login: Login, { user, password }: Credentials): string {
	const begin = `AUTH ${login.toUpperCase()}`;
	if (login !== 'plain') return begin;
	const whole = `${begin} ${text64(`\0${user}\0${password}`)}`;
	return whole.length + 2 <= COMMAND_LIMIT ? whole : begin;
}

/** The answer to challenge number `round`, from 0; `*`, which gives up, where there is none. */
export function authAnswer(
	login: Login,
	round: number,
	challenge: string,
	{ user, password }: Credentials
): string {
	const octets = decodeBase64(challenge);
	if (!octets) return '*';
	if (login === 'plain' && round === 0) return text64(`\0${user}\0${password}`);
	if (login === 'cram-md5' && round === 0) return text64(`${user} ${cramDigest(octets, password)}`);
	if (login === 'login' && round < 2) return text64(round === 0 ? user : password);
	return '*';
}
