// The reference page's list of what other TCPs are tested for: every row of the catalogue, done or left out and why.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { COVERAGE } from '#lib/tcp/coverage.ts';
import CoverageList from '#lib/ui/reference/CoverageList.svelte';

test('each behaviour is listed with whose tests name it, and done or the reason why not', async () => {
	await render(CoverageList);
	const items = page
		.getByRole('listitem')
		.elements()
		.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
	expect(items).toHaveLength(COVERAGE.length);
	for (const [i, { behaviour, from, done, out }] of COVERAGE.entries()) {
		const item = items[i] ?? '';
		expect(item).toContain(behaviour);
		expect(item.startsWith(done ? 'Done' : 'Left out')).toBe(true);
		if (out) expect(item).toContain(out);
		else expect(item).toMatch(new RegExp(`${done?.length} tests?$`));
		for (const [id, name] of [
			['packetdrill', 'packetdrill'],
			['linux', 'Linux'],
			['smoltcp', 'smoltcp'],
			['packetimpact', 'gVisor’s packetimpact']
		] as const)
			expect(item.includes(name), item).toBe(from.includes(id) || behaviour.includes(name));
	}
	const left = COVERAGE.filter(({ out }) => out).length;
	await expect
		.element(page.getByText(`${COVERAGE.length - left} are held by tests here, ${left} are left out`))
		.toBeVisible();
});
