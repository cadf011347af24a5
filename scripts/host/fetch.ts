/**
 * Our mail program over our stack, for a mailbox somewhere: one file a message, written and synced to the disk before the
 * server is told to delete it. What is remembered of the letters is in the same folder, and written before each command.
 */
import { createHash } from 'node:crypto';
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { ClientSession, type ClientEffect, type Letter } from '#lib/pop3/client-session.ts';
import type { Complaint } from '#lib/pop3/complaints.ts';
import { readPopstate, writePopstate } from '#lib/pop3/popstate.ts';
import type { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { UsageError, type Fetch } from './options.ts';

export interface FetchReport {
	/** Without the password. */
	readonly fetch: string;
	/** Files written, in the order of their coming. */
	readonly files: readonly string[];
	readonly updated: boolean;
	readonly complaints: readonly Complaint[];
	/** The complaint that kept it from its aim, in words; null: all went well. */
	readonly failure: string | null;
}

/** Time for the last segments of a connection that is over, µs. */
const LINGER = 1_000_000;

/** Fetches; `report` is called once, when the connection is over. Throws a UsageError where the folder cannot be used. */
export function fetchMail(
	host: Host,
	kernel: Kernel,
	mail: Fetch,
	report: (report: FetchReport) => void
): void {
	const { address, port, user, password, policy, out } = mail;
	const popstate = join(out, 'popstate');
	const files: string[] = [];
	let state = '';
	try {
		mkdirSync(out, { recursive: true });
		if (existsSync(popstate)) state = readFileSync(popstate, 'utf8');
	} catch (error) {
		throw new UsageError(`--out: ${error instanceof Error ? error.message : String(error)}`);
	}
	const session = new ClientSession({
		policy,
		user,
		password,
		known: readPopstate(state),
		now: Date.now() * 1_000,
		keep: (letter) => {
			const file = fileFor(out, letter);
			const stored = write(join(out, file), letter.octets);
			if (stored) files.push(file);
			return stored;
		}
	});
	let alarm: number | null = null;
	let lingering = false;

	function wait(time: number | null): void {
		if (alarm !== null) kernel.cancel(alarm);
		alarm = time === null ? null : kernel.wake(kernel.now + time, false, () => perform(session.timeout()));
	}
	function perform(effects: readonly ClientEffect[]): void {
		const now = writePopstate(session.known);
		if (now !== state && write(popstate, Buffer.from(now, 'latin1'))) state = now;
		for (const effect of effects) {
			if (effect.type === 'write' && typeof circuit !== 'string') circuit.send(effect.octets, 0);
			else if (effect.type === 'close' && typeof circuit !== 'string') circuit.close(0);
			else if (effect.type === 'wait') wait(effect.for);
		}
		if (!session.over || lingering) return;
		lingering = true;
		kernel.wake(kernel.now + LINGER, false, finish);
	}
	function finish(): void {
		const { complaints, updated } = session;
		const bad = complaints.findLast(({ weight }) => weight !== 'remark');
		const before = bad?.where === 'login' ? complaints.at(-2) : undefined;
		const words = [before, bad].flatMap((one) => (one ? `${one.where}: ${one.what}` : []));
		const failure = bad ? words.join('; ') : null;
		report({
			fetch: `pop://${encodeURIComponent(user)}@${address}:${port}`,
			files,
			updated,
			complaints,
			failure
		});
	}
	const circuit = host.sockets.open(
		parseAddress(address),
		port,
		{
			opened: () => perform(session.connected()),
			octets: (octets) => perform(session.octets(octets)),
			ended: () => perform(session.ended()),
			failed: (failure) => perform(session.failed(failure))
		},
		0
	);
	if (typeof circuit === 'string') perform(session.failed(circuit));
}

/** By unique-id, or by digest where there is none; a letter of other octets gets another name. */
function fileFor(out: string, { uid, whole, octets }: Letter): string {
	const digest = createHash('sha256').update(octets).digest('hex').slice(0, 16);
	const name = uid === null ? digest : `uid-${encodeURIComponent(uid)}`;
	const file = `${name}${whole ? '' : '.part'}.eml`;
	if (!existsSync(join(out, file)) || readFileSync(join(out, file)).equals(octets)) return file;
	return `${name}-${digest}${whole ? '' : '.part'}.eml`;
}

/** All of it or nothing, and on the disk. */
function write(file: string, octets: Uint8Array): boolean {
	try {
		const draft = `${file}.draft`;
		const open = openSync(draft, 'w', 0o600);
		try {
			for (let at = 0; at < octets.length;) at += writeSync(open, octets, at);
			fsyncSync(open);
		} finally {
			closeSync(open);
		}
		renameSync(draft, file);
		return true;
	} catch {
		return false;
	}
}
