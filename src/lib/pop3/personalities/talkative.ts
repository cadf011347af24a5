/**
 * USER tells which names exist, so that strangers need to guess but one of two words (RFC 1939 §13).
 * Reported as "CVE-2000-1237: the POP3 server in FTGate returns an -ERR code after receiving an invalid USER request", https://nvd.nist.gov/vuln/detail/CVE-2000-1237
 */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const talkative: Personality = {
	...rfc,
	habits: { ...rfc.habits, namesAreChecked: true },
	bug: {
		title:
			'CVE-2000-1237: the POP3 server in FTGate returns an -ERR code after receiving an invalid USER request',
		url: 'https://nvd.nist.gov/vuln/detail/CVE-2000-1237',
		differs: 'USER with a name that has no mailbox is answered -ERR.'
	}
};
