// Where a hint points, and that it does so once.
import { afterEach, expect, test } from 'vitest';
import { glow, placeOf } from '#lib/ui/glow.ts';
import { ALL_LEVELS } from '../levels/all.ts';

const level = { questions: ALL_LEVELS.flatMap(({ questions }) => questions) };
const asked = (kind: string) => level.questions.find(({ form }) => form.kind === kind)?.id ?? '';

afterEach(() => document.body.replaceChildren());

test.each([
	['Terminal', { kind: 'type', host: 'desk', line: 'STAT' }],
	['Terminal', { kind: 'answer', question: asked('choice'), value: 'post' }],
	['Inspector', { kind: 'answer', question: asked('field'), value: 1 }],
	['Inspector', { kind: 'answer', question: asked('range'), value: '0d 0a' }],
	['Views', { kind: 'drill', host: 'post' }],
	['Stage', { kind: 'packet', packet: 1, act: { do: 'drop' } }]
] as const)('%s is outlined, once, for its own steps', async (name, step) => {
	document.body.innerHTML = ['Terminal', 'Stage', 'Views', 'Inspector']
		.map((pane) => `<section data-pane="${pane}" class="at-${pane.toLowerCase()}">.</section>`)
		.join('');
	const shown = glow(document.body, step, level);
	const effect = shown?.effect;
	if (!shown || !(effect instanceof KeyframeEffect)) throw new Error('nothing is outlined');
	expect(effect.target?.getAttribute('data-pane')).toBe(name);
	expect(effect.getComputedTiming().iterations).toBe(1);
	shown.finish();
	await shown.finished;
	expect(effect.target?.getAnimations()).toEqual([]);
});

test('with nothing next, or where the pane is not, nothing is', () => {
	expect(glow(document.body, null, level)).toBeNull();
	expect(glow(document.body, { kind: 'type', host: 'desk', line: 'STAT' }, level)).toBeNull();
	expect(placeOf({ kind: 'answer', question: 'unheard of', value: 1 }, level)).toBe('.at-terminal');
});
