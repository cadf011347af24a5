/** What a question of the morning round is: its kind, what is said and asked, and the blanks to be filled. */
import type { Option } from './level.ts';

/** New ones come last: a progress code tells them by their place. */
export const KINDS = ['ack', 'state', 'end', 'segments', 'fields', 'order', 'fragments'] as const;
export type Kind = (typeof KINDS)[number];
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
	ack: 'the next acknowledgement',
	state: 'the next state',
	end: 'the end of a reply',
	segments: 'how many segments',
	fields: 'blanked fields',
	order: 'packets in order',
	fragments: 'how many fragments'
};
/** One answer that is wanted; each is graded for itself. */
export interface Blank {
	readonly label: string;
	readonly form: 'number' | 'choice' | 'order';
	/** Of a choice or an order. */
	readonly options: readonly Option[];
	readonly right: string;
}

export interface Task {
	readonly kind: Kind;
	readonly ask: string;
	/** What is known, a line each. */
	readonly given: readonly string[];
	readonly blanks: readonly Blank[];
	/** Said beside a wrong answer. */
	readonly why: string;
}
