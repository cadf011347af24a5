/**
 * Takes a lost connection for QUIT and removes what was marked, which RFC 1939 §6 forbids; servers differed until
 * RFC 1725 (1994) settled it.
 * Reported as "Re: POP3 behavior on broken tcp connection", https://mailarchive.ietf.org/arch/msg/pop3/hdO4215KR-0i8WhOLUPZFKfT_uI/
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const hasty: Personality = {
	...rfc,
	habits: { ...rfc.habits, updatesOnLoss: true },
	bug: {
		title: 'Re: POP3 behavior on broken tcp connection',
		url: 'https://mailarchive.ietf.org/arch/msg/pop3/hdO4215KR-0i8WhOLUPZFKfT_uI/',
		differs: 'A connection that is cut after DELE takes the message with it.'
	}
};
