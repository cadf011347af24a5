/** The morning round, as a browser and a search engine name it. */

export const pageTitle = 'Morning round · Interactive POP3';
export const description =
	'Five questions about a run of TCP and POP3 that nobody has seen before. Which number comes next? Which packet came first?';
