/**
 * The event log's vocabulary. The log is append-only and deterministic (seed + scenario + inputs); panes, goals and
 * captures are pure functions of it. Every event names the event that caused it, so "why?" is a walk up `cause`.
 */
import type { MailEvent } from '#lib/pop3/session.ts';
import type { Outcome } from '#lib/pop3/transcripts.ts';
import type { Repetition } from '#lib/tcp/connection.ts';
import type { Discard } from '#lib/tcp/discard.ts';
import type { TcpEvent, TcpState } from '#lib/tcp/states.ts';
import type { Input } from './input.ts';

export type { Act, Answer, Input, TimedInput } from './input.ts';

/** Integer microseconds of virtual time. */
export type Micros = number;

export type DropReason =
	| 'loss'
	| 'mtu'
	| 'no-listener'
	| 'checksum'
	| 'malformed'
	| 'unroutable'
	/** No room for another half-open connection. */
	| 'backlog'
	| 'ttl'
	| 'filter'
	| 'nat'
	| 'reassembly'
	/** No room in the queue before a narrow link. */
	| 'queue'
	| 'cut'
	/** A person took it off the link. */
	| 'taken'
	/** Its octets go on in another packet. */
	| 'joined';

export interface Stamp {
	/** Position in the log, from 0. */
	readonly seq: number;
	readonly at: Micros;
	/** `seq` of the event that led to this one; null for inputs, and for what a scenario itself forges. */
	readonly cause: number | null;
}

