// The catalogue of behaviours and the scripts name each other.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVERAGE } from '#lib/tcp/coverage.ts';

const ROOT = join(import.meta.dirname, '../..');
const scripts = readdirSync(join(import.meta.dirname, 'scripts'), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.script'))
	.map((name) => name.replaceAll('\\', '/').replace(/\.script$/, ''));
const done = COVERAGE.flatMap((row) => row.done ?? []);

test('every row is either done or left out with a reason', () => {
	for (const { behaviour, done, out } of COVERAGE) {
		expect([behaviour, (done ?? []).length > 0, (out ?? '').length > 20]).toEqual([behaviour, !out, !done]);
	}
});

test('no behaviour is listed twice, and topics are not torn apart', () => {
	const rows = COVERAGE.map(({ topic, behaviour }) => `${topic}: ${behaviour}`);
	expect(new Set(rows).size).toBe(rows.length);
	const topics = COVERAGE.map(({ topic }) => topic);
	const starts = topics.filter((topic, index) => topics[index - 1] !== topic);
	expect(starts).toEqual([...new Set(topics)]);
});

test('every script and every test that is named exists', () => {
	const missing = done.filter((name) =>
		name.endsWith('.test.ts') ? !existsSync(join(ROOT, name)) : !scripts.includes(name)
	);
	expect(missing).toEqual([]);
});

test('every script is named', () => {
	expect(scripts.filter((name) => !done.includes(name))).toEqual([]);
	expect(scripts.length).toBeGreaterThan(200);
});
