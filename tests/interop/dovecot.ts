/**
 * A real Dovecot on the loopback address: settings, passwords and Maildirs in a folder of its own that goes when it stops.
 * Works for root (mail then belongs to `nobody`) and for anybody else; unique-ids are the same in every run.
 */
import { spawn } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

export interface DovecotUser {
	readonly name: string;
	readonly password: string;
	/** In message-number order. Lines should end in CRLF: Dovecot counts and sends a bare LF as CRLF. */
	readonly messages: readonly Uint8Array[];
}

/** One that is ready to be started. */
export interface Prepared {
	/** Its configuration file. */
	readonly conf: string;
	readonly port: number;
	/** The messages of a user that are in the Maildir now, in message-number order. */
	left(user: string): Uint8Array[];
	/** Puts one more message into a user's Maildir. */
	deliver(user: string, message: Uint8Array): void;
	/** What it has logged. */
	log(): string;
	/** Its folder goes. */
	remove(): void;
}

export interface Dovecot extends Prepared {
	stop(): Promise<void>;
}

/** Second half of every unique-id, as hexadecimal digits: `000000016543abcd`. */
export const UIDVALIDITY = '6543abcd';

const NOBODY = 65534;
const START = 1_600_000_000;

/** Everything but the start. `settings` are lines of dovecot.conf that come last, `pop3_lock_session = yes`. */
export async function prepareDovecot(
	users: readonly DovecotUser[],
	settings: readonly string[] = []
): Promise<Prepared> {
	const folder = mkdtempSync(join(tmpdir(), 'dovecot-'));
	const me = userInfo();
	const owner = me.uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid: me.uid, gid: me.gid };
	const port = await freePort();
	const logFile = join(folder, 'log');
	const conf = join(folder, 'dovecot.conf');
	const maildir = (user: string) => join(folder, 'mail', user);
	let delivered = 0;

	function own(path: string): void {
		chownSync(path, owner.uid, owner.gid);
	}
	function deliver(user: string, message: Uint8Array): void {
		const file = join(maildir(user), 'new', `${START + ++delivered}.M${delivered}P1.post`);
		writeFileSync(file, message);
		own(file);
	}

	mkdirSync(join(folder, 'mail'));
	own(join(folder, 'mail'));
	chmodSync(folder, 0o755); // its processes run under several names
	for (const { name, messages } of users) {
		for (const part of ['', 'cur', 'new', 'tmp']) {
			mkdirSync(join(maildir(name), part));
			own(join(maildir(name), part));
		}
		const list = join(maildir(name), 'dovecot-uidlist');
		writeFileSync(list, `3 V${parseInt(UIDVALIDITY, 16)} N1\n`);
		own(list);
		for (const message of messages) deliver(name, message);
	}
	const passwords = users.map(({ name, password }) => `${name}:{PLAIN}${password}\n`);
	writeFileSync(join(folder, 'users'), passwords.join(''));
	writeFileSync(conf, configuration(folder, port, owner, me.uid === 0 ? null : me.username, settings));

	return {
		conf,
		port,
		left(user) {
			const files = ['cur', 'new'].flatMap((part) =>
				readdirSync(join(maildir(user), part)).map((file) => ({
					file,
					path: join(maildir(user), part, file)
				}))
			);
			files.sort((a, b) => (a.file < b.file ? -1 : 1));
			return files.map(({ path }) => new Uint8Array(readFileSync(path)));
		},
		deliver,
		log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}

/**
 * Starts it and waits until it greets.
 * @throws Error with its log when it does not come up.
 */
export async function startDovecot(
	users: readonly DovecotUser[],
	settings: readonly string[] = []
): Promise<Dovecot> {
	const prepared = await prepareDovecot(users, settings);
	const child = spawn('/usr/sbin/dovecot', ['-F', '-c', prepared.conf], {
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let said = '';
	child.stderr.on('data', (text: Buffer) => (said += text.toString()));
	const over = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', (error) => {
			said += error.message;
			resolve();
		});
	});
	const log = () => said + prepared.log();

	async function stop(): Promise<void> {
		child.kill('SIGTERM');
		await over;
		prepared.remove();
	}
	for (let tries = 0; !(await greets(prepared.port)); tries++) {
		if (tries === 200 || child.exitCode !== null) {
			const why = log();
			await stop();
			throw new Error(`dovecot does not answer: ${why}`);
		}
		await after(50);
	}
	return { ...prepared, log, stop };
}

function configuration(
	folder: string,
	port: number,
	owner: { uid: number; gid: number },
	user: string | null,
	settings: readonly string[]
): string {
	const asUser = user === null ? [] : [`default_internal_user = ${user}`, `default_login_user = ${user}`];
	return [
		`base_dir = ${folder}/run`,
		`state_dir = ${folder}/state`,
		`log_path = ${folder}/log`,
		'protocols = pop3',
		'listen = 127.0.0.1',
		'ssl = no',
		'disable_plaintext_auth = no',
		'auth_mechanisms = plain login cram-md5 apop',
		'auth_failure_delay = 0',
		`mail_location = maildir:${folder}/mail/%u`,
		'first_valid_uid = 1',
		'first_valid_gid = 1',
		'pop3_enable_last = yes',
		'mail_fsync = never',
		...asUser,
		...(user === null ? [] : ['default_internal_group =']),
		`passdb {\n driver = passwd-file\n args = scheme=PLAIN ${folder}/users\n}`,
		`userdb {\n driver = static\n args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u\n}`,
		`service pop3-login {\n chroot =\n inet_listener pop3 {\n  port = ${port}\n }\n inet_listener pop3s {\n  port = 0\n }\n}`,
		// failed logins must not make the next ones slow
		'service anvil {\n chroot =\n unix_listener anvil-auth-penalty {\n  mode = 0\n }\n}',
		'service stats {\n chroot =\n}',
		...settings,
		''
	].join('\n');
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() =>
				address === null || typeof address === 'string' ? reject(new Error('no port')) : resolve(address.port)
			);
		});
	});
}

function greets(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('data', (octets) => {
			socket.destroy();
			resolve(octets.toString('latin1').startsWith('+OK'));
		});
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
	});
}
