/**
 * Does not answer what it does not know (RFC 1939 §3: it MUST answer -ERR), so that the client waits.
 * Reported as "pop3 to connect the server but no response!", https://github.com/karastojko/mailio/issues/177
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const silent: Personality = {
	...rfc,
	habits: { ...rfc.habits, staysSilent: true },
	bug: {
		title: 'pop3 to connect the server but no response!',
		url: 'https://github.com/karastojko/mailio/issues/177',
		differs: 'An unknown command has no reply at all.'
	}
};
