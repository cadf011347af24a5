// Our bytes held against Wireshark's dissector: exported runs without a complaint, and our tree equal to its tree, field
// by field, on seeded sessions.
import { beforeAll, describe, expect, test } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import type { CapturePacket } from '#lib/capture/capture.ts';
import { captured, captureOf } from '#lib/player/capture.ts';
import { createWorld } from '#lib/sim/world.ts';
import { knock } from '#lib/levels/knock.ts';
import { letters } from '#lib/mail/letters.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { runSession } from './sessions.ts';
import { framesOf, tshark, type Fields } from './tshark.ts';
import { ALL_LEVELS } from '../levels/all.ts';

const SESSIONS = 60;
const CHECKED = ['ip.check_checksum:TRUE', 'tcp.check_checksum:TRUE'];
const RULED = /^(ip|tcp|pop)\./;
/** What Wireshark adds from other packets, from name look-ups, or by repeating a field under a second name. */
const DERIVED = new RegExp(
	[
		/^ip\.(addr|host|src_host|dst_host|checksum\.status|checksum_calculated)$/,
		/^tcp\.(port|stream|completeness|completeness\..*|len|seq|nxtseq|ack|window_size|window_size_scalefactor)$/,
		/^tcp\.(checksum\.status|checksum_calculated|time_.*|analysis.*|connection\..*|payload|segment.*|reassembled.*|pdu\..*|flags\.str)$/,
		/^tcp\.options\.(wscale\.multiplier)$/,
		/^pop\.(data\..*|request|response|response\.data|response\.tot_len.*)$/
	]
		.map(({ source }) => source)
		.join('|')
);

/** Octets that Wireshark leaves unnamed: they lie between or after its fields. */
const UNNAMED = new Set(['pop.space', 'pop.crlf', 'pop.text', 'pop.stuffed_dot', 'pop.final_dot']);

/** Every named value of a tree: what can be compared with a dissector's field. */
function fieldsOf(root: Node): Map<string, Node[]> {
	const fields = new Map<string, Node[]>();
	const walk = (node: Node): void => {
		fields.set(node.name, [...(fields.get(node.name) ?? []), node]);
		node.children?.forEach(walk);
	};
	walk(root);
	return fields;
}

/** The octets of a range as Wireshark prints them: `02:04:05:b4`. */
const hexOf = (bytes: Uint8Array, [from, to]: Node['bits']): string =>
	[...bytes.subarray(from / 8, to / 8)].map((octet) => octet.toString(16).padStart(2, '0')).join(':');

function same(theirs: string, ours: Node, bytes: Uint8Array): boolean {
	if (theirs === ours.shown || theirs === hexOf(bytes, ours.bits)) return true;
	if (ours.value === undefined || theirs === '') return false;
	// Wireshark prints lengths in octets where the field counts words
	return Number(theirs) === ours.value || Number(theirs) === parseInt(ours.shown, 10);
}

/** Where the two trees differ, in words. */
function differences(bytes: Uint8Array, theirs: Fields): string[] {
	const ours = fieldsOf(dissect(bytes));
	const found: string[] = [];
	for (const [name, values] of theirs) {
		if (!RULED.test(name) || DERIVED.test(name)) continue;
		const nodes = ours.get(name) ?? [];
		if (nodes.length !== values.length)
			found.push(`${name}: tshark has ${values.length}, we have ${nodes.length}`);
		else
			values.forEach((value, i) => {
				const node = nodes[i];
				if (node && !same(value, node, bytes)) found.push(`${name}: tshark ${value}, we ${node.shown}`);
			});
	}
	// Wireshark leaves the text of a segment that it has seen before undissected
	const repeated = [...theirs.keys()].some((name) =>
		/^tcp\.analysis\..*(retransmission|out_of_order)/.test(name)
	);
	for (const [name, nodes] of ours)
		if (repeated && name.startsWith('pop.')) continue;
		else if (
			RULED.test(name) &&
			!DERIVED.test(name) &&
			!UNNAMED.has(name) &&
			!theirs.has(name) &&
			nodes.some((node) => !node.children)
		)
			found.push(`${name}: only ours (${nodes[0]?.shown})`);
	return found;
}

const run = haveJudge('tshark') ? describe : describe.skip;

/** `_ws.expert.severity` of an error. */
const ERROR = 0x800000;

