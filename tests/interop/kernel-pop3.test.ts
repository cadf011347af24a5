// Real POP3 clients on the Linux kernel's sockets against the simulated server: curl and poplib, one and many, small
// letters and a very large one, over several MTUs and whatever options the kernel is told to use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, complaints, letter, oddities, sha256 } from './kernel/judge.ts';
import { haveKernel, Lab, OURS, script } from './kernel/lab.ts';

const run = haveKernel('curl', 'tshark') ? describe : describe.skip;
const LETTERS = [letter(200, 1), letter(5_000, 2), letter(70_000, 3)];

async function curl(lab: Lab, path: string, ...options: string[]): Promise<Buffer> {
	const url = `pop3://ada:secret@${OURS}/${path}`;
	const { code, out, err } = await lab.run(['curl', '-sS', '--max-time', '50', ...options, url], 60);
	if (code !== 0) throw new Error(`curl ended with ${code}: ${err}`);
	return out;
}

run('curl', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = new Lab({ capture: true });
		await lab.office({ ada: LETTERS });
	});
	afterAll(() => lab.close());

	test('lists', async () => {
		const list = LETTERS.map((octets, i) => `${i + 1} ${octets.length}\r\n`).join('');
		expect((await curl(lab, '')).toString()).toBe(list);
	});

	test('fetches each letter, octet for octet', async () => {
		for (const [i, octets] of LETTERS.entries())
			expect(sha256(await curl(lab, `${i + 1}`))).toBe(sha256(octets));
	});

	test('deletes with QUIT: the file is gone', async () => {
		await curl(lab, '2', '--request', 'DELE', '--head');
		await expect.poll(() => readdirSync(join(lab.folder, 'mail', 'ada'))).toEqual(['001', '003']);
	});

	test('a port that nobody listens on refuses at once', async () => {
		const { code, err } = await lab.run(['curl', '-sSv', '--max-time', '10', `pop3://${OURS}:111/`]);
		expect(code).toBe(7);
		expect(err).toMatch(/Connection refused/i);
	});

	test('neither the kernel nor tshark saw anything wrong, or needless', async () => {
		const counters = await lab.counters();
		expect(broken(counters)).toEqual({});
		expect(counters['Tcp.RetransSegs']).toBe(0);
		expect((await lab.stop()).discarded).toEqual({});
		expect(complaints(lab)).toEqual([]);
		expect(oddities(lab)).toEqual([]);
	});
});

run('poplib', () => {
	test('50 clients at once, each with its own letters', async () => {
		const lab = new Lab();
		try {
			const names = Array.from({ length: 50 }, (_, i) => `user${i + 1}`);
			const mail = Object.fromEntries(
				names.map((name, i) => [name, [letter(300, i + 1), letter(40_000, 100 + i)]])
			);
			await lab.office(mail);
			const { out, err } = await lab.run(['python3', script('clients.py'), OURS, '50'], 60);
			expect(err).toBe('');
			const { came, errors } = JSON.parse(out.toString());
			expect(errors).toEqual([]);
			expect(came).toEqual(
				Object.fromEntries(Object.entries(mail).map(([name, letters]) => [name, letters.map(sha256)]))
			);
			expect(broken(await lab.counters())).toEqual({});
		} finally {
			await lab.close();
		}
	});
});

run('whatever the kernel speaks', () => {
	const SWITCHES = ['tcp_sack', 'tcp_timestamps', 'tcp_window_scaling'] as const;
	const all = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => SWITCHES.map((_, i) => (bits >> i) & 1));

	test.each([
		['a host with everything', []],
		['a plain host', ['--no-sack', '--no-timestamps', '--no-window-scale', '--no-delayed-ack']]
	])('%s: SACK, timestamps and window scale, each on and off', async (_, options) => {
		const lab = new Lab({ capture: true });
		try {
			await lab.office({ ada: LETTERS }, ...options);
			for (const bits of all) {
				for (const [i, name] of SWITCHES.entries()) await lab.sysctl(name, bits[i] ?? 0);
				expect(sha256(await curl(lab, '3')), `${SWITCHES} ${bits}`).toBe(sha256(LETTERS[2]!));
			}
			expect(broken(await lab.counters())).toEqual({});
			await lab.stop();
			expect(complaints(lab)).toEqual([]);
			expect(oddities(lab)).toEqual([]);
			const agreed = (option: string) => lab.tshark(`tcp.flags == 0x012 && tcp.options.${option}`).length;
			const both = options.length === 0 ? 4 : 0;
			expect(['sack_perm', 'timestamp', 'wscale'].map(agreed)).toEqual([both, both, both]);
		} finally {
			await lab.close();
		}
	});

	test.each([576, 1280, 1500, 9000])('an MTU of %i', async (mtu) => {
		const lab = new Lab({ mtu, capture: true });
		try {
			await lab.office({ ada: LETTERS });
			for (const [i, octets] of LETTERS.entries())
				expect(sha256(await curl(lab, `${i + 1}`))).toBe(sha256(octets));
			expect(broken(await lab.counters())).toEqual({});
			await lab.stop();
			expect(complaints(lab)).toEqual([]);
			expect(oddities(lab)).toEqual([]);
			const full = lab.tshark(`ip.src == ${OURS} && ip.len == ${mtu}`);
			expect(full.length).toBeGreaterThan(5);
		} finally {
			await lab.close();
		}
	});
});

run('a letter of 20 MB', () => {
	const huge = letter(20_000_000, 20);

	test.each([
		['modern', []],
		[
			'plain',
			['--no-sack', '--no-timestamps', '--no-window-scale', '--no-delayed-ack', '--congestion', 'newreno']
		]
	])('comes whole: %s', async (_, options) => {
		const lab = new Lab();
		try {
			await lab.office({ ada: [huge] }, ...options);
			const file = join(lab.folder, 'came');
			const began = process.hrtime.bigint();
			await curl(lab, '1', '-o', file);
			const seconds = Number(process.hrtime.bigint() - began) / 1e9;
			console.log(`20 MB through the kernel in ${seconds.toFixed(1)} s`);
			expect(sha256(readFileSync(file))).toBe(sha256(huge));
			expect(broken(await lab.counters())).toEqual({});
		} finally {
			await lab.close();
		}
	});
});
