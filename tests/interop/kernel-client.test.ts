// Our client stack against sockets of the Linux kernel: bulk either way and both at once, half-close, refusal and reset.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { broken, complaints, oddities, sha256 } from './kernel/judge.ts';
import { haveKernel, KERNEL, Lab, OURS, script, type LabOptions, type Outcome } from './kernel/lab.ts';

const run = haveKernel('tshark') ? describe : describe.skip;
const PORT = 9000;
const EMPTY = sha256(new Uint8Array());

/** What the kernel's server says at its end. */
interface Served {
	readonly received: number;
	readonly came: string;
	readonly sent: number;
	readonly gone: string;
	readonly error: string | null;
}

/** What the host says of its connection. */
interface Said {
	readonly sent: number;
	readonly received: number;
	readonly sha256: string;
	readonly ended: string;
}

const payload = (octets: number) => Uint8Array.from({ length: octets }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

let lab: Lab;
let options: LabOptions;
beforeEach(() => void (options = { capture: true }));
afterEach(() => lab.close());

const servedBy = ({ out }: Outcome): Served => JSON.parse(out.toString().trim().split('\n').at(-1) ?? '');

/** The server does `acts`; the host connects and sends `octets`. */
async function meet(
	acts: string,
	octets: number,
	...more: string[]
): Promise<{ served: Served; said: Said }> {
	lab = new Lab(options);
	const file = join(lab.folder, 'payload');
	writeFileSync(file, payload(octets));
	const server = await lab.start(['python3', script('server.py'), `${PORT}`, ...acts.split(' ')], 'ready');
	await lab.host('--connect', `${KERNEL}:${PORT}`, '--send', file, ...more);
	const said: Said = JSON.parse(await lab.line('"connect"'));
	return { served: servedBy(await server.ended), said };
}

/** Nothing broken was sent, and in fair weather nothing needless. */
async function judged(): Promise<void> {
	expect(broken(await lab.counters())).toEqual({});
	expect((await lab.stop()).discarded).toEqual({});
	expect(complaints(lab)).toEqual([]);
	expect(oddities(lab)).toEqual([]);
}

run('our client and a kernel server', () => {
	test('bulk to the kernel', async () => {
		const { served, said } = await meet('read', 4_000_000);
		expect(served).toMatchObject({ received: 4_000_000, came: sha256(payload(4_000_000)), error: null });
		expect(said).toMatchObject({ sent: 4_000_000, received: 0, sha256: EMPTY, ended: 'closed' });
		await judged();
	});

	test('bulk from the kernel, after our half is closed', async () => {
		const { served, said } = await meet('read send 4000000', 10);
		expect(served).toMatchObject({ received: 10, sent: 4_000_000, error: null });
		expect(said).toMatchObject({ received: 4_000_000, sha256: served.gone, ended: 'closed' });
		await judged();
	});

	test('both ways at once', async () => {
		const { served, said } = await meet('both 2000000', 2_000_000);
		expect(served).toMatchObject({ received: 2_000_000, came: sha256(payload(2_000_000)), error: null });
		expect(said).toMatchObject({ received: 2_000_000, sha256: served.gone, ended: 'closed' });
		await judged();
	});

	test('the kernel closes its half first, and is still sent everything', async () => {
		const { served, said } = await meet('send 100 close read', 300_000, '--keep-open');
		expect(served).toMatchObject({ received: 300_000, came: sha256(payload(300_000)), error: null });
		expect(said).toMatchObject({ received: 100, sha256: served.gone, ended: 'closed' });
		await judged();
	});

	test('a server that does not read for a while: zero window, probes, and then all of it', async () => {
		const { served } = await meet('sleep 3 read', 6_000_000);
		expect(served).toMatchObject({ received: 6_000_000, came: sha256(payload(6_000_000)), error: null });
		expect(broken(await lab.counters())).toEqual({});
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
		expect(lab.tshark(`ip.src == ${KERNEL} && tcp.analysis.zero_window`).length).toBeGreaterThan(0);
		expect(lab.tshark(`ip.src == ${OURS} && tcp.analysis.zero_window_probe`).length).toBeGreaterThan(0);
	});

	test('both open at the same moment: one connection (RFC 9293 figure 8)', async () => {
		lab = new Lab({ capture: true, delay: 1500 });
		const file = join(lab.folder, 'payload');
		writeFileSync(file, payload(20_000));
		await lab.host('--connect', `${KERNEL}:${PORT}`, '--send', file, '--trace');
		// the first port that the host gives out; its SYN is still on its way
		const acts = ['open', OURS, '49152', 'both', '30000'];
		const kernel = await lab.start(['python3', script('server.py'), `${PORT}`, ...acts], 'ready');
		await lab.line('"to":"ESTABLISHED"');
		await lab.weather({});
		const served = servedBy(await kernel.ended);
		const said: Said = JSON.parse(await lab.line('"connect"'));
		expect(served).toMatchObject({ received: 20_000, came: sha256(payload(20_000)), error: null });
		expect(said).toMatchObject({ received: 30_000, sha256: served.gone, ended: 'closed' });
		expect(broken(await lab.counters())).toEqual({});
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
		for (const address of [OURS, KERNEL])
			expect(lab.tshark(`ip.src == ${address} && tcp.flags == 0x002`).length).toBeGreaterThan(0);
		expect(lab.tshark('tcp.flags.reset == 1')).toEqual([]);
	});

	test('a port that nobody listens on: refused', async () => {
		lab = new Lab(options);
		await lab.host('--connect', `${KERNEL}:${PORT}`);
		expect(JSON.parse(await lab.line('"connect"'))).toMatchObject({ ended: 'refused', received: 0 });
		await judged();
	});

	test('the kernel resets in mid-transfer: we say so, and say nothing more', async () => {
		const { served, said } = await meet('take 100000 reset', 5_000_000);
		expect(served).toMatchObject({ received: 100_000, error: null });
		expect(said.ended).toBe('reset');
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
		const numbers = (filter: string) => lab.tshark(filter).map((line) => parseInt(line, 10));
		const reset = numbers(`ip.src == ${KERNEL} && tcp.flags.reset == 1`).at(-1) ?? Infinity;
		// what had been sent before it came may still stand behind it in the capture
		expect(numbers(`ip.src == ${OURS} && tcp.flags.reset == 1`)).toEqual([]);
		expect(reset).toBeLessThan(Infinity);
	});

	test('we abort in mid-transfer: the kernel is told by one RST that it believes', async () => {
		const { served, said } = await meet('send 5000000', 10, '--abort-after', '50000', '--keep-open');
		expect(said.ended).toBe('aborted');
		expect(said.received).toBeGreaterThanOrEqual(50_000);
		expect(['ConnectionResetError', 'BrokenPipeError']).toContain(served.error);
		const counters = await lab.counters();
		expect(broken(counters)).toEqual({});
		expect(counters['Tcp.EstabResets']).toBe(1);
		expect(counters['Tcp.CurrEstab']).toBe(0);
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
	});

	test('nobody answers at all: given up, with the reason', async () => {
		lab = new Lab({ loss: 1 });
		await lab.host('--connect', `${KERNEL}:${PORT}`, '--trace');
		await lab.line('"to":"SYN-SENT"');
		// the give-up itself takes three minutes (RFC 9293 MUST-23); that it tries again is seen at once
		await lab.line('"kind":"tcp.retransmit"');
		expect(lab.said.some((line) => line.startsWith('{"connect"'))).toBe(false);
	});
});

run('our client in all its clothes', () => {
	test.each([
		[
			'plain',
			['--no-sack', '--no-timestamps', '--no-window-scale', '--no-delayed-ack', '--congestion', 'none']
		],
		['NewReno without SACK', ['--no-sack', '--congestion', 'newreno']],
		['Nagle', ['--nagle']],
		['a small window', ['--receive-buffer', '3000', '--no-window-scale']],
		['a window scaled by 14', ['--window-scale', '14']]
	])('%s', async (_, clothes) => {
		const { served, said } = await meet('both 400000', 400_000, ...clothes);
		expect(served).toMatchObject({ received: 400_000, came: sha256(payload(400_000)), error: null });
		expect(said).toMatchObject({ received: 400_000, sha256: served.gone, ended: 'closed' });
		await judged();
	});
});
