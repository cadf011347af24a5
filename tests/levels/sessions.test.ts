/** Short random sessions per level: nothing throws, goals once met stay met, and the coach always leads home. */
import { describe, expect, it } from 'vitest';
import { choicesOf } from '#lib/levels/answers.ts';
import { coach, rowStatuses } from '#lib/levels/coach.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import type { Level } from '#lib/levels/level.ts';
import { seatsOf } from '#lib/levels/seats.ts';
import { verdict } from '#lib/levels/verdict.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import { createStream, type Stream } from '#lib/sim/random.ts';
import { replay } from '#lib/sim/replay.ts';
import { createWorld } from '#lib/sim/world.ts';
import { ALL_LEVELS } from './all.ts';
import { act, timed } from './play.ts';

const SESSIONS = 20;

const LINES = [
	'connect post 110',
	'connect post 109',
	'connect post',
	'connect nowhere',
	'connect desk 110',
	'connect 203.0.113.9 110',
	'connect post 99999',
	'USER ada',
	'USER mallory',
	'USER',
	'user ada<CRLF>',
	'PASS lovelace',
	'PASS lovelance',
	'PASS',
	'STAT',
	'LIST',
	'LIST 9',
	'RETR',
	'RETR 1',
	'RETR x',
	'DELE 2',
	'DELE 2',
	'RSET',
	'TOP 1',
	'UIDL',
	'NOOP',
	'APOP ada c4c9334bac560ecc979e58001b3e22fb',
	'QUIT',
	'LSIT',
	'hello?',
	'',
	' ',
	'x'.repeat(300),
	'grüße'
];
const OCTETS = ['USER ada\r\nPASS lovelace\r\n', 'QU', '\n', '\r', 'NOOP\n', '\x00\xff\r\n', '\r\n', '.\r\n'];

function anyInput(level: Level, log: readonly Event[], random: Stream): Input {
	const pick = <T>(from: readonly T[]): T => {
		const item = from[random.below(from.length)];
		if (item === undefined) throw new Error('nothing to pick from');
		return item;
	};
	// lines are typed where there is a terminal; where there is none, a level's own doings are all that can be done
	const terminals = seatsOf(level).flatMap(({ host, program }) => (program === 'terminal' ? [host] : []));
	const levers = (level.levers ?? []).flatMap((lever) =>
		lever.kind === 'button' ? [lever.input] : lever.ways.map(({ input }) => input)
	);
	if (levers.length > 0 && random.below(6) === 0) return pick(levers);
	if (terminals.length === 0 && random.below(2) > 0) return pick(level.showMe);
	const host = terminals.length > 0 ? pick(terminals) : null;
	switch (host === null ? 1 : random.below(8)) {
		case 0:
			return { kind: 'octets', host: host ?? level.terminal, octets: pick(OCTETS) };
		case 1: {
			const { id, form } = pick(level.questions);
			const choices = choicesOf(form, log);
			const value = choices.length ? pick(choices).value : pick([0, 1001, 5000, 5001, 'seq of packet 1']);
			return { kind: 'answer', question: id, value };
		}
		case 2:
			return pick(level.showMe);
		default:
			return { kind: 'type', host: host ?? level.terminal, line: pick(LINES) };
	}
}

/** Plays a random session; some inputs come while packets are still under way. */
function wander(level: Level, seed: number) {
	const random = createStream(seed, level.slug);
	const world = createWorld(level.scenario, level.seed);
	act(world, level.prelude);
	for (let n = 1 + random.below(12); n > 0; n--) {
		world.input({ at: world.now + random.below(50_000), input: anyInput(level, world.log, random) });
		if (random.below(3) > 0) world.runUntilQuiet();
	}
	world.runUntilQuiet();
	return world;
}

/** The world as it was when `count` events had happened, as a branch from there begins. */
function rewound(level: Level, log: readonly Event[], count: number) {
	const kept = timed(log.slice(0, count));
	const world = replay(level.scenario, level.seed, kept);
	world.runUntilQuiet();
	return world;
}

/** Log positions just after each input, and the end. */
function cuts(log: readonly Event[]): number[] {
	return [...log.flatMap((event) => (event.kind === 'input' ? [event.seq + 1] : [])), log.length];
}

describe.each(ALL_LEVELS.map((level) => [level.slug, level] as const))('%s', (_slug, level) => {
	const worlds = Array.from({ length: SESSIONS }, (_, seed) => wander(level, seed));
	const logs = worlds.map(({ log }) => [...log]);

	it('keeps every goal that was met, and a guard that was broken stays broken', () => {
		for (const [seed, log] of logs.entries()) {
			let before = rowStatuses(level, []).map(({ by }) => by);
			for (const cut of cuts(log)) {
				const now = rowStatuses(level, log.slice(0, cut)).map(({ by }) => by);
				before.forEach((by, row) => {
					if (by) expect(now[row], `session ${seed}, row ${row + 1}, at ${cut}`).not.toBeNull();
				});
				before = now;
			}
		}
	});

	it('has an event of the past for every row, and says something for every refusal', () => {
		for (const log of logs) {
			for (const cut of cuts(log)) {
				const shown = log.slice(0, cut);
				const report = coach(level, shown);
				for (const { by } of report.rows) if (by) expect(shown).toContain(by);
				if (report.message) expect(report.message.say).not.toBe('');
				if (report.away) expect(report.away.rewindTo).toBeLessThan(cut);
				expect(report.solved).toBe(verdict(level, shown, { hintsUsed: 0, shown: true }).solved);
				questionStatuses(level, shown);
			}
		}
	});

	it('is solved from wherever it was left by doing what the coach says', () => {
		for (const [seed, left] of worlds.entries()) {
			let world = left;
			const said: string[] = [];
			for (let report = coach(level, world.log); !report.solved; report = coach(level, world.log)) {
				said.push(report.message?.say ?? report.milestone?.next ?? 'nothing');
				if (said.length > 25) break;
				const back = report.message?.kind === 'broken' || !report.show ? report.message?.rewindTo : null;
				if (back != null) world = rewound(level, world.log, back);
				else if (report.show) act(world, [report.show]);
				else break;
			}
			expect(coach(level, world.log).solved, `session ${seed}: ${said.join(' | ')}`).toBe(true);
		}
	});
});
