/**
 * How old one must be to read a text with ease: the grade of Flesch and Kincaid, to which about five is added for an age.
 * Law: what belongs to the protocol (capitals, digits, names of fields and letters, a line to be typed) is exempt from
 * the count of syllables, and is a word of its sentence all the same.
 *
 * The syllables are counted by rule, without a dictionary: runs of vowels, less a silent e, es or ed. Words that split a
 * pair of vowels ("idea", "being") come out one short, those that hide a vowel ("several", "every") one long: over a
 * text these cancel out; of a single short sentence the grade says little, so only longer ones are bounded one by one.
 */

/** What is read as a sign, not as a word: it has no syllables that could be hard. */
const SIGN = /\d|^[^a-z]+$|[a-z][_.@][a-z]|[<>[\]{}]|-[a-z]+-/;
const PAIRS = /ia(?!l)|io(?!u)|[^aeiou]ying|eo(?!us)|ua(?!l)|ea$/g;

/** Of one word in lower case, or with a capital. */
export function syllables(word: string): number {
	const letters = word
		.toLowerCase()
		.replace(/’s$/, '')
		.replace(/[^a-z]/g, '');
	const vowels = letters.match(/[aeiouy]+/g)?.length ?? 0;
	const silent =
		/(?:[^aeiouylq]|[aeiouy]l|qu)e$|(?:[^aeiouydtl]|[aeiouyl]l)ed$|[^aeiouyscxzgl]es$|[^s]hes$(?<!ches)/.test(
			letters
		);
	const split = letters.replace(/tion|sion|cious|tious/g, '').match(PAIRS)?.length ?? 0;
	return Math.max(1, vowels - (silent ? 1 : 0) + split);
}

/** Words and signs of a text, without the marks around them. */
export function wordsOf(text: string): readonly string[] {
	return text
		.split(/[\s/…–]+/)
		.map((word) => word.replace(/^[^\p{L}\d+\-<]+|[^\p{L}\d>]+$/gu, ''))
		.filter((word) => word !== '');
}

/** A sentence ends with its mark; a colon, a semicolon and a dash do not end it. */
const sentencesOf = (text: string): number =>
	Math.max(1, text.split(/[.!?]+(?=[\s”)]|$)/).filter((part) => /[\p{L}\d]/u.test(part)).length);

/** Flesch and Kincaid, 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59. */
export function grade(text: string): number {
	const words = wordsOf(text);
	const plain = words.filter((word) => !SIGN.test(word));
	if (plain.length === 0) return 0;
	const hard = plain.reduce((n, word) => n + syllables(word), 0) / plain.length;
	return 0.39 * (words.length / sentencesOf(text)) + 11.8 * hard - 15.59;
}
