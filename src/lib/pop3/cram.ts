/** CRAM-MD5's proof (RFC 2195 §2): HMAC-MD5 over the server's challenge, keyed with the shared secret (RFC 2104). */
import { hmac } from '@noble/hashes/hmac.js';
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { utf8ToOctets } from '#lib/mail/octets.ts';

/** 32 hexadecimal digits, lower case. */
export function cramDigest(challenge: Uint8Array, secret: string): string {
	return bytesToHex(hmac(md5, utf8ToOctets(secret), challenge));
}
