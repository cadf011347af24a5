/**
 * The questions of one sitting: which one is put now, which the player has put aside, and how each is answered. Law: an
 * answer is an input of the run; only what was read or put aside is kept here.
 */
import type { Level, Question } from '#lib/levels/level.ts';
import { pointed, pointedAt, questionStatuses, type QuestionStatus } from '#lib/levels/questions.ts';
import type { Answer, EventOf } from '#lib/sim/event.ts';
import type { Node } from '#lib/wire/node.ts';
import type { Game } from './game.svelte.ts';
import type { Selection } from './selection.svelte.ts';

export class Asking {
	readonly #level: Level;
	readonly #game: Game;
	readonly #selection: Selection;
	readonly #solved: () => boolean;
	#asleep = $state.raw<readonly string[]>([]);
	#read = $state.raw<readonly string[]>([]);

	/** Every question of the level, at the cursor. */
	readonly statuses = $derived.by(() => questionStatuses(this.#level, this.#game.shown));
	readonly #open = $derived.by(() =>
		this.statuses.filter(
			({ state, question, right }) =>
				state === 'open' && (question.kind !== 'predict' || question.opens !== undefined || right !== null)
		)
	);
	/** The question to put now: the one that holds playback, else an answered one whose truth is new, else an open one. */
	readonly now = $derived.by((): QuestionStatus | null => {
		const holding = this.#game.question;
		const status = (question: Question) => this.statuses.find((each) => each.question.id === question.id);
		if (holding) return status(holding) ?? null;
		const news = this.statuses.find(
			({ given, question, state }) =>
				given.length > 0 &&
				(question.kind === 'predict' || (question.kind === 'tell' && state !== 'right')) &&
				!this.#read.includes(question.id)
		);
		if (news) return news;
		const open = this.#open;
		const next = open.find(({ question }) => !this.isAsleep(question.id)) ?? open[0];
		return next && !this.#solved() ? next : null;
	});

	/** Another question waits behind the one that is put now. */
	readonly more = $derived.by(() =>
		this.#open.some(({ question }) => question.id !== this.now?.question.id && !this.isAsleep(question.id))
	);

	/** `solved`: whether the level is, at the cursor. */
	constructor(level: Level, game: Game, selection: Selection, solved: () => boolean) {
		this.#level = level;
		this.#game = game;
		this.#selection = selection;
		this.#solved = solved;
	}

	isAsleep(question: string): boolean {
		return this.#asleep.includes(question);
	}

	answer(question: string, value: Answer): void {
		this.#asleep = this.#asleep.filter((id) => id !== question);
		this.#read = this.#read.filter((id) => id !== question);
		this.#game.answer(question, value);
	}
	/** A field was pointed at; only an open `point` question listens. */
	point(node: Node): void {
		const status = this.now;
		const sent = this.#sentPicked();
		if (status?.question.form.kind !== 'field' || status.state !== 'open' || !sent) return;
		this.answer(status.question.id, pointed(status.question, this.#game.shown, sent, node));
	}
	/** Octets `[from, to)` of the chosen packet were pointed at. */
	pointAt(octets: readonly [number, number]): void {
		const status = this.now;
		const sent = this.#sentPicked();
		if (status?.question.form.kind !== 'range' || status.state !== 'open' || !sent) return;
		this.answer(status.question.id, pointedAt(status.question, this.#game.shown, sent, octets));
	}
	skip(question: string): void {
		this.#asleep = [...this.#asleep, question];
		this.#game.skip(question);
	}
	wake(question: string): void {
		this.#asleep = this.#asleep.filter((id) => id !== question);
	}
	/** The result of a prediction was read; if it was wrong, the question waits to be asked for. */
	read(question: string): void {
		this.#read = [...this.#read, question];
		this.#asleep = [...this.#asleep, question];
	}
	/** The player goes on: every result that is told, but of what was pointed at, counts as read; what is not answered stays. */
	goOn(): void {
		for (const { question, right, given } of this.statuses)
			if (right !== null && given.length > 0 && question.kind !== 'point') this.read(question.id);
	}
	/** The run begins anew: nothing is read or put aside. */
	reset(): void {
		this.#asleep = this.#read = [];
	}

	#sentPicked(): EventOf<'packet.sent'> | null {
		const sent = this.#game.shown.find(
			(event) => event.kind === 'packet.sent' && event.packet === this.#selection.packet
		);
		return sent?.kind === 'packet.sent' ? sent : null;
	}
}
