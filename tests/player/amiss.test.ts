/** What is wrong with data from outside is said in the catalogue's words, not in those of the library that found it. */
import { describe, expect, it } from 'vitest';
import { readSavedGame } from '#lib/engine/client.ts';
import { amiss } from '#lib/player/amiss.ts';
import { loadCheck } from '#lib/player/yard/documents.ts';
import * as words from '#words/amiss.ts';

const scene = { version: 1, name: 'a', terminal: 'desk', seed: 1, scenario: { hosts: [], links: [] } };

describe('a document of the yard', () => {
	it.each([
		[{ ...scene, seed: undefined }, `scene.seed: ${words.missing}`],
		[{ ...scene, seed: 'x' }, `scene.seed: ${words.unlike('"x"', 'number')}`],
		[{ ...scene, name: 'n'.repeat(500) }, 'scene.name: has length 500, wanted is <='],
		[{ ...scene, colour: 'red' }, `scene.colour: ${words.unknown}`],
		[{ ...scene, scenario: 7 }, `scenario: ${words.unlike('7', 'Object')}`],
		[{ ...scene, scenario: { hosts: [] } }, `scenario.links: ${words.missing}`]
	])('%j', async (one, say) => {
		const check = await loadCheck();
		const checked = check({ version: 1, kind: 'scene', scene: one });
		expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(say) as string });
	});
});

it('a saved run', async () => {
	const read = await readSavedGame(JSON.stringify({ version: 1, level: 'knock', inputs: [] }), amiss);
	expect(read).toEqual({ ok: false, problem: `seed: ${words.missing}` });
});
