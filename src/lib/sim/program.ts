/**
 * The border between a host's stack and the program that uses it, in the words of RFC 9293 §3.9.1: OPEN, SEND, CLOSE,
 * ABORT and STATUS downwards; opened, octets, ended and failed upwards. A host runs one program; its role chooses which.
 */
import type { Status } from '#lib/tcp/connection.ts';
import type { Settings } from '#lib/pop3/policy.ts';
import type { Wire } from '#lib/pop3/wiring.ts';
import type { Cause } from './kernel.ts';
import type { Account } from './scenario.ts';

/** What ends a connection otherwise than by FIN both ways. */
export type Failure = 'refused' | 'reset' | 'timeout';
/** Why an active OPEN could not even begin. */
export type Unopened = 'refused' | 'unreachable';

/** One connection as its program holds it. */
export interface Circuit {
	/** The same text at both ends, active opener first: `192.0.2.10:49152>198.51.100.25:110`. */
	readonly name: string;
	/** `urgent`: SEND with the URGENT flag (RFC 9293 §3.8.5). */
	send(octets: Uint8Array, cause: Cause, urgent?: boolean): void;
	/** No more to send: FIN after all that was written. */
	close(cause: Cause): void;
	abort(cause: Cause): void;
	/** STATUS (RFC 9293 §3.10.6). */
	status(): Status;
}

/** What the stack tells the program that holds a circuit. */
export interface CircuitUser {
	opened(cause: Cause): void;
	octets(octets: Uint8Array, cause: Cause): void;
	/** The peer has closed its half: no more octets will come. */
	ended(cause: Cause): void;
	failed(failure: Failure, cause: Cause): void;
}

/** What the stack offers a program. */
export interface Sockets {
	/**
	 * Active OPEN; `user` hears of everything after. `unreachable`: no link leads towards `address`. `refused`: it is the
	 * host's own, where nobody listens for itself, or every ephemeral port is taken.
	 */
	open(address: number, port: number, user: CircuitUser, cause: Cause): Circuit | Unopened;
	/**
	 * Passive OPEN: `accept` is asked for a user for every new connection to `port`. False: somebody listens there already,
	 * and goes on to (RFC 9293 §3.9.1.1, MUST-41).
	 */
	listen(port: number, accept: (circuit: Circuit) => CircuitUser): boolean;
	/** Connections there are, half-open ones and those in TIME-WAIT too. */
	readonly connections: number;
}

export interface Program {
	/** A line typed at the host's terminal. Absent: there is none. */
	typed?(line: string, cause: Cause): void;
	/** Octets (latin1) to be written to the open connection exactly as they are. */
	raw?(octets: string, cause: Cause): void;
	/**
	 * What its mail program would do for this account, or for its own where none is given. Throws an Error, in words, where
	 * that is nothing. Absent: there is no mail program.
	 */
	sync?(account: Account | undefined): (cause: Cause) => void;
	/**
	 * What is to be otherwise than the policy of its account, from the next sync on. Throws an Error, in words, where that
	 * cannot be. Absent: there is no mail program.
	 */
	set?(settings: Settings): () => void;
	/**
	 * Aims an arrow of its POP3 server's chart, if one is given, and puts the server through the transcripts. Throws an
	 * Error, in words, where that cannot be. Absent: there is no server whose arrows could be aimed.
	 */
	drill?(wire: Wire | null): (cause: Cause) => void;
	/** Ends all that it has open by ABORT. Absent: it has nothing that could be ended so. */
	abort?(cause: Cause): void;
}
