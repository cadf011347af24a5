// The game as a person has it, on the engine run inline: opening, gates, rewinding, branching, going back.
import { afterEach, expect, test, vi } from 'vitest';
import { Engine } from '#lib/engine/client.ts';
import { knock } from '#lib/levels/knock.ts';
import { papers } from '#lib/levels/papers.ts';
import type { Level } from '#lib/levels/level.ts';
import { Game } from '#lib/player/game.svelte.ts';

/** The first test loads the engine; a busy machine takes its time. */
const PATIENCE = { timeout: 20_000 };

let game: Game;
afterEach(() => game.close());

async function open(level: Level): Promise<Game> {
	game = new Game(level, (receive) => new Engine({ mode: 'inline', events: receive, fault: receive }));
	await vi.waitUntil(() => game.ready, PATIENCE);
	return game;
}

/** Plays on until nothing moves, as the frame loop would. */
async function play(): Promise<void> {
	await vi.waitUntil(() => {
		while (game.tick(100));
		return game.question !== null || (game.ready && game.atEnd);
	}, PATIENCE);
}

const terminal = () =>
	game.shown.flatMap((event) => (event.kind === 'terminal' && event.origin === 'server' ? event.octets : []));

test('a level opens after its prelude, with nothing of the player’s own shown', async () => {
	await open(papers);
	expect(game.cursor).toBe(game.start);
	expect(terminal().join('')).toContain('+OK POP3 post.example ready');
	expect(game.inPast).toBe(false);
});

test('a prediction holds playback before the greeting and lets go when it is answered', async () => {
	await open(knock);
	game.type('connect post 110');
	await play();
	expect(game.question?.id).toBe('first');
	expect(game.tick(10_000)).toBe(false);
	expect(terminal()).toEqual([]);
	game.answer('first', 'post');
	await play();
	expect(game.question).toBeNull();
	expect(terminal().join('')).toBe('+OK POP3 post.example ready\r\n');
});

test('a prediction can be skipped', async () => {
	await open(knock);
	game.type('connect post 110');
	await play();
	game.skip('first');
	await play();
	expect(game.atEnd).toBe(true);
	expect(game.firstAnswers.size).toBe(0);
});

test('stepping back and on shows the same events; nothing is lost', async () => {
	await open(papers);
	game.type('NOOP');
	await play();
	const all = game.log;
	game.toStart();
	expect(game.inPast).toBe(true);
	while (!game.atEnd) game.step(1);
	expect(game.shown).toEqual(all);
});

test('a step by packets stops at a departure or an arrival', async () => {
	await open(papers);
	game.type('NOOP');
	await play();
	game.toStart();
	game.step(1, { packets: true });
	expect(game.shown.at(-1)?.kind).toBe('packet.sent');
});

test('typing in the past asks first, branches when told to, and the run left behind can be taken up again', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	const kept = terminal().length;
	game.toStart();
	expect(game.type('NOOP')).toBe('past');
	expect(game.log.length).toBeGreaterThan(game.start);
	expect(game.type('NOOP', { branch: true })).toBe('done');
	await play();
	expect(terminal().at(-1)).toMatch(/^-ERR/);
	game.returnToTrack();
	await vi.waitUntil(() => game.ready, PATIENCE);
	expect(terminal()).toHaveLength(kept);
	expect(terminal().at(-1)).toMatch(/^\+OK/);
});

test('a branch between two inputs of one instant keeps the first and not the second', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	game.type('PASS lovelance');
	await play();
	const pass = game.log.findIndex(
		(event) => event.kind === 'input' && event.input.kind === 'type' && event.input.line.startsWith('PASS')
	);
	expect(game.log[pass]?.at).toBe(game.log[pass - 1]?.at);
	const before = game.log.slice(0, pass);
	game.seek(pass);
	game.type('QUIT', { branch: true });
	await play();
	expect(game.log.slice(0, pass)).toEqual(before);
	expect(game.inputs.map(({ input }) => input.kind === 'type' && input.line).slice(-2)).toEqual([
		'USER ada',
		'QUIT'
	]);
	expect(terminal().at(-1)).toBe('+OK bye\r\n');
});

test('typing while packets are under way is no branch', async () => {
	await open(papers);
	game.type('USER ada');
	await vi.waitUntil(() => game.tick(50), PATIENCE);
	expect(game.inPast).toBe(false);
	expect(game.type('PASS lovelace')).toBe('done');
	await play();
	expect(game.left).toBeNull();
	expect(game.inputs.map(({ input }) => input.kind)).toEqual(
		papers.prelude.map(() => 'type').concat(['type', 'type'])
	);
});

test('what was typed before the world was ready is not lost', async () => {
	game = new Game(knock, (receive) => new Engine({ mode: 'inline', events: receive, fault: receive }));
	game.type('connect post 110');
	await play();
	expect(game.question?.id).toBe('first');
});

test.each([true, false])('lines faster than the engine are all kept, in order (ready: %s)', async (ready) => {
	game = new Game(papers, (receive) => new Engine({ mode: 'inline', events: receive, fault: receive }));
	if (ready) await vi.waitUntil(() => game.ready, PATIENCE);
	game.type('USER ada');
	game.type('PASS lovelance');
	game.type('NOOP');
	await play();
	const lines = game.shown.flatMap((event) =>
		event.kind === 'input' && event.input.kind === 'type' ? event.input.line : []
	);
	expect(lines.slice(papers.prelude.length)).toEqual(['USER ada', 'PASS lovelance', 'NOOP']);
	expect(game.save().inputs.slice(papers.prelude.length)).toHaveLength(3);
	expect(game.shown.map(({ seq }) => seq)).toEqual(game.shown.map((_, i) => i));
});

test('a saved game opens where it ended', async () => {
	await open(papers);
	game.type('USER ada');
	await play();
	const { inputs } = game.save();
	const before = game.log;
	game.reset(inputs);
	await vi.waitUntil(() => game.ready, PATIENCE);
	expect(game.log).toEqual(before);
	expect(game.atEnd).toBe(true);
});
