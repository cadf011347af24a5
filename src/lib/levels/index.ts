/**
 * The built levels, in the order in which they are played. Law: a level's own module is loaded when the level is
 * opened; what the map says of it stands here and in `chapters.ts`, and a test holds all of them together.
 */
import { CHAPTERS } from './chapters.ts';
import type { Level, Par } from './level.ts';

export interface Listed {
	readonly slug: string;
	/** "1.1" */
	readonly number: string;
	readonly title: string;
	readonly chapter: number;
	readonly teaches: readonly string[];
	readonly par: readonly Par[];
	readonly load: () => PromiseLike<Level>;
}

type Entry = readonly [par: Par['n'] | readonly Par[], teaches: string, load: () => PromiseLike<Level>];

/** By slug, in order. A par that is only a number is one of commands. */
const BUILT: Readonly<Record<string, Entry>> = {
	knock: [1, 'connect, connection, greeting', () => import('./knock.ts').then(({ knock }) => knock)],
	shake: [
		2,
		'connect, port, SYN, ACK, RST, sequence number',
		() => import('./shake.ts').then(({ shake }) => shake)
	],
	papers: [
		4,
		'USER, PASS, +OK, -ERR, maildrop lock',
		() => import('./papers.ts').then(({ papers }) => papers)
	],
	notyet: [
		2,
		'STAT, QUIT, AUTHORIZATION, TRANSACTION',
		() => import('./notyet.ts').then(({ notyet }) => notyet)
	],
	doorman: [
		[{ unit: 'edit', n: 3 }],
		'state machine, transition',
		() => import('./doorman.ts').then(({ doorman }) => doorman)
	],
	count: [2, 'LIST, RETR, octet', () => import('./count.ts').then(({ count }) => count)],
	lonedot: [1, 'CRLF, multi-line reply', () => import('./lonedot.ts').then(({ lonedot }) => lonedot)],
	stuffed: [
		[{ unit: 'act', n: 3 }],
		'sync, byte-stuffing',
		() => import('./stuffed.ts').then(({ stuffed }) => stuffed)
	],
	top: [[{ unit: 'octet', n: 746 }], 'TOP, header', () => import('./top.ts').then(({ top }) => top)],
	goodbye: [3, 'DELE, RSET, UPDATE', () => import('./goodbye.ts').then(({ goodbye }) => goodbye)],
	plug: [
		[
			{ unit: 'command', n: 6 },
			{ unit: 'act', n: 1 }
		],
		'lid, lost session',
		() => import('./plug.ts').then(({ plug }) => plug)
	],
	names: [2, 'UIDL, unique-id', () => import('./names.ts').then(({ names }) => names)],
	twice: [
		[{ unit: 'act', n: 6 }],
		'mail program, leave on server, remembered names',
		() => import('./twice.ts').then(({ twice }) => twice)
	],
	two: [
		[{ unit: 'act', n: 3 }],
		'second device, delete after fetching',
		() => import('./two.ts').then(({ two }) => two)
	],
	lock: [4, 'exclusive lock, [IN-USE], autologout', () => import('./lock.ts').then(({ lock }) => lock)],
	postcards: [
		[{ unit: 'wrong', n: 0 }],
		'tap, clear text',
		() => import('./postcards.ts').then(({ postcards }) => postcards)
	],
	secret: [4, 'CAPA, APOP, digest, replay', () => import('./secret.ts').then(({ secret }) => secret)]
};

export const LEVELS: readonly Listed[] = CHAPTERS.flatMap((chapter) =>
	chapter.levels.flatMap(({ slug, number, name: title }): Listed[] => {
		const entry = BUILT[slug];
		if (!entry) return [];
		const [par, teaches, load] = entry;
		return [
			{
				slug,
				number,
				title,
				chapter: chapter.number,
				teaches: teaches.split(', '),
				par: typeof par === 'number' ? [{ unit: 'command', n: par }] : par,
				load
			}
		];
	})
);

export function listed(slug: string): Listed | null {
	return LEVELS.find((level) => level.slug === slug) ?? null;
}

/** The built level after this one; null after the last. */
export function nextLevel(slug: string): Listed | null {
	const at = LEVELS.findIndex((level) => level.slug === slug);
	return at < 0 ? null : (LEVELS[at + 1] ?? null);
}
