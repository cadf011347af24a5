/** What is said of a copy. */

export const copied = 'Copied.';
export const refused =
	'This browser does not let the page copy. Here is the text, chosen: press Ctrl+C (on a Mac, Cmd+C).';
export const close = 'Close';
