/**
 * What a mail program remembers of the letters on a server, by unique-id: the server itself remembers nothing from one
 * session to the next. As text it is one line a letter, `k u-won-2 1500000`, as Thunderbird's popstate.dat has it.
 */

/** `kept`: here and there. `delete`: here, and to be deleted there. `part`: its beginning is here. `fetch`: to be fetched whole. */
export type Standing = 'kept' | 'delete' | 'part' | 'fetch';

export interface Known {
	readonly uid: string;
	readonly standing: Standing;
	/** When it was fetched, microseconds. */
	readonly since: number;
}

const LETTERS = { kept: 'k', delete: 'd', part: 'b', fetch: 'f' } as const satisfies Record<Standing, string>;
const STANDINGS = new Map<string, Standing>(
	(['kept', 'delete', 'part', 'fetch'] as const).map((standing) => [LETTERS[standing], standing])
);

export function writePopstate(known: readonly Known[]): string {
	return known.map(({ uid, standing, since }) => `${LETTERS[standing]} ${uid} ${since}\n`).join('');
}

/** Lines that are none of its own are left out: a damaged file costs letters fetched twice, never letters lost. */
export function readPopstate(text: string): Known[] {
	const known = new Map<string, Known>();
	for (const line of text.split('\n')) {
		const [, letter = '', uid = '', since = ''] = /^([kdbf]) ([!-~]{1,70}) ([0-9]{1,16})$/.exec(line) ?? [];
		const standing = STANDINGS.get(letter);
		if (standing) known.set(uid, { uid, standing, since: Number(since) });
	}
	return [...known.values()];
}

/** With one more, or the one of that unique-id replaced. */
export function remembered(known: readonly Known[], entry: Known): Known[] {
	return [...known.filter(({ uid }) => uid !== entry.uid), entry];
}

export function forgotten(known: readonly Known[], uids: ReadonlySet<string>): Known[] {
	return known.filter(({ uid }) => !uids.has(uid));
}
