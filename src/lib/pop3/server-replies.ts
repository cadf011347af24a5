/**
 * What the server chart's replies say: from an effect's name and parameters to the status line and the octets
 * after it. Chooses words, decides nothing.
 */
import { decodeUtf8 } from '#lib/mail/octets.ts';
import { capabilitiesOf } from './habits.ts';
import { entryAt, rowsOf, totals, type Message } from './maildrop.ts';
import { listing, sizeOf, stuff, topOf, unstuffed } from './multiline.ts';
import type { Personality, Topic, Words } from './personality.ts';
import type { Refusal } from './refusals.ts';
import type { ServerContext, ServerEffect } from './server-events.ts';

export interface Reply {
	/** Null: a challenge, which begins with `+` alone (RFC 5034 §4). */
	readonly ok: boolean | null;
	readonly text: string;
	/** The text travels as UTF-8; else its characters are octets. */
	readonly utf8: boolean;
	/** The lines that follow, the final dot line included. */
	readonly body?: Uint8Array;
}

export interface Speaker {
	readonly personality: Personality;
	readonly host: string;
	/** Text of the greeting; absent: the personality's own. */
	readonly greeting?: string | undefined;
}

/** What of the session a reply may speak of. */
export interface Situation {
	readonly context: ServerContext;
	readonly keyword: string;
	readonly messages: readonly Message[];
	/** Which login of this user it is. */
	readonly login: number;
}

/** RFC 2449 §8.1, RFC 3206 §4 and §5, RFC 6856 §2. */
const CODES: Readonly<Partial<Record<Refusal['fault'], string>>> = {
	maildropLocked: 'IN-USE',
	loginTooSoon: 'LOGIN-DELAY',
	loginRefused: 'AUTH',
	mechanismUnknown: 'AUTH',
	maildropBroken: 'SYS/TEMP',
	maildropLost: 'SYS/PERM',
	updateFailed: 'SYS/TEMP',
	utf8Required: 'UTF8'
};

/** Null: the effect is no reply. */
export function replyTo(effect: ServerEffect, speaker: Speaker, situation: Situation): Reply | null {
	const { context, messages } = situation;
	const { drop, admitted, sealed, stamp, habits } = context;
	const { personality } = speaker;
	const words = wordsOf(personality, context.language);
	const topic = () => topicOf(speaker, situation);
	const octetsOf = (number: number) => messages[(entryAt(drop, number)?.place ?? 0) - 1]?.octets ?? EMPTY;
	const sent = habits.forgetsStuffing ? unstuffed : stuff;
	const utf8 = context.language !== '';
	const ok = (text: string, body?: Uint8Array): Reply => ({ ok: true, text, utf8, ...(body && { body }) });

	switch (effect.type) {
		case 'replyGreeting': {
			const text = speaker.greeting ?? words.greeting(topic());
			return ok(stamp === null ? text : `${text} ${stamp}`);
		}
		case 'replyCapabilities': {
			const list = (personality.listsCapabilities ?? capabilitiesOf)(habits, admitted, sealed);
			return ok(words.capabilities(topic()), listing(list));
		}
		case 'replyMechanisms':
			return ok(words.mechanisms(topic()), listing(habits.mechanisms));
		case 'replyChallenge':
			return { ok: null, text: effect.params.text, utf8 };
		case 'replySealing':
			return ok(words.sealing(topic()));
		case 'replyUtf8':
			return ok(words.utf8(topic()));
		case 'replyLanguages': {
			const rows = habits.languages.map((tag) => `${tag} ${personality.tongues?.[tag]?.name ?? tag}`);
			return ok(words.languages(topic()), listing(rows));
		}
		case 'replyLanguage':
			return ok(`${context.language === '' ? 'i-default' : context.language} ${words.language(topic())}`);
		case 'replySendPass':
			return ok(words.sendPass(topic()));
		case 'replyWelcome':
			return ok(words.welcome(topic()));
		case 'replyTotals': {
			const { count, octets } = totals(drop);
			return ok(`${count} ${octets}`);
		}
		case 'replyListing': {
			const rows = rowsOf(drop, (number, { size }) => `${number} ${size}`);
			return ok(words.listing(topic()), listing(rows));
		}
		case 'replyListingOf': {
			const { number } = effect.params;
			return ok(`${number} ${entryAt(drop, number)?.size ?? 0}`);
		}
		case 'replyMessage': {
			const { number } = effect.params;
			return ok(words.message(entryAt(drop, number)?.size ?? 0), sent(octetsOf(number)));
		}
		case 'replyTop': {
			const { number, lines } = effect.params;
			const top = topOf(octetsOf(number), lines);
			return ok(words.top(sizeOf(top)), sent(top));
		}
		case 'replyMarked':
			return ok(words.marked(effect.params.number));
		case 'replyNothingDone':
			return ok(words.nothingDone());
		case 'replyUnmarked':
			return ok(words.unmarked(topic()));
		case 'replyUids': {
			const rows = rowsOf(drop, (number, { uid }) => `${number} ${shown(uid, situation)}`);
			return ok(words.uids(topic()), listing(rows));
		}
		case 'replyUidOf': {
			const { number } = effect.params;
			return ok(`${number} ${shown(entryAt(drop, number)?.uid ?? '', situation)}`);
		}
		case 'replyLast':
			return ok(`${context.lastRead}`);
		case 'replyGoodbye':
			return ok(words.goodbye(topic()));
		case 'replyUpdated':
			return ok(words.updated(topic()));
		case 'refuse': {
			const { fault, about, last } = effect.params;
			const code = habits.responseCodes ? CODES[fault] : undefined;
			const text = words.faults[fault]({ ...topic(), about, ...(last && { last }) });
			return { ok: false, text: code === undefined ? text : `[${code}] ${text}`, utf8 };
		}
		default:
			return null;
	}
}

const EMPTY = new Uint8Array();

function wordsOf(personality: Personality, language: string): Words {
	return personality.tongues?.[language]?.words ?? personality;
}

/** The unique-id as this server tells it. */
function shown(uid: string, { context, login }: Situation): string {
	return context.habits.changesUids ? `${login}.${uid}`.slice(0, 70) : uid;
}

function topicOf({ host }: Speaker, { context, keyword }: Situation): Topic {
	const { user, drop, admitted } = context;
	return {
		host,
		user: context.language === '' ? user : decodeUtf8(user),
		...totals(drop),
		marks: drop.marked.length,
		state: admitted ? 'TRANSACTION' : 'AUTHORIZATION',
		keyword,
		about: ''
	};
}
