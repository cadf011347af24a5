/** The server of RFC 1939's examples: as `rfc`, but it signs off by name and tells what it leaves in the maildrop. */
import type { Personality } from '../personality.ts';
import { rfc } from './rfc.ts';

export const dewey: Personality = {
	...rfc,
	goodbye: ({ host }) => `${host} POP3 server signing off`,
	updated: ({ host, count }) => {
		const left = count === 0 ? 'maildrop empty' : `${count} ${count === 1 ? 'message' : 'messages'} left`;
		return `${host} POP3 server signing off (${left})`;
	}
};
