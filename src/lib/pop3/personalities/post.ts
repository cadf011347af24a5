/**
 * The post office of the campaign: the words of `rfc` and the commands of RFC 1939 alone; but it takes its leave in
 * one word, and TOP says how many octets follow: packet analysers look for a number there and call the answer
 * malformed without one.
 */
import { plain } from '../habits.ts';
import type { Personality } from '../personality.ts';
import { english } from './rfc.ts';

export const post: Personality = {
	...english,
	habits: plain,
	top: (size) => `${size} octets off the top`,
	goodbye: () => 'bye',
	updated: () => 'bye',
	faults: { ...english.faults, tlsNotOffered: english.faults.unknownCommand }
};
