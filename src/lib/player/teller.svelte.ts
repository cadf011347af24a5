/**
 * What the two live regions hold: the wire in its own time, and goals, questions and their truths at once. It is told
 * where the run stands, frame by frame, and finds out by itself what is new.
 */
import type { RowStatus } from '#lib/levels/coach.ts';
import type { QuestionStatus } from '#lib/levels/questions.ts';
import type { Event } from '#lib/sim/event.ts';
import { goalNews, narrate, Narrator, truthNews, whereabouts } from './narration.ts';
import type { Millis } from './pace.ts';
import type { PacketRow } from './packets.ts';
import type { Narration } from './settings.svelte.ts';

/** Spoken lines that stay in the region. */
const KEPT = 12;

/** What is said; the same words said again have another `id`. */
export interface Said {
	readonly id: number;
	readonly text: string;
}

export interface Standing {
	/** Up to the cursor. */
	readonly shown: readonly Event[];
	/** Events known. */
	readonly total: number;
	/** How many of them were there when the player took over. */
	readonly start: number;
	readonly packets: readonly PacketRow[];
	readonly rows: readonly RowStatus[];
	readonly questions: readonly QuestionStatus[];
	/** The cursor moves by itself; else somebody moved it. */
	readonly running: boolean;
	readonly verbosity: Narration;
}

export class Teller {
	readonly #narrator = new Narrator();
	#spoken = $state.raw<readonly Said[]>([]);
	#alert = $state.raw<Said>({ id: 0, text: '' });
	#told = 0;
	#rows: readonly RowStatus[] = [];
	#questions: readonly QuestionStatus[] = [];

	get spoken(): readonly Said[] {
		return this.#spoken;
	}
	get alert(): Said {
		return this.#alert;
	}

	tell(standing: Standing, now: Millis): void {
		const { shown, rows, questions, running, verbosity } = standing;
		if (shown.length !== this.#told) {
			const forward = running && shown.length > this.#told;
			if (forward) this.#narrator.say(narrate(shown, this.#told, standing.packets, verbosity), now);
			else if (verbosity !== 'off')
				this.#narrator.jump(whereabouts(shown.length, standing.total, standing.packets, standing.start), now);
			const news = forward ? [...truthNews(this.#questions, questions), ...goalNews(this.#rows, rows)] : [];
			this.#narrator.urge(news);
			this.#told = shown.length;
			this.#rows = rows;
			this.#questions = questions;
		}
		const urgent = this.#narrator.takeUrgent(now);
		if (urgent !== null) this.#alert = { id: this.#alert.id + 1, text: urgent };
		const text = this.#narrator.take(now);
		if (text === null) return;
		const id = (this.#spoken.at(-1)?.id ?? 0) + 1;
		this.#spoken = [...this.#spoken, { id, text }].slice(-KEPT);
	}

	/** The run begins anew; what was waiting is not said. */
	reset(): void {
		this.#narrator.clear();
		this.#alert = { id: this.#alert.id, text: '' };
		this.#told = 0;
		this.#rows = [];
		this.#questions = [];
	}
}
