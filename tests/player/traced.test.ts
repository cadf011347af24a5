// Every octet of every packet of every run that solves a level: it stands in a field that has a name, and if it is text, it
// is traced to the command, the reply or the stored letter that it comes from.
import { describe, expect, test } from 'vitest';
import { cellNames, layersOf } from '#lib/player/fields.ts';
import { packetRows } from '#lib/player/packets.ts';
import { provenance } from '#lib/player/provenance.ts';
import { connectionNames, conversationsOf, runAt, streamsOf } from '#lib/player/stream.ts';
import { letter } from '#lib/mail/letters.ts';
import { latin1 } from '#lib/wire/text.ts';
import { of } from '../fixtures/read.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { play } from '../levels/play.ts';

/** Octets of text that were traced, by level. */
const traced = new Map<string, number>();

const runs = ALL_LEVELS.flatMap((level) =>
	[level.showMe, ...level.alternatives].map((inputs, way) => [level.slug, way, level, inputs] as const)
);

describe.each(runs)('%s, way %i', (slug, _, level, inputs) => {
	const { log } = play(level, inputs);
	const rows = packetRows(log, level.scenario);

	test('each octet of each packet is of a field with a name', () => {
		expect(new Set(rows.map(({ packet }) => packet))).toEqual(
			new Set(of(log, 'packet.sent').map(({ packet }) => packet))
		);
		for (const { packet, bytes } of rows) {
			const nameless = cellNames(layersOf(bytes), bytes.length).flatMap((name, at) => (name ? [] : [at]));
			expect(nameless, `packet ${packet}`).toEqual([]);
		}
	});

	test('each octet of text has the packet, the command, the reply or the letter behind it', () => {
		let octets = 0;
		for (const mine of conversationsOf(rows, connectionNames(log))) {
			const [client, server] = streamsOf(mine)!;
			const origins = provenance(client, server, mine[0]!.connection, log, level.scenario);
			[client, server].forEach((stream, side) => {
				let next = 0;
				for (const one of origins[side as 0 | 1]) {
					expect(one.from, `${stream.from}: no hole`).toBe(next);
					next = one.to;
					const text = latin1(stream.octets, one.from, one.to);
					expect(one.kind, `${stream.from}: ${text}`).not.toBe('unknown');
					expect(one.event, `${stream.from}: ${text}`).not.toBeNull();
					const event = log[one.event ?? -1];
					if (side === 0) expect(event?.kind).toBe('pop3.command');
					else expect(event?.kind).toMatch(/^pop3\.(reply|command)$/);
					if (one.letter)
						expect(text).toBe(
							latin1(letter(one.letter.name).octets, one.letter.stored, one.letter.stored + one.to - one.from)
						);
				}
				expect(next).toBe(stream.length);
				for (let at = 0; at < stream.length; at++) {
					const run = runAt(stream, at);
					if (run?.row?.bytes[run.at + at - run.from] !== stream.octets[at])
						throw new Error(`${stream.from}: octet ${at} is not in its packet`);
				}
				octets += stream.length;
			});
			// and no packet carries what is in neither stream
			for (const { tcp, packet, from } of mine) {
				if (!tcp?.length) continue;
				const { runs } = from === client.from ? client : server;
				const told = runs.filter((run) => run.row?.packet === packet || run.copies.includes(packet));
				const sum = told.reduce((all, run) => all + run.to - run.from, 0);
				expect(sum, `packet ${packet}`).toBeGreaterThanOrEqual(tcp.length);
			}
		}
		traced.set(slug, octets + (traced.get(slug) ?? 0));
	});
});

test('there is text in every level', () => {
	expect([...traced].flatMap(([slug, octets]) => (octets > 0 ? [] : [slug]))).toEqual([]);
	expect(traced.size).toBe(ALL_LEVELS.length);
});
