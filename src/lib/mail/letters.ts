/**
 * The letters of the world: RFC 5322 messages, octet for octet as the maildrop stores them (every line ends
 * in CRLF). Scenarios name them. Their sizes are part of the lessons and are held by a test; nothing else
 * counts on them.
 */
import { base64Lines } from './base64.ts';
import { hostile } from './hostile.ts';
import { compose, type Letter } from './letter.ts';
import { harbour } from './photo.ts';

const welcome = compose(
	'u-welcome-1',
	[
		'From: Postmaster <postmaster@post.example>',
		'To: ada@post.example',
		'Subject: Welcome',
		'Date: Tue, 14 May 1996 07:00:00 +0000',
		'Message-ID: <1@post.example>'
	],
	['Dear Ada, your box is ready. Call at 110.']
);

const won = compose(
	'u-won-2',
	[
		'From: Prizes <win@prizes.example>',
		'To: ada@post.example',
		'Subject: You WON',
		'Date: Tue, 14 May 1996 07:15:00 +0000'
	],
	['Send money now, claim the prize!']
);

const dots = compose(
	'u-dots-3',
	[
		'From: Grace <grace@far.example>',
		'To: ada@post.example',
		'Subject: Dots',
		'Date: Tue, 14 May 1996 21:30:00 +0000',
		'Message-ID: <3@far.example>'
	],
	[
		'Three lines of mine begin with a dot:',
		'.profile is a file,',
		'.',
		'...and so on.',
		'Did you get all of it?'
	]
);

const BOUNDARY = 'harbour-1';
const photo = compose(
	'u-photo-4',
	[
		'From: Grace <grace@far.example>',
		'To: ada@post.example',
		'Subject: Photo',
		'Date: Wed, 15 May 1996 06:45:00 +0000',
		'Message-ID: <4@far.example>',
		'MIME-Version: 1.0',
		`Content-Type: multipart/mixed; boundary=${BOUNDARY}`
	],
	[
		`--${BOUNDARY}`,
		'Content-Type: text/plain',
		'',
		'The old harbour at sunset. I wish you were here. Grace',
		`--${BOUNDARY}`,
		'Content-Type: image/bmp; name=harbour.bmp',
		'Content-Transfer-Encoding: base64',
		'',
		...base64Lines(harbour()),
		`--${BOUNDARY}--`
	]
);

export type { Letter } from './letter.ts';

/** The campaign's own, by the names that scenarios use. */
export const letters = { welcome, won, dots, photo } as const satisfies Record<string, Letter>;

/** @throws Error on a name that is not a letter's. */
export function letter(name: string): Letter {
	const found = Object.entries<Letter>({ ...letters, ...hostile }).find(([key]) => key === name);
	if (!found) throw new Error(`no letter is called ${JSON.stringify(name)}`);
	return found[1];
}