run('tshark', () => {
	const sessions: { seed: number; lossy: boolean; packets: readonly CapturePacket[]; frames: Fields[] }[] =
		[];

	beforeAll(() => {
		for (let seed = 0; seed < SESSIONS; seed++) {
			const { world, scenario } = runSession(seed);
			const { packets } = captured(world.log, scenario, `seed ${seed}`);
			const frames = framesOf(captureOf(world.log, scenario, `seed ${seed}`));
			const lossy = world.log.some(({ kind }) => kind === 'packet.dropped');
			sessions.push({ seed, lossy, packets, frames });
		}
	});

	test('the sessions are many and of both kinds', () => {
		for (const { packets, frames } of sessions) expect(frames).toHaveLength(packets.length);
		expect(sessions.reduce((sum, { frames }) => sum + frames.length, 0)).toBeGreaterThan(SESSIONS * 15);
		expect(new Set(sessions.map(({ lossy }) => lossy)).size).toBe(2);
	});

	test(`our tree equals tshark's, field by field, on ${SESSIONS} seeded sessions`, () => {
		const found = sessions.flatMap(({ seed, packets, frames }) =>
			packets.flatMap(({ bytes }, i) =>
				differences(bytes, frames[i] ?? new Map()).map((difference) => `seed ${seed} #${i + 1} ${difference}`)
			)
		);
		expect(found).toEqual([]);
	});

	test('every checksum is good and nothing is malformed', () => {
		for (const { seed, lossy, frames } of sessions)
			for (const [i, frame] of frames.entries()) {
				const where = `seed ${seed} #${i + 1}`;
				expect(frame.get('ip.checksum.status'), where).toEqual(['1']);
				expect(frame.get('tcp.checksum.status'), where).toEqual(['1']);
				// on a lossy line Wireshark skips repeated segments, then takes one reply for another's and misses its length
				if (lossy && frame.has('pop.response.tot_len.invalid')) continue;
				expect(frame.has('_ws.malformed'), where).toBe(false);
				const severities = frame.get('_ws.expert.severity') ?? [];
				expect(Math.max(0, ...severities.map(Number)), where).toBeLessThan(ERROR);
			}
	});
});

run('tshark on the levels', () => {
	test.each(ALL_LEVELS.map((level) => [level.slug, level] as const))(
		'%s: its reference run reads as POP3',
		(_, level) => {
			const world = createWorld(level.scenario, level.seed);
			for (const input of [...level.prelude, ...level.showMe]) {
				world.input({ at: world.now, input });
				world.runUntilQuiet();
			}
			const capture = captureOf(world.log, level.scenario, level.title);
			expect(tshark(capture, ['-Y', '_ws.malformed'])).toBe('');
			const checksums = ['-T', 'fields', '-e', 'ip.checksum.status', '-e', 'tcp.checksum.status'];
			const checked = tshark(capture, checksums, CHECKED).split('\n').filter(Boolean);
			expect(checked.length).toBeGreaterThanOrEqual(level.slug === 'doorman' ? 0 : 5);
			expect(new Set(checked.filter((line) => line !== '1\t1'))).toEqual(new Set());
			const replies = tshark(capture, ['-Y', 'pop.response', '-T', 'fields', '-e', 'pop.response.indicator']);
			const sent = world.log.filter((event) => event.kind === 'pop3.reply');
			expect(replies.split('\n').filter(Boolean)).toEqual(sent.map(({ ok }) => (ok ? '+OK' : '-ERR')));
			const commands = tshark(capture, ['-Y', 'pop.request', '-T', 'fields', '-e', 'pop.request.command']);
			const typed = world.log.filter((event) => event.kind === 'pop3.command');
			expect(commands.split('\n').filter(Boolean)).toEqual(typed.map(({ keyword }) => keyword));
		}
	);

	test('a letter fetched by RETR is put together again and read as a message', () => {
		const { scenario, seed } = knock;
		const world = createWorld(scenario, seed);
		for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 4', 'QUIT']) {
			world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
			world.runUntilQuiet();
		}
		const capture = captureOf(world.log, scenario, 'RETR');
		const [, , ...lines] = tshark(capture, ['-q', '-z', 'follow,tcp,raw,0']).split('\n');
		const stream = lines
			.filter((line) => /^\t[0-9a-f]+$/.test(line))
			.map((line) => line.trim())
			.join('');
		const octets = Buffer.from(stream, 'hex').toString('latin1');
		const [, letter = ''] = /\+OK 6452 octets\r\n([\s\S]*?\r\n)\.\r\n/.exec(octets) ?? [];
		const photo = Buffer.from(letters.photo.octets).toString('latin1');
		expect(letter.replace(/(^|\r\n)\.\./g, '$1.')).toBe(photo);
		const stamps = tshark(capture, ['-T', 'fields', '-e', 'frame.time_epoch', '-e', 'frame.interface_name']);
		const first = world.log.filter((event) => event.kind === 'packet.sent');
		expect(stamps.trim().split('\n')).toEqual(
			first.map(({ at, link }) => `${(at / 1_000_000).toFixed(9)}\t${link}`)
		);
	});

	test('a part of a run, by link and by filter, is a capture of its own', () => {
		const world = createWorld(knock.scenario, knock.seed);
		world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
		world.runUntilQuiet();
		const part = { links: new Set(['desk-post']), packets: new Set([1, 4]) };
		const frames = framesOf(captureOf(world.log, knock.scenario, 'part', part));
		expect(frames.map((fields) => fields.get('tcp.flags.str') ?? fields.get('tcp.flags'))).toHaveLength(2);
		expect(frames[0]?.get('tcp.flags.syn')).toEqual(['1']);
		expect(frames[1]?.get('pop.response.indicator')).toEqual(['+OK']);
	});
});
