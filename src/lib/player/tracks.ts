/**
 * Two futures of one past held side by side: the input in which they part, and the first packet that is not the same.
 * Pure folds of two logs. Law: runs with the same inputs have no difference, since same seed and inputs give the same log.
 */
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import * as words from '#words/tracks.ts';

export interface Difference {
	/** What was done in the one and in the other; null: nothing. */
	readonly here: EventOf<'input'> | null;
	readonly there: EventOf<'input'> | null;
	/** The first packet that was sent in the one and not so in the other. */
	readonly packet: {
		readonly here: EventOf<'packet.sent'> | null;
		readonly there: EventOf<'packet.sent'> | null;
	};
}

/** Null: the one is the beginning of the other, or they are the same. */
export function firstDifference(here: readonly Event[], there: readonly Event[]): Difference | null {
	const inputs = part(of(here, 'input'), of(there, 'input'), sameInput);
	if (!inputs) return null;
	const packet = part(of(here, 'packet.sent'), of(there, 'packet.sent'), samePacket);
	return { ...inputs, packet: packet ?? { here: null, there: null } };
}

function of<K extends 'input' | 'packet.sent'>(log: readonly Event[], kind: K): EventOf<K>[] {
	return log.filter((event): event is EventOf<K> => event.kind === kind);
}

function part<E>(
	here: readonly E[],
	there: readonly E[],
	same: (a: E, b: E) => boolean
): { here: E | null; there: E | null } | null {
	const most = Math.max(here.length, there.length);
	for (let i = 0; i < most; i++) {
		const [a, b] = [here[i], there[i]];
		if (!a || !b || !same(a, b)) return { here: a ?? null, there: b ?? null };
	}
	return null;
}

const sameInput = (a: EventOf<'input'>, b: EventOf<'input'>): boolean =>
	a.at === b.at && JSON.stringify(a.input) === JSON.stringify(b.input);

const samePacket = (a: EventOf<'packet.sent'>, b: EventOf<'packet.sent'>): boolean =>
	a.at === b.at &&
	a.arrives === b.arrives &&
	a.link === b.link &&
	a.bytes.length === b.bytes.length &&
	a.bytes.every((octet, i) => octet === b.bytes[i]);

/** What a person did, in a few words. */
export function inputText(input: Input): string {
	switch (input.kind) {
		case 'type':
			return words.typed(input.line);
		case 'octets':
			return words.sent(input.octets.length);
		case 'sync':
			return words.sync;
		case 'tidy':
			return words.tidied;
		case 'settings':
			return words.setting(input.host);
		case 'abort':
			return words.cutOff(input.host);
		case 'wire':
			return words.aimed(input.wire.on, input.wire.to);
		case 'drill':
			return words.drilled;
		case 'answer':
			return words.answered(String(input.value));
		case 'set':
			return words.set(input.key, input.value);
		case 'packet':
			return words.handled(input.act.do, input.packet);
		default:
			return input.kind;
	}
}
