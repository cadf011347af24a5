// Runs tshark over a capture and reads what it says of each frame as flat lists of field values.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything checked, nothing relative, no desegmentation: each frame is judged by its own octets. */
const STRICT = [
	'ip.check_checksum:TRUE',
	'tcp.check_checksum:TRUE',
	'tcp.relative_sequence_numbers:FALSE',
	'tcp.desegment_tcp_streams:FALSE'
];

export type Fields = ReadonlyMap<string, readonly string[]>;

/** The output of tshark on `capture`; `preferences` are `name:value`. */
export function tshark(
	capture: Uint8Array,
	args: readonly string[],
	preferences: readonly string[] = []
): string {
	const folder = mkdtempSync(join(tmpdir(), 'capture-'));
	const file = join(folder, 'run.pcapng');
	writeFileSync(file, capture);
	try {
		const options = preferences.flatMap((preference) => ['-o', preference]);
		return execFileSync('tshark', ['-n', '-r', file, ...options, ...args], {
			encoding: 'utf8',
			maxBuffer: 1 << 28,
			stdio: ['ignore', 'pipe', 'ignore']
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Every field that tshark shows of every frame, in the order in which it shows them. */
export function framesOf(capture: Uint8Array): Fields[] {
	const frames = JSON.parse(tshark(capture, ['-T', 'json', '--no-duplicate-keys'], STRICT)) as {
		_source: { layers: Record<string, unknown> };
	}[];
	return frames.map(({ _source: { layers } }) => {
		const fields = new Map<string, string[]>();
		const walk = (value: unknown, name: string): void => {
			if (Array.isArray(value)) value.forEach((one) => walk(one, name));
			else if (typeof value === 'object' && value !== null)
				Object.entries(value).forEach(([key, inner]) => walk(inner, key));
			else fields.set(name, [...(fields.get(name) ?? []), String(value)]);
		};
		for (const [layer, value] of Object.entries(layers)) if (layer !== 'frame') walk(value, layer);
		return fields;
	});
}
