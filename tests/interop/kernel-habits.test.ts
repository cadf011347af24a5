// What real programs and real routers do beside sending and receiving: keep-alive, one port used again and again, urgent
// octets, tiny windows, ECN, IP options, and a path that is narrower than the first link.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, complaints, letter, sha256 } from './kernel/judge.ts';
import { haveKernel, Lab, OURS, script } from './kernel/lab.ts';

const run = haveKernel('tshark', 'iputils-ping') ? describe : describe.skip;

run('habits of programs', () => {
	let lab: Lab;
	const mail = letter(200_000, 5);
	beforeAll(async () => {
		lab = new Lab({ capture: true, sysctl: { tcp_ecn: '1' } });
		await lab.office({ ada: [mail] });
	});
	afterAll(() => lab.close());

	async function habit(...act: string[]): Promise<string> {
		const { code, out, err } = await lab.run(['python3', script('habits.py'), OURS, ...act], 50);
		expect(code, err).toBe(0);
		return out.toString().trim();
	}

	test('keep-alive: every probe is answered', async () => {
		await habit('keepalive');
		expect((await lab.counters())['TcpExt.TCPKeepAlive']).toBeGreaterThanOrEqual(2);
	});

	test('the same port again while we are in TIME-WAIT (RFC 6191)', async () => {
		await habit('same-port', '10');
	});

	test('200 connections, one after the other', async () => {
		await habit('many', '200');
	});

	test('an urgent octet stays in its place', async () => {
		await habit('urgent');
	});

	test('one octet a segment', async () => {
		await habit('dribble');
	});

	test('a very small window, read slowly', async () => {
		expect(await habit('small')).toBe(sha256(mail));
	});

	test('ping with IP options: they come back (RFC 1122 §3.2.2.6)', async () => {
		const route = await lab.run(['ping', '-n', '-c', '1', '-W', '5', '-R', OURS]);
		expect(route.out.toString()).toContain('1 received');
		expect(route.out.toString()).toMatch(/RR:[^-]*192\.0\.2\.2/);
		const stamps = await lab.run(['ping', '-n', '-c', '1', '-W', '5', '-T', 'tsandaddr', OURS]);
		expect(stamps.out.toString()).toContain('1 received');
	});

	test('nothing that we sent was wrong', async () => {
		expect(broken(await lab.counters())).toEqual({});
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
	});
});

/** The kernel forwards to a network of its own behind a link of 1000 octets, where a server waits that promises more. */
const BEHIND = `
unshare -n sh -c 'while ! ip link show v1 2>/dev/null >&2; do sleep 0.02; done
	ip addr add 198.51.100.2/24 dev v1 && ip link set v1 up && ip route add default via 198.51.100.1 mtu 1000 advmss 1460 &&
	exec python3 "$0" 9000 "$@"' "$0" "$@" &
echo 1 > /proc/sys/net/ipv4/ip_forward
ip link add v0 mtu 1000 type veth peer name v1 && ip addr add 198.51.100.1/24 dev v0 && ip link set v0 up
while ip link show v1 >/dev/null 2>&1; do ip link set v1 netns $!; sleep 0.02; done
wait`;

run('a real router', () => {
	test('says "fragmentation needed", and we send no more than fits (RFC 1191)', async () => {
		const lab = new Lab({ capture: true });
		try {
			const payload = letter(300_000, 6);
			const file = join(lab.folder, 'payload');
			writeFileSync(file, payload);
			const acts = ['read', 'send', '100000'];
			const server = await lab.start(['sh', '-c', BEHIND, script('server.py'), ...acts], 'ready');
			await lab.host('--connect', '198.51.100.2:9000', '--send', file);
			const said = JSON.parse(await lab.line('"connect"'));
			const served = JSON.parse((await server.ended).out.toString().trim().split('\n').at(-1) ?? '');
			expect(served).toMatchObject({ came: sha256(payload), error: null });
			expect(said).toMatchObject({ received: 100_000, sha256: served.gone, ended: 'closed' });
			const { discarded } = await lab.stop();
			expect(discarded).toEqual({});
			const told = lab.tshark('icmp.type == 3 && icmp.code == 4');
			expect(told.length).toBeGreaterThan(0);
			// only what was on its way when the router spoke was too long: the first window (RFC 6928), and no more once its word is heard
			const seconds = (line: string) => Number(line.trim().split(/\s+/)[1]);
			const heard = seconds(told[0] ?? '') + 1;
			const long = lab.tshark(`!icmp && ip.src == ${OURS} && ip.len > 1000`).map(seconds);
			expect(long.length).toBeGreaterThan(0);
			expect(long.filter((at) => at > heard)).toEqual([]);
			expect(lab.tshark(`ip.src == ${OURS} && ip.len == 1000`).length).toBeGreaterThan(200);
			expect(complaints(lab)).toEqual([]);
		} finally {
			await lab.close();
		}
	});

	test('a network that is not there: unreachable, told to the program at once or after its time', async () => {
		const lab = new Lab({ sysctl: { ip_forward: '1' } });
		try {
			await lab.host('--connect', '203.0.113.9:9000', '--trace');
			await lab.line('"kind":"icmp.received"');
			await lab.line('"code":0');
		} finally {
			await lab.close();
		}
	});
});