export type EventBody =
	| { readonly kind: 'input'; readonly input: Input }

	// packets: `packet` numbers datagrams from 1 in the order they were built; one `packet.sent` per link crossed
	| {
			readonly kind: 'packet.sent';
			readonly packet: number;
			readonly link: string;
			readonly from: string;
			readonly to: string;
			/** The whole IPv4 datagram as it enters the link. */
			readonly bytes: Uint8Array;
			/** When it reaches `to`; null: the link loses it at `lostAt`. Decided here, never by an animation. */
			readonly arrives: Micros | null;
			readonly lostAt?: Micros;
			/** Packet number of the original, on a retransmission. */
			readonly again?: number;
			/** Of a piece: packet number of the datagram that was cut; where the sender itself cut it, of the first piece. */
			readonly partOf?: number;
			/** No host sent it. */
			readonly forged?: true;
	  }
	/** Something other than a host has meddled with a packet on a link; what is not named is as it was. */
	| {
			readonly kind: 'packet.changed';
			readonly packet: number;
			readonly link: string;
			/** `edit`, `corrupt`, `split`, `coalesce`, `hold`, `release`, `delay`, `mark`. */
			readonly what: string;
			readonly detail: string;
			/** The whole datagram as it is now. */
			readonly bytes?: Uint8Array;
			/** When it arrives now; null: it is held until it is released. */
			readonly arrives?: Micros | null;
	  }
	| {
			readonly kind: 'packet.delivered';
			readonly packet: number;
			readonly link: string;
			readonly host: string;
	  }
	| {
			readonly kind: 'packet.dropped';
			readonly packet: number;
			readonly link: string;
			/** Where: a host that discarded it, or null when the link lost it. */
			readonly host: string | null;
			readonly reason: DropReason;
			readonly detail: string;
	  }

	// IP and ICMP
	/** A host has put the pieces of one datagram together; `packets` in the order of their arrival. */
	| { readonly kind: 'ip.reassembled'; readonly host: string; readonly packets: readonly number[] }
	/** A host has learnt that no more than `mtu` octets reach `to` in one piece (RFC 1191). */
	| { readonly kind: 'ip.path-mtu'; readonly host: string; readonly to: string; readonly mtu: number }
	/** An ICMP message other than an echo request has reached the host that it is for. */
	| {
			readonly kind: 'icmp.received';
			readonly host: string;
			/** Dotted address of the sender. */
			readonly from: string;
			readonly type: number;
			readonly code: number;
			/** Next-hop MTU, with type 3 code 4 (RFC 1191 §4). */
			readonly mtu?: number;
	  }
	/** A translator's table has one row more, or one less. Endpoints read `192.168.1.10:49152`; of an ICMP query the port is its identifier. */
	| {
			readonly kind: 'nat.mapped' | 'nat.expired';
			readonly host: string;
			readonly protocol: number;
			readonly inside: string;
			readonly outside: string;
	  }

	// TCP. `connection` is the same text at both ends, the active opener first: `192.0.2.10:49152>198.51.100.25:110`
	| {
			readonly kind: 'tcp.state';
			readonly host: string;
			readonly connection: string;
			readonly from: TcpState;
			readonly to: TcpState;
			/** What moved it: `OPEN`, `SYN`, `ACK of FIN`, `2MSL timeout` … */
			readonly on: TcpEvent;
	  }
	| {
			readonly kind: 'tcp.retransmit';
			readonly host: string;
			readonly connection: string;
			readonly sequence: number;
			readonly reason: Repetition;
	  }
	/** The connection has taken nothing of the segment that `cause` delivered. */
	| {
			readonly kind: 'tcp.discarded';
			readonly host: string;
			readonly connection: string;
			readonly reason: Discard;
	  }
	/** The connection ended otherwise than by FIN both ways, as its user is told (RFC 9293 §3.9.1). */
	| {
			readonly kind: 'tcp.error';
			readonly host: string;
			readonly connection: string;
			readonly error: 'refused' | 'reset' | 'timeout';
	  }

	/** What the user is told of a connection that goes on (RFC 9293 §3.9.1.8): an ICMP error, or urgent text. */
	| {
			readonly kind: 'tcp.report';
			readonly host: string;
			readonly connection: string;
			readonly report: 'unreachable' | 'time exceeded' | 'parameter problem' | 'urgent';
			/** In words: `host unreachable`, `3 octets`. */
			readonly detail: string;
	  }

	// POP3. `session` is the text of the connection that carries it
	| {
			readonly kind: 'pop3.state';
			readonly host: string;
			readonly session: string;
			readonly side: 'server' | 'client';
			/** Outermost states (`AUTHORIZATION`); equal when only an inner state changed. */
			readonly from: string;
			readonly to: string;
			readonly on: string;
			/** Whole path of the state reached: `AUTHORIZATION.waitingForPassword`. */
			readonly path?: string;
	  }
	/** The server has read a whole command line. `keyword` is upper case; '' where the line holds none. */
	| {
			readonly kind: 'pop3.command';
			readonly host: string;
			readonly session: string;
			readonly keyword: string;
			readonly args: string;
			/** The server's state when it read the line. */
			readonly state: string;
	  }
	/** The server has written a whole reply. `keyword` is that of the command, or `greeting`. `octets` counts what goes on the wire. */
	| {
			readonly kind: 'pop3.reply';
			readonly host: string;
			readonly session: string;
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			readonly octets: number;
	  }
	/** The client has sent a command line (`PASS` arguments included: this is a simulator). */
	| { readonly kind: 'pop3.sent'; readonly host: string; readonly session: string; readonly line: string }
	/** The client has read a whole reply: status line, and for a multi-line reply everything up to the lone dot. */
	| {
			readonly kind: 'pop3.received';
			readonly host: string;
			readonly session: string;
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			/** Body lines after the status line, dot-stuffing undone, without the final dot. */
			readonly lines: number;
			readonly octets: number;
	  }

	/** A server was put through one transcript of a drill, over a box of its own. */
	| { readonly kind: 'pop3.drill'; readonly host: string; readonly outcome: Outcome }

	// maildrop
	| {
			readonly kind: 'maildrop.lock';
			readonly host: string;
			readonly user: string;
			readonly session: string;
			readonly held: boolean;
	  }
	| {
			readonly kind: 'maildrop.mark';
			readonly host: string;
			readonly user: string;
			readonly session: string;
			readonly number: number;
			readonly uid: string;
			readonly marked: boolean;
	  }
	| {
			readonly kind: 'maildrop.expunge';
			readonly host: string;
			readonly user: string;
			readonly session: string;
			readonly uid: string;
	  }

	// a mail program
	/** It begins to fetch the mail of `account`, `ada@post`. What follows, up to `mail.done`, is of this sync. */
	| {
			readonly kind: 'mail.sync';
			readonly host: string;
			readonly account: string;
			/** File name in pop3/policies. */
			readonly policy: string;
	  }
	/** `session` is '' before there is a connection. */
	| InSession<MailEvent>

	// what a host's terminal shows. `octets` is latin1 text, one character an octet
	| {
			readonly kind: 'terminal';
			readonly host: string;
			/** `typed`: the player's own line; `server`: octets from the connection, exactly; `local`: the terminal program itself. */
			readonly origin: 'typed' | 'server' | 'local';
			readonly octets: string;
	  };

type InSession<E> = E extends unknown ? E & { readonly host: string; readonly session: string } : never;

export type Event = Stamp & EventBody;
export type EventKind = Event['kind'];
export type EventOf<K extends EventKind> = Extract<Event, { kind: K }>;
