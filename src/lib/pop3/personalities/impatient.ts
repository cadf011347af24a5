/**
 * Waits for a minute where RFC 1939 §3 wants ten at least: whoever reads a long letter is thrown out, and what was
 * marked stays.
 * Reported as "POP3 should reset socket timeout each time a command is processed (?)", https://github.com/zone-eu/wildduck/issues/709
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const impatient: Personality = {
	...rfc,
	habits: { ...rfc.habits, patience: [60_000_000, 60_000_000] },
	bug: {
		title: 'POP3 should reset socket timeout each time a command is processed (?)',
		url: 'https://github.com/zone-eu/wildduck/issues/709',
		differs: 'Autologout comes after 60 seconds.'
	}
};
