// Where somebody stands, as text for a teacher: the same run gives the same text, at its end and in its past, and the
// link in it opens the same run; what is wrong with a link is said.
import { expect, test } from 'vitest';
import { coach } from '#lib/levels/coach.ts';
import type { Level } from '#lib/levels/level.ts';
import { papers } from '#lib/levels/papers.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import { shake } from '#lib/levels/shake.ts';
import { packetRows } from '#lib/player/packets.ts';
import { packRun, readRun } from '#lib/player/run-link.ts';
import { isRunHash, readSpot } from '#lib/player/spot.ts';
import { stateText, type State } from '#lib/player/state-text.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { play, timed } from '../levels/play.ts';

function stateOf(level: Level, log: readonly Event[], cursor = log.length): State {
	const shown = log.slice(0, cursor);
	const inputs = log.filter(({ kind }) => kind === 'input');
	return {
		level,
		log,
		cursor,
		start: inputs[level.prelude.length]?.seq ?? log.length,
		time: shown.at(-1)?.at ?? 0,
		host: level.terminal,
		lens: level.lens,
		rows: packetRows(shown, level.scenario),
		packets: packetRows(log, level.scenario).length,
		packet: null,
		field: null,
		hints: 0,
		shownHow: false,
		report: coach(level, shown),
		questions: questionStatuses(level, shown),
		link: null
	};
}
const typed = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const wrong = (): readonly Event[] =>
	play(papers, [
		typed('USER ada'),
		typed('PASS lovelance'),
		{ kind: 'answer', question: 'lock', value: 'anybody' },
		typed('STAT')
	]).log;

test('it names the level, the place, the goals with their evidence, the coach, the answers and what was done', () => {
	const text = stateText({
		...stateOf(papers, wrong()),
		packet: 7,
		field: 'Acknowledgment number',
		hints: 2
	});
	const lines = text.split('\n');
	expect(lines[0]).toBe('Interactive POP3: 2.1 Show your papers');
	expect(lines[1]).toBe(`Level papers, seed ${papers.seed}. Lens 1, Letter. Sitting at desk.`);
	expect(lines[2]).toMatch(
		/^Event (\d+) of \1, \d+\.\d{3} s\. Packet (\d+) of \2\. Packet 7 is chosen, at Acknowledgment number\.$/
	);
	expect(lines[3]).toBe('Hints: 2 of 3.');
	expect(text).toMatch(
		/\nGoals \(1 of 4\)\n\[x\] .+ \(event \d+, POP3 post: AUTHORIZATION, by \w+\)\n\[ \] /
	);
	expect(text).toMatch(/\nCoach: .*USER/);
	expect(text).toMatch(/\nAnswers\n- .+\? .+: (?:wrong|not told yet)\n/);
	expect(text).toMatch(/\nDone when the level opened\n +0\.\d{3} {2}typed connect post 110\n/);
	expect(text).toMatch(
		/\nWhat was done\n +\d\.\d{3} {2}typed USER ada\n.+typed PASS lovelance\n.+\n.+typed STAT\n\n/
	);
	expect(text).toContain('C> PASS lovelance');
	expect(text).toMatch(/\n +1 .+desk {2}post {2}TCP/);
});

test('in the past it tells what was seen by then, and that more was done', () => {
	const log = wrong();
	const third = log.filter(({ kind }) => kind === 'input')[2]!.seq;
	const text = stateText(stateOf(papers, log, third));
	expect(text).toContain('typed USER ada\n(3 things done after this event)');
	expect(text).not.toContain('typed PASS');
	expect(stateText(stateOf(papers, log.slice(0, third)))).not.toContain('after this event');
});

test.each(ALL_LEVELS.map((level) => [level.slug, level] as const))(
	'%s: a fresh, a half and a solved run each have their text, twice the same',
	(_, level) => {
		const { log } = play(level, level.showMe);
		for (const part of [
			log.slice(
				0,
				log.findLastIndex(({ kind }) => kind === 'input')
			),
			log
		]) {
			const text = stateText(stateOf(level, part));
			expect(text).toBe(
				stateText(
					stateOf(
						level,
						part.map((event) => ({ ...event }))
					)
				)
			);
			expect(text).not.toMatch(/undefined|\[object|NaN/);
		}
		const done = stateText(stateOf(level, log));
		expect(done).toContain('Coach: The level is solved.');
		expect(done).not.toMatch(/\(event \d+\)/);
		expect(done).not.toMatch(/^\[(?: |BROKEN)\]/m);
		expect(stateText(stateOf(level, play(level, []).log))).toContain('What was done\nnothing yet\n');
	}
);

test('what a fault is made of is all there: long runs are cut at their beginning, and say so', () => {
	const log = play(
		papers,
		Array.from({ length: 80 }, () => typed('USER ada'))
	).log;
	expect(stateText(stateOf(papers, log))).toMatch(/What happened\n\(\d+ lines before this are left out\)\n/);
});

test('the link in it opens the same run at the same event, in its level alone', async () => {
	const log = wrong();
	const game = { version: 1, level: papers.slug, seed: papers.seed, inputs: timed(log) } as const;
	const link = await packRun({ game, at: 40 });
	if (!link.ok) throw new Error(link.problem);
	expect(link.value).toMatch(/^run=1\.[A-Za-z0-9_-]+&at=40$/);
	expect(isRunHash(`#${link.value}`)).toBe(true);
	expect(readSpot(`#${link.value}`)).toBeNull();
	expect(await readRun(`#${link.value}`, papers)).toEqual({ ok: true, value: { game, at: 40 } });
	expect(await readRun(`#${link.value.replace('&at=40', '')}`, papers)).toMatchObject({ ok: true });
	expect(await readRun(`#${link.value}`, shake)).toMatchObject({
		problem: expect.stringContaining('another level') as string
	});
	expect(await readRun(`#${link.value}`, { ...papers, seed: papers.seed + 1 })).toMatchObject({
		problem: expect.stringContaining('another edition') as string
	});
	const damaged = { ok: false, problem: expect.stringContaining('damaged') as string };
	expect(await readRun(`#${link.value.slice(0, 60)}&at=40`, papers)).toMatchObject(damaged);
	expect(await readRun(`#${link.value}!`, papers)).toMatchObject(damaged);
	expect(await readRun('#run=', papers)).toMatchObject(damaged);
	const empty = await packRun({ game: { ...game, inputs: [] }, at: 0 });
	expect(empty.ok && (await readRun(`#${empty.value}`, papers))).toMatchObject(damaged);
	const hostile = await packRun({ game: { ...game, inputs: [{ at: -1, input: typed('x') }] }, at: 0 });
	expect(hostile.ok && (await readRun(`#${hostile.value}`, papers))).toMatchObject({
		ok: false,
		problem: expect.stringContaining('cannot be used') as string
	});
});
