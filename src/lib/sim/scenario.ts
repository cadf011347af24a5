/**
 * A scenario is plain data: it crosses the worker's border, is saved in files and links, and with a seed and the
 * player's inputs decides every octet of a run.
 */
import type { FilterRule } from '#lib/ip/filter.ts';
import type { Habits } from '#lib/pop3/habits.ts';
import type { Wire } from '#lib/pop3/wiring.ts';
import type { Tuning } from '#lib/tcp/connection.ts';
import type { Settings } from '#lib/pop3/policy.ts';
import type { Micros } from './event.ts';
import type { FaultSpec } from './faults/spec.ts';

export interface Scenario {
	readonly hosts: readonly HostSpec[];
	readonly links: readonly LinkSpec[];
	/** What goes wrong, when and to which datagrams. */
	readonly faults?: readonly FaultSpec[];
}

export interface HostSpec {
	/** Short lower-case name, unique in the scenario: `desk`, `post`. */
	readonly id: string;
	/** A router passes on what is not for itself; the others do not. */
	readonly role: 'client' | 'server' | 'router';
	/** Other names it answers to: `mail.post.example`. */
	readonly aliases?: readonly string[];
	/** Dotted IPv4 address: on every link for which `interfaces` says no other. */
	readonly address: string;
	/** Addresses that differ from link to link. */
	readonly interfaces?: readonly InterfaceSpec[];
	/** Besides the routes that follow from the links (see topology.ts); one to the same prefix takes the other's place. */
	readonly routes?: readonly RouteSpec[];
	/** What may pass, come in and go out: the first rule that fits decides, and what none fits passes. */
	readonly filter?: readonly FilterRule[];
	/** Makes a router translate addresses. */
	readonly nat?: NatSpec;
	/** Makes a router lower the MSS of connections through it to what its links carry. */
	readonly clampMss?: boolean;
	readonly stack?: Partial<StackSpec>;
	/** Present on a host that runs a POP3 server. */
	readonly pop3?: Pop3Spec;
	/** The account of a client's mail program; a sync may bring another. */
	readonly account?: Account;
}

/** A mail program's settings for one mailbox. */
export interface Account {
	/** A host's name or address. */
	readonly server: string;
	/** Default 110. */
	readonly port?: number;
	readonly user: string;
	readonly password: string;
	/** File name in pop3/policies. */
	readonly policy: string;
	/** What of the policy is set otherwise. */
	readonly settings?: Settings;
	/** Unique-ids of letters that the person wants to have whole, and of letters to be deleted on the server. */
	readonly wanted?: readonly string[];
	readonly removed?: readonly string[];
}

export interface InterfaceSpec {
	/** Id of the link. */
	readonly link: string;
	readonly address: string;
}

export interface RouteSpec {
	/** `198.51.100.0/25`, or an address. */
	readonly to: string;
	/** Id of one of the host's links; null: a dead end. */
	readonly link: string | null;
}

/** Addresses behind the router are hidden behind its own address on one link (RFC 3022). */
export interface NatSpec {
	/** Id of the link that leads outside. */
	readonly outside: string;
	/** First outside port given; 61001 if absent. */
	readonly firstPort?: number;
}

/** What a host's stack may be told; what its TCP may switch on is in `Tuning`. */
export interface StackSpec extends Tuning {
	/** Initial sequence number fixed by the level (RFC 9293 §3.4.1 wants it unpredictable); absent: RFC 6528's, with a key from the host's seeded stream. */
	readonly isn: number;
	/** Maximum segment size offered, octets (RFC 9293 §3.7.1). */
	readonly mss: number;
	/** Receive buffer, octets. */
	readonly receiveBuffer: number;
	/** First ephemeral port given to an active open. */
	readonly firstPort: number;
	/** Connections that a listening port holds half-open at most; a SYN beyond that is discarded. */
	readonly backlog: number;
	/** Initial retransmission time-out (RFC 6298 §2.1: 1 s). */
	readonly rto: Micros;
	/** Maximum segment lifetime; TIME-WAIT lasts twice as long (RFC 9293 §3.4.2: 2 minutes). */
	readonly msl: Micros;
	/** Initial time to live. */
	readonly ttl: number;
	/** Set "don't fragment" on every datagram. */
	readonly df: boolean;
}

export interface Pop3Spec {
	/** Default 110. */
	readonly port?: number;
	/** File name in pop3/personalities: whose wording the server uses. */
	readonly personality: string;
	/** Text of the greeting after `+OK `; absent: the personality's own. */
	readonly greeting?: string;
	/** Offer APOP by a timestamp in the greeting (RFC 1939 §7). */
	readonly apop?: boolean;
	/** What the server does otherwise than its personality would. */
	readonly habits?: Partial<Habits>;
	/** Arrows of its chart that are aimed otherwise than RFC 1939 has them; present: a person may aim them. */
	readonly wires?: readonly Wire[];
	readonly users: readonly UserSpec[];
}

export interface UserSpec {
	readonly name: string;
	readonly password: string;
	/** Names of letters in mail/letters.ts, in message-number order. */
	readonly box: readonly string[];
	/** For practice: whoever logs in to an empty box finds these letters in it again. */
	readonly refills?: boolean;
	/** Unique-ids of letters that UPDATE cannot remove. */
	readonly stuck?: readonly string[];
}

export interface LinkSpec {
	/** Unique: `desk-post`. */
	readonly id: string;
	/** The two host ids it joins. */
	readonly ends: readonly [string, string];
	/** One-way propagation delay. */
	readonly delay: Micros;
	/** Bits per second; absent: serialisation takes no time. */
	readonly rate?: number;
	/** Largest IP datagram it carries, octets. */
	readonly mtu: number;
	/** Share of packets lost, 0 to 1, drawn from the link's own seeded stream. */
	readonly loss?: number;
	/** Somebody listens: all that enters it can be read there. Nothing is otherwise for that. */
	readonly tap?: boolean;
}
