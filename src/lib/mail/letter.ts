/** What a letter of the world is, and how its lines become octets. */
import { latin1ToOctets } from './octets.ts';

export interface Letter {
	/** Unique-id that UIDL shows: the same in every session (RFC 1939 §7). */
	readonly uid: string;
	/** The stored message. */
	readonly octets: Uint8Array;
}

/** Lines of latin-1, each ended by CRLF, with the empty line between header and body (RFC 5322 §2.1). */
export function compose(uid: string, header: readonly string[], body: readonly string[]): Letter {
	return { uid, octets: latin1ToOctets([...header, '', ...body].map((line) => `${line}\r\n`).join('')) };
}
