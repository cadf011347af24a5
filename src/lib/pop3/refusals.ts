/**
 * Why a command that a state handles is refused all the same, and whom it counts against: the arithmetic behind the
 * server chart's guards.
 */
import type { BadLineEvent, CommandEvent, Fault } from './grammar.ts';
import { findCommand } from './commands.ts';
import { offers, type Habits } from './habits.ts';
import * as drops from './maildrop.ts';
import type { ServerContext, ServerEvent } from './server-events.ts';

export interface Refusal {
	readonly fault: Fault;
	/** The text that is wrong, as typed. */
	readonly about: string;
	/** Where `fault` says that the client has worn the server's patience out: what was wrong this time. */
	readonly last?: Fault;
}

/** Faults in the second argument, which some servers read only after they have looked for the message. */
const LATE: readonly Fault[] = ['linesRequired', 'linesTooLarge', 'noiseAfterLines'];

/** What is wrong with a command in a state that handles it; null: nothing. */
export function faultOf(context: ServerContext, event: CommandEvent): Fault | null {
	const { habits, drop } = context;
	if (!offers(habits, event.type)) return unoffered(event);
	const late = habits.reading === 'lenient' && event.fault !== null && LATE.includes(event.fault);
	if (event.fault && !late) return event.fault;
	if (event.number !== null && !listsAll(habits, event)) {
		const entry = drops.entryAt(drop, event.number);
		if (!entry) return 'noSuchMessage';
		if (drops.isMarked(drop, event.number)) return 'messageDeleted';
		const reads = event.type === 'RETR' || event.type === 'TOP';
		if (reads && entry.wide && !context.utf8 && offers(habits, 'UTF8')) return 'utf8Required';
	}
	return event.fault ?? unfit(context, event);
}

function unoffered({ type }: CommandEvent): Fault {
	if (type === 'STLS') return 'tlsNotOffered';
	return findCommand(type)?.retired === undefined ? 'notOffered' : 'retired';
}

const listsAll = (habits: Habits, event: CommandEvent) => habits.listsAllAnyway && event.type === 'LIST';

function unfit({ habits, stamp, sealed }: ServerContext, { type, name }: CommandEvent): Fault | null {
	switch (type) {
		case 'APOP':
			return stamp === null ? 'apopNotOffered' : null;
		case 'AUTH':
			return name === '' || habits.mechanisms.some((one) => one === name) ? null : 'mechanismUnknown';
		case 'LANG':
			return name === '' || name === '*' || languageOf(habits, name) ? null : 'languageUnknown';
		case 'STLS':
			return sealed ? 'tlsActive' : null;
		default:
			return null;
	}
}

/** The language that a tag chooses, in any case; undefined where there is none. */
export function languageOf(habits: Habits, tag: string): string | undefined {
	return habits.languages.find((one) => one === tag.toLowerCase());
}

/** What is wrong with a line in a state that does not handle it. */
export function misplaced({ habits }: ServerContext, event: CommandEvent | BadLineEvent): Fault {
	if (event.type === 'BAD LINE') return event.fault;
	const known = offers(habits, event.type) || event.type === 'STLS';
	return known ? 'wrongState' : unoffered(event);
}

const UNKNOWN: readonly Fault[] = ['unknownCommand', 'notOffered', 'retired', 'wrongState', 'emptyLine'];

/** Before login 0, after it 1: which of a pair of habits is in force. */
const phase = (context: ServerContext): 0 | 1 => (context.admitted ? 1 : 0);

/** How many bad commands in a row there are with this one. */
export function badWith(context: ServerContext, fault: Fault): number {
	const which = context.habits.badness[phase(context)];
	return which === 'any' || UNKNOWN.includes(fault) ? context.bads + 1 : 0;
}

/** The refusal of `fault`; the last straw where the client has had its share of them. */
export function refusalOf(context: ServerContext, event: ServerEvent, fault: Fault): Refusal {
	const number = 'number' in event && event.number !== null ? `${event.number}` : '';
	const typed = 'about' in event ? event.about : undefined;
	const about = fault === 'noSuchMessage' ? number : (typed ?? number);
	const limit = context.habits.badLimit[phase(context)];
	const tooMany = limit !== null && badWith(context, fault) > limit;
	return tooMany ? { fault: 'tooManyBad', about, last: fault } : { fault, about };
}

export function hadEnough(context: ServerContext): boolean {
	const limit = context.habits.badLimit[phase(context)];
	return limit !== null && context.bads > limit;
}

/** Autologout's delay now, µs; null: never. */
export function patienceOf(context: ServerContext): number | null {
	return context.habits.patience[phase(context)];
}
