/** The report that is printed or handed in. */

export const pageTitle = 'Report · Interactive POP3';
export const description = 'What you have reached, level by level, with stamps, best and par: to be printed.';
export const home = 'Interactive POP3: to the map';
export const report = 'Report';
export const print = 'Print';
export const name = 'Name';
export const nameNote = 'for the paper only; it is not kept';
/** Each after its number. */
export const solved = (levels: number): string => `of ${levels} levels solved`;
export const assisted = 'of them only with help';
export const delivered = 'Delivered';
export const lightBag = 'Light bag';
export const calledIt = 'Called it';
export const caption = 'Every level with its stamps, best and par';
export const columns = {
	level: 'Level',
	teaches: 'What it teaches',
	stamps: 'Stamps',
	best: 'Best, par',
	how: 'How'
} as const;
export const withHelp = 'with help';
export const alone = 'alone';
export const notYet = 'not yet';
export const notOpen = 'not open yet';
/** Before the code. */
export const code = 'Code of this report, to be entered on a map:';
