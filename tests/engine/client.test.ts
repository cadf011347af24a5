// The client in front of an inline core; worker.browser.test.ts has it in front of a real worker.
import { describe, expect, test } from 'vitest';
import { Engine, readSavedGame } from '#lib/engine/client.ts';
import { hashLog, replay } from '#lib/sim/replay.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';
import { connect } from './page.ts';

function reference(inputs = typed(SESSION)): string {
	const world = replay(t0(), 110, inputs);
	world.runUntilQuiet();
	return hashLog(world.log);
}

describe('an inline engine', () => {
	test('plays a session', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110);
		for (const timed of typed(SESSION)) page.engine.input(timed);
		page.engine.advance();
		await page.heard(7);
		expect(hashLog(page.log())).toBe(reference());
		page.engine.close();
	});

	test('answers only after the call has returned', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110);
		expect(page.count()).toBe(0);
		await page.heard(1);
		page.engine.input(type(0, 'connect post 110'));
		expect(page.count()).toBe(1);
		await page.heard(2);
	});

	test('begins an epoch with each load and each fork, and with nothing else', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110);
		expect(page.engine.epoch).toBe(1);
		page.engine.input(type(0, 'connect post 110'));
		page.engine.advance();
		await page.heard(3);
		page.engine.input(type(100_000, 'USER ada'));
		expect(page.engine.epoch).toBe(1);
		page.engine.input(type(50_000, 'USER bob'));
		expect(page.engine.epoch).toBe(2);
	});

	test('a fork in the middle of a storm of messages loses no event', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110, typed(SESSION));
		page.engine.advance();
		await page.heard(2);
		// these are answered in epochs that are already past when they come back
		page.engine.advance(70_000_000);
		page.engine.input(type(250_000, 'LIST'));
		page.engine.input(type(150_000, 'NOOP'));
		page.engine.advance();
		await page.quiet();
		expect(hashLog(page.log())).toBe(reference([...typed(SESSION).slice(0, 2), type(150_000, 'NOOP')]));
	});

	test('an input after an unanswered fork is told from the fork on', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110, typed(SESSION));
		page.engine.advance();
		await page.heard(2);
		page.engine.input(type(250_000, 'LIST'));
		page.engine.input(type(350_000, 'UIDL'));
		page.engine.advance();
		await page.quiet();
		const inputs = [...typed(SESSION).slice(0, 3), type(250_000, 'LIST'), type(350_000, 'UIDL')];
		expect(hashLog(page.log())).toBe(reference(inputs));
	});

	test('a caller that counts epochs itself gets every event too', async () => {
		const page = connect('inline');
		const inputs = typed(SESSION);
		page.engine.send({ type: 'load', epoch: 1, scenario: t0(), seed: 110, inputs: [] });
		inputs.forEach((timed, i) => {
			page.engine.send({ type: 'input', epoch: i + 2, timed });
			page.engine.send({ type: 'advance', epoch: i + 2, to: Number.MAX_SAFE_INTEGER });
		});
		await page.quiet();
		expect(hashLog(page.log())).toBe(reference());
	});

	test('reports a fault', async () => {
		const page = connect('inline');
		page.engine.load({ hosts: [], links: t0().links }, 110);
		expect(await page.fault()).toBe('links[0].ends: no host "desk"');
	});

	test('is silent once closed', async () => {
		const page = connect('inline');
		page.engine.load(t0(), 110);
		await page.heard(1);
		page.engine.input(type(0, 'connect post 110'));
		page.engine.close();
		page.engine.advance();
		await import('#lib/engine/core.ts');
		await Promise.resolve();
		expect(page.count()).toBe(1);
	});
});

describe('a saved game', () => {
	const game = { version: 1, level: 'knock', seed: 110, inputs: typed(SESSION) };

	test('is read from its text', async () => {
		expect(await readSavedGame(JSON.stringify(game))).toEqual({ ok: true, value: game });
	});

	test.each<[string, string, RegExp]>([
		['damaged', JSON.stringify(game).slice(0, -9), /^not JSON/],
		['newer', JSON.stringify({ ...game, version: 9 }), /^version 9: made by a newer version/],
		['hostile', JSON.stringify(game).replace('"seed"', '"__proto__":{"x":1},"seed"'), /__proto__ is refused/],
		['endless', ' '.repeat(8_000_001), /^longer than 8000000 characters$/],
		['nested without end', '['.repeat(100_000), /^(not JSON|.*nested deeper)/]
	])('that is %s is refused with a reason', async (_, text, says) => {
		const read = await readSavedGame(text);
		expect(read.ok ? '' : read.problem).toMatch(says);
	});
});

test('the modes are the same class', () => {
	expect(connect('inline').engine).toBeInstanceOf(Engine);
});
