/**
 * Has no TOP, as RFC 1939 §7 allows, so that headers cost whole messages.
 * Reported as "POP3 implementation needs optional TOP command", https://github.com/cypht-org/cypht/issues/448
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const noTop: Personality = {
	...rfc,
	habits: { ...rfc.habits, offers: rfc.habits.offers.filter((keyword) => keyword !== 'TOP') },
	bug: {
		title: 'POP3 implementation needs optional TOP command',
		url: 'https://github.com/cypht-org/cypht/issues/448',
		differs: 'TOP is an unknown command, and CAPA does not list it.'
	}
};
