/**
 * The server's side of SASL as AUTH carries it (RFC 5034): from what has been said so far to what comes next. Each
 * mechanism is a plain function; the chart keeps the responses and goes by what comes out. Names and passwords stay the
 * octets that they came as, in latin1.
 */
import { decodeBase64, encodeBase64 } from '#lib/mail/base64.ts';
import { octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import type { Mechanism } from './habits.ts';
import type { Proof } from './store.ts';

/** Longest line of an exchange in octets, CRLF included (RFC 5034 §4). */
export const EXCHANGE_LIMIT = 12_288;

export interface Exchange {
	readonly mechanism: Mechanism;
	/** What CRAM-MD5 asks with: a text that is never the same (RFC 2195 §2). */
	readonly challenge: string;
	/** The client's responses as they came: base64, `=` for an empty initial one. */
	readonly responses: readonly string[];
}

export type Next =
	/** Asks on, with this base64 text. */
	| { readonly kind: 'challenge'; readonly text: string }
	| { readonly kind: 'proof'; readonly user: string; readonly proof: Proof }
	/** A response is no base64, or not what the mechanism takes. */
	| { readonly kind: 'illegible' };

const illegible: Next = { kind: 'illegible' };
const ask = (text: string): Next => ({ kind: 'challenge', text: encodeBase64(utf8ToOctets(text)) });

/** What the exchange comes to. */
export function nextOf({ mechanism, challenge, responses }: Exchange): Next {
	const said: Uint8Array[] = [];
	for (const response of responses) {
		const octets = response === '=' ? new Uint8Array() : decodeBase64(response);
		if (!octets) return illegible;
		said.push(octets);
	}
	switch (mechanism) {
		case 'PLAIN':
			return plain(said);
		case 'LOGIN':
			return login(said);
		case 'CRAM-MD5':
			return cram(said, challenge);
	}
}

/** RFC 4616 §2: authorization identity, NUL, authentication identity, NUL, password. One may not act for another here. */
function plain([message]: readonly Uint8Array[]): Next {
	if (!message) return ask('');
	const parts = octetsToLatin1(message).split('\0');
	const [forWhom, user, password] = parts;
	if (parts.length !== 3 || !user || password === undefined) return illegible;
	if (forWhom !== '' && forWhom !== user) return illegible;
	return { kind: 'proof', user, proof: { kind: 'password', password } };
}

/** Never written down but in a draft (murchison-sasl-login): the name, then the password, each asked for. */
function login([name, password]: readonly Uint8Array[]): Next {
	if (!name) return ask('Username:');
	if (!password) return ask('Password:');
	const proof = { kind: 'password', password: octetsToLatin1(password) } as const;
	return { kind: 'proof', user: octetsToLatin1(name), proof };
}

/** RFC 2195 §2: the name, a space, and the digest. A challenge must come first, so an initial response is no answer to it. */
function cram([response]: readonly Uint8Array[], challenge: string): Next {
	if (!response) return ask(challenge);
	const [, user, digest] = /^(.+) ([0-9a-f]{32})$/.exec(octetsToLatin1(response)) ?? [];
	if (user === undefined || digest === undefined) return illegible;
	return { kind: 'proof', user, proof: { kind: 'cram', challenge: utf8ToOctets(challenge), digest } };
}
