/** What a level is: one plain object that carries its own solution. See tests/levels for what each must prove. */
import type { Event, Input } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Log, Predicate } from './goals.ts';

export type Lens = 1 | 2 | 3 | 4;
export const LENS_NAMES = { 1: 'Letter', 2: 'Talk', 3: 'Envelope', 4: 'Bits' } as const satisfies Record<Lens, string>;

/** A goal row: what the player reads, and what must be true. The predicate returns the event that met it. */
export interface Row {
	readonly say: string;
	readonly is: Predicate;
	/** A guard is green until broken; a goal is open until met. */
	readonly guard?: boolean;
}

export interface Question {
	/** The `question` of the `answer` input. */
	readonly id: string;
	readonly kind: 'predict' | 'point';
	readonly ask: string;
	/** Choices for a button row; absent: a typed number, or for `point` a selected field. */
	readonly options?: readonly { readonly value: string; readonly label: string }[];
	/**
	 * Playback stops just before the first event for which this is true, until answered. `soFar` is the log before it.
	 * Absent for `point` questions, which are asked when `opens` is first true.
	 */
	readonly gate?: (event: Event, soFar: Log) => boolean;
	/** The question is open from the first event for which this is true. Defaults to the gate. */
	readonly opens?: (event: Event, soFar: Log) => boolean;
	/** For `point`: the dissected field (node name) to select, in a packet for which `packet` is true. */
	readonly field?: { readonly name: string; readonly packet: (event: Event, soFar: Log) => boolean };
	/** The right value, read from a finished run: never typed by hand where the run can tell it. */
	readonly answer: (log: Log) => string | number | null;
	/** Shown after a wrong value beside the right one: the difference explained. */
	readonly explain: (given: string | number, right: string | number) => string;
}

export interface Par {
	readonly unit: 'command' | 'act' | 'octet' | 'edit' | 'wrong';
	readonly n: number;
}

/** One step of the way, in order, for the coach. */
export interface Milestone {
	readonly is: Predicate;
	/** What to do next while this is not met; at most 20 words. */
	readonly next: string;
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
	readonly teaches: readonly string[];
	/** Misconception ids that it is meant to break. */
	readonly breaks: readonly string[];
	readonly lens: Lens;
	readonly scenario: Scenario;
	readonly seed: number;
	/** Already done when the level opens. */
	readonly prelude: readonly Input[];
	/** Host whose terminal the player has. */
	readonly terminal: string;
	/** Line ready in the terminal when the level opens. */
	readonly prefill?: string;
	/** The opening plays at half speed with a caption on each of the first packets. */
	readonly captions?: readonly string[];
	readonly goal: readonly Row[];
	readonly questions: readonly Question[];
	readonly par: Par;
	/** Each at most 20 words: points, says the idea, gives the next step. */
	readonly hints: readonly [string, string, string];
	readonly milestones: readonly Milestone[];
	/** The reference run, at par. */
	readonly showMe: readonly Input[];
	readonly alternatives: readonly (readonly Input[])[];
	/** Runs that must not solve it. The empty run and the reference without its last step are always tried as well. */
	readonly bypasses: readonly (readonly Input[])[];
	/** At most 60 words. */
	readonly debrief: string;
}
