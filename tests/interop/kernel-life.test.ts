// How things end: clients that go in mid-transfer, and relays, tests and hosts that are killed. Nothing may stay behind:
// no lock on a maildrop, no process, no namespace and with it no device.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { broken, complaints, letter, sha256 } from './kernel/judge.ts';
import { haveKernel, Lab, OURS, script } from './kernel/lab.ts';

const run = haveKernel('tshark') ? describe : describe.skip;

run('a client that goes in mid-transfer', () => {
	test.each(['reset', 'vanish'])('%s: nothing is deleted, and the next one gets in', async (how) => {
		const lab = new Lab({ capture: true });
		const mail = [letter(3_000_000, 1), letter(100, 2)];
		try {
			await lab.office({ ada: mail }, '--trace');
			const gone = await lab.run(['python3', script('abandon.py'), OURS, 'ada', how]);
			expect(gone.code, gone.err).toBe(0);
			await lab.line('"kind":"tcp.error"');
			expect(readdirSync(join(lab.folder, 'mail', 'ada'))).toEqual(['001', '002']);
			const again = await lab.run(['python3', script('abandon.py'), OURS, 'ada', 'half']);
			expect(again.code, again.err).toBe(0);
			expect(again.out.toString().trim()).toBe(sha256(mail[0]!));
			// without QUIT there is no UPDATE
			expect(readdirSync(join(lab.folder, 'mail', 'ada'))).toEqual(['001', '002']);
			expect(broken(await lab.counters())).toEqual({});
			await lab.stop();
			expect(complaints(lab)).toEqual([]);
		} finally {
			await lab.close();
		}
	});
});

/** Processes that live in this network namespace. */
function dwellers(namespace: string): string[] {
	return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && namespaceOf(pid) === namespace);
}

/** Null: there is no such process any more. */
function namespaceOf(pid: number | string): string | null {
	try {
		return readlinkSync(`/proc/${pid}/ns/net`);
	} catch {
		return null;
	}
}

async function busy(): Promise<{ lab: Lab; namespace: string }> {
	const lab = new Lab();
	await lab.office({ ada: [letter(100)] });
	await lab.start(['sh', '-c', 'sleep 300 & echo up; sleep 300'], 'up', 300);
	const namespace = namespaceOf(lab.relay.pid ?? 0) ?? '';
	expect(namespace).not.toBe(namespaceOf('self'));
	// the relay and its guardian, the host, the shell and both its children
	expect(dwellers(namespace).length).toBeGreaterThanOrEqual(5);
	return { lab, namespace };
}

run('nothing is left', () => {
	test('when a lab is closed', async () => {
		const { lab, namespace } = await busy();
		await lab.close();
		await expect.poll(() => dwellers(namespace)).toEqual([]);
	});

	test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('when the relay gets %s', async (signal) => {
		const { lab, namespace } = await busy();
		lab.relay.kill(signal);
		await expect.poll(() => dwellers(namespace)).toEqual([]);
		await lab.close();
	});

	test('when the test itself is killed', async () => {
		const orphan = spawn(process.execPath, ['--import', 'tsx', script('orphan.ts')], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		const said = await new Promise<string>((resolve) =>
			orphan.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()))
		);
		const [relay = '', folder = ''] = said.split(' ');
		const namespace = namespaceOf(relay) ?? '';
		expect(existsSync(folder)).toBe(true);
		expect(dwellers(namespace).length).toBeGreaterThanOrEqual(5);
		orphan.kill('SIGKILL');
		await expect.poll(() => dwellers(namespace), { timeout: 5_000 }).toEqual([]);
		expect(existsSync(folder)).toBe(false);
	});

	test('when the host is killed: the relay says so and goes on', async () => {
		const lab = new Lab();
		try {
			await lab.host();
			await lab.kill({ id: 1 });
			await expect(lab.stop()).rejects.toThrow();
			await lab.host();
			expect((await lab.run(['ping', '-n', '-c', '1', '-W', '5', OURS])).code).toBe(0);
		} finally {
			await lab.close();
		}
	});

	test('of the device in this namespace', () => {
		expect(readdirSync('/sys/class/net').filter((name) => name.startsWith('tun'))).toEqual([]);
	});
});
