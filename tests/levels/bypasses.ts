/** Runs that must not solve a level: its own, such as one single goal stops, and its reference with any one answer wrong. */
import { choicesOf } from '#lib/levels/answers.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Input } from '#lib/sim/event.ts';

const type = (line: string, host = 'desk'): Input => ({ kind: 'type', host, line });
const lines = (...all: readonly string[]): Input[] => all.map((line) => type(line));
const KNOCK = lines('connect post 110', 'USER ada', 'PASS lovelace');

/** What a goal stops that nothing else does, from the reference run. */
const MORE: Readonly<Record<string, (showMe: readonly Input[]) => readonly (readonly Input[])[]>> = {
	notyet: (showMe) => [
		// in by the door, out through UPDATE, and then all that is asked for
		[...showMe.slice(0, 1), ...KNOCK.slice(1), ...lines('QUIT'), ...KNOCK.slice(0, 1), ...showMe.slice(1)],
		// the line is closed otherwise than by QUIT
		[...showMe.slice(0, 2), { kind: 'abort', host: 'desk' }]
	],
	stuffed: ([sync, told, repair]) => [
		// the rule was right first, and has been spoilt since
		sync && told && repair ? [repair, sync, told, SPOIL, sync] : []
	],
	top: ([, , third, fourth, said]) => [
		// two lines of bodies
		third && fourth && said ? [...lines('TOP 1 1', 'TOP 2 1'), third, fourth, said] : []
	],
	plug: (showMe) => [[...showMe, ...lines('DELE 1', 'QUIT')]],
	twice: (showMe) => [[...showMe, { kind: 'settings', host: 'desk', settings: { keepDays: 0 } }, SYNC]],
	lock: ([pass, quit, told, user]) =>
		[1, 2].map((n) =>
			pass && quit && told && user ? [pass, ...lines('RSET', `DELE ${n}`), quit, told, user, pass] : []
		),
	secret: (showMe) => [[...showMe, ...lines('QUIT'), ...KNOCK]]
};
const SYNC: Input = { kind: 'sync', host: 'desk' };
const SPOIL: Input = { kind: 'settings', host: 'desk', settings: { letterEnds: 'any dot' } };

/** Questions that only want to be answered. */
const ANY_ANSWER: ReadonlySet<string> = new Set(['knock: first']);

/** The reference with one question answered wrongly each time. */
function misjudged(level: Level): readonly (readonly Input[])[] {
	const asked = level.questions.filter(({ id }) => !ANY_ANSWER.has(`${level.slug}: ${id}`));
	return asked.map((question) =>
		level.showMe.map((input) =>
			input.kind === 'answer' && input.question === question.id
				? { ...input, value: wrongFor(question, String(input.value)) }
				: input
		)
	);
}

function wrongFor({ form }: Level['questions'][number], right: string): string | number {
	if (form.kind === 'number') return Number(right) + 1;
	const other = form.kind === 'choice' ? choicesOf(form, []).find(({ value }) => value !== right) : undefined;
	return other?.value ?? 'something else';
}

export const bypassesOf = (level: Level): readonly (readonly Input[])[] => [
	...level.bypasses,
	...(MORE[level.slug]?.(level.showMe) ?? []),
	...misjudged(level)
];
