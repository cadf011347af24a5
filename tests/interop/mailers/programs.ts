/**
 * Six mail programs as data: how each is told to list, to leave and to take mail, and what it is known to do to a letter on
 * its way into a file. What is neither account nor folder nor in `settings` is as the program comes; where mail is taken,
 * `deliver.sh` stands for the folder, so that somebody looks into the maildrop meanwhile.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings, type Settings } from './settings.ts';

export type Mode = 'list' | 'leave' | 'take';

/** Where one program works: its home, with `mail` for the letters, and the box it reads. */
export interface Place {
	readonly host: string;
	readonly user: string;
	readonly home: string;
	/** Folder of letters that the server serves to this user. */
	readonly maildrop: string;
	/** Folder of the scripts beside this file. */
	readonly tools: string;
}

export interface Mailer {
	/** Debian package. */
	readonly judge: string;
	readonly settings: Settings;
	/** Files of its home that say so, by name. */
	files(place: Place, mode: Mode): Readonly<Record<string, string>>;
	command(place: Place, mode: Mode): readonly string[];
	/** The run that tells what is in the box, and what it says. */
	readonly tells: Mode;
	listing(sizes: readonly number[]): readonly string[];
	/** What a letter is in its file, of the octets that travelled. */
	arrives(sent: string): string;
	/** A file without what the program documents that it adds. */
	unmarked(kept: string): string;
	/** It knows by unique-id what it has had: a second run asks for nothing. */
	readonly remembers: boolean;
	/** Its exit code where there was nothing to fetch. */
	readonly nothing: number;
	/** How often it looks what is still stored, between DELE and QUIT, and what it found each time. */
	readonly looks: number;
	looked(place: Place): readonly number[];
}

const PASSWORD = 'secret';
const sum = (sizes: readonly number[]) => sizes.reduce((all, each) => all + each, 0);
const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join('');
const same = (octets: string) => octets;
/** Files of Unix end their lines in LF. */
const unix = (octets: string) => octets.replaceAll('\r\n', '\n');
/** A header without a blank line behind it gets one. */
const closed = (octets: string) => (octets.includes('\n\n') ? octets : `${octets}\n`);
const folder = ({ home }: Place) => join(home, 'mail');
const seen = ({ home }: Place) => join(home, 'seen');
const deliver = (place: Place) => [
	join(place.tools, 'deliver.sh'),
	folder(place),
	place.maildrop,
	seen(place)
];
const looked = (place: Place) => readFileSync(seen(place), 'utf8').trim().split(/\s+/).map(Number);

const curl: Mailer = {
	judge: 'curl',
	settings: settings.curl,
	files: () => ({}),
	command(place, mode) {
		const url = `pop3://${place.user}:${PASSWORD}@${place.host}/`;
		if (mode === 'list') return ['curl', '-sS', url, '--next', '-sS', '--request', 'UIDL', url];
		const fetch = ['curl', '-sS', '-o', join(folder(place), '#1'), `${url}[1-12]`];
		if (mode === 'leave') return fetch;
		const mark = ['--next', '-sS', '--request', 'DELE', '--head', `${url}[1-12]`];
		// the connection stays open, and QUIT unsaid, until the last transfer is done
		const look = ['--next', '-sS', '-o', join(place.home, 'still-#1'), `file://${place.maildrop}/[001-012]`];
		return [...fetch, ...mark, ...look];
	},
	tells: 'list',
	listing: (sizes) => [
		sizes.map((size, i) => `${i + 1} ${size}\r\n`).join(''),
		sizes.map((_, i) => `${i + 1} ${uid(i)}\r\n`).join('')
	],
	arrives: same,
	unmarked: same,
	remembers: false,
	nothing: 0,
	looks: 1,
	looked: ({ home }) => [readdirSync(home).filter((name) => name.startsWith('still-')).length]
};

const poplib: Mailer = {
	judge: 'python3',
	settings: settings.poplib,
	files: () => ({}),
	command: (place, mode) => [
		...['python3', join(place.tools, 'poplib-mailer.py'), place.host, place.user, mode],
		...[folder(place), place.maildrop, seen(place)]
	],
	tells: 'list',
	listing: (sizes) => [
		`"stat": [${sizes.length}, ${sum(sizes)}]`,
		`"sizes": [${sizes.join(', ')}]`,
		`"uids": [${sizes.map((_, i) => `"${uid(i)}"`).join(', ')}]`
	],
	// it gives lines without their ends
	arrives: same,
	unmarked: same,
	remembers: false,
	nothing: 0,
	looks: 1,
	looked
};

