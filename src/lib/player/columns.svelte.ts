/**
 * The columns of the packet list that a person wants, kept on the device. Law: as many as fit, until somebody chooses;
 * a choice that cannot be stored holds until the page is closed.
 */
import * as words from '#words/packet-columns.ts';

export const COLUMNS_KEY = 'interactive-pop3.columns';
export const FROM_SYN_KEY = 'interactive-pop3.from-syn';

interface ColumnKind {
	readonly id: string;
	readonly name: string;
	/** Width in the list's own characters, as CSS has it. */
	readonly width: string;
	/** Shown without a choice when the list is so many pixels wide; null: never. */
	readonly from: number | null;
}

/** In their order. What a packet says is always shown, last. */
export const COLUMNS = [
	{ id: 'number', name: words.number, width: 'var(--digits)', from: 0 },
	{ id: 'since', name: words.since, width: '6.2ch', from: 0 },
	{ id: 'time', name: words.time, width: '9ch', from: null },
	{ id: 'direction', name: words.direction, width: '14px', from: 0 },
	{ id: 'tag', name: words.tag, width: '5ch', from: 0 },
	{ id: 'flags', name: words.flags, width: '52px', from: 0 },
	{ id: 'seq', name: words.seq, width: '10ch', from: 680 },
	{ id: 'ack', name: words.ack, width: '10ch', from: 680 },
	{ id: 'length', name: words.length, width: '5ch', from: 500 }
] as const satisfies readonly ColumnKind[];

export type Column = (typeof COLUMNS)[number]['id'];

/** Reads what was stored; null: as many as fit. */
export function readColumns(text: string | null): readonly Column[] | null {
	let given: unknown = null;
	try {
		given = JSON.parse(text ?? 'null');
	} catch {
		// a damaged entry holds nothing worth a message
	}
	if (!Array.isArray(given)) return null;
	const stored: readonly unknown[] = given;
	return COLUMNS.flatMap(({ id }) => (stored.includes(id) ? [id] : []));
}

function keep(key: string, value: readonly Column[] | boolean | null): void {
	try {
		if (value === null) localStorage.removeItem(key);
		else localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// full or refused
	}
}

export class Columns {
	#chosen = $state.raw<readonly Column[] | null>(null);
	#fromSyn = $state.raw<boolean | null>(null);

	/** Null: as many as fit. */
	get chosen(): readonly Column[] | null {
		return this.#chosen;
	}

	/** Whether the column is there; without a choice those are that would have room in the widest list. */
	has(column: Column): boolean {
		return this.#chosen ? this.#chosen.includes(column) : column !== 'time';
	}

	/** What is seen in a list of this width. */
	seen(width: number): readonly Column[] {
		return this.#chosen ?? COLUMNS.flatMap(({ id, from }) => (from !== null && from <= width ? [id] : []));
	}

	choose(chosen: readonly Column[] | null): void {
		this.#chosen = chosen;
		keep(COLUMNS_KEY, chosen);
	}

	/** Whether sequence numbers count from the SYN; null: nobody has said. */
	get fromSyn(): boolean | null {
		return this.#fromSyn;
	}

	countFromSyn(on: boolean): void {
		this.#fromSyn = on;
		keep(FROM_SYN_KEY, on);
	}

	/** Reads the device. In the browser only. */
	open(): void {
		try {
			this.#chosen = readColumns(localStorage.getItem(COLUMNS_KEY));
			const fromSyn = localStorage.getItem(FROM_SYN_KEY);
			this.#fromSyn = fromSyn === null ? null : fromSyn === 'true';
		} catch {
			// no storage: nothing was chosen
		}
	}
}
