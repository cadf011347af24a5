/** The three states of a POP3 session (RFC 1939 §3), said in one sentence each. */
export const POP3_STATES = [
	{
		state: 'AUTHORIZATION',
		says: 'The connection is open and the server has greeted; nobody has shown papers yet.',
		rfc: 'RFC 1939 §4'
	},
	{
		state: 'TRANSACTION',
		says: 'The maildrop is open and locked for this session: count, carry, mark.',
		rfc: 'RFC 1939 §5'
	},
	{
		state: 'UPDATE',
		says: 'QUIT was given after a login: what is marked is deleted now, the lock is released, the line is closed.',
		rfc: 'RFC 1939 §6'
	}
] as const;
