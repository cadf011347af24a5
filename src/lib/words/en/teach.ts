/** Sheets for a class. */

export const pageTitle = 'Sheets for a class · Interactive POP3';
export const description =
	'A sheet for each chapter with its levels, their addresses and what they teach, without answers.';
export const home = 'Interactive POP3: to the map';
export const sheets = 'Sheets for a class';
export const chapter = 'Chapter';
export const all = 'all';
export const print = 'Print';
export const lead =
	'One sheet for each chapter: where its levels are and what they teach, and no answer. Nothing has to be installed and nobody has to sign up; progress stays in each browser, and a report can be printed from the map. A level opens by its address at any time, whatever the rack says.';
export const name = 'Name ______________________';
export const teaches = (what: readonly string[], par: string): string => `${what.join(', ')}. Par ${par}.`;
export const unexpected = 'What I saw that I did not expect:';
export const notOpen = 'Not open yet.';
