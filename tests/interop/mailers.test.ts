// Six real mail programs on the Linux kernel's sockets against the simulated server, as it speaks by RFC 1939's examples and
// as it speaks like Dovecot: each lists, fetches, leaves and deletes twelve letters, with the settings in
// mailers/settings.ts and no others, and what it has in its files is what was stored.
import {
	chmodSync,
	chownSync,
	cpSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, sha256 } from './kernel/judge.ts';
import { haveKernel, Lab, OURS, type Outcome } from './kernel/lab.ts';
import { letters, sent } from './mailers/letters.ts';
import { mailers, uid, type Mailer, type Mode, type Place } from './mailers/programs.ts';

const run = haveKernel(...Object.values(mailers).map(({ judge }) => judge)) ? describe : describe.skip;
const NOBODY = 65534;
const SCRIPTS = fileURLToPath(new URL('./mailers', import.meta.url));
const SECONDS = 20;

const octets = (text: string) => Buffer.from(text, 'latin1');
const stored = Object.values(letters).map(octets);
const travelled = Object.values(letters).map(sent);
const sizes = travelled.map(({ length }) => length);
const all = stored.map((_, i) => uid(i));

/** `name digest` of each, sorted. */
const digests = (texts: readonly string[]) =>
	texts.map((text) => `${/^Subject: (.*?)\r?$/m.exec(text)?.[1]} ${sha256(octets(text))}`).sort();

/** Every file below, with its octets as text. */
function texts(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? texts(path) : [readFileSync(path, 'latin1')];
	});
}

function own(path: string): void {
	chownSync(path, NOBODY, NOBODY);
}

/** A home as nobody else has it, with an empty Maildir in it. */
function settle(lab: Lab, user: string): Place {
	const home = join(lab.folder, 'homes', user);
	const inside = ['mail', 'mail/cur', 'mail/new', 'mail/tmp', '.getmail', 'cache'];
	mkdirSync(join(lab.folder, 'homes'), { recursive: true });
	for (const folder of ['', ...inside]) {
		mkdirSync(join(home, folder), { mode: 0o700 });
		own(join(home, folder));
	}
	return {
		host: OURS,
		user,
		home,
		maildrop: join(lab.folder, 'mail', user),
		tools: join(lab.folder, 'tools')
	};
}

/** Runs a program as nobody in particular, who has this home. */
async function as(lab: Lab, { home }: Place, command: readonly string[]): Promise<Outcome> {
	const nobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
	const surroundings = ['PATH=/usr/local/bin:/usr/bin:/bin', 'TERM=xterm', 'LC_ALL=C.UTF-8'];
	const env = ['env', '-i', `HOME=${home}`, `TMPDIR=${home}`, ...surroundings];
	return lab.run([...nobody, ...env, ...command], SECONDS);
}

/** Throws an Error with all it said where it ended otherwise than it should, or was killed. */
async function go(lab: Lab, mailer: Mailer, place: Place, mode: Mode, fine = 0): Promise<string> {
	for (const [name, text] of Object.entries(mailer.files(place, mode))) {
		writeFileSync(join(place.home, name), text, { mode: 0o600 });
		own(join(place.home, name));
	}
	const command = mailer.command(place, mode);
	const { code, out, err } = await as(lab, place, command);
	const said = `${out.toString('latin1')}${err}`;
	if (code !== fine) throw new Error(`${command.join(' ')} ended with ${code}:\n${said}`);
	// and none of them has anything to complain of
	expect(err).toBe('');
	return said;
}

/** What the server has been asked since, once it has been told QUIT. */
async function asked(lab: Lab, since: number): Promise<string[]> {
	const commands = () =>
		lab.said
			.slice(since)
			.filter((line) => line.includes('"kind":"pop3.command"'))
			.map((line) => {
				const { keyword, args } = JSON.parse(line);
				return `${keyword} ${args}`.trim();
			});
	await expect.poll(() => commands().at(-1), { timeout: 5_000 }).toBe('QUIT');
	return commands();
}

const sentLetter = (command: string) => /^(RETR|TOP) /.test(command);

