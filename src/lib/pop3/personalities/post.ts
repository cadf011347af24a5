/**
 * The post office of the campaign: as `rfc`, but it takes its leave in one word, and TOP says how many octets
 * follow: packet analysers look for a number there and call the answer malformed without one.
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const post: Personality = {
	...rfc,
	top: (size) => `${size} octets off the top`,
	goodbye: () => 'bye',
	updated: () => 'bye'
};
