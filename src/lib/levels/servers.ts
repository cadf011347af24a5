/** The servers, mail programs and letters that a scene can name. Law: tests hold these lists against the rooms they are from. */
import { commands, type Keyword } from '#lib/pop3/commands.ts';

const PLAIN: readonly Keyword[] = commands.map(({ keyword }) => keyword);
const EXTENDED: readonly Keyword[] = [...PLAIN, 'CAPA', 'AUTH', 'UTF8', 'LANG'];
const without = (missing: Keyword) => EXTENDED.filter((keyword) => keyword !== missing);

/** Whose ways a server can have: names of files in pop3/personalities, what a player reads, what each takes. */
export const SERVERS = [
	{ id: 'post', name: 'post, the campaign’s own', offers: PLAIN },
	{ id: 'rfc', name: 'the words of RFC 1939', offers: EXTENDED },
	{ id: 'dovecot', name: 'Dovecot', offers: [...PLAIN, 'CAPA', 'AUTH', 'LAST'] },
	{ id: 'report', name: 'the student report', offers: PLAIN },
	{ id: 'no-stuffing', name: 'forgets to stuff dots', offers: EXTENDED },
	{ id: 'renumbering', name: 'renumbers after DELE', offers: EXTENDED },
	{ id: 'unstable-uidl', name: 'UIDLs that change', offers: EXTENDED },
	{ id: 'no-uidl', name: 'knows no UIDL', offers: without('UIDL') },
	{ id: 'no-top', name: 'knows no TOP', offers: without('TOP') },
	{ id: 'list-all', name: 'answers LIST n with lines', offers: EXTENDED },
	{ id: 'silent', name: 'silent on unknown words', offers: EXTENDED },
	{ id: 'characters', name: 'counts characters', offers: EXTENDED },
	{ id: 'one-try', name: 'closes after one bad PASS', offers: EXTENDED },
	{ id: 'impatient', name: 'closes after 60 idle seconds', offers: EXTENDED },
	{ id: 'talkative', name: 'tells who has a box', offers: EXTENDED },
	{ id: 'hasty', name: 'deletes when the line breaks', offers: EXTENDED }
] as const;

export type YardServer = (typeof SERVERS)[number]['id'];

/** What a server's way has twice: before login and after. Times in µs; null: never, or any number. */
export interface Pairs {
	readonly patience: readonly [number | null, number | null];
	readonly lineLimit: readonly [number, number];
	readonly badLimit: readonly [number | null, number | null];
	readonly badness: readonly ['unknown' | 'any', 'unknown' | 'any'];
}
const MINUTE = 60_000_000;
const OLD: Pairs = {
	patience: [null, null],
	lineLimit: [255, 255],
	badLimit: [null, null],
	badness: ['any', 'any']
};
const LATER: Pairs = { ...OLD, patience: [10 * MINUTE, 10 * MINUTE], badLimit: [20, 20] };
const OTHERS: Readonly<Record<string, Pairs>> = {
	post: OLD,
	report: OLD,
	dovecot: {
		patience: [3 * MINUTE, 10 * MINUTE],
		lineLimit: [1024, 2048],
		badLimit: [3, 20],
		badness: ['unknown', 'any']
	},
	impatient: { ...LATER, patience: [MINUTE, MINUTE] }
};

export const pairsOf = (server: string): Pairs => OTHERS[server] ?? LATER;

/** Mail programs: names of files in pop3/policies. */
export const PROGRAMS = [
	{ id: 'leave', name: 'leaves letters on the server' },
	{ id: 'download', name: 'downloads and deletes' },
	{ id: 'days', name: 'deletes after some days' },
	{ id: 'headers', name: 'fetches headers only' },
	{ id: 'small', name: 'fetches small letters whole' },
	{ id: 'thunderbird', name: 'as Thunderbird does' },
	{ id: 'fetchmail', name: 'as fetchmail does' },
	{ id: 'naive-segments', name: 'takes a segment for a reply' },
	{ id: 'naive-list', name: 'waits for lines after LIST n' },
	{ id: 'naive-dots', name: 'takes any dot for the end' }
] as const;

/** Letters: names in mail/letters and mail/hostile. */
export const LETTERS = [
	{ id: 'welcome', name: 'Welcome' },
	{ id: 'won', name: 'You WON' },
	{ id: 'dots', name: 'Dots' },
	{ id: 'photo', name: 'Photo, 6 KB' },
	{ id: 'html', name: 'HTML full of tricks' },
	{ id: 'nested', name: 'Nested too deep' },
	{ id: 'charset', name: 'Unknown letters' }
] as const;
