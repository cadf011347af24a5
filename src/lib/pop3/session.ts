/** What a session has happen, as data: the world performs these in order. Shared by both sides. */
import type { Standing } from './popstate.ts';

export type SessionEffect =
	| { readonly type: 'write'; readonly octets: Uint8Array }
	/** Close our half: after everything written has gone. */
	| { readonly type: 'close' }
	| { readonly type: 'log'; readonly event: Pop3Event };

/** A server's session also keeps time. */
export type ServerSessionEffect =
	| SessionEffect
	/** Call `timeout(timer)` after so many µs; takes the place of the timer of that name. Null: there is none any more. */
	| { readonly type: 'timer'; readonly timer: TimerName; readonly after: number | null }
	/** Begin TLS on the connection, then call `sealed()`. */
	| { readonly type: 'seal' };

/** `autologout`: no line has come (RFC 1939 §3). `pause`: a refused login is answered late. */
export type TimerName = 'autologout' | 'pause';

/** The event log's POP3 and maildrop entries, without the host and session that the world adds. */
export type Pop3Event =
	| {
			readonly kind: 'pop3.state';
			readonly side: 'server' | 'client';
			/**
			 * Outermost states: `AUTHORIZATION`, `TRANSACTION` …; equal when only the inner state changed.
			 */
			readonly from: string;
			readonly to: string;
			/** The chart's event: a command's keyword, or what the world answered (`OPENED`). */
			readonly on: string;
			/** The whole path of the state reached: `AUTHORIZATION.waitingForPassword`. */
			readonly path: string;
	  }
	| {
			readonly kind: 'pop3.command';
			readonly keyword: string;
			readonly args: string;
			readonly state: string;
	  }
	| {
			readonly kind: 'pop3.reply';
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			readonly octets: number;
	  }
	| { readonly kind: 'pop3.sent'; readonly line: string }
	| {
			readonly kind: 'pop3.received';
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			readonly lines: number;
			readonly octets: number;
	  }
	| { readonly kind: 'maildrop.lock'; readonly user: string; readonly held: boolean }
	| {
			readonly kind: 'maildrop.mark';
			readonly user: string;
			readonly number: number;
			readonly uid: string;
			readonly marked: boolean;
	  }
	| { readonly kind: 'maildrop.expunge'; readonly user: string; readonly uid: string }
	| MailEvent;

/** What a mail program reports of its own: letters it has, what it remembers of them, what went wrong. */
export type MailEvent =
	/** A letter is stored here: all of it, or its beginning. */
	| {
			readonly kind: 'mail.letter';
			readonly number: number;
			/** Null where the server gave none, or was not asked. */
			readonly uid: string | null;
			readonly whole: boolean;
			readonly bytes: Uint8Array;
	  }
	/** What is remembered of a letter; `standing` null: it is forgotten. `since`, microseconds: when it was fetched. */
	| {
			readonly kind: 'mail.known';
			readonly uid: string;
			readonly standing: Standing | null;
			readonly since: number;
	  }
	/** A letter is marked on the server; QUIT will delete it. */
	| { readonly kind: 'mail.deleted'; readonly number: number; readonly uid: string | null }
	| {
			readonly kind: 'mail.problem';
			/** After a `stop` nothing more was asked but QUIT; after a `drop` not even that. */
			readonly weight: 'remark' | 'stop' | 'drop';
			readonly what: string;
			readonly where: string;
	  }
	/** The session is over. `updated`: QUIT was answered by +OK after a login. */
	| {
			readonly kind: 'mail.done';
			readonly fetched: number;
			readonly deleted: number;
			readonly updated: boolean;
	  };
