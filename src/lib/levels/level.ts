/**
 * What a level is: one plain object that carries its own solution, its own coach and its own proof.
 * Law: `tests/levels/proof.test.ts` must hold for it; nothing in here may depend on anything but the log.
 */
import type { Keyword } from '#lib/pop3/commands.ts';
import type { Input, TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Log, Match, Predicate } from './goals.ts';

export type Lens = 1 | 2 | 3 | 4;

/** A goal row: what the player reads, and what must be true. The predicate returns the event that met it. */
export interface Row {
	readonly say: string;
	readonly is: Predicate;
	/** A guard is green until broken: its predicate returns the event that broke it. A goal is open until met. */
	readonly guard?: boolean;
}

/** One of several things to choose from. */
export interface Option {
	readonly value: string;
	readonly label: string;
}

/** Things to choose from, known from the start or read from the run up to the cursor. */
export type Options = readonly Option[] | ((log: Log) => readonly Option[]);

/**
 * How an answer is given. Values are text or numbers, so that every kind is compared, kept and explained alike; what
 * has parts is written as text by `answers.ts` and read back there.
 */
export type Form =
	/** A row of buttons, one of which is pressed. They are offered in an order drawn from the level's seed. */
	| { readonly kind: 'choice'; readonly options: Options }
	/** Several of them, in any order. Value: `manyValue`. */
	| { readonly kind: 'many'; readonly options: Options }
	/** A typed number; `label` says what its box is called, `Acknowledgement number`. */
	| { readonly kind: 'number'; readonly label: string }
	/** A typed word or line. */
	| { readonly kind: 'text'; readonly label: string }
	/** Every card is put into a room, or every item gets a label. Value: `cardsValue`. */
	| { readonly kind: 'cards'; readonly cards: Options; readonly rooms: readonly Option[] }
	/** Items are put in order. They are offered as listed. Value: `orderValue`. */
	| { readonly kind: 'order'; readonly items: Options }
	/**
	 * A dissected field (node name; `also`: what is as good) is selected, in a packet for whose `packet.sent` `packet` is
	 * true. `is`, where there are many of that name: whether one that shows this text is meant at all. Value: the
	 * field's number, else what it shows.
	 */
	| {
			readonly kind: 'field';
			readonly name: string;
			readonly also?: readonly string[];
			readonly packet: Match;
			readonly is?: (shown: string) => boolean;
	  }
	/**
	 * A run of octets is selected. `octets` gives where the right one is in a packet, `[from, to)`; null: not in this
	 * one. Value: its octets in hexadecimal, `0d 0a`.
	 */
	| {
			readonly kind: 'range';
			readonly octets: (bytes: Uint8Array, log: Log) => readonly [number, number] | null;
	  };

export interface Question {
	/** The `question` of the `answer` input. */
	readonly id: string;
	/**
	 * `predict`: answered before it is shown, and playback stops for it just before `gate`. `point`: a field or octets
	 * to be selected. `tell`: any other, answered when one likes.
	 */
	readonly kind: 'predict' | 'point' | 'tell';
	readonly ask: string;
	readonly form: Form;
	/** Playback stops just before the first event for which this is true, until answered. `soFar` is the log before it. */
	readonly gate?: Match;
	/**
	 * The question is open from the first event for which this is true, of the prelude's too: one that opens there is
	 * asked as the level opens. Defaults to the gate.
	 */
	readonly opens?: Match;
	/** The right value, read from the run; null while the run does not tell it yet. Never typed by hand. */
	readonly answer: (log: Log) => string | number | null;
	/** Shown after a wrong value beside the right one: the difference explained. */
	readonly explain: (given: string | number, right: string | number) => string;
}

/**
 * What a run costs. A level may have several; the second stamp wants each kept.
 * - `command`: lines and octet runs that the player sends; `connect` is one, an empty line is none.
 * - `act`: what is done to packets, links, hosts and programs, and every setting; releasing what was held is none.
 * - `octet`: octets of the replies that servers write.
 * - `edit`: what is `set`, and every arrow that is aimed.
 * - `wrong`: answers that are not right.
 * Looking, pausing, stepping and answering rightly cost nothing.
 */
export interface Par {
	readonly unit: 'command' | 'act' | 'octet' | 'edit' | 'wrong';
	readonly n: number;
}

/** One step of the way, in order, for the coach. It may become unmet again: a closed line is no longer open. */
export interface Milestone {
	readonly is: (log: Log) => boolean;
	/** What to do next while this is not met; at most 20 words. */
	readonly next: string;
	/**
	 * The input that does it: what "Show me" types into the box. From any state, following these solves the level. Null:
	 * nothing does but going back to where the path was left.
	 */
	readonly step: Input | null | ((log: Log) => Input | null);
}

