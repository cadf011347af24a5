/**
 * Reads and judges a capture file as it streams in: bounded in octets, packets and time, and what was read before a fault
 * is kept. The same function runs in the worker and in tests; it has neither a Worker nor a page in it.
 */
import { CaptureError, LIMITS, type Limits } from '#lib/capture/capture.ts';
import { captureReader } from '#lib/capture/pcap.ts';
import { createCounts, createTable, takePacket, type Counts, type PacketTable } from '#lib/capture/table.ts';
import { CaptureJudge, type Judgement } from '#lib/judge/judge.ts';

export interface CaptureProgress {
	/** Octets of the file that were read, and packets found in them. */
	readonly octets: number;
	readonly packets: number;
}

export interface OpenedCapture {
	readonly name: string;
	/** Octets of the file. */
	readonly size: number;
	readonly table: PacketTable;
	readonly counts: Counts;
	readonly judgement: Judgement;
	/** Why reading ended before the file did; null: all of it was read. */
	readonly fault: string | null;
}

/** What is needed of a `File`. */
export interface CaptureFile {
	readonly name: string;
	readonly size: number;
	stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface ReadOptions {
	readonly progress?: (progress: CaptureProgress) => void;
	readonly limits?: Limits;
	/** Milliseconds of a steady clock. */
	readonly now?: () => number;
	/** Milliseconds that reading may take. */
	readonly patience?: number;
}

const PATIENCE = 60_000;
/** Octets between two looks at the clock, whatever the stream's chunks are. */
const STEP = 256 * 1024;

/** What a file is that is no capture, by its first octets. */
const FOREIGN: readonly (readonly [string, string])[] = [
	['1f8b', 'It is compressed by gzip: unpack it first.'],
	['28b52ffd', 'It is compressed by zstd: unpack it first.'],
	['504b0304', 'It is a ZIP archive: unpack it first.'],
	['736e6f6f70', 'It is a snoop capture: save it as pcap.'],
	['25504446', 'It is a PDF.'],
	['89504e47', 'It is a PNG picture.'],
	['7b', 'It looks like JSON.'],
	['3c', 'It looks like HTML or XML.']
];

const hexOf = (octets: Uint8Array): string =>
	Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

function said(error: unknown, first: Uint8Array, packets: number): string {
	if (!(error instanceof CaptureError)) return `The file cannot be read: ${String(error)}`;
	const at = ` (at octet ${error.at})`;
	const what = error.message.replace(at, '');
	if (error.at === 0 && packets === 0) {
		const foreign = FOREIGN.find(([magic]) => hexOf(first).startsWith(magic))?.[1];
		if (first.length === 0) return 'The file is empty.';
		return `Not a capture: the file begins with ${hexOf(first.subarray(0, 4))}, neither pcap nor pcapng. ${foreign ?? ''}`.trim();
	}
	return `At octet ${error.at.toLocaleString('en-GB')}: ${what}.`;
}

/** Reads to the end, to a fault, or to a limit; never rejects. */
export async function readCaptureFile(file: CaptureFile, options: ReadOptions = {}): Promise<OpenedCapture> {
	const { progress, limits = LIMITS, now = () => performance.now(), patience = PATIENCE } = options;
	const table = createTable();
	const counts = createCounts();
	const judge = new CaptureJudge();
	const reader = captureReader(
		{
			interface: (link) => void counts.interfaces.push(link),
			packet(packet) {
				if (takePacket(table, counts, packet)) judge.take(table, table.count - 1);
			}
		},
		limits
	);
	let fault: string | null = null;
	let first = new Uint8Array(0);
	let octets = 0;
	const begun = now();
	try {
		const stream = file.stream().getReader();
		try {
			for (let piece = await stream.read(); !piece.done; piece = await stream.read()) {
				if (octets === 0) first = piece.value.slice(0, 8);
				for (let at = 0; at < piece.value.length; at += STEP) {
					const step = piece.value.subarray(at, at + STEP);
					reader.push(step);
					octets += step.length;
					if (now() - begun > patience)
						throw new CaptureError(`reading took more than ${Math.round(patience / 1000)} seconds`, octets);
				}
				progress?.({ octets, packets: counts.packets });
			}
			reader.end();
		} finally {
			await stream.cancel().catch(() => undefined);
		}
	} catch (error) {
		fault = said(error, first, counts.packets);
	}
	return { name: file.name, size: file.size, table, counts, judgement: judge.judgement(), fault };
}
