// nmap asks every question that RFC 9293 §3.10.7.1 (CLOSED) and §3.10.7.2 (LISTEN) answer, from the kernel's side.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, complaints, letter } from './kernel/judge.ts';
import { haveKernel, Lab, OURS } from './kernel/lab.ts';

const run = haveKernel('nmap', 'tshark') ? describe : describe.skip;

run('nmap', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = new Lab({ capture: true });
		await lab.office({ ada: [letter(100)] });
	});
	afterAll(() => lab.close());

	/** What it says of each port. */
	async function scan(kind: string, ports: string): Promise<Record<string, string>> {
		const limits = ['--max-retries', '1', '--host-timeout', '20s', '--min-rate', '100'];
		const { code, out, err } = await lab.run([
			'nmap',
			'-n',
			'-Pn',
			...limits,
			kind,
			'-p',
			ports,
			'-oG',
			'-',
			OURS
		]);
		expect(code, err).toBe(0);
		const [, list = ''] = /(?:Ports|Protocols): ([^\t\n]*)/.exec(out.toString()) ?? [];
		return Object.fromEntries(
			list.split(', ').map((port) => {
				const [number = '', state = ''] = port.split('/');
				return [number, state];
			})
		);
	}

	test.each([
		['-sS', 'a SYN', 'SYN,ACK from LISTEN, RST from CLOSED', { 110: 'open', 111: 'closed' }],
		['-sT', 'a whole handshake', 'accepted, or refused', { 110: 'open', 111: 'closed' }],
		['-sF', 'FIN alone', 'nothing from LISTEN, RST from CLOSED', { 110: 'open|filtered', 111: 'closed' }],
		[
			'-sN',
			'no flag at all',
			'nothing from LISTEN, RST from CLOSED',
			{ 110: 'open|filtered', 111: 'closed' }
		],
		[
			'-sX',
			'FIN, PSH and URG',
			'nothing from LISTEN, RST from CLOSED',
			{ 110: 'open|filtered', 111: 'closed' }
		],
		['-sA', 'ACK alone', 'RST from both', { 110: 'unfiltered', 111: 'unfiltered' }],
		['-sM', 'FIN and ACK', 'RST from both', { 110: 'closed', 111: 'closed' }],
		['-sW', 'ACK alone', 'RST with window 0 from both', { 110: 'closed', 111: 'closed' }],
		['-sU', 'UDP', 'port unreachable', { 110: 'closed', 111: 'closed' }]
	] as const)('%s, %s: %s', async (kind, _what, _answer, expected) => {
		expect(await scan(kind, '110,111')).toEqual(expected);
	});

	test('protocols that nobody here speaks are unreachable (RFC 1122 §3.2.2.1)', async () => {
		expect(await scan('-sO', '1,6,17,50,132')).toEqual({
			1: 'open',
			6: 'open',
			17: 'open',
			50: 'closed',
			132: 'closed'
		});
	});

	test('nothing that we answered is wrong', async () => {
		// the kernel counts as an error each "unreachable" for which it has no socket, and nmap's packets have none
		expect(broken({ ...(await lab.counters()), 'Icmp.InErrors': 0 })).toEqual({});
		await lab.stop();
		expect(complaints(lab)).toEqual([]);
	});
});