const configured = Object.entries(mailers).filter(([, { settings }]) => Object.keys(settings).length > 0);
test.each(configured)('%s: what the table of settings lists is what is set', (user, mailer: Mailer) => {
	const place = { host: OURS, user, home: '/home', maildrop: '/mail', tools: '/tools' };
	const set = (['leave', 'take'] as const).flatMap((mode) => Object.values(mailer.files(place, mode)));
	for (const setting of Object.keys(mailer.settings)) expect(set.join('')).toContain(setting);
});

run.each(['rfc', 'dovecot'])('the %s personality', (personality) => {
	let lab: Lab;
	beforeAll(async () => {
		lab = new Lab();
		chmodSync(lab.folder, 0o755);
		cpSync(SCRIPTS, join(lab.folder, 'tools'), { recursive: true });
		const users = Object.keys(mailers).flatMap((name) => [name, `${name}-taken`]);
		const boxes = [...users, 'killed'].map((user) => [user, stored]);
		await lab.office(Object.fromEntries(boxes), '--personality', personality, '--trace');
	});
	afterAll(() => lab.close());

	const left = ({ maildrop }: Place) => readdirSync(maildrop);

	describe.each(Object.entries(mailers))('%s', (name, mailer: Mailer) => {
		const kept = (place: Place) => digests(texts(join(place.home, 'mail')).map(mailer.unmarked));
		const due = digests(travelled.map(mailer.arrives));
		let place: Place;
		beforeAll(() => {
			place = settle(lab, name);
		});

		if (mailer.tells === 'list')
			test('lists', async () => {
				const since = lab.said.length;
				const said = await go(lab, mailer, place, 'list');
				for (const line of mailer.listing(sizes)) expect(said).toContain(line);
				expect((await asked(lab, since)).filter((command) => command.startsWith('RETR'))).toEqual([]);
			});

		test('fetches every letter, and leaves it', async () => {
			const since = lab.said.length;
			const said = await go(lab, mailer, place, 'leave');
			if (mailer.tells === 'leave') for (const line of mailer.listing(sizes)) expect(said).toContain(line);
			expect(kept(place)).toEqual(due);
			expect((await asked(lab, since)).filter((command) => command.startsWith('DELE'))).toEqual([]);
			expect(left(place)).toEqual(all);
		});

		if (mailer.remembers)
			test('asks for nothing a second time', async () => {
				const since = lab.said.length;
				await go(lab, mailer, place, 'leave', mailer.nothing);
				expect((await asked(lab, since)).filter(sentLetter)).toEqual([]);
				expect(left(place)).toEqual(all);
			});

		test('fetches every letter and deletes it, which is done at QUIT', async () => {
			const taken = settle(lab, `${name}-taken`);
			const since = lab.said.length;
			await go(lab, mailer, taken, 'take');
			expect(kept(taken)).toEqual(due);
			const commands = await asked(lab, since);
			expect(commands.filter((command) => command.startsWith('DELE'))).toHaveLength(all.length);
			expect(commands.indexOf('QUIT')).toBe(commands.length - 1);
			expect(mailer.looked(taken)).toEqual(Array(mailer.looks).fill(all.length));
			await expect.poll(() => left(taken)).toEqual([]);
		});
	});

	test('a program killed between DELE and QUIT has deleted nothing, and its box is free', async () => {
		const place = settle(lab, 'killed');
		const seen = join(place.home, 'seen');
		const deadly = `cat > /dev/null; echo >> ${seen}; test $(wc -l < ${seen}) -lt 6 || kill -9 $PPID`;
		const files = mailers.fetchmail.files(place, 'take');
		const rc = files['.fetchmailrc']?.replace(/mda ".*?"/, () => `mda "${deadly}"`) ?? '';
		const fetchmail = { ...mailers.fetchmail, files: () => ({ '.fetchmailrc': rc }) };
		const since = lab.said.length;
		await go(lab, fetchmail, place, 'take', -9);
		const said = await go(lab, mailers.poplib, place, 'list');
		for (const line of mailers.poplib.listing(sizes)) expect(said).toContain(line);
		const commands = await asked(lab, since);
		expect(commands.filter((command) => command.startsWith('DELE'))).toHaveLength(5);
		expect(commands.filter((command) => command === 'QUIT')).toHaveLength(1);
		expect(left(place)).toEqual(all);
	});

	test('the kernel was sent nothing broken', async () => {
		expect(broken(await lab.counters())).toEqual({});
	});
});
