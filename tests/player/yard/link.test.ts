import { expect, test } from 'vitest';
import { PRESETS } from '#lib/levels/scene-presets.ts';
import { MAX_LINK } from '#lib/player/packed.ts';
import { MAX_DOCUMENT, writeDocument, type Document } from '#lib/player/yard/documents.ts';
import { isLink, packLink, readLink } from '#lib/player/yard/link.ts';
import { createStream } from '#lib/sim/random.ts';
import { LEVEL, RUN, SCENE, type } from './support.ts';

const packed = async (document: Document): Promise<string> => {
	const link = await packLink(document);
	if (!link.ok) throw new Error(link.problem);
	return link.value;
};
const problem = async (fragment: string): Promise<string> => {
	const read = await readLink(fragment);
	return read.ok ? '' : read.problem;
};
/** Octets deflated as a link has them. */
async function deflated(octets: Uint8Array<ArrayBuffer>): Promise<string> {
	const stream = new Blob([octets]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}

test('a link holds a scene, a run or a level, and is short', async () => {
	for (const document of [SCENE, RUN, LEVEL]) {
		const fragment = await packed(document);
		expect(fragment).toMatch(/^yard=1\.[A-Za-z0-9_-]+$/);
		expect(fragment.length).toBeLessThan(1_500);
		expect(isLink(`#${fragment}`)).toBe(true);
		expect(await readLink(`#${fragment}`)).toEqual({ ok: true, value: document });
	}
	const tree = PRESETS.find(({ id }) => id === 'tree')!.scene;
	expect((await packed({ version: 1, kind: 'scene', scene: tree })).length).toBeLessThan(4_000);
	expect(isLink('#packet=3')).toBe(false);
});

test('what is too much for a link is told so', async () => {
	const random = createStream(1, 'noise');
	const noise = () => Array.from({ length: 400 }, () => String.fromCharCode(33 + random.below(90))).join('');
	const inputs = Array.from({ length: 400 }, (_, i) => type(i, noise()));
	expect(await packLink({ version: 1, kind: 'scene', scene: PRESETS[0].scene, inputs })).toMatchObject({
		ok: false,
		problem: expect.stringContaining('Save it to a file') as string
	});
});

test('hostile, damaged, newer and oversized links are told apart', async () => {
	const good = await packed(SCENE);
	expect(await problem(good.slice(0, -20))).toContain('damaged');
	expect(await problem(`${good}!`)).toContain('damaged');
	expect(await problem('yard=')).toContain('damaged');
	expect(await problem('yard=1.')).toContain('damaged');
	expect(await problem('yard=1.A')).toContain('damaged');
	expect(await problem('yard=0.AAAA')).toContain('damaged');
	expect(await problem(good.replace('yard=1.', 'yard=2.'))).toContain('newer edition');
	expect(await problem(`yard=1.${'A'.repeat(MAX_LINK)}`)).toContain('60,000 characters');
	expect(await problem(`yard=1.${await deflated(new TextEncoder().encode('{"kind":1}'))}`)).toContain('kind');
	expect(await problem(`yard=1.${await deflated(Uint8Array.of(0xff, 0xfe))}`)).toContain('damaged');
	const text = writeDocument(SCENE).replace('"version":1', '"version":3');
	expect(await problem(`yard=1.${await deflated(new TextEncoder().encode(text))}`)).toContain(
		'newer edition'
	);
});

test('a link that unpacks to a hundred megabytes is left at its first', async () => {
	const bomb = await deflated(new Uint8Array(40 * MAX_DOCUMENT));
	expect(bomb.length).toBeLessThan(MAX_LINK);
	expect(await problem(`yard=1.${bomb}`)).toContain('unpacks to more');
});

/** The first so many in every run; all of them with YARD_FUZZ=100000. */
const RUNS = Number(process.env['YARD_FUZZ'] ?? 3_000);

test(
	`${RUNS} links with changed, missing and foreign characters: an answer each, no exception`,
	{ timeout: 600_000 },
	async () => {
		const seeds = await Promise.all([packed(SCENE), packed(RUN), packed(LEVEL)]);
		const texts = [SCENE, RUN, LEVEL].map(writeDocument);
		const random = createStream(110, 'links');
		const alphabet = 'ABCDEFabcdef0123456789-_.=#%{}"\u0000é';
		const one = <T>(all: readonly T[]): T => all[random.below(all.length)]!;
		const bend = (text: string, letters: string): string => {
			let bent = text;
			for (let n = random.below(4) + 1; n > 0; n--) {
				const at = random.below(bent.length + 1);
				const to = at + random.below(8);
				const put =
					random.below(3) === 0
						? bent.slice(at, at + random.below(40))
						: letters[random.below(letters.length)]!;
				bent = bent.slice(0, at) + (random.below(3) === 0 ? '' : put) + bent.slice(to);
			}
			return bent;
		};
		let [taken, refused] = [0, 0];
		for (let run = 0; run < RUNS; run++) {
			// half of them are sound links of bent JSON, so that the schema sees them too
			const fragment =
				run % 2 === 0
					? bend(one(seeds), alphabet)
					: `yard=1.${await deflated(new TextEncoder().encode(bend(one(texts), '0123456789",:{}[]-eaz\\\u0000')))}`;
			const read = await readLink(fragment);
			if (read.ok) {
				taken++;
				expect(writeDocument(read.value).length).toBeLessThanOrEqual(MAX_DOCUMENT);
			} else {
				refused++;
				expect(read.problem.length).toBeGreaterThan(10);
			}
		}
		expect(refused).toBeGreaterThan(RUNS * 0.5);
		expect(taken).toBeGreaterThan(0);
	}
);
