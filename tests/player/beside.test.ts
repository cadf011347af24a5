// Two futures side by side: what is the same is counted, what differs is named, and each line can be taken along.
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { beside, besideLines, besideTable, relationText } from '#lib/player/beside.ts';
import { packetRows } from '#lib/player/packets.ts';
import { createWorld } from '#lib/sim/world.ts';

function after(...lines: readonly string[]) {
	const world = createWorld(papers.scenario, papers.seed);
	for (const line of ['connect post 110', 'USER ada', ...lines]) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	return packetRows(world.log, papers.scenario);
}

test('the same runs have nothing beside each other', () => {
	const rows = after('PASS lovelace');
	expect(beside(rows, after('PASS lovelace'), 100)).toEqual({ same: rows.length, pairs: [], more: 0 });
});

test('from the first packet that is not the same on, with the fields that differ', () => {
	const [here, there] = [after('PASS lovelace', 'STAT', 'LIST'), after('QUIT')];
	const { same, pairs, more } = beside(here, there, 100);
	expect(here.slice(0, same).map(({ info }) => info)).toEqual(there.slice(0, same).map(({ info }) => info));
	const [first] = pairs;
	expect([first?.here?.info, first?.there?.info]).toEqual(['PASS lovelace', 'QUIT']);
	// lengths, checksums and identifications follow from the rest
	expect(first?.in).toEqual(['Keyword', 'Argument']);
	expect(more).toBe(0);
	// each packet of either run stands once, in its order
	for (const [side, rows] of [
		['here', here],
		['there', there]
	] as const)
		expect(pairs.flatMap((pair) => pair[side] ?? [])).toEqual(rows.slice(same));
	for (const pair of pairs) if (pair.here && pair.there) expect(pair.here.from).toBe(pair.there.from);
	expect(new Set(pairs.filter(({ there: other }) => !other).map(relationText))).toEqual(
		new Set(['only here'])
	);
	expect(relationText(beside(there, here, 100).pairs.at(-1)!)).toBe('only there');
	// an acknowledgment of fewer octets
	expect(pairs.some(({ in: fields }) => fields.includes('Acknowledgment number'))).toBe(true);
});

test('what both runs send, though not as the n-th, stands beside itself', () => {
	const { pairs } = beside(after('NOOP', 'PASS lovelace'), after('PASS lovelace'), 100);
	const login = pairs.find(({ here, there }) => here?.info === 'PASS lovelace' && there !== null);
	expect(login?.there?.info).toBe('PASS lovelace');
	expect(login?.in).toEqual(expect.arrayContaining(['Sequence number', 'Time']));
	expect(pairs[0]?.here?.info).toBe('NOOP');
	expect(pairs[0]?.there).toBeNull();
});

test('no more pairs than were asked for, and the rest is counted', () => {
	const [here, there] = [after('PASS lovelace', 'STAT'), after('QUIT')];
	const some = beside(here, there, 2);
	expect(some.pairs).toHaveLength(2);
	const shown = some.pairs.reduce(
		(sum, pair) => sum + Number(pair.here !== null) + Number(pair.there !== null),
		0
	);
	expect(some.more).toBe(here.length + there.length - 2 * some.same - shown);
});

test('the same octets at another time, or lost, are not the same', () => {
	const rows = after('PASS lovelace');
	const later = rows.map((row, i) => (i === 6 ? { ...row, ...pick(row), at: row.at + 1 } : row));
	expect(beside(rows, later, 1).pairs[0]?.in).toEqual(['Time']);
	const gone = rows.map((row, i) =>
		i === 6 ? { ...row, ...pick(row), lostWhere: 'lost on desk-post' } : row
	);
	expect(beside(rows, gone, 1).pairs[0]?.in).toEqual(['What became of it']);
});
/** What a row reads off its event. */
const pick = ({ packet, seq, at, from, to, link, bytes, flags, info }: ReturnType<typeof after>[number]) => ({
	packet, seq, at, from, to, link, bytes, flags, info
}); // prettier-ignore

test('in lines, and as a table', () => {
	const table = beside(after('PASS lovelace'), after('QUIT'), 1);
	expect(besideLines(table)).toMatch(
		/^The first \d+ packets are the same\.\n\nThis run #\d+ .* desk > post PA PASS lovelace\nThe other run #\d+ .* desk > post PA QUIT\nKeyword, Argument\n\nand \d+ packets more\n$/
	);
	const [head, row] = besideTable(table).split('\n');
	expect(head).toBe('Packet here\tHere\tPacket there\tThere\tDiffers in');
	expect(row).toMatch(/^\d+\t.*PASS lovelace\t\d+\t.*QUIT\tKeyword, Argument$/);
});
