/**
 * Has no UIDL, as RFC 1939 §7 allows, so that no client can tell what it has seen.
 * Reported as "Getting UIDL is not supported by server error message", https://github.com/neomutt/neomutt/issues/1427
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const noUidl: Personality = {
	...rfc,
	habits: { ...rfc.habits, offers: rfc.habits.offers.filter((keyword) => keyword !== 'UIDL') },
	bug: {
		title: 'Getting UIDL is not supported by server error message',
		url: 'https://github.com/neomutt/neomutt/issues/1427',
		differs: 'UIDL is an unknown command, and CAPA does not list it.'
	}
};
