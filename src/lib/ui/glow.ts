/** The first hint points: the pane in which the next step is done is outlined once, and nothing moves. */
import type { Level } from '#lib/levels/level.ts';
import type { Input } from '#lib/sim/event.ts';

/** Where a step is done, as a selector within the page. */
export function placeOf(step: Input, { questions }: Pick<Level, 'questions'>): string {
	switch (step.kind) {
		case 'answer': {
			const form = questions.find(({ id }) => id === step.question)?.form.kind;
			return form === 'field' || form === 'range' ? '[data-pane=Inspector]' : '.at-terminal';
		}
		case 'packet':
		case 'forge':
			return '[data-pane=Stage]';
		case 'wire':
		case 'drill':
			return '[data-pane=Views]';
		default:
			return '.at-terminal';
	}
}

const LASTS = 1600;

/** Outlines what stands there; null: it is not on this page, or nothing is next. */
export function glow(
	root: HTMLElement,
	step: Input | null,
	level: Pick<Level, 'questions'>
): Animation | null {
	const pane = step && root.querySelector<HTMLElement>(placeOf(step, level));
	if (!pane) return null;
	const { color } = getComputedStyle(pane);
	const focus = getComputedStyle(root).getPropertyValue('--focus').trim() || color;
	const outline = (outlineColor: string) => ({
		outlineColor,
		outlineStyle: 'solid',
		outlineWidth: '3px',
		outlineOffset: '-3px'
	});
	return pane.animate([outline(focus), { ...outline(focus), offset: 0.6 }, outline('transparent')], LASTS);
}
