// ping from the Linux kernel, whole and in fragments. The kernel's counters are the judge: ping itself forgives a bad
// checksum to root.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, complaints } from './kernel/judge.ts';
import { haveKernel, Lab, OURS } from './kernel/lab.ts';

const run = haveKernel('iputils-ping', 'tshark') ? describe : describe.skip;

run.each([576, 1280, 1500, 9000])('over an MTU of %i', (mtu) => {
	let lab: Lab;
	beforeAll(async () => {
		lab = new Lab({ mtu, capture: true });
		await lab.host();
	});
	afterAll(() => lab.close());

	/** Around every edge: no data, one octet, eights, the MTU itself, and pieces beyond it. */
	const SIZES = [
		0,
		1,
		7,
		8,
		9,
		56,
		mtu - 29,
		mtu - 28,
		mtu - 27,
		mtu - 20,
		mtu,
		2 * mtu - 41,
		3 * mtu,
		16_000,
		65_000
	];

	test('every size comes back whole, octet for octet', async () => {
		for (const size of SIZES) {
			const ping = ['ping', '-n', '-c', '1', '-W', '5', '-s', `${size}`, OURS];
			const { code, out } = await lab.run(ping);
			const text = out.toString();
			expect(code, text).toBe(0);
			expect(text).toContain(`${size + 8} bytes from ${OURS}`);
			expect(text).not.toMatch(/wrong data|DUP|DIFFERENT|truncated/);
		}
		const counters = await lab.counters();
		expect(broken(counters)).toEqual({});
		expect(counters['Icmp.InEchoReps']).toBe(SIZES.length);
		expect(counters['Ip.ReasmOKs']).toBe(SIZES.filter((size) => size + 28 > mtu).length);
		const { discarded } = await lab.stop();
		expect(discarded).toEqual({});
	});

	test('tshark finds nothing wrong with what we sent', () => expect(complaints(lab)).toEqual([]));
});

run('in bad weather', () => {
	test('what is corrupt on the way is discarded on both sides, and never answered', async () => {
		const lab = new Lab({ seed: 4 });
		try {
			await lab.host();
			await lab.weather({ to_host: { corrupt: 1 } });
			const there = await lab.run(['ping', '-n', '-q', '-c', '60', '-l', '60', '-W', '1', OURS]);
			const before = await lab.counters();
			await lab.weather({ to_kernel: { corrupt: 1 } });
			await lab.run(['ping', '-n', '-q', '-c', '60', '-l', '60', '-W', '1', OURS]);
			const counters = await lab.counters();
			const refused = (counters['Ip.InHdrErrors'] ?? 0) + (counters['to_kernel.refused'] ?? 0);
			expect(refused + (counters['Icmp.InCsumErrors'] ?? 0)).toBe(60);
			expect(there.out.toString()).toContain(' 0 received');
			expect(before['to_host.carried']).toBe(60);
			expect(before['to_kernel.carried']).toBe(0);
			const { discarded, received, sent } = await lab.stop();
			expect([received, sent]).toEqual([120, 60]);
			expect((discarded['checksum'] ?? 0) + (discarded['malformed'] ?? 0)).toBe(60);
		} finally {
			await lab.close();
		}
	});

	test('pieces that are reordered and come twice still make one datagram', async () => {
		const lab = new Lab({ seed: 5, reorder: 0.3, duplicate: 0.2 });
		try {
			await lab.host();
			const ping = ['ping', '-n', '-q', '-c', '20', '-i', '0.05', '-W', '2', '-s', '20000', OURS];
			expect((await lab.run(ping)).out.toString()).toContain(' 20 received');
			const counters = await lab.counters();
			expect(counters['to_host.reordered']).toBeGreaterThan(50);
			expect(counters['Icmp.InCsumErrors']).toBe(0);
		} finally {
			await lab.close();
		}
	});
});
