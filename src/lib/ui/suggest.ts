/**
 * What the terminal offers: the commands that are legal now, as chips, and the rest of the word being typed. Read from
 * the command table and the session's state, never from a list of its own.
 */
import { commands, type CommandSpec } from '#lib/pop3/commands.ts';

export interface Chip {
	/** What goes into the box. */
	readonly insert: string;
	readonly label: string;
	readonly means: string;
	/** It is whole as it stands. */
	readonly whole: boolean;
}

/** `state` is the server's, null without a connection; `door` is the line that opens one. */
export function chipsFor(state: string | null, door: string): readonly Chip[] {
	if (state === null) return [{ insert: door, label: door, means: 'Opens a connection.', whole: true }];
	return legal(state).map(({ keyword, args, means }) => {
		const needs = args.some((argument) => !('optional' in argument));
		return {
			insert: needs ? `${keyword} ` : keyword,
			label: needs ? `${keyword} …` : keyword,
			means,
			whole: !needs
		};
	});
}

function legal(state: string): readonly CommandSpec[] {
	const table: readonly CommandSpec[] = commands;
	return table.filter((command) => command.states.some((legalIn) => state.startsWith(legalIn)));
}

/** What would complete `line`; empty when nothing fits or it is complete. Case follows what was typed. */
export function completion(line: string, state: string | null, door: string): string {
	if (line === '') return '';
	const whole = state === null ? [door] : legal(state).map(({ keyword }) => keyword);
	const found = whole.find(
		(word) => word.length > line.length && word.slice(0, line.length).toLowerCase() === line.toLowerCase()
	);
	if (!found) return '';
	const rest = found.slice(line.length);
	return line === line.toLowerCase() ? rest.toLowerCase() : rest;
}
