// A worker that breaks, or that never starts, is reported: nothing is swallowed. The class is the page's own, in its place.
import { afterEach, expect, test, vi } from 'vitest';
import { t0 } from '../fixtures/t0.ts';
import { connect } from './page.ts';

afterEach(() => {
	vi.unstubAllGlobals();
});

function withWorker(source: string): void {
	const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
	const Real = Worker;
	vi.stubGlobal(
		'Worker',
		class extends Real {
			constructor() {
				super(url, { type: 'module' });
			}
		}
	);
}

test('an exception in the worker', async () => {
	withWorker('addEventListener("message", () => { throw new Error("out of cheese"); });');
	const { engine, fault } = connect('worker');
	engine.load(t0(), 110);
	expect(await fault()).toMatch(/^the engine broke: .*out of cheese/);
	engine.close();
});

test('a script that does not load', async () => {
	withWorker('import "./not-there.js";');
	const { engine, fault } = connect('worker');
	engine.load(t0(), 110);
	expect(await fault()).toBe('the engine broke: its script did not load');
	engine.close();
});
