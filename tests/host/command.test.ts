// `npm run host` as a command: packets on standard output and nothing else, words on standard error, exit codes.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, parseTcp, RST, SYN } from '#lib/wire/tcp.ts';
import { PacketReader } from '../../scripts/host/wire.ts';

const HOST = fileURLToPath(new URL('../../scripts/host.ts', import.meta.url));
const ENDS = ['--address', '192.0.2.2', '--peer', '192.0.2.1'];
const src = parseAddress('192.0.2.1');
const dst = parseAddress('192.0.2.2');

interface Outcome {
	readonly code: number | null;
	readonly packets: Uint8Array[];
	/** Octets on standard output that are no whole packet. */
	readonly rest: number;
	readonly said: string;
}

/** Runs the command; its input ends when as many packets have come back as are `expected`. */
function host(args: readonly string[], input: Uint8Array, expected = 0): Promise<Outcome> {
	const child = spawn(process.execPath, ['--import', 'tsx', HOST, ...args]);
	const reader = new PacketReader();
	const packets: Uint8Array[] = [];
	let said = '';
	child.stderr.on('data', (text: Buffer) => (said += text.toString()));
	child.stdin.on('error', () => {});
	child.stdin.write(input);
	if (expected === 0) child.stdin.end();
	child.stdout.on('data', (chunk: Buffer) => {
		reader.push(chunk, (packet) => packets.push(packet));
		if (packets.length >= expected) child.stdin.end();
	});
	return new Promise((resolve) =>
		child.on('close', (code) => resolve({ code, packets, rest: reader.unfinished, said }))
	);
}

function framed(...packets: Uint8Array[]): Uint8Array {
	return Buffer.concat(
		packets.flatMap((packet) =>
			[[packet.length >> 8, packet.length & 255], packet].map((part) => Buffer.from(part))
		)
	);
}

const ping = encodeIpv4(
	{ src, dst, protocol: ICMP_PROTOCOL },
	encodeIcmp({ kind: 'echoRequest', identifier: 7, sequence: 1, data: Uint8Array.of(1, 2, 3) })
);
const syn = encodeIpv4(
	{ src, dst, protocol: TCP_PROTOCOL },
	encodeTcp(
		{
			srcPort: 1000,
			dstPort: 110,
			seq: 5,
			ack: 0,
			flags: SYN,
			window: 1000,
			urgent: 0,
			options: [],
			payload: new Uint8Array()
		},
		src,
		dst
	)
);

describe('the command', () => {
	test('answers an echo request and a SYN, says nothing but packets, and ends with its input', async () => {
		const { code, packets, rest, said } = await host(ENDS, framed(ping, syn), 2);
		expect(code).toBe(0);
		expect(rest).toBe(0);
		const [echo, reset] = packets.map((bytes) => parseIpv4(bytes));
		if (!echo?.ok || !reset?.ok) return expect.unreachable();
		expect(parseIcmp(echo.packet.payload)).toMatchObject({
			ok: true,
			packet: { kind: 'echoReply', identifier: 7 }
		});
		expect(parseTcp(reset.packet.payload, dst, src)).toMatchObject({
			ok: true,
			packet: { flags: RST | ACK, ack: 6 }
		});
		expect(said).toContain('{"received":2,"sent":2,"discarded":{}}');
	});

	test('octets that are no packet are discarded, with the reason', async () => {
		const bad = ping.slice();
		bad[8] = 1;
		const { code, said } = await host(ENDS, framed(bad, Uint8Array.of(1, 2, 3), new Uint8Array(), ping), 1);
		expect(code).toBe(0);
		expect(said).toContain('{"received":4,"sent":1,"discarded":{"checksum":1,"malformed":2}}');
	});

	test('input that ends within a packet: exit code 1', async () => {
		const { code, packets, said } = await host(ENDS, framed(ping).subarray(0, 20));
		expect([code, packets]).toEqual([1, []]);
		expect(said).toContain('standard input ended within a packet');
	});

	test.each([
		[[], '--address is missing'],
		[[...ENDS, '--link', 'ethernet'], '--link ethernet is reserved'],
		[[...ENDS, '--serve', 'pop3', '--maildir', '.', '--users', '/nowhere/users'], '--users: ENOENT'],
		[[...ENDS, '--connect', '192.0.2.1:1', '--send', '/nowhere/file'], '--send: ENOENT']
	])('%j: exit code 2', async (args, problem) => {
		const { code, packets, rest, said } = await host(args, new Uint8Array());
		expect([code, packets, rest]).toEqual([2, [], 0]);
		expect(said).toContain(`host: ${problem}`);
	});
});
