/** APOP's proof (RFC 1939 §7): MD5 over the greeting's timestamp, angle brackets included, and the secret. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { utf8ToOctets } from '#lib/mail/octets.ts';

/** 32 hexadecimal digits, lower case. */
export function apopDigest(stamp: string, secret: string): string {
	return bytesToHex(md5(utf8ToOctets(stamp + secret)));
}
