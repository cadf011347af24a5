// The engine in a real worker of a real browser: the same logs, hash for hash, as in Node.
import { afterEach, describe, expect, test } from 'vitest';
import type { EngineOptions } from '#lib/engine/client.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { LOSSY_HASH, LOSSY_LINES, SESSION_HASH } from '../fixtures/hash.ts';
import { of } from '../fixtures/read.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';
import { connect } from './page.ts';

const open: ReturnType<typeof connect>[] = [];
function page(mode: EngineOptions['mode']) {
	const connected = connect(mode);
	open.push(connected);
	return connected;
}
afterEach(() => {
	for (const { engine } of open.splice(0)) engine.close();
});

describe.each(['worker', 'inline'] as const)('in the browser, %s', (mode) => {
	test('the session has the hash it has in Node', async () => {
		const { engine, heard, log } = page(mode);
		engine.load(t0(), 110);
		for (const timed of typed(SESSION)) engine.input(timed);
		engine.advance();
		await heard(7);
		expect(hashLog(log())).toBe(SESSION_HASH);
	});

	test('a saved game over a bad link has the hash it has in Node', async () => {
		const { engine, heard, log } = page(mode);
		engine.load(t0({ link: { loss: 0.2 } }), 7, typed(LOSSY_LINES, 3_000_000));
		engine.advance();
		await heard(2);
		expect(hashLog(log())).toBe(LOSSY_HASH);
	});

	test('rewound, branched and played again, the session has its hash', async () => {
		const { engine, heard, quiet, log } = page(mode);
		engine.load(t0(), 110, typed(SESSION));
		engine.advance();
		await heard(2);
		engine.input(type(150_000, 'NOOP'));
		engine.advance();
		await quiet();
		expect(hashLog(log())).not.toBe(SESSION_HASH);
		// back before the branch, and on with what was typed the first time
		engine.load(t0(), 110, typed(SESSION).slice(0, 2));
		for (const timed of typed(SESSION).slice(2)) engine.input(timed);
		engine.advance();
		await quiet();
		expect(hashLog(log())).toBe(SESSION_HASH);
	});

	test('a message that is refused comes back as a fault', async () => {
		const { engine, fault } = page(mode);
		engine.load(t0({ link: { delay: -1 } }), 110);
		expect(await fault()).toMatch(/^refused a message: scenario\.links\.0\.delay: /);
	});
});

describe('the worker', () => {
	test('sends all octets of a message in one buffer', async () => {
		const { engine, heard, log } = page('worker');
		engine.load(t0(), 110, typed(SESSION));
		engine.advance();
		await heard(1);
		const buffers = new Set(of(log(), 'packet.sent').map(({ bytes }) => bytes.buffer));
		expect(buffers.size).toBe(1);
	});

	test('that cannot read what it is sent reports a fault and is not silent', async () => {
		const { engine, fault } = page('worker');
		const inputs = JSON.parse(
			'[{"at":0,"input":{"kind":"answer","question":"q","value":"v","__proto__":{}}}]'
		);
		engine.load(t0(), 110, inputs);
		expect(await fault()).toBe('refused a message: inputs[0].input: the key __proto__ is refused');
	});

	test('is silent once closed', async () => {
		const first = page('worker');
		first.engine.load(t0(), 110);
		await first.heard(1);
		first.engine.close();
		first.engine.input(type(0, 'connect post 110'));
		const second = page('worker');
		second.engine.load(t0(), 110, typed(SESSION));
		await second.heard(1);
		expect(first.count()).toBe(1);
	});
});
