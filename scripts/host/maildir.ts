/**
 * Mail that lies in files: DIR/NAME/ holds one message a file. It is read when its owner logs in and changed only by
 * UPDATE, which removes files; what is delivered meanwhile is seen at the next login. Passwords come from a file of
 * name:password lines.
 */
import { createHash } from 'node:crypto';
import {
	accessSync,
	constants,
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	unlinkSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import type { Message } from '#lib/pop3/maildrop.ts';
import { createStore, MaildropLost, type MaildropSource, type MailStore } from '#lib/pop3/store.ts';
import { UsageError } from './options.ts';

interface Letter extends Message {
	readonly file: string;
}

const CR = 13;
const LF = 10;

/** Users by name. Throws a UsageError where the file cannot be read or a line is none. */
export function readUsers(file: string): Map<string, string> {
	const users = new Map<string, string>();
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`--users: ${messageOf(error)}`);
	}
	for (const [i, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === '' || line.startsWith('#')) continue;
		const [, name = '', password = ''] = /^([^:]*):(.*)$/.exec(line) ?? [];
		const problem =
			!/^[!-~]+$/.test(name) || /[/\\]|^\.+$/.test(name)
				? `"${name}" is no name`
				: users.has(name)
					? `${name} is given twice`
					: null;
		if (problem) throw new UsageError(`--users: ${file}, line ${i + 1}: ${problem}`);
		users.set(name, password);
	}
	return users;
}

/** A store of these users' mail under `folder`. Throws a UsageError where that is no directory that can be read. */
export function maildirStore(folder: string, users: ReadonlyMap<string, string>): MailStore {
	try {
		if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no directory`);
		accessSync(folder, constants.R_OK);
	} catch (error) {
		throw new UsageError(`--maildir: ${messageOf(error)}`);
	}
	const boxes = [...users].map(([name, password]) => ({
		name,
		password,
		messages: maildir(join(folder, name))
	}));
	return createStore(boxes);
}

function maildir(folder: string): MaildropSource {
	let letters: readonly Letter[] = [];
	return {
		read() {
			letters = readBox(folder);
			return letters;
		},
		remove: (uids) =>
			letters.filter(({ uid, file }) => uids.includes(uid) && removed(file)).map(({ uid }) => uid),
		add: ({ uid, octets }) => writeFileSync(join(folder, uid), octets)
	};
}

function removed(file: string): boolean {
	try {
		unlinkSync(file);
		return true;
	} catch {
		return false;
	}
}

/** The messages in the order of their names; a box that is not there is empty. Names that begin with a dot are not mail. */
function readBox(folder: string): Letter[] {
	if (!existsSync(folder)) return [];
	if (!statSync(folder).isDirectory()) throw new MaildropLost(`${folder} is no directory`);
	const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
	return names.sort().flatMap((name) => {
		const file = join(folder, name);
		return statSync(file).isFile() ? [{ file, uid: uidOf(name), octets: withCrlf(readFileSync(file)) }] : [];
	});
}

/** RFC 1939 §7: 1 to 70 characters from 0x21 to 0x7E. A name that is none gives its digest. */
function uidOf(name: string): string {
	return /^[!-~]{1,70}$/.test(name) ? name : createHash('sha256').update(name).digest('hex');
}

/** Every line ends in CRLF, whatever it ends in on this machine (RFC 1939 §3). */
function withCrlf(octets: Uint8Array): Uint8Array {
	let bare = 0;
	for (let at = octets.indexOf(LF); at >= 0; at = octets.indexOf(LF, at + 1))
		if (octets[at - 1] !== CR) bare++;
	const all = new Uint8Array(octets.length + bare);
	let to = 0;
	let from = 0;
	for (let at = octets.indexOf(LF); bare > 0 && at >= 0; at = octets.indexOf(LF, at + 1)) {
		if (octets[at - 1] === CR) continue;
		all.set(octets.subarray(from, at), to);
		to += at - from;
		all[to++] = CR;
		from = at;
		bare--;
	}
	all.set(octets.subarray(from), to);
	return all;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
