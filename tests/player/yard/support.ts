/** What the yard's tests have in common: an engine in this thread, and documents to send about. */
import { createEngine } from '#lib/engine/core.ts';
import { CLEAN } from '#lib/levels/scene-presets.ts';
import type { MadeLevel } from '#lib/levels/made.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Document } from '#lib/player/yard/documents.ts';
import type { Connect } from '#lib/player/rehearsal.ts';

/** Answers at once, and like a worker only after it was asked. */
export const inline: Connect = (receive) => {
	let open = true;
	const engine = createEngine((message) => void Promise.resolve().then(() => open && receive(message)));
	return { send: (message) => engine.handle(message), close: () => void (open = false) };
};

export const type = (at: number, line: string): TimedInput => ({
	at,
	input: { kind: 'type', host: 'desk', line }
});

export const SCENE = { version: 1, kind: 'scene', scene: CLEAN } as const satisfies Document;
export const RUN: Document = { ...SCENE, inputs: [type(0, 'connect post 110'), type(1_000_000, 'USER ada')] };

export const MADE: MadeLevel = {
	version: 1,
	title: 'Papers, please',
	mission: 'Log in as ada.',
	hint: '',
	debrief: 'The box is yours.',
	scene: CLEAN,
	prelude: [type(0, 'connect post 110')],
	rows: [
		{ say: 'The box of ada is locked', kind: 'maildrop.lock', fields: { user: 'ada', held: true }, by: 1 },
		{ say: 'No letter is marked', guard: true, kind: 'maildrop.mark', fields: { marked: true } }
	],
	solution: [type(1_000_000, 'USER ada'), type(2_000_000, 'PASS lovelace')]
};
export const LEVEL: Document = { version: 1, kind: 'level', level: MADE };
