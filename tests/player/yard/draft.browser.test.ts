import { describe, expect, test } from 'vitest';
import { addHost, part } from '#lib/levels/scene-edit.ts';
import { levelOfMade } from '#lib/levels/made.ts';
import { CLEAN } from '#lib/levels/scene-presets.ts';
import { addFault } from '#lib/levels/scene-quality.ts';
import { hostOf } from '#lib/levels/scene.ts';
import { Game } from '#lib/player/game.svelte.ts';
import { loadCheck } from '#lib/player/yard/documents.ts';
import { Draft } from '#lib/player/yard/draft.svelte.ts';
import { placed } from '#lib/player/yard/problems.ts';
import { MADE } from './support.ts';

describe('a draft', () => {
	test('is undone and done again, step by step, with what was chosen', () => {
		const draft = new Draft(CLEAN);
		expect([draft.changed, draft.canUndo, draft.canRedo]).toEqual([false, false, false]);
		draft.apply(addHost(draft.scene, 'router', 'desk'), (id) => `${id} is there.`);
		expect([draft.say, draft.picked, draft.changed]).toEqual([
			'r1 is there.',
			{ kind: 'host', id: 'r1' },
			true
		]);
		draft.remove();
		expect(hostOf(draft.scene, 'r1')).toBeUndefined();
		draft.undo();
		expect(draft.picked).toEqual({ kind: 'host', id: 'r1' });
		draft.undo();
		expect([draft.scene, draft.changed, draft.canRedo]).toEqual([CLEAN, false, true]);
		draft.redo();
		expect(hostOf(draft.scene, 'r1')).toBeDefined();
		draft.put(CLEAN);
		expect(draft.canRedo).toBe(false);
	});

	test('a refused edit changes nothing; a fault is chosen and taken away', () => {
		const draft = new Draft(addFault(CLEAN, { link: 'desk-post', kind: 'cut', from: 1 }));
		draft.apply(part(draft.scene, 'nowhere'), () => '');
		expect([draft.say, draft.changed]).toEqual(['There is no link nowhere.', false]);
		draft.pick({ kind: 'fault', at: 0 });
		draft.remove();
		expect(draft.scene).toEqual(CLEAN);
	});

	test('says what is wrong and where, and what is hardly meant', async () => {
		const draft = new Draft(CLEAN);
		draft.judge(await loadCheck());
		expect([draft.problem, draft.caution]).toEqual([null, null]);
		draft.apply(part(draft.scene, 'desk-post'), () => '');
		expect(draft.caution).toEqual({
			say: 'desk has no way to any server.',
			where: { kind: 'host', id: 'desk' }
		});
		draft.apply(addHost(draft.scene, 'nat'), () => '');
		expect(draft.problem).toMatchObject({ say: expect.stringContaining('a NAT needs a link') as string });
		draft.settle(draft.scene);
		expect(draft.changed).toBe(false);
	});
});

test('the border’s paths become names', () => {
	expect(placed('scenario.hosts[1].stack.mss: 0 is none', CLEAN)).toEqual({
		say: 'post: mss: 0 is none',
		where: { kind: 'host', id: 'post' }
	});
	expect(placed('scenario.links.0.mtu: too small', CLEAN).where).toEqual({ kind: 'link', id: 'desk-post' });
	expect(placed('scenario.faults[2]: it ends before it begins', CLEAN)).toEqual({
		say: 'Fault 3: it ends before it begins',
		where: { kind: 'fault', at: 2 }
	});
	expect(placed('terminal: "x" is no client', CLEAN)).toEqual({
		say: 'terminal: "x" is no client',
		where: null
	});
});

test('a made level opens with its prelude at its own times', () => {
	const sent: unknown[] = [];
	const game = new Game(levelOfMade(MADE), () => ({
		send: (message) => void sent.push(message),
		close() {}
	}));
	expect(sent[0]).toMatchObject({ type: 'load', inputs: MADE.prelude });
	expect(game.inputs).toEqual(MADE.prelude);
});
