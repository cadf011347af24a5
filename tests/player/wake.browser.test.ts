// What follows the playhead: a frame behind one another, and all of them where it stands once it stands.
import { expect, test } from 'vitest';
import type { FromEngine, ToEngine } from '#lib/engine/protocol.ts';
import { papers } from '#lib/levels/papers.ts';
import { Session } from '#lib/player/session.svelte.ts';
import type { Event } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t0, type } from '../fixtures/t0.ts';

const world = createWorld(t0(), 110);
for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'STAT']) {
	world.input(type(world.now, line));
	world.runUntilQuiet();
}
let log: readonly Event[] = world.log;

/** A session in which all of this has happened, at its beginning. */
function opened(): Session {
	let receive: (message: FromEngine) => void = () => {};
	const session = new Session(
		{ ...papers, scenario: t0(), prelude: [], questions: [] },
		{
			connect: (to) => {
				receive = to;
				return {
					recorded: true as const,
					send({ type: kind, epoch }: ToEngine) {
						if (kind !== 'advance') return;
						const now = log.at(-1)?.at ?? 0;
						receive({ type: 'events', epoch, from: 0, events: log, now, nextAt: null, timerAt: null });
					},
					close() {}
				};
			}
		}
	);
	session.game.pause();
	session.game.seek(0);
	return session;
}
const cursors = ({ wake: { list, views, open, told } }: Session) =>
	[list, views, open, told].map(({ cursor }) => cursor);
function frames(session: Session, count: number): void {
	for (let i = 0; i < count; i++) session.frame(16);
}

test('until it is asked to follow everything is where the playhead is', () => {
	const session = opened();
	session.game.seek(20);
	expect(cursors(session)).toEqual([20, 20, 20, 20]);
	frames(session, 3);
	session.game.seek(7);
	expect(cursors(session)).toEqual([7, 7, 7, 7]);
	session.close();
});

test('after a step one goes on in each frame, and not in the frame that shows the step', () => {
	const session = opened();
	session.wake.follow();
	session.game.seek(10);
	frames(session, 6);
	session.game.seek(30);
	session.selection.pick(2);
	expect(cursors(session)).toEqual([10, 10, 10, 10]);
	for (const seen of [
		[10, 10, 10, 10],
		[30, 10, 10, 10],
		[30, 30, 10, 10],
		[30, 30, 30, 10],
		[30, 30, 30, 30]
	]) {
		frames(session, 1);
		expect(cursors(session)).toEqual(seen);
		expect(session.wake.open.packet).toBe(seen[2] === 30 ? 2 : null);
	}
	expect(session.picked?.packet).toBe(2);
	session.close();
});

test('each shows one moment, never a mixture, however the playhead jumps; at last it is the last', () => {
	const session = opened();
	session.wake.follow();
	for (let i = 0; i < 200; i++) {
		session.game.seek((i * 37) % (log.length + 1));
		frames(session, 1 + (i % 3));
		for (const { shown, cursor, time } of [session.wake.list, session.wake.views, session.wake.told]) {
			expect(shown).toHaveLength(cursor);
			expect(time).toBe(shown.at(-1)?.at ?? 0);
		}
	}
	frames(session, 5);
	expect(new Set([session.game.cursor, ...cursors(session)]).size).toBe(1);
	expect(session.wake.told.shown).toBe(session.game.shown);
	expect(session.lines.length).toBeGreaterThan(0);
	session.close();
});

test('of a run that is no more nothing is shown', () => {
	const session = opened();
	session.wake.follow();
	session.game.seek(40);
	frames(session, 6);
	expect(session.shownRows.length).toBeGreaterThan(0);
	// another run, of other events
	log = log.map((event) => ({ ...event }));
	session.reset();
	session.game.seek(3);
	expect(cursors(session)).toEqual([3, 3, 3, 3]);
	session.close();
});
