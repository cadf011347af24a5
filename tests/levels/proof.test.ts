/** What every level must prove: its solution solves it, nothing else does, and its words keep to their budgets. */
import { describe, expect, it } from 'vitest';
import { CHAPTERS, PLANNED } from '#lib/levels/chapters.ts';
import { coach, isSolved, rowStatuses } from '#lib/levels/coach.ts';
import { isMeant, questionStatuses } from '#lib/levels/questions.ts';
import type { Input } from '#lib/sim/event.ts';
import { LEVELS, listed, nextLevel } from '#lib/levels/index.ts';
import type { Log } from '#lib/levels/goals.ts';
import type { Level } from '#lib/levels/level.ts';
import { debriefOf, verdict } from '#lib/levels/verdict.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { find } from '#lib/wire/nodes.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { choicesOf, hexValue } from '#lib/levels/answers.ts';
import { sum } from '#lib/levels/par.ts';
import { ALL_LEVELS } from './all.ts';
import { bypassesOf } from './bypasses.ts';
import { MET_BY, whatHappened } from './met-by.ts';
import { play, playAtGates } from './play.ts';
import { wrongAnswers } from './wrong-answers.ts';

const NO_HELP = { hintsUsed: 0, shown: false };
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

/** The command that a line gives: the terminal's own in lower case, POP3's in upper case. */
function verbOf(line: string): string {
	const [word = ''] = line.trim().split(' ');
	return word.toLowerCase() === 'connect' ? 'connect' : word.toUpperCase();
}

/** All that the player reads, with what it is. */
function texts(level: Level, log: Log): [what: string, text: string, most: number][] {
	return [
		['mission', level.mission, 45],
		['debrief', debriefOf(level, log), 60],
		['concept', level.concept, 14],
		...level.hints.map((text, i): [string, string, number] => [`hint ${i + 1}`, text, 20]),
		...level.milestones.map(({ next }, i): [string, string, number] => [`milestone ${i + 1}`, next, 20]),
		...level.goal.map(({ say }, i): [string, string, number] => [`row ${i + 1}`, say, 12]),
		...level.questions.map(({ id, ask }): [string, string, number] => [`question ${id}`, ask, 25]),
		...(level.strays ?? []).map(({ say }, i): [string, string, number] => [`stray ${i + 1}`, say, 25])
	];
}

/** A tree of nodes, flat. */
const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(all)];

