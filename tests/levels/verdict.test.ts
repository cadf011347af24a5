/** Stamps and facts, counted from the log. */
import { describe, expect, it } from 'vitest';
import { knock } from '#lib/levels/knock.ts';
import { papers } from '#lib/levels/papers.ts';
import { shake } from '#lib/levels/shake.ts';
import { costsOf, factsOf, verdict } from '#lib/levels/verdict.ts';
import type { Log } from '#lib/levels/goals.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Input } from '#lib/sim/event.ts';
import { play, playAtGates } from './play.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const answer = (question: string, value: string | number): Input => ({ kind: 'answer', question, value });
const ALONE = { hintsUsed: 0, shown: false };
const stamps = (level: typeof knock, inputs: readonly Input[], help = ALONE) =>
	verdict(level, playAtGates(level, inputs).log, help).stamps;
/** The one unit of a level with one. */
const spent = (level: Level, log: Log) => costsOf(level, log)[0]?.n;
const NONE = { delivered: false, lightBag: false, calledIt: false };
const ALL = { delivered: true, lightBag: true, calledIt: true };

describe('stamps', () => {
	it('are none before the goal is met, however little was spent', () => {
		expect(stamps(papers, papers.showMe.slice(0, 3))).toEqual(NONE);
		expect(stamps(knock, [])).toEqual(NONE);
	});

	it('do not depend on each other', () => {
		const detour = [type('connect post 25'), ...knock.showMe];
		expect(stamps(knock, detour)).toEqual({ ...ALL, lightBag: false });
		const misjudged = [type('connect post 110'), answer('first', 'desk')];
		expect(stamps(knock, misjudged)).toEqual({ ...ALL, calledIt: false });
	});

	it('allow the first hint, and not the second, to have called it', () => {
		expect(stamps(knock, knock.showMe, { hintsUsed: 1, shown: false })).toEqual(ALL);
		expect(stamps(knock, knock.showMe, { hintsUsed: 2, shown: false })).toEqual({ ...ALL, calledIt: false });
	});

	it('are none after "Show me", though the level is solved', () => {
		const { log } = playAtGates(knock, knock.showMe);
		expect(verdict(knock, log, { hintsUsed: 0, shown: true })).toMatchObject({ solved: true, stamps: NONE });
	});

	it('ask for the first answer, not the last', () => {
		const [shut, open, ...answers] = shake.showMe;
		if (!shut || !open) throw new Error('no reference');
		expect(stamps(shake, [shut, open, answer('third.ack', 5000), ...answers])).toEqual({
			...ALL,
			calledIt: false
		});
		// pointing wrong is not predicting wrong
		expect(stamps(shake, [shut, open, answer('synack.ack', 5000), ...answers])).toEqual(ALL);
	});

	it('do not count an answer given after the fact', () => {
		const { log } = play(knock, knock.showMe);
		expect(verdict(knock, log, ALONE).stamps).toEqual({ ...ALL, calledIt: false });
	});

	it('remember a first answer that was rewound', () => {
		const { log } = playAtGates(knock, knock.showMe);
		const first = (value: string) =>
			verdict(knock, log, { ...ALONE, first: new Map([['first', value]]) }).stamps;
		expect(first('desk').calledIt).toBe(false);
		expect(first('post').calledIt).toBe(true);
	});
});

describe('cost', () => {
	it('counts lines sent, without the prelude, empty lines and answers', () => {
		expect(spent(papers, play(papers, []).log)).toBe(0);
		expect(spent(papers, play(papers, papers.showMe).log)).toBe(4);
		expect(spent(papers, play(papers, [type(''), type('  '), type('NOOP'), answer('lock', 'x')]).log)).toBe(
			1
		);
		const octets: Input = { kind: 'octets', host: 'desk', octets: 'NOOP\r\n' };
		expect(spent(papers, play(papers, [octets]).log)).toBe(1);
	});
});

describe('facts', () => {
	it('are one line about the wire', () => {
		// five headers of 40 octets, four octets of MSS in each SYN, and 29 of greeting
		const { say, facts } = verdict(knock, play(knock, knock.showMe).log, ALONE);
		expect(facts).toEqual({ packets: 5, octets: 5 * 40 + 2 * 4 + 29, typed: 'connect post 110'.length });
		expect(say).toBe('5 packets, 237 bytes; you typed 16');
	});

	it('count CR LF for every line that went out, and nothing for one that did not', () => {
		expect(factsOf(papers, play(papers, [type('USER ada')]).log).typed).toBe(10);
		expect(factsOf(knock, play(knock, [type('USER ada')]).log).typed).toBe(8);
		const octets: Input = { kind: 'octets', host: 'desk', octets: 'USER ada\r\n' };
		expect(factsOf(papers, play(papers, [octets]).log).typed).toBe(10);
	});

	it('agree with the campaign: a whole visit is 37 octets typed', () => {
		const { log } = play(papers, ['USER ada', 'PASS lovelace', 'STAT', 'QUIT'].map(type));
		expect(factsOf(papers, log)).toMatchObject({ packets: 20, typed: 37 });
	});

	it('say one packet as one', () => {
		const { log } = play(knock, [type('connect post 110')]);
		const firstPacket = log.findIndex((event) => event.kind === 'packet.sent') + 1;
		expect(verdict(knock, log.slice(0, firstPacket), ALONE).say).toBe('1 packet, 44 bytes; you typed 16');
	});
});
