/** What a session has happen, as data: the world performs these in order. Shared by both sides. */

export type SessionEffect =
	| { readonly type: 'write'; readonly octets: Uint8Array }
	/** Close our half: after everything written has gone. */
	| { readonly type: 'close' }
	| { readonly type: 'log'; readonly event: Pop3Event };

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
	| { readonly kind: 'maildrop.expunge'; readonly user: string; readonly uid: string };
