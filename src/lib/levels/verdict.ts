/**
 * What a finished run is worth: three stamps that do not depend on each other or on time, and one line of fact.
 * Law: counted from the log, never from what the screen remembers.
 */
import type { Answer, Event, EventOf } from '#lib/sim/event.ts';
import { type Log } from './goals.ts';
import { answered, sameValue } from './matches.ts';
import { isSolved } from './coach.ts';
import { sum } from './par.ts';
import type { Level, Par, Question, Stamps } from './level.ts';

export interface Help {
	/** The highest hint opened, 0 to 3. */
	readonly hintsUsed: number;
	/** "Show me" was used: no stamp. */
	readonly shown: boolean;
	/**
	 * The first value ever given for each question, whatever was rewound since. Absent: as the log has it.
	 */
	readonly first?: ReadonlyMap<string, Answer>;
}

export interface Facts {
	readonly packets: number;
	/** Octets of all IP datagrams, each counted once. */
	readonly octets: number;
	/** Octets typed: characters, and CR LF for each line that went to the server. */
	readonly typed: number;
}

export interface Verdict {
	readonly solved: boolean;
	readonly stamps: Stamps;
	/** All that the level's par counts, together. */
	readonly cost: number;
	/** The same unit by unit, in the order of the par. */
	readonly costs: readonly Par[];
	readonly facts: Facts;
	/** "20 packets, 959 bytes; you typed 37" */
	readonly say: string;
	/** What happened, with the figures of this run; empty until it is solved. */
	readonly debrief: string;
}

export function verdict(level: Level, log: Log, help: Help): Verdict {
	const solved = isSolved(level, log);
	const earns = solved && !help.shown;
	const costs = costsOf(level, log);
	const facts = factsOf(level, log);
	return {
		solved,
		stamps: {
			delivered: earns,
			lightBag: earns && costs.every(({ n }, i) => n <= (level.par[i]?.n ?? 0)),
			calledIt:
				earns &&
				help.hintsUsed <= 1 &&
				level.questions.every(
					(question) => question.kind !== 'predict' || calledAtOnce(question, log, help.first)
				)
		},
		cost: sum(costs),
		costs,
		facts,
		say: `${plural(facts.packets, 'packet')}, ${plural(facts.octets, 'byte')}; you typed ${facts.typed}`,
		debrief: solved ? debriefOf(level, log) : ''
	};
}

export const debriefOf = ({ debrief }: Level, log: Log): string =>
	typeof debrief === 'string' ? debrief : debrief(log);

/** What the player has spent so far, in the units of the level's par. */
export function costsOf(level: Level, log: Log): readonly Par[] {
	const own = ownInputs(level, log);
	return level.par.map(({ unit }) => ({ unit, n: COUNTS[unit]({ level, log, own }) }));
}

interface Spent {
	readonly level: Level;
	readonly log: Log;
	readonly own: readonly EventOf<'input'>[];
}

const COUNTS: Readonly<Record<Par['unit'], (spent: Spent) => number>> = {
	command: ({ own }) => own.filter(isCommand).length,
	act: ({ own }) => own.filter((event) => !isCommand(event) && isAct(event)).length,
	octet({ log, own: [first] }) {
		if (!first) return 0;
		return log.slice(first.seq).reduce((n, event) => n + (event.kind === 'pop3.reply' ? event.octets : 0), 0);
	},
	edit: ({ own }) => own.filter(({ input }) => input.kind === 'set' || input.kind === 'wire').length,
	wrong: ({ level, log }) =>
		level.questions.reduce((n, question) => {
			const right = question.answer(log);
			const asked = answered(question.id);
			const wrong = (event: Event) =>
				asked(event, log) &&
				event.kind === 'input' &&
				event.input.kind === 'answer' &&
				right !== null &&
				!sameValue(event.input.value, right);
			return n + log.filter(wrong).length;
		}, 0)
};

const isCommand = ({ input }: EventOf<'input'>): boolean =>
	input.kind === 'octets' || (input.kind === 'type' && input.line.trim() !== '');

const isAct = ({ input }: EventOf<'input'>): boolean =>
	input.kind !== 'type' &&
	input.kind !== 'answer' &&
	input.kind !== 'drill' &&
	!(input.kind === 'packet' && input.act.do === 'release');

export function factsOf(level: Level, log: Log): Facts {
	const packets = new Map<number, number>();
	let typed = 0;
	for (const event of log) {
		if (event.kind === 'packet.sent') packets.set(event.packet, event.bytes.length);
	}
	for (const event of ownInputs(level, log)) {
		if (event.input.kind === 'octets') typed += event.input.octets.length;
		if (event.input.kind === 'type') typed += event.input.line.length + (wentOut(log, event) ? 2 : 0);
	}
	let octets = 0;
	for (const length of packets.values()) octets += length;
	return { packets: packets.size, octets, typed };
}

/** Whether a typed line went to the server. */
function wentOut(log: Log, input: EventOf<'input'>): boolean {
	for (let i = input.seq + 1; i < log.length; i++) {
		const event = log[i];
		if (event?.kind === 'pop3.sent') return true;
		if (!event || event.kind === 'input') return false;
	}
	return false;
}

/** The player's inputs without the prelude. */
function ownInputs(level: Level, log: Log): readonly EventOf<'input'>[] {
	return log.filter((event) => event.kind === 'input').slice(level.prelude.length);
}

/** The first answer is right and was given before the moment that shows it. */
function calledAtOnce(question: Question, log: Log, first?: ReadonlyMap<string, Answer>): boolean {
	const right = question.answer(log);
	if (right === null) return false;
	const asked = answered(question.id);
	const event = log.find((candidate) => asked(candidate, log));
	if (event?.kind !== 'input' || event.input.kind !== 'answer') return false;
	const value = first?.get(question.id) ?? event.input.value;
	const { gate } = question;
	const shown = gate && log.find((candidate) => gate(candidate, log));
	return sameValue(value, right) && (!shown || event.at <= shown.at);
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
