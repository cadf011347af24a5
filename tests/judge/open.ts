/** Captures for the judge: files of real programs, and runs of our own world as a file and back. */
import { readFileSync } from 'node:fs';
import { captureReader } from '#lib/capture/pcap.ts';
import { createCounts, createTable, takePacket, type Counts, type PacketTable } from '#lib/capture/table.ts';
import { CaptureJudge, type ConversationReport, type Judgement } from '#lib/judge/judge.ts';
import { captureOf } from '#lib/player/capture.ts';
import type { Input } from '#lib/sim/event.ts';
import type { HostSpec } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t0, type T0 } from '../fixtures/t0.ts';

export interface Judged extends Judgement {
	readonly table: PacketTable;
	readonly counts: Counts;
}

export function judged(bytes: Uint8Array): Judged {
	const table = createTable();
	const counts = createCounts();
	const judge = new CaptureJudge();
	const reader = captureReader({
		interface: (link) => void counts.interfaces.push(link),
		packet(packet) {
			if (takePacket(table, counts, packet)) judge.take(table, table.count - 1);
		}
	});
	reader.push(bytes);
	reader.end();
	return { ...judge.judgement(), table, counts };
}

export const fixture = (name: string): Uint8Array =>
	new Uint8Array(readFileSync(new URL(`../fixtures/captures/${name}`, import.meta.url)));

/** What a person does at `desk`, each step once the world is quiet, and how long it is waited after it (µs). */
export interface Step {
	readonly input: Input;
	readonly wait?: number;
}

export const say = (line: string, wait?: number): Step => ({
	input: { kind: 'type', host: 'desk', line },
	...(wait !== undefined && { wait })
});

/** A capture of a run with a server of the given habits. */
export function runOf(how: T0, steps: readonly Step[], host: Partial<HostSpec> = {}): Uint8Array {
	const base = t0(how);
	const scenario = {
		...base,
		hosts: base.hosts.map((one) => (one.id === 'desk' ? { ...one, ...host } : one))
	};
	const world = createWorld(scenario, 1);
	for (const { input, wait } of steps) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
		if (wait !== undefined) world.advance(world.now + wait);
	}
	return captureOf(world.log, scenario, 'run');
}

/** The reports of the POP3 sessions. */
export const sessions = (judgement: Judgement): readonly ConversationReport[] =>
	judgement.conversations.filter(({ pop3 }) => pop3 !== null);
