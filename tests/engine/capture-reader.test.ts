import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { octetsOf } from '#lib/capture/table.ts';
import { largeCapture } from '../fixtures/large-capture.ts';
import { readCaptureFile, type CaptureFile } from '#lib/engine/capture-reader.ts';

const poplib = new Uint8Array(readFileSync(new URL('../fixtures/captures/poplib.pcap', import.meta.url)));

/** A file that streams in chunks of `step` octets. */
function file(bytes: Uint8Array<ArrayBuffer>, step = 7, name = 'some.pcap'): CaptureFile {
	let at = 0;
	return {
		name,
		size: bytes.length,
		stream: () =>
			new ReadableStream({
				pull(controller) {
					if (at >= bytes.length) return controller.close();
					controller.enqueue(bytes.slice(at, at + step));
					at += step;
				}
			})
	};
}

describe('a file that streams in', () => {
	test('is the same whatever the chunks are', async () => {
		const whole = await readCaptureFile(file(poplib, poplib.length));
		expect(whole).toMatchObject({ fault: null, counts: { packets: 51 }, table: { count: 51 } });
		const packets = (opened: typeof whole) =>
			Array.from({ length: opened.table.count }, (_, i) => [...octetsOf(opened.table, i)]);
		for (const step of [1, 13, 4096]) {
			const again = await readCaptureFile(file(poplib, step));
			expect(packets(again)).toEqual(packets(whole));
			expect(again.judgement).toEqual(whole.judgement);
		}
	});

	test('of 100 MB is read to its end, chunk by chunk, and judged', { timeout: 60_000 }, async () => {
		const chunks = largeCapture({ octets: 100_000_000, mss: 60_000 });
		let asked = 0;
		const opened = await readCaptureFile({
			name: 'large.pcap',
			size: 100_000_000,
			stream: () =>
				new ReadableStream(
					{
						pull(controller) {
							const { done, value } = chunks.next();
							if (done) return controller.close();
							asked++;
							controller.enqueue(value);
						}
					},
					{ highWaterMark: 0 }
				)
		});
		expect(opened.fault).toBeNull();
		expect(asked).toBeGreaterThan(90);
		expect(opened.table.count).toBeGreaterThan(1500);
		expect(opened.judgement.conversations.every(({ pop3 }) => pop3?.verdict.deviation === null)).toBe(true);
	});

	test('tells how far it is', async () => {
		const seen: number[] = [];
		await readCaptureFile(file(poplib, 1000), { progress: ({ octets }) => void seen.push(octets) });
		expect(seen.at(-1)).toBe(poplib.length);
		expect(seen).toEqual(seen.toSorted((a, b) => a - b));
	});

	test('what was read before it breaks off is kept, and the place is told', async () => {
		const opened = await readCaptureFile(file(poplib.slice(0, 1000)));
		expect(opened.fault).toMatch(/^At octet [\d,]+: the file ends inside a packet/);
		expect(opened.table.count).toBeGreaterThan(5);
		expect(opened.judgement.conversations).toHaveLength(1);
	});

	test.each([
		['', 'The file is empty.'],
		['PK\u0003\u0004zipped', 'It is a ZIP archive'],
		['\u001f\u008b\b\u0000', 'It is compressed by gzip'],
		['<html><body>', 'It looks like HTML'],
		['Hello world', 'Not a capture: the file begins with 48656c6c, neither pcap nor pcapng.']
	])('a foreign file: %j', async (text, say) => {
		const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
		const opened = await readCaptureFile(file(bytes, 100));
		expect(opened.fault).toContain(say);
		expect(opened.table.count).toBe(0);
	});

	test('octets, packets and time have their limits', async () => {
		const limits = { octets: 2000, packets: 100, packet: 65536 };
		const large = await readCaptureFile(file(poplib, 500), { limits });
		expect(large.fault).toBe('At octet 2,000: more than 2000 octets.');
		const many = await readCaptureFile(file(poplib, 500), {
			limits: { ...limits, octets: 1e6, packets: 10 }
		});
		expect(many.fault).toMatch('more than 10 packets');
		expect(many.table.count).toBe(10);
		let clock = 0;
		const slow = await readCaptureFile(file(poplib, 500), { now: () => (clock += 400), patience: 1000 });
		expect(slow.fault).toMatch('reading took more than 1 seconds');
		expect(slow.table.count).toBeGreaterThan(0);
	});

	test('a stream that fails is told', async () => {
		const broken: CaptureFile = {
			name: 'x',
			size: 9,
			stream: () => new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
		};
		expect((await readCaptureFile(broken)).fault).toBe('The file cannot be read: Error: gone');
	});

	test('any octets end in an answer', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 4 }), async (noise, kind) => {
				const head = [
					[],
					[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0],
					[0x0a, 0x0d, 0x0d, 0x0a],
					[0xa1, 0xb2, 0xc3, 0xd4, 0, 2],
					[0x4d, 0x3c, 0xb2, 0xa1]
				][kind];
				const opened = await readCaptureFile(file(Uint8Array.from([...(head ?? []), ...noise]), 9));
				expect(opened.fault === null || opened.fault.length > 10).toBe(true);
			})
		);
	});
});
