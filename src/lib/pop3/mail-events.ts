/** What the mail program's chart hears: replies already read, what came of storing a letter, and the end of the connection. */
import type { Failure } from './client.machine.ts';
import { firstOwed, type MailContext } from './mail-context.ts';
import type { Problem } from './reply.ts';
import type { Data } from './reply-data.ts';

export type MailEvent =
	| { readonly type: 'CONNECTED' }
	/** A whole reply to the oldest command, and what it says. */
	| { readonly type: 'OK'; readonly text: string; readonly data: Data }
	| { readonly type: 'ERR'; readonly text: string }
	/** A round of AUTH (RFC 5034 §4). */
	| { readonly type: 'CHALLENGE'; readonly text: string }
	/** The server has sent what it must not send. */
	| ({ readonly type: 'MISREAD' } & Problem)
	/** The letter is stored here, or cannot be. */
	| { readonly type: 'KEPT'; readonly number: number; readonly whole: boolean }
	| { readonly type: 'NOT KEPT'; readonly number: number }
	/** The server closed its half. */
	| { readonly type: 'ENDED'; readonly where: string }
	| { readonly type: 'FAILED'; readonly error: Failure; readonly where: string }
	/** Nothing has come for as long as the policy waits. */
	| { readonly type: 'TIMEOUT'; readonly where: string };

export interface At {
	readonly context: MailContext;
	readonly event: MailEvent;
}

/** What a `+OK` brought. */
export const dataIn = ({ event }: At): Data => (event.type === 'OK' ? event.data : { is: 'nothing' });
/** Message number of the request that is answered. */
export const numberIn = ({ context }: { context: MailContext }) => firstOwed(context).number ?? 0;
