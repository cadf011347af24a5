/**
 * The placement check: four questions that open a chapter without its forerunners. They are made by dice from the
 * command table and from arithmetic, so that no two checks need be alike. Laws: the same chapter and seed make the same
 * four; nothing can be lost by it.
 */
import { diceOf } from './dice.ts';
import { knocking, papers } from './placement/opening.ts';
import { postcards, twice } from './placement/again.ts';
import { counting, goodbye } from './placement/session.ts';
import type { Maker, PlacementQuestion } from './placement/question.ts';

export type { PlacementQuestion };

/** Makers by the chapter that teaches what they ask, from chapter 1. */
const BY_CHAPTER: readonly (readonly Maker[])[] = [knocking, papers, counting, goodbye, twice, postcards];

export const PLACEMENT_LENGTH = 4;
/** Of the four, so many are about the chapter just before; all, where there is none before that. */
const NEAREST = 2;

/** Whether a check for this chapter exists: there is something before it to ask about. */
export function hasPlacement(chapter: number): boolean {
	return chapter > 1 && chapter <= BY_CHAPTER.length + 1;
}

/** The four questions that open `chapter`, about what the chapters before it teach; the oldest first. */
export function placement(chapter: number, seed: number): readonly PlacementQuestion[] {
	if (!hasPlacement(chapter)) return [];
	const dice = diceOf(Math.imul(seed, 31) + chapter);
	const nearest = dice.shuffle(BY_CHAPTER[chapter - 2] ?? []);
	const older = dice.shuffle(BY_CHAPTER.slice(0, chapter - 2).flat());
	const asked = new Map<string, PlacementQuestion>();
	const take = (makers: readonly Maker[], upTo: number) => {
		for (const make of makers) {
			if (asked.size >= upTo) return;
			const question = make(dice);
			if (!asked.has(question.ask)) asked.set(question.ask, question);
		}
	};
	take(older, PLACEMENT_LENGTH - NEAREST);
	take(nearest, PLACEMENT_LENGTH);
	return [...asked.values()];
}
