/**
 * Everything that a person can do to a world. Plain data: a saved game, a share link and a bug report are a seed and a list
 * of these with their times, and nothing else.
 */
import type { FilterRule } from '#lib/ip/filter.ts';
import type { Settings } from '#lib/pop3/policy.ts';
import type { Wire } from '#lib/pop3/wiring.ts';
import type { Micros } from './event.ts';
import type { Edit } from './faults/spec.ts';
import type { Account, StackSpec } from './scenario.ts';

export type Answer = string | number | readonly number[];

/** What a person can do to a packet in flight. */
export type Act =
	| { readonly do: 'drop' | 'hold' | 'release' }
	| { readonly do: 'delay'; readonly by: Micros }
	/** A copy of it arrives later by `after`. */
	| { readonly do: 'duplicate'; readonly after: Micros }
	/** Flips one bit. */
	| { readonly do: 'corrupt'; readonly bit: number }
	| ({ readonly do: 'edit' } & Edit)
	/** A TCP segment goes on as two, the first with `at` octets. */
	| { readonly do: 'split'; readonly at: number }
	/** The TCP segment `next`, which continues it, is joined to it. */
	| { readonly do: 'coalesce'; readonly next: number };

/** Everything a person can do to a world. A saved game is the list of these with their times. */
export type Input =
	/** A line typed at a host's terminal, without its line end: `connect post 110`, `USER ada`. */
	| { readonly kind: 'type'; readonly host: string; readonly line: string }
	/** Octets (one per character, latin1) written to the host's open connection exactly as they are. */
	| { readonly kind: 'octets'; readonly host: string; readonly octets: string }
	/** The mail program of a client host fetches its mail; `account` absent: the one that the scenario gives it. */
	| { readonly kind: 'sync'; readonly host: string; readonly account?: Account }
	/** Sets the mail program of a host otherwise than its account's policy; what is not named stays as it is. */
	| { readonly kind: 'settings'; readonly host: string; readonly settings: Settings }
	/** The person throws further copies of letters out of a host's inbox; one of each stays. */
	| { readonly kind: 'tidy'; readonly host: string }
	/** The programs of a client host are stopped in the middle of it: ABORT (RFC 9293 §3.10.5), which sends RST. */
	| { readonly kind: 'abort'; readonly host: string }
	/** A prediction or a pointed-at value. The world only records it; whether it is right is a goal's business. */
	| { readonly kind: 'answer'; readonly question: string; readonly value: Answer }
	/** A setting or an edit that is the level's business: the world only records it. */
	| { readonly kind: 'set'; readonly key: string; readonly value: string | number | boolean }
	/** Aims one arrow of the chart of a host's POP3 server, for the sessions that begin from now on; a drill follows. */
	| { readonly kind: 'wire'; readonly host: string; readonly wire: Wire }
	/** The transcripts of pop3/drill.ts are held with a host's POP3 server as its chart is now. */
	| { readonly kind: 'drill'; readonly host: string }
	/** Something done by hand to one packet while it is on a link. */
	| {
			readonly kind: 'packet';
			readonly packet: number;
			/** Which of the links it is on, where a copy is on several; absent: the one that it entered first. */
			readonly link?: string;
			readonly act: Act;
	  }
	/** A datagram that no host sent, latin1, put on a link on its way to the host `towards`. */
	| {
			readonly kind: 'forge';
			readonly link: string;
			readonly towards: string;
			readonly octets: string;
			/** `fixed`: every checksum is computed first. */
			readonly checksums: 'fixed' | 'kept';
	  }
	/** Cuts a link, with what is on it, or restores it. */
	| { readonly kind: 'link'; readonly link: string; readonly up: boolean }
	/** One ICMP echo request (RFC 792) from a host to a name or address. */
	| {
			readonly kind: 'ping';
			readonly host: string;
			readonly to: string;
			/** Absent: the host's own. */
			readonly ttl?: number;
			/** Octets of data; 56 if absent. */
			readonly size?: number;
			/** Don't fragment; absent: as the host does. */
			readonly df?: boolean;
	  }
	/** Gives a host a route, or with `link` absent takes the one to exactly this prefix away. */
	| {
			readonly kind: 'route';
			readonly host: string;
			readonly to: string;
			/** Id of one of its links; null: a dead end. */
			readonly link?: string | null;
	  }
	/** Gives a host these filter rules in place of those it had. */
	| { readonly kind: 'filter'; readonly host: string; readonly rules: readonly FilterRule[] }
	/** The program of a host stops reading what its connections bring, or goes on. */
	| { readonly kind: 'app'; readonly host: string; readonly reading: boolean }
	/** Sets a host's stack: TCP as for the connections that begin from now on. */
	| { readonly kind: 'stack'; readonly host: string; readonly stack: Partial<StackSpec> };

export interface TimedInput {
	readonly at: Micros;
	readonly input: Input;
}
