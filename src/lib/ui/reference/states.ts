/** The three states of a POP3 session (RFC 1939 §3), said in one sentence each. */
import * as words from '#words/topics.ts';

export const POP3_STATES = [
	{
		state: 'AUTHORIZATION',
		says: words.pop3States.AUTHORIZATION,
		rfc: 'RFC 1939 §4'
	},
	{
		state: 'TRANSACTION',
		says: words.pop3States.TRANSACTION,
		rfc: 'RFC 1939 §5'
	},
	{
		state: 'UPDATE',
		says: words.pop3States.UPDATE,
		rfc: 'RFC 1939 §6'
	}
] as const;
