// `npm run host --fetch`: our mail program over our stack, the kernel between, a real Dovecot at the other end.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, describe } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import { prepareDovecot, UIDVALIDITY, type Prepared } from './dovecot.ts';
import { letter, sha256 } from './kernel/judge.ts';
import { haveKernel, KERNEL, Lab } from './kernel/lab.ts';

const here = haveKernel() && haveJudge('dovecot-pop3d');
const LETTERS = [letter(300, 1), letter(20_000, 2), letter(2_000, 3), letter(70_000, 4)];
/** Starts Dovecot and says so when it listens. */
const START = `
import socket, subprocess, sys, time
server = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", sys.argv[1]])
while True:
    try:
        socket.create_connection((sys.argv[2], int(sys.argv[3]))).close()
        break
    except OSError:
        time.sleep(0.05)
print("ready", flush=True)
try:
    server.wait()
finally:
    server.terminate()
`;

interface Said {
	readonly files: readonly string[];
	readonly updated: boolean;
	readonly failure: string | null;
}

describe.runIf(here)('a mailbox on a real Dovecot', () => {
	let dovecot: Prepared;
	beforeAll(async () => {
		const users = ['leave', 'download', 'lossy'].map((name) => ({
			name,
			password: 's p@ce',
			messages: LETTERS
		}));
		dovecot = await prepareDovecot(users, [
			`listen = ${KERNEL}`,
			// wrong passwords cost no time
			'service anvil {',
			' unix_listener anvil-auth-penalty {',
			'  mode = 0',
			' }',
			'}'
		]);
	});
	afterAll(() => dovecot?.remove());

	/** Runs the command against Dovecot, as often as there are passwords; `out` is the folder of all. */
	async function fetched(
		user: string,
		policy: string,
		passwords: readonly string[],
		loss = 0
	): Promise<{ said: Said; code: number; files: Record<string, string> }[]> {
		const outcomes = [];
		const out = join(dovecot.conf, '..', `out-${user}`);
		for (const password of passwords) {
			const lab = new Lab({ loss, seed: 1 });
			try {
				await lab.start(['python3', '-c', START, dovecot.conf, KERNEL, `${dovecot.port}`], 'ready');
				const url = `pop://${user}:${encodeURIComponent(password)}@${KERNEL}:${dovecot.port}`;
				await lab.host('--fetch', url, '--policy', policy, '--out', out);
				const said: Said = JSON.parse(await lab.line('"fetch"'));
				const code = await lab.exit;
				const names = existsSync(out) ? readdirSync(out).sort() : [];
				const letters = names.filter((name) => name.endsWith('.eml'));
				const files = Object.fromEntries(
					letters.map((name) => [name, sha256(readFileSync(join(out, name)))] as const)
				);
				outcomes.push({ said, code, files });
			} finally {
				await lab.close();
			}
		}
		return outcomes;
	}
	const wanted = Object.fromEntries(
		LETTERS.map((octets, i) => [`uid-0000000${i + 1}${UIDVALIDITY}.eml`, sha256(octets)])
	);

	test('leave: one file a message, octet for octet; the second time nothing is new', async () => {
		const [first, second] = await fetched('leave', 'leave', ['s p@ce', 's p@ce']);
		expect(first?.said).toMatchObject({ updated: true, failure: null });
		expect([first?.code, second?.code]).toEqual([0, 0]);
		expect(first?.files).toEqual(wanted);
		expect(second?.said.files).toEqual([]);
	});

	test('download: gone from the server; a wrong password is said, and ends with 1', async () => {
		const [wrong, right] = await fetched('download', 'download', ['x', 's p@ce']);
		expect(wrong?.code).toBe(1);
		expect(wrong?.said.failure).toBe(
			'reply to PASS: wrong name or password: "[AUTH] Authentication failed."; login: no way to log in is left'
		);
		expect(right?.code).toBe(0);
		expect(Object.values(right?.files ?? {}).sort()).toEqual(LETTERS.map(sha256).sort());
		expect(dovecot.left('download')).toEqual([]);
	});

	test('over a line that loses a tenth', async () => {
		const [only] = await fetched('lossy', 'fetchmail', ['s p@ce'], 0.1);
		expect([only?.code, only?.files]).toEqual([0, wanted]);
	});
});
