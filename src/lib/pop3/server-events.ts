/** What the server chart hears, what it remembers, and all that it can be seen to do. */
import type { BadLineEvent, CommandEvent } from './grammar.ts';
import type { Habits } from './habits.ts';
import type { Entry, Maildrop } from './maildrop.ts';
import type { Refusal } from './refusals.ts';
import type { Exchange } from './sasl.ts';
import { effect, type EffectOf } from './step.ts';
import type { Proof } from './store.ts';

export interface ServerInput {
	readonly habits: Habits;
	/** APOP's timestamp with its angle brackets, as greeted; null: none was. */
	readonly stamp: string | null;
	/** What CRAM-MD5 asks with. */
	readonly challenge: string;
}

export interface ServerContext extends ServerInput {
	readonly user: string;
	readonly drop: Maildrop;
	/** A login has been granted. */
	readonly admitted: boolean;
	/** Bad commands in a row. */
	readonly bads: number;
	/** The client has said UTF8. */
	readonly utf8: boolean;
	/** The channel is encrypted. */
	readonly sealed: boolean;
	/** Nobody is there any more to read a reply. */
	readonly gone: boolean;
	/** Tag that LANG chose; '' before. */
	readonly language: string;
	/** Highest number that was read, for LAST. */
	readonly lastRead: number;
	/** What AUTH has brought so far. */
	readonly exchange: Exchange | null;
}

/** What the world tells the chart. */
export type WorldEvent =
	| { readonly type: 'CONNECTED' }
	/** The peer has closed its half of the connection. */
	| { readonly type: 'ENDED' }
	/** The connection is gone. */
	| { readonly type: 'LOST' }
	/** No line has come for as long as `expectLineWithin` said. */
	| { readonly type: 'IDLE' }
	/** The time of `pause` is over. */
	| { readonly type: 'PAUSE OVER' }
	/** The channel is encrypted from here on. */
	| { readonly type: 'SEALED' }
	| { readonly type: 'KNOWN' }
	| { readonly type: 'UNKNOWN' }
	| { readonly type: 'OPENED'; readonly entries: readonly Entry[] }
	| { readonly type: 'LOCKED' }
	| { readonly type: 'DENIED' }
	/** Too soon after the last login, or the box cannot be read. */
	| { readonly type: 'UNAVAILABLE'; readonly fault: 'loginTooSoon' | 'maildropBroken' | 'maildropLost' }
	| { readonly type: 'UPDATED' }
	| { readonly type: 'FAILED' };

/** A line that answers a challenge of AUTH. */
export interface ResponseEvent {
	readonly type: 'RESPONSE';
	readonly text: string;
}

export type ServerEvent = CommandEvent | BadLineEvent | ResponseEvent | WorldEvent;

/** Performed in server-session.ts. */
export const effects = {
	replyGreeting: effect(),
	replyCapabilities: effect(),
	replyMechanisms: effect(),
	replyChallenge: effect<{ text: string }>(),
	replySealing: effect(),
	replyUtf8: effect(),
	replyLanguages: effect(),
	replyLanguage: effect(),
	replySendPass: effect<{ user: string }>(),
	replyWelcome: effect(),
	replyTotals: effect(),
	replyListing: effect(),
	replyListingOf: effect<{ number: number }>(),
	replyMessage: effect<{ number: number }>(),
	replyTop: effect<{ number: number; lines: number }>(),
	replyMarked: effect<{ number: number }>(),
	replyNothingDone: effect(),
	replyUnmarked: effect(),
	replyUids: effect(),
	replyUidOf: effect<{ number: number }>(),
	replyLast: effect(),
	replyGoodbye: effect(),
	replyUpdated: effect(),
	refuse: effect<Refusal>(),
	staySilent: effect(),
	noteMarked: effect<{ number: number; uid: string }>(),
	noteUnmarked: effect<{ marks: readonly { number: number; uid: string }[] }>(),
	/** Tells IDLE when no line has come for `delay` µs; in force, and counted anew at each line, until it is said again. Null: never. */
	expectLineWithin: effect<{ delay: number | null }>(),
	/** Tells PAUSE OVER after `delay` µs. */
	pause: effect<{ delay: number }>(),
	/** Begins TLS; SEALED comes of it. What was read before and not yet heard is forgotten (RFC 2595 §4). */
	seal: effect(),
	lookUpName: effect<{ user: string }>(),
	openMaildrop: effect<{ user: string; proof: Proof }>(),
	expunge: effect<{ user: string; uids: readonly string[] }>(),
	releaseMaildrop: effect<{ user: string }>(),
	hangUp: effect()
};

export type ServerEffect = EffectOf<typeof effects>;