const fetchmail: Mailer = {
	judge: 'fetchmail',
	settings: settings.fetchmail,
	files: (place, mode) => ({
		'.fetchmailrc':
			`poll ${place.host} protocol pop3${mode === 'take' ? '' : ' uidl'} ` +
			`user "${place.user}" password "${PASSWORD}" sslproto '' ` +
			`mda "sh ${deliver(place).join(' ')}"${mode === 'take' ? '' : ' keep'}\n`
	}),
	command: (_, mode) => (mode === 'list' ? ['fetchmail', '--check'] : ['fetchmail']),
	tells: 'list',
	listing: (sizes) => [`${sizes.length} messages for`, `(${sum(sizes)} octets)`],
	// fetchmail(1): `stripcr` is on where an MDA is used
	arrives: (octets) => closed(unix(octets)),
	// fetchmail(1): a Received line, unless `invisible`
	unmarked: (kept) => kept.replace(/^Received: from .*\n(\t.*\n)+/, ''),
	remembers: true,
	nothing: 1,
	looks: 12,
	looked
};

const mpop: Mailer = {
	judge: 'mpop',
	settings: settings.mpop,
	files: (place, mode) => ({
		'.mpoprc': lines(
			'account default',
			`host ${place.host}`,
			`user ${place.user}`,
			`password ${PASSWORD}`,
			'auth user',
			mode === 'take'
				? `delivery mda sh ${deliver(place).join(' ')}`
				: `delivery maildir ${folder(place)}\nkeep on`
		)
	}),
	command: (_, mode) => (mode === 'list' ? ['mpop', '--status-only'] : ['mpop']),
	tells: 'list',
	listing: (sizes) => [`new: ${sizes.length} messages in ${(sum(sizes) / 1024).toFixed(2)} KiB`],
	arrives: unix,
	// mpop(1): received_header is on
	unmarked: (kept) => kept.replace(/^Received: from .*\n(\t.*\n)+/, ''),
	remembers: true,
	nothing: 0,
	looks: 12,
	looked
};

const getmail: Mailer = {
	judge: 'getmail6',
	settings: settings.getmail,
	files: (place, mode) => ({
		'.getmail/getmailrc': lines(
			'[retriever]',
			'type = SimplePOP3Retriever',
			`server = ${place.host}`,
			`username = ${place.user}`,
			`password = ${PASSWORD}`,
			'[destination]',
			// its own Maildir delivery forks, and waits a minute for a child that was done before it began to wait
			'type = MDA_external',
			'path = /bin/sh',
			`arguments = (${deliver(place)
				.map((each) => `"${each}"`)
				.join(', ')})`,
			'[options]',
			mode === 'take' ? 'delete = true' : 'read_all = false'
		)
	}),
	command: () => ['getmail'],
	tells: 'leave',
	listing: (sizes) => [
		...sizes.map((size, i) => `msg ${`${i + 1}`.padStart(2)}/${sizes.length} (${size} bytes) delivered`),
		`${sizes.length} messages (${sum(sizes)} bytes) retrieved`
	],
	arrives: (octets) => closed(unix(octets)),
	// getmail's manual: Return-Path, Delivered-To and Received
	unmarked: (kept) => kept.replace(/^Return-Path: .*\nDelivered-To: .*\nReceived: .*\n([ \t].*\n)*/, ''),
	remembers: true,
	nothing: 0,
	looks: 12,
	looked
};

const mutt: Mailer = {
	judge: 'mutt',
	settings: settings.mutt,
	files: (place) => ({
		'.muttrc': lines(
			`set pop_user=${place.user} pop_pass=${PASSWORD} folder=${folder(place)}`,
			...Object.keys(settings.mutt).map((setting) => `set ${setting}`)
		)
	}),
	command(place, mode) {
		const open = ['python3', join(place.tools, 'terminal.py'), 'mutt', '-f', `pop://${place.host}/`];
		const copy = `<tag-pattern>~U<enter><tag-prefix-cond><copy-message>=read<enter><end-cond>`;
		const keys = {
			list: '<quit>',
			leave: `${copy}<quit>`,
			take: `${copy}<delete-pattern>~A<enter><quit>`
		};
		return [...open, '-e', `push "${keys[mode]}"`];
	},
	tells: 'list',
	listing: (sizes) => [`Msgs:${sizes.length} New:${sizes.length}`],
	arrives: (octets) => closed(unix(octets)),
	// what an mbox needs, and mutt counts for every letter from a POP folder: at the end of the header
	unmarked: (kept) => kept.replace(/Content-Length: \d+\n(Lines: \d+\n)?\n/, '\n'),
	remembers: true,
	nothing: 0,
	// it says every DELE and QUIT in one breath
	looks: 0,
	looked: () => []
};

/** The unique-id of the letter at this place, from 0. */
export const uid = (place: number): string => `${place + 1}`.padStart(3, '0');

export const mailers = { curl, poplib, fetchmail, mpop, getmail, mutt } as const;