describe.each(ALL_LEVELS.map((level) => [level.slug, level] as const))('%s', (_slug, level) => {
	const finished = play(level, level.showMe);

	it('is not solved when it opens', () => {
		const { log } = play(level, []);
		expect(isSolved(level, log)).toBe(false);
		for (const { row, state } of rowStatuses(level, log)) expect(state).toBe(row.guard ? 'kept' : 'open');
	});

	it('is solved by its reference, at par', () => {
		const { solved, cost, costs } = verdict(level, finished.log, NO_HELP);
		expect({ solved, costs, cost }).toEqual({ solved: true, costs: level.par, cost: sum(level.par) });
	});

	it('gives all three stamps to a person who plays the reference', () => {
		const { log } = playAtGates(level, level.showMe);
		expect(verdict(level, log, NO_HELP).stamps).toEqual({ delivered: true, lightBag: true, calledIt: true });
	});

	it('is not solved by the reference without its last step', () => {
		expect(isSolved(level, play(level, level.showMe.slice(0, -1)).log)).toBe(false);
	});

	it('has rows that are met by what they say, one after another', () => {
		const met = rowStatuses(level, finished.log).map(({ by }) => by && whatHappened(by));
		expect(met).toEqual(MET_BY[level.slug]);
	});

	it('needs every step of its reference', () => {
		for (const skipped of level.showMe.keys()) {
			const { log } = play(
				level,
				level.showMe.filter((_, i) => i !== skipped)
			);
			expect(isSolved(level, log), `without step ${skipped + 1}`).toBe(false);
		}
	});

	it('has an alternative, and every one solves it', () => {
		expect(level.alternatives.length).toBeGreaterThan(0);
		for (const inputs of level.alternatives)
			expect(isSolved(level, play(level, inputs).log), JSON.stringify(inputs)).toBe(true);
	});

	it('has bypasses, and none solves it', () => {
		expect(level.bypasses.length).toBeGreaterThan(1);
		for (const inputs of bypassesOf(level))
			expect(isSolved(level, play(level, inputs).log), JSON.stringify(inputs)).toBe(false);
	});

	it('is solved by doing what the coach says, which is the reference', () => {
		const inputs: Input[] = [];
		for (let next = coach(level, play(level, inputs).log).show; next;) {
			inputs.push(next);
			expect(inputs.length).toBeLessThanOrEqual(level.showMe.length);
			next = coach(level, play(level, inputs).log).show;
		}
		expect(inputs).toEqual(level.showMe);
	});

	it('uses no command that was not taught by now', () => {
		const taught = ALL_LEVELS.slice(0, ALL_LEVELS.indexOf(level) + 1).flatMap(({ teaches }) => teaches);
		const used = [...level.prelude, ...level.showMe].flatMap((input) =>
			input.kind === 'type' ? [verbOf(input.line)] : []
		);
		expect(used.filter((verb) => !taught.includes(verb))).toEqual([]);
	});

	it('keeps its texts within their budgets', () => {
		const long = texts(level, finished.log).filter(([, text, most]) => words(text) > most);
		expect(long.map(([what, text]) => `${what}: ${words(text)}`)).toEqual([]);
		for (const [what, text] of texts(level, finished.log)) expect(text.trim(), what).not.toBe('');
	});

	it('speaks in short sentences', () => {
		for (const [what, text] of texts(level, finished.log)) {
			const sentences = text.split(/[.!?:;]+(?:\s|$)/).filter((sentence) => sentence.trim() !== '');
			expect(words(text) / sentences.length, `${what}: ${text}`).toBeLessThanOrEqual(15);
		}
	});

	it('runs the same twice', () => {
		expect(hashLog(play(level, level.showMe).log)).toBe(hashLog(finished.log));
	});

	it('tells the right value of every question by the end of the run, and not before it opens', () => {
		for (const { question, state, right } of questionStatuses(level, finished.log)) {
			expect(right, question.id).not.toBeNull();
			expect(state, question.id).toBe('right');
		}
		const { log } = play(level, []);
		for (const { state, right, question } of questionStatuses(level, log)) {
			const open = question.opens && log.some((event) => question.opens?.(event, log));
			expect(state, question.id).toBe(open ? 'open' : 'ahead');
			// a recorded run has told everything by then
			if (level.seats?.length !== 0) expect(right, question.id).toBeNull();
		}
	});

	it('stops before the moment that gives a prediction away', () => {
		for (const { gate, opens, answer, id, kind } of level.questions) {
			expect(gate !== undefined, id).toBe(kind === 'predict');
			expect(opens !== undefined || kind === 'predict', id).toBe(true);
			const at = gate ? finished.log.findIndex((event, i) => gate(event, finished.log.slice(0, i))) : -1;
			if (!gate) continue;
			expect(at, id).toBeGreaterThan(0);
			expect(answer(finished.log.slice(0, at)), id).toBeNull();
			// a gate is judged with the log before the event and with the whole log alike
			expect(finished.log.findIndex((event) => gate(event, finished.log))).toBe(at);
		}
	});

	it('points at fields that are there and hold the right value', () => {
		for (const { form, answer, id, kind } of level.questions) {
			expect(kind === 'point', id).toBe(form.kind === 'field' || form.kind === 'range');
			if (form.kind !== 'field') continue;
			const packets = finished.log.filter((event) => event.kind === 'packet.sent');
			const values = packets
				.filter((event) => form.packet(event, finished.log))
				.flatMap(({ bytes }) => all(dissect(bytes)))
				.filter((node) => isMeant(form, node))
				.map(({ value, shown }) => value ?? shown);
			expect(values, id).toContain(answer(finished.log));
		}
	});

	it('points at octets that are there and are the right value', () => {
		const sent = finished.log.filter((event) => event.kind === 'packet.sent');
		for (const { form, answer, id } of level.questions) {
			if (form.kind !== 'range') continue;
			const found = sent.flatMap(({ bytes }) => {
				const range = form.octets(bytes, finished.log);
				return range ? [hexValue(bytes.subarray(...range))] : [];
			});
			expect(found.length, id).toBeGreaterThan(0);
			for (const value of found) expect(value, id).toBe(answer(finished.log));
		}
	});

	it('has every field of its worked opening in the packet that it opens', () => {
		const { worked } = level;
		const sent = worked && finished.log.find((event) => worked.packet(event, finished.log));
		if (!worked) return expect(sent).toBeUndefined();
		if (sent?.kind !== 'packet.sent') throw new Error('the packet is never sent');
		const there = dissect(sent.bytes);
		for (const { name } of worked.fields) expect(find(there, name)?.name).toBe(name);
	});

	it('explains every wrong answer', () => {
		for (const { answer, form, explain, id } of level.questions) {
			const right = answer(finished.log);
			if (right === null) throw new Error(id);
			const choices = choicesOf(form, finished.log);
			const wrong = wrongAnswers(form, right, choices);
			expect(wrong.length, id).toBeGreaterThan(0);
			expect(wrong, id).not.toContain(right);
			if (form.kind === 'choice') expect(choices.map(({ value }) => value)).toContain(right);
			for (const given of wrong) {
				const said = explain(given, right);
				expect(words(said), said).toBeGreaterThan(3);
				expect(words(said), said).toBeLessThanOrEqual(35);
				if (form.kind === 'number') expect(said).toContain(String(right));
			}
		}
	});

	it('is listed as it says', () => {
		const { slug, number, title, chapter, teaches, par } = level;
		const { load, ...entry } = listed(slug) ?? { load: null };
		expect(entry).toEqual({ slug, number, title, chapter, teaches, par });
		expect(load).not.toBeNull();
	});

	it('is on the map as it says', () => {
		const planned = PLANNED.find(({ slug }) => slug === level.slug);
		const { number, title: name, concept, slug } = level;
		expect(planned).toEqual({ number, slug, name, concept });
		expect(CHAPTERS.find(({ number: n }) => n === level.chapter)?.levels).toContain(planned);
	});
});

describe('the order of levels', () => {
	it('is that of the map', () => {
		const slugs = LEVELS.map(({ slug }) => slug);
		expect(PLANNED.map(({ slug }) => slug).filter((slug) => slugs.includes(slug))).toEqual(slugs);
	});

	it('finds a level and the one after it', () => {
		expect(listed('shake')?.number).toBe('1.2');
		expect(listed('no such')).toBeNull();
		const slugs = LEVELS.map(({ slug }) => slug);
		expect(slugs.map((slug) => nextLevel(slug)?.slug)).toEqual([...slugs.slice(1), undefined]);
		expect(nextLevel('no such')).toBeNull();
	});
});
