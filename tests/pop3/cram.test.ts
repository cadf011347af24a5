import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latin1ToOctets } from '#lib/mail/octets.ts';
import { cramDigest } from '#lib/pop3/cram.ts';

test('the example of RFC 2195 §2', () => {
	const challenge = latin1ToOctets('<1896.697170952@postoffice.reston.mci.net>');
	expect(cramDigest(challenge, 'tanstaaftanstaaf')).toBe('b913a602c7eda7a495b4e6e7334d3890');
});

test('secrets longer than a block of the hash, and any others, give what the platform gives', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 90 }), fc.string({ unit: 'grapheme' }), (challenge, secret) => {
			const long = secret.repeat(10);
			for (const key of [secret, long])
				expect(cramDigest(challenge, key)).toBe(createHmac('md5', key).update(challenge).digest('hex'));
		}),
		{ seed: 2195 }
	);
});
