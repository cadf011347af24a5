/**
 * Forgets byte-stuffing (RFC 1939 §3): a message ends, for its reader, at the first line that is a lone dot.
 * Reported as "POP3 server does not do dot stuffing", https://github.com/axllent/mailpit/issues/299
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const noStuffing: Personality = {
	...rfc,
	habits: { ...rfc.habits, forgetsStuffing: true },
	bug: {
		title: 'POP3 server does not do dot stuffing',
		url: 'https://github.com/axllent/mailpit/issues/299',
		differs: 'Lines of a message that begin with a dot are sent as they are.'
	}
};
