/**
 * What the terminal offers: the commands that are legal now, as chips, and the rest of the word being typed. Read from
 * the command table, the session's state and what the server offers, never from a list of its own.
 */
import { commands, findCommand, type CommandSpec, type Keyword } from '#lib/pop3/commands.ts';
import * as words from '#words/terminal.ts';

export interface Chip {
	/** What goes into the box. */
	readonly insert: string;
	readonly label: string;
	readonly means: string;
	/** It is whole as it stands. */
	readonly whole: boolean;
}

const RFC_1939: readonly Keyword[] = commands.map(({ keyword }) => keyword);

/** `state` is the server's, null without a connection; `door` is the line that opens one; `offers` what the server knows. */
export function chipsFor(state: string | null, door: string, offers = RFC_1939): readonly Chip[] {
	if (state === null) return [{ insert: door, label: door, means: words.opens, whole: true }];
	return legal(state, offers).map(({ keyword, args, means }) => {
		const needs = args.some((argument) => !('optional' in argument));
		return {
			insert: needs ? `${keyword} ` : keyword,
			label: needs ? `${keyword} …` : keyword,
			means,
			whole: !needs
		};
	});
}

function legal(state: string, offers: readonly Keyword[]): readonly CommandSpec[] {
	return offers
		.flatMap((keyword): CommandSpec | CommandSpec[] => findCommand(keyword) ?? [])
		.filter((command) => command.states.some((legalIn) => state.startsWith(legalIn)));
}

/** What would complete `line`; empty when nothing fits or it is complete. Case follows what was typed. */
export function completion(line: string, state: string | null, door: string, offers = RFC_1939): string {
	if (line === '') return '';
	const whole = state === null ? [door] : legal(state, offers).map(({ keyword }) => keyword);
	const found = whole.find(
		(word) => word.length > line.length && word.slice(0, line.length).toLowerCase() === line.toLowerCase()
	);
	if (!found) return '';
	const rest = found.slice(line.length);
	return line === line.toLowerCase() ? rest.toLowerCase() : rest;
}
