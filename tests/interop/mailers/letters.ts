/** Twelve letters, each hard on a mail program in its own way; the subject is its name. Written as latin1 text. */

const header = (name: string, more = '') =>
	`From: Ada <ada@post.example>\nTo: Grace <grace@post.example>\nSubject: ${name}\n` +
	`Date: Mon, 01 Jan 2024 10:00:00 +0000\nMessage-ID: <${name}@post.example>\n${more}`;
const mail = (name: string, body: string, more?: string) =>
	`${header(name, more)}\n${body}`.replaceAll('\n', '\r\n');

const MIME = 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n';
const PARTS =
	'MIME-Version: 1.0\nX-Folded: one\n\ttwo\n  three\nContent-Type: multipart/mixed; boundary="==b=="\n';
const paragraph = (i: number) => `${i} ${(i * 7919).toString(36).repeat(12)}`.slice(0, 72);

/** By name, as they lie in the maildrop. */
export const letters: Readonly<Record<string, string>> = {
	plain: mail('plain', 'Dear Grace,\n\nall is well.\n\nAda\n'),
	'leading-dots': mail('leading-dots', '.one\n..two\n...three\n. four\n.\tfive\nsix.\n'),
	'lone-dots': mail('lone-dots', '.\n..\n.\n\n.\n'),
	'empty-body': mail('empty-body', ''),
	'header-only': header('header-only').replaceAll('\n', '\r\n'),
	'eight-bit': mail('eight-bit', 'gr\xc3\xbc\xc3\x9fe \xe2\x82\xac\nlatin1 \xe9\xff\x80\n', MIME),
	// 2,048 octets with the CRLF is the longest line that poplib takes
	'long-lines': mail('long-lines', [998, 999, 1_500, 2_045].map((n) => `.${'x'.repeat(n - 1)}\n`).join('')),
	'no-last-line-end': mail('no-last-line-end', 'one\n\n.two'),
	'from-lines': mail('from-lines', 'From me to you\n>From you\n\nFrom nobody Mon Jan  1 10:00:00 2024\n'),
	'bare-line-feeds': mail('bare-line-feeds', 'kept as\n.Unix\n\nkeeps it\n').replaceAll('\r', ''),
	parts: mail(
		'parts',
		'--==b==\nContent-Type: text/plain\n\ntext with blanks at its end  \t\n\n--==b==\n' +
			'Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n' +
			`${'LgouLgouLi4K'.repeat(6)}\n--==b==--\n\n\n`,
		PARTS
	),
	'300-KB': mail('300-KB', Array.from({ length: 5_000 }, (_, i) => `${paragraph(i)}\n`).join(''))
};

/** Of what is stored, the octets that travel: every line ends in CRLF (RFC 1939 §3). */
export const sent = (stored: string): string =>
	stored.replace(/\r?\n/g, '\r\n') + (stored.endsWith('\n') ? '' : '\r\n');
