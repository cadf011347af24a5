// How the first levels open: the knock that plays by itself, and fields one by one.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../src/app.css';
import { count } from '#lib/levels/count.ts';
import { knock } from '#lib/levels/knock.ts';
import { shake } from '#lib/levels/shake.ts';
import { DEMO_AFTER } from '#lib/player/opening.svelte.ts';
import { Session } from '#lib/player/session.svelte.ts';
import { connect, BUSY } from './page.ts';

beforeEach(() => localStorage.clear());

describe('the opening of the first level', () => {
	let session: Session;
	async function open(fresh: boolean) {
		session = new Session(knock, { connect, fresh: () => fresh });
		await vi.waitUntil(() => session.game.ready, BUSY);
		session.begin();
	}
	/** Lets shown time pass in frames until `done`. */
	async function until(done: () => boolean, most = 30_000) {
		let passed = 0;
		await vi.waitUntil(
			() => {
				for (let i = 0; i < 50 && !done() && passed < most; i++, passed += 16) session.frame(16);
				return done() || passed >= most;
			},
			{ timeout: 10_000, interval: 5 }
		);
		return passed;
	}
	afterEach(() => session.close());

	test('with no input the knock plays once by itself, and then waits', async () => {
		await open(true);
		const started = await until(() => session.watching);
		expect(started).toBeGreaterThanOrEqual(DEMO_AFTER - 16);
		expect(started).toBeLessThanOrEqual(DEMO_AFTER + 200);
		await until(() => session.shownRows.length > 0, 2000);
		expect(session.shownRows).toHaveLength(1);
		await until(() => !session.watching);
		await vi.waitUntil(() => session.game.ready, BUSY);
		expect(session.game.inputs).toEqual([]);
		expect(session.box.text).toBe('connect post 110');
		expect(session.verdict).toBeNull();
		await until(() => session.watching, 20_000);
		expect(session.watching).toBe(false);
	});

	test('any sign of life ends the demonstration, and the line goes out', async () => {
		await open(true);
		await until(() => session.watching);
		session.touch();
		expect(session.watching).toBe(false);
		session.send('connect post 110');
		await vi.waitUntil(() => session.game.inputs.length === 1, BUSY);
		expect(session.lines.filter(({ origin }) => origin === 'typed').length).toBeLessThanOrEqual(1);
	});

	test('three packets cross at half speed, then the pace is the usual one', async () => {
		await open(true);
		session.send('connect post 110');
		expect(session.game.speed).toBe(0.5);
		await until(() => session.game.question !== null);
		expect(session.game.question?.id).toBe('first');
		session.asking.answer('first', 'post');
		await until(() => session.verdict !== null);
		expect(session.game.speed).toBe(1);
		expect(session.verdict?.stamps).toEqual({ delivered: true, lightBag: true, calledIt: true });
	});

	test('who has solved it, or skips, sees no opening', async () => {
		await open(false);
		await until(() => session.watching, DEMO_AFTER + 1000);
		expect(session.watching).toBe(false);
		session.close();
		await open(true);
		session.leaveOpening();
		await until(() => session.watching, DEMO_AFTER + 1000);
		expect(session.watching).toBe(false);
	});

	test('"Show me" types and does not send, and takes the stamps', async () => {
		await open(false);
		session.fill('');
		session.hint();
		session.hint();
		session.hint();
		session.hint();
		expect(session.hints).toBe(3);
		session.showHow();
		expect(session.box.text).toBe('connect post 110');
		expect(session.game.inputs).toEqual([]);
		session.send('connect post 110');
		await until(() => session.game.question !== null);
		session.asking.answer('first', 'post');
		await until(() => session.verdict !== null);
		expect(session.verdict?.stamps.delivered).toBe(false);
	});
});

test('a question that was not answered stays when the player goes on', async () => {
	const session = new Session(count, { connect, fresh: () => false });
	await vi.waitUntil(() => session.game.ready, BUSY);
	session.begin();
	for (const [line, last] of [
		['STAT', '+OK 4 7042'],
		['LIST', '.']
	] as const) {
		session.send(line);
		await vi.waitUntil(() => {
			session.frame(200);
			return session.game.atEnd && session.lines.at(-1)?.text === last;
		}, BUSY);
		expect(session.asking.now?.question.id, line).toBe('total');
		expect(session.asking.isAsleep('total'), line).toBe(false);
	}
	session.close();
});

describe('a field by field opening', () => {
	test('holds the run, walks the fields in the selection, and lets go', async () => {
		const session = new Session(shake, { connect, fresh: () => true });
		await vi.waitUntil(() => session.game.ready, BUSY);
		session.begin();
		session.send('connect post 109');
		await vi.waitUntil(() => {
			session.frame(16);
			return session.lesson.now !== null;
		});
		const names: (string | undefined)[] = [];
		while (session.lesson.now) {
			names.push(session.lesson.now.node?.name);
			expect(session.selection.bits).toEqual(session.lesson.now.node?.bits);
			expect(session.game.playing).toBe(false);
			session.lesson.next();
		}
		expect(names).toEqual(shake.worked?.fields.map(({ name }) => name));
		expect(session.game.playing).toBe(true);
		session.close();
	});
});
