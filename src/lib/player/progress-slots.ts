/**
 * Two storage slots, written in turn, so that a write that is cut off costs one save and never all of them. Laws: every
 * touch of the storage may throw and none of that reaches the caller; a slot that cannot be read is never written over
 * before its text is kept elsewhere; a slot of a newer edition is never written over at all.
 */
import { merge, NOTHING, type Progress } from './progress.ts';
import { open, seal, type Opened } from './progress-text.ts';

/** The part of the Web Storage API that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const SLOTS = ['interactive-pop3.progress.a', 'interactive-pop3.progress.b'] as const;
/** Where a damaged slot's text is put aside. */
export const ASIDE = 'interactive-pop3.progress.damaged';

type Slot = (typeof SLOTS)[number];

/** `device`: kept; `memory`: the storage refuses, all is lost with the page; `newer`: a newer edition has been here. */
export type Keeping = 'device' | 'memory' | 'newer';

export interface Shelved {
	readonly progress: Progress;
	readonly keeping: Keeping;
	/** Texts that could not be read, for the person to take away. */
	readonly damaged: readonly string[];
}

interface Look {
	readonly slot: Slot;
	readonly text: string | null;
	readonly opened: Opened | null;
}

/** What both slots hold together. */
export function readSlots(shelf: Shelf | null): Shelved {
	if (!shelf) return { progress: NOTHING, keeping: 'memory', damaged: [] };
	try {
		return summary(shelf, look(shelf));
	} catch {
		return { progress: NOTHING, keeping: 'memory', damaged: [] };
	}
}

/** Merges `mine` with what the slots hold by now (another tab may have written) and writes the older slot. */
export function writeSlots(shelf: Shelf | null, mine: Progress): Shelved {
	const before = readSlots(shelf);
	const progress = merge(before.progress, mine);
	if (!shelf || before.keeping !== 'device') return { ...before, progress };
	try {
		const slot = nextSlot(shelf);
		if (slot === null) return { ...before, progress, keeping: 'memory' };
		const text = seal(progress);
		// what could not be read again is no save
		if (!open(text).ok) return { ...before, progress, keeping: 'memory' };
		shelf.setItem(slot, text);
		const kept = shelf.getItem(slot) === text;
		return { ...before, progress, keeping: kept ? 'device' : 'memory' };
	} catch {
		return { ...before, progress, keeping: 'memory' };
	}
}

/** Throws damaged texts away: after the person has them, or does not want them. */
export function discardDamaged(shelf: Shelf | null): void {
	try {
		if (!shelf) return;
		shelf.removeItem(ASIDE);
		for (const { slot, opened } of look(shelf)) if (isDamaged(opened)) shelf.removeItem(slot);
	} catch {
		// what cannot be removed stays and is offered again
	}
}

function look(shelf: Shelf): readonly Look[] {
	return SLOTS.map((slot) => {
		const text = shelf.getItem(slot);
		return { slot, text, opened: text === null ? null : open(text) };
	});
}

function summary(shelf: Shelf, looks: readonly Look[]): Shelved {
	let progress = NOTHING;
	const damaged = new Set<string>();
	const aside = shelf.getItem(ASIDE);
	if (aside !== null) damaged.add(aside);
	for (const { text, opened } of looks) {
		if (opened?.ok) progress = merge(progress, opened.progress);
		else if (isDamaged(opened) && text !== null) damaged.add(text);
	}
	return { progress, keeping: looks.some(isNewer) ? 'newer' : 'device', damaged: [...damaged] };
}

const isNewer = ({ opened }: Look): boolean => opened?.ok === false && opened.problem === 'newer';

function isDamaged(opened: Opened | null): boolean {
	return opened?.ok === false && opened.problem !== 'newer';
}

/** The slot that may be written over: an empty one, a damaged one whose text is put aside, or the older. Null: none. */
function nextSlot(shelf: Shelf): Slot | null {
	const looks = look(shelf);
	const empty = looks.find(({ text }) => text === null);
	if (empty) return empty.slot;
	for (const { slot, text, opened } of looks)
		if (isDamaged(opened) && text !== null && putAside(shelf, text)) return slot;
	const [oldest] = looks
		.flatMap(({ slot, opened }) => (opened?.ok ? [{ slot, saved: opened.progress.saved }] : []))
		.sort((a, b) => a.saved - b.saved);
	return oldest?.slot ?? null;
}

/** False: the text is not safe elsewhere. */
function putAside(shelf: Shelf, text: string): boolean {
	try {
		if (shelf.getItem(ASIDE) === null) shelf.setItem(ASIDE, text);
		return shelf.getItem(ASIDE) === text;
	} catch {
		return false;
	}
}
