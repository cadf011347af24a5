/** The map, as a browser and a search engine name it. */

export const pageTitle = 'Map · Interactive POP3';
export const description =
	'Thirteen chapters, thirty-six letters: from the first knock on port 110 to the night shift.';
