/** What a level says in figures is what its reference run shows; nothing of it is typed by hand. */
import { describe, expect, it } from 'vitest';
import { letter } from '#lib/mail/letters.ts';
import { count } from '#lib/levels/count.ts';
import type { Log } from '#lib/levels/goals.ts';
import { type } from '#lib/levels/inputs.ts';
import { knock } from '#lib/levels/knock.ts';
import type { Level } from '#lib/levels/level.ts';
import { secret } from '#lib/levels/secret.ts';
import { segmentOf } from '#lib/levels/segment.ts';
import { stuffed } from '#lib/levels/stuffed.ts';
import { top } from '#lib/levels/top.ts';
import { debriefOf } from '#lib/levels/verdict.ts';
import { ALL_LEVELS } from './all.ts';
import { play } from './play.ts';
import { saidBy } from './said.ts';

const finished = (level: Level): Log => play(level, level.showMe).log;
const figuresIn = (text: string): number[] =>
	[...text.matchAll(/(?<![\w.])\d{2,}(?![\w.]*\d|\w)/g)].map(([digits]) => Number(digits));
/** Whole octets, as they are written: 0d, 2e. */
const HEX = /\b(?:[\da-f]{2} )+[\da-f]{2}\b|\b0[ad]\b/g;
/** Names of documents and of the protocol. */
const NAMES = /RFC \d+|POP3|MD5/g;

/** Sizes of the letters in the boxes, one by one and together in every way. */
function sizes({ scenario }: Level): number[] {
	const boxes = scenario.hosts.flatMap(({ pop3 }) => pop3?.users.map(({ box }) => box) ?? []);
	return boxes.flatMap((box) =>
		box.reduce<number[]>(
			(sums, name) => [...sums, ...sums.map((sum) => sum + letter(name).octets.length)],
			[0]
		)
	);
}

/** Every number that the run shows: in its events, in its packets' numbers, in its answers, and in what it began with. */
function shown(level: Level, log: Log): ReadonlySet<number> {
	const segments = log.flatMap((event) => (event.kind === 'packet.sent' ? [segmentOf(event.bytes)] : []));
	const texts = JSON.stringify([level.scenario, log, level.meter?.marks]);
	return new Set([
		...[...texts.matchAll(/\d+/g)].map(([digits]) => Number(digits)),
		...level.questions.map(({ answer }) => Number(answer(log))),
		...segments.flatMap((each) => (each ? [each.seq, each.ack] : [])),
		...sizes(level)
	]);
}

describe.each(ALL_LEVELS.map((level) => [level.slug, level] as const))('%s', (_slug, level) => {
	it('says no figure that its run does not show', () => {
		const log = finished(level);
		const known = shown(level, log);
		const strange = saidBy(level, log)
			.filter(({ kind }) => kind !== 'difference' && kind !== 'debrief')
			.flatMap(({ text }) =>
				figuresIn(text.replace(HEX, '').replace(NAMES, ''))
					.filter((figure) => !known.has(figure))
					.map((figure) => `${figure}: ${text}`)
			);
		expect(strange).toEqual([]);
	});
});

describe('a debrief', () => {
	const replies = (log: Log, keyword: string): number[] =>
		log.flatMap((event) =>
			event.kind === 'pop3.reply' && event.keyword === keyword && event.ok ? [event.octets] : []
		);
	const total = (octets: readonly number[]): number => octets.reduce((a, b) => a + b, 0);
	const said = (level: Level, log: Log = finished(level)): number[] => figuresIn(debriefOf(level, log));
	const letters = [1, 2, 3, 4];

	it('of 1.1 counts the packets as they went: three without words, one with, one that says got it', () => {
		const sizes = finished(knock).flatMap((event) =>
			event.kind === 'packet.sent' ? [segmentOf(event.bytes)?.payload.length ?? -1] : []
		);
		expect(sizes.map((size) => size > 0)).toEqual([false, false, false, true, false]);
	});

	it('of 3.1 has what the list cost in this run, and the size of the largest letter', () => {
		const once = finished(count);
		const twice = play(count, [type('LIST'), ...count.showMe]).log;
		expect(said(count, once)).toEqual([total(replies(once, 'LIST')), 6452]);
		expect(said(count, twice)).toEqual([2 * total(replies(once, 'LIST')), 6452]);
	});

	it('of 3.3 takes the reply apart as the wire carried it', () => {
		const log = finished(stuffed);
		const [whole = 0] = replies(log, 'RETR');
		const line = '+OK 242 octets\r\n'.length;
		const end = '.\r\n'.length;
		expect(debriefOf(stuffed, log)).toContain(
			`${whole} octets: ${line} of status line, ${whole - line - end} of letter, ${end} of end. LIST said 242`
		);
		expect(whole).toBe(line + 242 + 3 + end);
	});

	it('of 3.4 holds the tops of this run against the letters that stayed', () => {
		const carried = play(
			top,
			letters.map((n) => type(`RETR ${n}`))
		).log;
		const all = total(replies(carried, 'RETR'));
		expect(said(top)).toEqual([total(replies(finished(top), 'TOP')), all]);
		const dear = play(top, [type('TOP 3 1'), ...top.showMe]).log;
		expect(said(top, dear)).toEqual([total(replies(dear, 'TOP')), all]);
		expect(said(top, dear)).not.toEqual(said(top));
	});

	it('of 6.2 has the digest of the other order, and post refuses that one', () => {
		const begins = /begins ([\da-f]{8})/.exec(debriefOf(secret, finished(secret)))?.[1] ?? '?';
		const swapped = secret.alternatives
			.flat()
			.find((input) => input.kind === 'type' && input.line.startsWith(`APOP ada ${begins}`));
		expect(swapped).toBeDefined();
		const { log } = play(secret, swapped ? [swapped] : []);
		expect(log.findLast((event) => event.kind === 'pop3.reply')).toMatchObject({
			keyword: 'APOP',
			ok: false
		});
	});
});
