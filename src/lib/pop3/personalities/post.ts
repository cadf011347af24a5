/** The post office of the campaign: as `rfc`, but it takes its leave in one word. */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const post: Personality = {
	...rfc,
	goodbye: () => 'bye',
	updated: () => 'bye'
};
