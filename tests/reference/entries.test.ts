/** The index of the reference: whatever the dissection shows has its place, and no place is there twice. */
import { expect, it } from 'vitest';
import { LEVELS } from '#lib/levels/index.ts';
import { everyCommand } from '#lib/pop3/commands.ts';
import { TCP_STATES } from '#lib/tcp/states.ts';
import { ENTRIES } from '#lib/ui/reference/entries.ts';
import { placeOfField } from '#lib/ui/reference/where.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { play } from '../levels/play.ts';

const places = new Set(ENTRIES.map(({ topic, anchor }) => `${topic}#${anchor}`));

it('has each place once, with a name and a sentence', () => {
	expect(places.size).toBe(ENTRIES.length);
	expect(ENTRIES.length).toBeGreaterThan(120);
	for (const { name, says, anchor } of ENTRIES) {
		expect(name, anchor).not.toBe('');
		expect(says, anchor).toMatch(/[.;:!?)]$/);
	}
});

it('has every command and every state', () => {
	for (const { keyword } of everyCommand) expect(places).toContain(`pop3#${keyword.toLowerCase()}`);
	for (const state of TCP_STATES) expect(places).toContain(`tcp#${state.toLowerCase()}`);
	for (const state of ['authorization', 'transaction', 'update']) expect(places).toContain(`pop3#${state}`);
});

it('has a place for every field that the levels’ packets show', async () => {
	const homeless = new Set<string>();
	const walk = (node: Node) => {
		const place = placeOfField(node.name);
		if (place && !places.has(`${place.topic}#${place.anchor}`)) homeless.add(node.name);
		node.children?.forEach(walk);
	};
	for (const listed of LEVELS) {
		const level = await listed.load();
		for (const event of play(level, level.showMe).log)
			if (event.kind === 'packet.sent') walk(dissect(event.bytes));
	}
	expect([...homeless]).toEqual([]);
});
