// Export: the file that the page hands out holds exactly the packets of its list, by our reader and by tshark.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readPcapng } from '#lib/capture/pcap.ts';
import { decode } from '#lib/player/decode.ts';
import { haveJudge } from '../../scripts/judges.mjs';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const PORTS = new Set([110]);
/** tshark's flag bits as the list writes them. */
const LETTERS = [
	[2, 'S'],
	[1, 'F'],
	[4, 'R'],
	[8, 'P'],
	[32, 'U'],
	[16, 'A']
] as const;

interface Row {
	readonly packet: number;
	readonly flags: string;
	readonly seq: number;
	readonly ack: number;
	readonly length: number;
}

/** The rows of the packet list, read off the page. */
async function listed(level: LevelPage): Promise<Row[]> {
	const cells = await level.rows.evaluateAll((rows) =>
		rows.map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent?.trim()))
	);
	return cells.map(([packet, , , , flags = '', seq, ack, length]) => ({
		packet: Number(packet),
		flags,
		seq: Number(seq),
		ack: Number(ack),
		length: Number(length)
	}));
}

async function exported(page: Page): Promise<{ name: string; path: string; bytes: Uint8Array }> {
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	const file = await download;
	const path = await file.path();
	return { name: file.suggestedFilename(), path, bytes: readFileSync(path) };
}

const sorted = (flags: string) => [...flags].toSorted().join('');

test('the exported capture holds the packets of the list, to the octet', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.solve('papers');
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	const rows = await listed(level);
	expect(rows.length).toBeGreaterThan(12);
	const { name, path, bytes } = await exported(page);
	expect(name).toBe('2.1-papers.pcapng');

	const capture = readPcapng(bytes);
	expect(capture.interfaces.map((link) => link.name)).toEqual(['desk-post']);
	const read = capture.packets.map(({ bytes: octets }, i): Row => {
		const { flags, tcp } = decode(octets, PORTS);
		const ack = flags.includes('A') ? tcp?.ack : 0;
		return { packet: i + 1, flags, seq: tcp?.seq ?? NaN, ack: ack ?? NaN, length: tcp?.length ?? NaN };
	});
	expect(read).toEqual(rows);
	const times = capture.packets.map(({ at }) => at);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
	const everything = capture.packets
		.map(({ bytes: octets }) => Buffer.from(octets).toString('latin1'))
		.join('');
	for (const line of ['USER ada\r\n', 'PASS lovelance\r\n', 'PASS lovelace\r\n'])
		expect(everything).toContain(line);

	// what the terminal says the server sent is what the wire carried, octet for octet
	const server = capture.packets
		.map(({ bytes: octets }) => ({ octets, ...decode(octets, PORTS) }))
		.filter(({ source }) => source === '198.51.100.25')
		.map(({ octets, tcp }) =>
			Buffer.from(octets.subarray(octets.length - (tcp?.length ?? 0))).toString('latin1')
		)
		.join('');
	const lines = await level.text.locator('p').filter({ hasText: 'Server: ' }).allTextContents();
	expect(server).toBe(lines.map((line) => `${line.replace(/^\s*<\s*Server: /, '')}\r\n`).join(''));

	if (!haveJudge('tshark')) return;
	const fields = [
		'tcp.flags',
		'tcp.seq_raw',
		'tcp.ack_raw',
		'tcp.len',
		'_ws.malformed',
		'pop.request.command'
	];
	const preferences = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE'].flatMap((each) => ['-o', each]);
	const tshark = (...args: string[]) =>
		execFileSync('tshark', ['-n', '-r', path, ...preferences, ...args], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		});
	const frames = tshark('-T', 'fields', ...fields.flatMap((field) => ['-e', field]))
		.replace(/\n$/, '')
		.split('\n')
		.map((line) => line.split('\t'));
	const seen = frames.map(([bits, seq, ack, length], i): Row => {
		const flags = LETTERS.map(([bit, letter]) => (Number(bits) & bit ? letter : '')).join('');
		return {
			packet: i + 1,
			flags: sorted(flags),
			seq: Number(seq),
			ack: Number(ack),
			length: Number(length)
		};
	});
	expect(seen).toEqual(rows.map((row) => ({ ...row, flags: sorted(row.flags) })));
	expect(frames.map(([, , , , malformed]) => malformed).filter(Boolean)).toEqual([]);
	expect(frames.map(([, , , , , command]) => command).filter(Boolean)).toEqual([
		'USER',
		'PASS',
		'USER',
		'PASS'
	]);
	expect(
		tshark('-Y', '_ws.expert.severity == "Error" || ip.checksum.status == 0 || tcp.checksum.status == 0')
	).toBe('');
});

test('what the cursor has not reached is not in the file', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	const all = await level.rows.count();
	await level.scrubber.focus();
	while ((await level.rows.count()) > all - 2) await page.keyboard.press('Shift+ArrowLeft');
	const { bytes } = await exported(page);
	expect(readPcapng(bytes).packets).toHaveLength(await level.rows.count());
});

test('before the first packet there is a file too, and it is a capture', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('knock');
	const { name, bytes } = await exported(page);
	expect(name).toBe('1.1-knock.pcapng');
	expect(readPcapng(bytes)).toMatchObject({ interfaces: [{ name: 'desk-post' }], packets: [] });
});