/** A known way off the path, in the coach's words. */
export interface Stray {
	readonly is: Match;
	readonly say: string;
	/** It has been made good and is no longer worth a word. */
	readonly amended: (log: Log) => boolean;
	/** A guard that breaks later breaks because of it: it is named in its place. */
	readonly breaks?: true;
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
	/** The prelude with its times, where it must be repeated to the microsecond; absent: each step waits for a quiet world. */
	readonly opened?: readonly TimedInput[];
	/** Absent: packets are only looked at. */
	readonly tools?: readonly Tool[];
	/** Host whose terminal the player has. */
	readonly terminal: string;
	/**
	 * Where the player sits, the first first. Absent: at the terminal, and at the mail program of the same host if it has
	 * an account. None at all: nothing is done here, a recorded run is looked at.
	 */
	readonly seats?: readonly Seat[];
	/** What stands beside the seats, to be pressed or set. */
	readonly levers?: readonly Lever[];
	/** What makes lines for a terminal out of what has been said and heard. */
	readonly makers?: readonly Maker[];
	/** A gauge beside the seats. */
	readonly meter?: Meter;
	/** Line ready in the terminal when the level opens. */
	readonly prefill?: string;
	/** Commands that the level's servers take; absent: those of RFC 1939. */
	readonly offers?: readonly Keyword[];
	/** How many times as fast as usual a run is shown: for programs, which say much at once, and ways with many links. */
	readonly pace?: number;
	/** A slip of paper on the desk, shown beside the terminal. */
	readonly note?: string;
	/** The opening plays at half speed with a caption on each of the first packets. */
	readonly captions?: readonly string[];
	readonly worked?: Worked;
	readonly goal: readonly Row[];
	readonly questions: readonly Question[];
	readonly par: readonly Par[];
	/** Each at most 20 words: points, says the idea, gives the next step. */
	readonly hints: readonly [string, string, string];
	readonly milestones: readonly Milestone[];
	readonly strays?: readonly Stray[];
	/** The reference run, at par. */
	readonly showMe: readonly Input[];
	readonly alternatives: readonly (readonly Input[])[];
	/** Runs that must not solve it. The empty run and the reference without its last step are always tried as well. */
	readonly bypasses: readonly (readonly Input[])[];
	/** Said of the finished run, at most 60 words; its figures are the run's own. */
	readonly debrief: string | ((log: Log) => string);
}

/** A place where the player sits. */
export interface Seat {
	readonly host: string;
	readonly program: 'terminal' | 'mail';
}

/** What is done otherwise than by typing and answering. */
export type Deed = Exclude<Input, { kind: 'type' | 'answer' }>;

/** Something beside the seats of a host. Each use is an input of the log and counts as an act. */
export type Lever =
	/** Pressed, it does this. */
	| {
			readonly kind: 'button';
			readonly host: string;
			readonly say: string;
			readonly input: Deed;
			/** Whether it does anything now; absent: always. */
			readonly ready?: (log: Log) => boolean;
	  }
	/** It stands in one of these ways: the first when the level opens. */
	| {
			readonly kind: 'switch';
			readonly host: string;
			readonly say: string;
			readonly ways: readonly { readonly label: string; readonly input: Deed }[];
	  };

/** Beside the terminal of a host: a line ready to be put into its box. Doing so costs nothing; sending it does. */
export interface Maker {
	readonly host: string;
	/** `say`: what the line is made of. Null: there is none yet. */
	readonly of: (log: Log) => { readonly say: string; readonly line: string } | null;
}

/** What the run has cost so far, read from the log, so that it goes back with a rewind. */
export interface Meter {
	/** What is counted: `Octets sent by post`. */
	readonly say: string;
	/** Of which it is made, stacked in this order. */
	readonly parts: readonly { readonly say: string; readonly of: (log: Log) => number }[];
	/** Where it should not go beyond, the lowest first. */
	readonly marks: readonly { readonly at: number; readonly say: string }[];
	/** The end of the scale. */
	readonly most: number;
}

/**
 * What a player may do to packets by hand; to be able to hold one is to be able to release it. `cut` is about the link that
 * it is on, and restores it too.
 */
export const TOOLS = [
	'drop',
	'hold',
	'duplicate',
	'delay',
	'corrupt',
	'edit',
	'split',
	'coalesce',
	'forge',
	'cut'
] as const;
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

/** What a level without a mission has of one: a scene to play in, or a run to look at. */
export const NO_MISSION = {
	number: '',
	chapter: 0,
	teaches: [],
	breaks: [],
	prelude: [],
	goal: [],
	questions: [],
	par: [],
	hints: ['', '', ''],
	milestones: [],
	showMe: [],
	alternatives: [],
	bypasses: [],
	debrief: ''
} as const satisfies Partial<Level>;
