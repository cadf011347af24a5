/**
 * What a level is: one plain object that carries its own solution, its own coach and its own proof.
 * Law: `tests/levels/proof.test.ts` must hold for it; nothing in here may depend on anything but the log.
 */
import type { Keyword } from '#lib/pop3/commands.ts';
import type { Input } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Log, Match, Predicate } from './goals.ts';

export type Lens = 1 | 2 | 3 | 4;
export const LENS_NAMES = { 1: 'Letter', 2: 'Talk', 3: 'Envelope', 4: 'Bits' } as const satisfies Record<
	Lens,
	string
>;

/** A goal row: what the player reads, and what must be true. The predicate returns the event that met it. */
export interface Row {
	readonly say: string;
	readonly is: Predicate;
	/** A guard is green until broken: its predicate returns the event that broke it. A goal is open until met. */
	readonly guard?: boolean;
}

export interface Question {
	/** The `question` of the `answer` input. */
	readonly id: string;
	readonly kind: 'predict' | 'point';
	readonly ask: string;
	/** Choices for a button row; absent: a typed number, or for `point` a selected field. */
	readonly options?: readonly { readonly value: string; readonly label: string }[];
	/** For a typed number: what its box is called, `Acknowledgement number`. */
	readonly label?: string;
	/**
	 * Playback stops just before the first event for which this is true, until answered. `soFar` is the log before it.
	 * Absent for `point` questions, which are asked when `opens` is first true.
	 */
	readonly gate?: Match;
	/** The question is open from the first event for which this is true. Defaults to the gate. */
	readonly opens?: Match;
	/** For `point`: the dissected field (node name) to select, in a packet for whose `packet.sent` `packet` is true. */
	readonly field?: { readonly name: string; readonly packet: Match };
	/** The right value, read from the run; null while the run does not tell it yet. Never typed by hand. */
	readonly answer: (log: Log) => string | number | null;
	/** Shown after a wrong value beside the right one: the difference explained. */
	readonly explain: (given: string | number, right: string | number) => string;
}

/** What a run costs is counted in the level's unit. A new unit comes with the level that needs it. */
export interface Par {
	/** Lines and octet runs that the player sends; `connect` is one, an empty line is none. */
	readonly unit: 'command';
	readonly n: number;
}

/** One step of the way, in order, for the coach. It may become unmet again: a closed line is no longer open. */
export interface Milestone {
	readonly is: (log: Log) => boolean;
	/** What to do next while this is not met; at most 20 words. */
	readonly next: string;
	/** The input that does it: what "Show me" types into the box. From any state, following these solves the level. */
	readonly step: Input;
}

/** A known way off the path, in the coach's words. */
export interface Stray {
	readonly is: Match;
	readonly say: string;
	/** It has been made good and is no longer worth a word. */
	readonly amended: (log: Log) => boolean;
}

/** A worked opening: the fields of one packet, one after another. */
export interface Worked {
	readonly packet: Match;
	readonly fields: readonly { readonly name: string; readonly say: string }[];
}

export interface Level {
	/** Never renumbered: progress is kept under it. */
	readonly slug: string;
	/** "1.1" */
	readonly number: string;
	readonly chapter: number;
	readonly title: string;
	/** One line for the map. */
	readonly concept: string;
	/** At most 45 words. */
	readonly mission: string;
	/** Commands in upper case, `connect`, and ideas in lower case. Only commands taught by now are in `showMe`. */
	readonly teaches: readonly string[];
	/** Misconception ids that it is meant to break. */
	readonly breaks: readonly string[];
	readonly lens: Lens;
	readonly scenario: Scenario;
	readonly seed: number;
	/** Already done when the level opens. */
	readonly prelude: readonly Input[];
	/** Absent: packets are only looked at. */
	readonly tools?: readonly Tool[];
	/** Host whose terminal the player has. */
	readonly terminal: string;
	/** Line ready in the terminal when the level opens. */
	readonly prefill?: string;
	/** Commands that the level's servers take; absent: those of RFC 1939. */
	readonly offers?: readonly Keyword[];
	/** A slip of paper on the desk, shown beside the terminal. */
	readonly note?: string;
	/** The opening plays at half speed with a caption on each of the first packets. */
	readonly captions?: readonly string[];
	readonly worked?: Worked;
	readonly goal: readonly Row[];
	readonly questions: readonly Question[];
	readonly par: Par;
	/** Each at most 20 words: points, says the idea, gives the next step. */
	readonly hints: readonly [string, string, string];
	readonly milestones: readonly Milestone[];
	readonly strays?: readonly Stray[];
	/** The reference run, at par. */
	readonly showMe: readonly Input[];
	readonly alternatives: readonly (readonly Input[])[];
	/** Runs that must not solve it. The empty run and the reference without its last step are always tried as well. */
	readonly bypasses: readonly (readonly Input[])[];
	/** At most 60 words. */
	readonly debrief: string;
}

/** What a player may do to packets by hand; to be able to hold one is to be able to release it. */
export const TOOLS = ['drop', 'hold', 'duplicate', 'delay', 'corrupt', 'edit', 'split', 'forge'] as const;
export type Tool = (typeof TOOLS)[number];

/** The three stamps; independent of each other and of time. */
export interface Stamps {
	/** The goal is met. */
	readonly delivered: boolean;
	/** At or under par. */
	readonly lightBag: boolean;
	/** Every prediction right first time, and no hint above the first. */
	readonly calledIt: boolean;
}
