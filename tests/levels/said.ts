/** All that a level says, in the order in which a player comes to it. */
import { choicesOf } from '#lib/levels/answers.ts';
import type { Log } from '#lib/levels/goals.ts';
import type { Level, Lever, Question } from '#lib/levels/level.ts';
import { debriefOf } from '#lib/levels/verdict.ts';
import { wrongAnswers } from './wrong-answers.ts';

export type Kind =
	| 'concept'
	| 'mission'
	| 'row'
	| 'label'
	| 'question'
	| 'option'
	| 'difference'
	| 'step'
	| 'stray'
	| 'hint'
	| 'debrief';

export interface Said {
	readonly kind: Kind;
	readonly text: string;
}

const say = (kind: Kind, texts: readonly string[]): Said[] => texts.map((text) => ({ kind, text }));

/** `log`: the level's reference run. */
export function saidBy(level: Level, log: Log): readonly Said[] {
	return [
		...say('concept', [level.concept]),
		...say('mission', [level.mission]),
		...say(
			'row',
			level.goal.map((row) => row.say)
		),
		...say('label', labelsOf(level)),
		...level.questions.flatMap((question) => saidIn(question, log)),
		...say(
			'step',
			level.milestones.map(({ next }) => next)
		),
		...say(
			'stray',
			(level.strays ?? []).map((stray) => stray.say)
		),
		...say('hint', level.hints),
		...say('debrief', [debriefOf(level, log)])
	];
}

/** Names beside what is pressed, set, read off or shown field by field. */
function labelsOf({ levers = [], meter, captions = [], worked }: Level): string[] {
	const gauge = meter ? [meter.say, ...meter.parts.map(({ say: part }) => part)] : [];
	return [
		...captions,
		...(worked?.fields ?? []).map((field) => field.say),
		...levers.flatMap(lever),
		...gauge
	];
}
const lever = (each: Lever): string[] => [
	each.say,
	...(each.kind === 'switch' ? each.ways.map(({ label }) => label) : [])
];

function saidIn({ ask, form, answer, explain, id }: Question, log: Log): Said[] {
	const right = answer(log);
	if (right === null) throw new Error(`${id} is not told by the reference run`);
	const choices = choicesOf(form, log);
	const differences = wrongAnswers(form, right, choices).map((given) => explain(given, right));
	return [
		...say('question', [ask]),
		...say(
			'option',
			choices.map(({ label }) => label)
		),
		...say('difference', [...new Set(differences)])
	];
}
