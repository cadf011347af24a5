// The worst of networks between the simulated host and the Linux kernel: whatever is lost, doubled, overtaken, corrupt or
// late, what arrives is what was sent. The transfers wait more than they work, so they run beside each other.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { complaints, letter, sha256 } from './kernel/judge.ts';
import { haveKernel, KERNEL, Lab, OURS, script, type LabOptions } from './kernel/lab.ts';

const run = haveKernel('curl', 'tshark') ? describe : describe.skip;
const LIMIT = 150_000;

interface Trial extends LabOptions {
	readonly octets: number;
	readonly host?: readonly string[];
}

/** A letter of so many octets fetched by curl; returns what the kernel and the host counted. */
async function fetched({ octets, host = [], ...weather }: Trial) {
	const lab = new Lab({ capture: !weather.corrupt, ...weather });
	try {
		const mail = letter(octets, 9);
		await lab.office({ ada: [mail] }, ...host);
		const file = join(lab.folder, 'came');
		const url = `pop3://ada:secret@${OURS}/1`;
		const { code, err } = await lab.run(['curl', '-sS', '--max-time', '140', '-o', file, url], 145);
		expect(code, err).toBe(0);
		expect(sha256(readFileSync(file))).toBe(sha256(mail));
		const counters = await lab.counters();
		const summary = await lab.stop();
		if (!weather.corrupt) expect(complaints(lab)).toEqual([]);
		return { counters, summary };
	} finally {
		await lab.close();
	}
}

/** As many octets sent by our client to a server on the kernel's side, which sends back as many. */
async function sent({ octets, host = [], ...weather }: Trial): Promise<void> {
	const lab = new Lab(weather);
	try {
		const file = join(lab.folder, 'payload');
		const payload = letter(octets, 10);
		writeFileSync(file, payload);
		const server = await lab.start(
			['python3', script('server.py'), '9000', 'read', 'send', `${octets}`],
			'ready',
			145
		);
		await lab.host('--connect', `${KERNEL}:9000`, '--send', file, ...host);
		const said = JSON.parse(await lab.line('"connect"'));
		const served = JSON.parse((await server.ended).out.toString().trim().split('\n').at(-1) ?? '');
		expect(served).toMatchObject({ came: sha256(payload), error: null });
		expect(said).toMatchObject({ received: octets, sha256: served.gone, ended: 'closed' });
	} finally {
		await lab.close();
	}
}

run.concurrent('a letter through bad weather', () => {
	test.each([0.01, 0.05, 0.1])(
		'loss of %d both ways: 300 KB intact',
		async (loss) => {
			const { counters } = await fetched({ octets: 300_000, loss, seed: 7 });
			expect(counters['to_kernel.lost']).toBeGreaterThan(0);
		},
		LIMIT
	);

	test(
		'loss of 0.2 both ways at MTU 1500: 1 MB intact',
		async () => {
			const { counters } = await fetched({ octets: 1_000_000, loss: 0.2, seed: 8 });
			expect(counters['to_kernel.lost']).toBeGreaterThan(100);
			expect(counters['to_host.lost']).toBeGreaterThan(50);
		},
		LIMIT
	);

	test(
		'loss of 0.2 both ways in jumbo datagrams: 1 MB intact',
		async () => {
			const { counters } = await fetched({ octets: 1_000_000, loss: 0.2, mtu: 9000, seed: 8 });
			expect(counters['to_kernel.lost']).toBeGreaterThan(20);
			expect(counters['to_host.lost']).toBeGreaterThan(10);
		},
		LIMIT
	);

	test(
		'a plain host, loss of 0.05: 100 KB intact',
		async () => {
			const host = ['--no-sack', '--no-timestamps', '--no-window-scale', '--congestion', 'newreno'];
			await fetched({ octets: 100_000, loss: 0.05, seed: 9, host });
		},
		LIMIT
	);

	test(
		'reordering',
		async () => {
			const { counters } = await fetched({ octets: 1_000_000, reorder: 0.1, seed: 10 });
			expect(counters['to_kernel.reordered']).toBeGreaterThan(50);
			expect(counters['TcpExt.TCPOFOQueue']).toBeGreaterThan(0);
		},
		LIMIT
	);

	test(
		'duplication',
		async () => {
			const { counters } = await fetched({ octets: 1_000_000, duplicate: 0.3, seed: 11 });
			expect(counters['to_kernel.duplicated']).toBeGreaterThan(100);
			expect(counters['TcpExt.TCPDSACKOldSent']).toBeGreaterThan(0);
		},
		LIMIT
	);

	test(
		'corruption: both sides discard what is broken, and neither takes it for true',
		async () => {
			const { counters, summary } = await fetched({ octets: 300_000, corrupt: 0.05, seed: 12 });
			expect(counters['Tcp.InCsumErrors']).toBeGreaterThan(0);
			expect(summary.discarded['checksum']).toBeGreaterThan(0);
		},
		LIMIT
	);

	test(
		'a delay of 100 ms with jitter',
		async () => {
			await fetched({ octets: 300_000, delay: 100, jitter: 5, seed: 13 });
		},
		LIMIT
	);

	test(
		'everything at once',
		async () => {
			const weather = { loss: 0.05, reorder: 0.1, duplicate: 0.05, corrupt: 0.01, delay: 5, jitter: 5 };
			await fetched({ octets: 300_000, ...weather, seed: 14 });
		},
		LIMIT
	);
});

run.concurrent('our client in bad weather', () => {
	test.each([
		['loss', { loss: 0.1 }],
		['reordering', { reorder: 0.1 }],
		['duplication', { duplicate: 0.3 }],
		['corruption', { corrupt: 0.05 }],
		['everything', { loss: 0.05, reorder: 0.1, duplicate: 0.05, corrupt: 0.01, delay: 5, jitter: 5 }]
	])(
		'%s: 200 KB there and back',
		async (_, weather) => {
			await sent({ octets: 200_000, ...weather, seed: 21 });
		},
		LIMIT
	);
});
