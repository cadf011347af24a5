// A file is read in one sitting: none is longer than about 300 lines. What is longer is split by job.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const MOST = 310;

const linesOf = (text: string): number => text.split('\n').length - Number(text.endsWith('\n'));

describe.each(['src', 'tests', 'scripts'])('%s', (folder) => {
	const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.(?:ts|svelte|m?js|css|py)$/.test(name)
	);

	test(`no file has more than ${MOST} lines`, () => {
		expect(names.length).toBeGreaterThan(0);
		const long = names
			.map((name) => ({ name, lines: linesOf(readFileSync(join(ROOT, folder, name), 'utf8')) }))
			.filter(({ lines }) => lines > MOST);
		expect(long).toEqual([]);
	});
});

test('lines are counted as an editor does', () => {
	expect(['a', 'a\n', 'a\nb', 'a\nb\n'].map(linesOf)).toEqual([1, 1, 2, 2]);
});
