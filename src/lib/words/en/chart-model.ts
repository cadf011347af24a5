/** The charts: what is written in and on them, and the same as text. */

/** `QUIT, ENDED or LOST`. */
export const either = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
export const anythingElse = 'anything else';
export const otherwise = 'otherwise';
export const onlyIf = (event: string, guard: string): string => `${event}, if ${guard}`;
export const anywhereIn = (state: string): string => `anywhere in ${state}`;
export const anyState = 'any state';
export const anyStateBut = (others: readonly string[]): string => `any state but ${others.join(', ')}`;
export const entry = 'entry';
export const exit = 'exit';

export const aTimer = 'a timer';
export const lineTyped = (line: string): string => `the line typed: ${line}`;
export const playerDid = 'what the player did';

export const way = (state: string, events: string): string => `${state} on ${events}`;
export const current = (path: string, ways: string): string =>
	`Current: ${path}.${ways ? ` Can go to: ${ways}.` : ''}`;
export const on = (event: string): string => `on ${event}`;
export const stays = 'stays';
export const orderColumns = ['Step', 'From', 'To', 'Way'] as const;
export const another = 'another way';
export const asRecommended = 'as recommended';
export const orderTitle = 'Recommended order of commands';
export const yourWay = 'Your way';
export const anotherWay = '(another way than recommended)';
export const nothingSent = 'Nothing was sent yet.';

/** What a command is for, in the recommended order. */
export const purposes: { readonly [keyword: string]: string } = {
	connect: 'the server greets',
	USER: 'whose maildrop',
	PASS: 'the password',
	STAT: 'how many, how much',
	LIST: 'number and size of each',
	RETR: 'fetch one',
	DELE: 'mark it',
	QUIT: 'deletes what is marked'
};
