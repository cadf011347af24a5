// The ladder's shapes: equal rows, arrows in the order of the log, states at the height of what caused them.
import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/sim/scenario.ts';
import { pinned } from '#lib/stage/ladder-bars.ts';
import { ROW, type Pace } from '#lib/stage/ladder-pace.ts';
import { headPath, ladderAt, ladderPlan, lifelinesOf, tipOf } from '#lib/stage/ladder.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { changesOf } from '#lib/stage/world.ts';
import { handshake, SCENARIO, Story } from './story.ts';

const WIDTH = 552;
const planOf = (story: Story, width = WIDTH, pace: Pace = 'event') =>
	ladderPlan(SCENARIO, parcelsOf(story.log), changesOf(story.log), width, pace);
const draw = (story: Story, cursor = story.log.length, width = WIDTH, pace: Pace = 'event') => ({
	...ladderAt(planOf(story, width, pace), cursor),
	lifelines: lifelinesOf(SCENARIO, width)
});
const names = (story: Story, host: string, protocol: 'tcp' | 'pop3' = 'tcp') =>
	draw(story)
		.bars.filter((bar) => bar.host === host && bar.protocol === protocol)
		.map(({ state }) => state);

describe('lifelines', () => {
	test.each([300, 366, 520, 552, 700])(
		'at %i px there is room for names outside and arrows inside',
		(width) => {
			const [desk, post] = lifelinesOf(SCENARIO, width);
			expect(desk?.x).toBeGreaterThanOrEqual(13 * 7.2 + 15);
			expect((post?.x ?? 0) - (desk?.x ?? 0)).toBeGreaterThanOrEqual(40);
			expect([desk?.side, post?.side]).toEqual(['left', 'right']);
		}
	);

	test('of many hosts those on the way stand, client and server outside, and where packets were between them', () => {
		const ring: Scenario = {
			hosts: Array.from({ length: 12 }, (_, i) => ({
				id: i === 0 ? 'desk' : i === 4 ? 'post' : `r${i}`,
				role: i === 0 ? 'client' : i === 4 ? 'server' : 'router',
				address: `192.0.2.${i}`
			})),
			links: Array.from({ length: 12 }, (_, i) => ({
				id: `l${i}`,
				ends: [i, (i + 1) % 12].map((at) => (at === 0 ? 'desk' : at === 4 ? 'post' : `r${at}`)) as [
					string,
					string
				],
				delay: 1,
				mtu: 1500
			}))
		};
		const hosts = (parcels: ReturnType<typeof parcelsOf>) =>
			lifelinesOf(ring, WIDTH, parcels).map(({ host, side }) => `${host} ${side}`);
		const way = ['desk left', 'r1 null', 'r2 null', 'r3 null'];
		expect(hosts([])).toEqual([...way, 'post right']);
		const [parcel] = parcelsOf(handshake().log);
		expect(hosts([{ ...parcel!, from: 'desk', to: 'r11' }])).toEqual([...way, 'r11 null', 'post right']);
	});

	test('are drawn before there is anything to show', () => {
		const empty = draw(new Story());
		expect(empty.lifelines).toHaveLength(2);
		expect(empty.rungs).toEqual([]);
		expect(empty.bars.map(({ state, y2 }) => [state, y2])).toEqual([
			['CLOSED', Infinity],
			['LISTEN', Infinity]
		]);
	});
});

describe('rungs', () => {
	test('one row of equal height for each packet up to the cursor', () => {
		const { rungs } = draw(handshake());
		const starts = rungs.map(({ y1 }) => y1);
		for (let i = 1; i < starts.length; i++) expect((starts[i] ?? 0) - (starts[i - 1] ?? 0)).toBeCloseTo(ROW);
		expect(draw(handshake(), 5).rungs.map(({ parcel }) => parcel.packet)).toEqual([1, 2]);
		expect(draw(handshake(), 4).rungs.map(({ parcel }) => parcel.packet)).toEqual([1]);
	});

	test('arrows slant down, and an answer starts below the arrival that caused it', () => {
		const { rungs } = draw(handshake());
		for (const { y1, y2 } of rungs) expect(y2).toBeGreaterThan(y1);
		for (let i = 1; i < rungs.length; i++) expect(rungs[i]?.y1).toBeGreaterThan(rungs[i - 1]?.y2 ?? 0);
	});

	test('packets that crossed on the wire cross on paper', () => {
		const story = new Story();
		story.send(0, 'desk', 'PA', { payload: 'x' });
		story.send(1, 'post', 'PA', { payload: 'x' });
		story.arrive(20, 1, 'post');
		story.arrive(21, 2, 'desk');
		const [first, second] = draw(story).rungs;
		expect(first?.y2).toBeGreaterThan(second?.y1 ?? Infinity);
		expect(second?.y2).toBeGreaterThan(first?.y2 ?? Infinity);
	});

	test('an arrow keeps its slope while packets leave after it', () => {
		const story = new Story();
		story.send(0, 'desk', 'PA', { payload: 'x' });
		story.send(1, 'desk', 'PA', { payload: 'x' });
		story.arrive(20, 1, 'post');
		story.arrive(21, 2, 'post');
		expect(draw(story, 1).rungs[0]?.y2).toBe(draw(story).rungs[0]?.y2);
	});

	test('labels say number, letters and the line, cut to the room', () => {
		const story = new Story();
		story.send(0, 'desk', 'PA', { payload: 'USER ada\r\n' });
		story.send(0, 'post', 'A', { payload: 'x'.repeat(300) });
		story.send(0, 'post', 'PA', { payload: '+OK a rather long greeting of the server\r\n' });
		story.send(0, 'desk', 'A', { again: 1 });
		expect(draw(story).rungs.map(({ label }) => label)).toEqual([
			'1 PA USER ada',
			'2 A 300 B',
			'3 PA +OK a rather long greeting of th…',
			'4 A again 1'
		]);
		expect(draw(story).rungs[3]?.origin).toBe(draw(story).rungs[0]?.y1);
		for (const { label } of draw(story, 4, 366).rungs) expect(label.length * 7.2).toBeLessThan(150);
	});
});

describe('tips', () => {
	test('part of the way in flight, all of it on arrival, half of it when lost', () => {
		const story = new Story();
		story.send(0, 'desk', 'S', { lost: true });
		story.lose(10, 1);
		story.send(1000, 'desk', 'S', { again: 1 });
		story.arrive(1020, 2, 'post');
		const tip = (cursor: number, index: number, ms: number) => {
			const rung = draw(story, cursor).rungs[index];
			return rung && tipOf(rung, ms * 1000).share;
		};
		expect(tip(1, 0, 5)).toBeCloseTo(0.25);
		expect(tip(2, 0, 10)).toBe(0.5);
		expect(tip(2, 0, 9999)).toBe(0.5);
		expect(tip(3, 1, 1005)).toBeCloseTo(0.25);
		expect(tip(4, 1, 1020)).toBe(1);
	});

	test('the head lies behind its point', () => {
		expect(headPath(0, 0, { x: 100, y: 0 })).toBe('M100.0 0.0L91.6 -3.3L91.6 3.3Z');
	});
});

describe('state bars', () => {
	test('the states of the handshake at both ends, each from the packet that led to it', () => {
		const story = handshake();
		expect(names(story, 'desk')).toEqual(['CLOSED', 'SYN-SENT', 'ESTABLISHED']);
		expect(names(story, 'post')).toEqual(['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED']);
		const { bars, rungs } = draw(story);
		const start = (host: string, state: string) =>
			bars.find((bar) => bar.host === host && bar.state === state)?.y1;
		expect(start('desk', 'SYN-SENT')).toBe(rungs[0]?.y1);
		expect(start('post', 'SYN-RECEIVED')).toBe(rungs[0]?.y2);
		expect(start('desk', 'ESTABLISHED')).toBe(rungs[1]?.y2);
		expect(start('post', 'ESTABLISHED')).toBe(rungs[2]?.y2);
	});

	test('bars of one protocol follow each other without gap, the last one is open', () => {
		const desk = draw(handshake()).bars.filter(({ host }) => host === 'desk');
		for (let i = 1; i < desk.length; i++) expect(desk[i]?.y1).toBe(desk[i - 1]?.y2);
		expect(desk.at(-1)?.y2).toBe(Infinity);
	});

	test('a state left at once still has room for its name', () => {
		const story = handshake();
		story.session(60, 'AUTHORIZATION');
		story.session(60, 'UPDATE');
		story.session(60, 'closed');
		expect(names(story, 'post', 'pop3')).toEqual(['AUTHORIZATION', 'UPDATE']);
		for (const { y1, y2 } of draw(story).bars) expect(y2 - y1).toBeGreaterThan(0);
	});

	test('POP3 runs inside, TCP outside', () => {
		const story = handshake();
		story.session(60, 'AUTHORIZATION');
		const { bars, lifelines } = draw(story);
		const distance = (protocol: string) => {
			const bar = bars.find((one) => one.host === 'post' && one.protocol === protocol);
			return (bar?.x ?? 0) - (lifelines[1]?.x ?? 0);
		};
		expect(distance('pop3')).toBeGreaterThan(0);
		expect(distance('tcp')).toBeGreaterThan(distance('pop3'));
	});

	test('a refused connection: SYN-SENT, and CLOSED again from the RST on', () => {
		const story = new Story();
		story.state(0, 'desk', 'SYN-SENT', 'active OPEN');
		story.send(0, 'desk', 'S');
		story.arrive(20, 1, 'post');
		story.send(20, 'post', 'RA');
		story.arrive(40, 2, 'desk');
		story.state(40, 'desk', 'CLOSED', 'rcv RST');
		story.state(40, 'desk', 'SYN-SENT', 'active OPEN');
		story.send(40, 'desk', 'S');
		expect(names(story, 'desk')).toEqual(['CLOSED', 'SYN-SENT', 'CLOSED', 'SYN-SENT']);
	});

	test('names of one side never overlap', () => {
		const story = handshake();
		story.session(60, 'AUTHORIZATION');
		story.session(60, 'TRANSACTION');
		const post = draw(story).bars.filter(({ host }) => host === 'post');
		const heights = post.map(({ nameY }) => nameY).toSorted((a, b) => a - b);
		for (let i = 1; i < heights.length; i++)
			expect((heights[i] ?? 0) - (heights[i - 1] ?? 0)).toBeGreaterThanOrEqual(13);
	});

	test('the name of a state that goes on follows the view', () => {
		const { bars } = draw(handshake());
		const moved = pinned(bars, 1000);
		expect(moved.find(({ host, y2 }) => host === 'desk' && y2 === Infinity)?.nameY).toBe(1011);
		expect(moved.filter(({ y2 }) => y2 < Infinity)).toEqual(bars.filter(({ y2 }) => y2 < Infinity));
		expect(pinned(bars, 0)).toEqual(bars);
	});
});

describe('true to time', () => {
	const timed = (story: Story) => draw(story, story.log.length, WIDTH, 'time');

	test('twice the time is twice the height, and an answer leaves where its question came', () => {
		const story = new Story();
		story.send(0, 'desk', 'PA', { payload: 'x' });
		story.arrive(20, 1, 'post');
		story.send(20, 'post', 'PA', { payload: 'x', takes: 20 });
		story.arrive(40, 2, 'desk');
		story.send(60, 'desk', 'A');
		story.arrive(80, 3, 'post');
		const [a, b, c] = timed(story).rungs;
		const hop = (a?.y2 ?? 0) - (a?.y1 ?? 0);
		expect(hop).toBeGreaterThanOrEqual(ROW);
		expect(b?.y1).toBeCloseTo(a?.y2 ?? 0);
		expect((c?.y1 ?? 0) - (b?.y1 ?? 0)).toBeCloseTo(2 * hop);
		expect(timed(story).tears).toEqual([]);
	});

	test('a long wait is a tear with its seconds, and is there only once it is over', () => {
		const story = new Story();
		story.send(0, 'desk', 'S', { lost: true });
		story.lose(10, 1);
		story.send(3010, 'desk', 'S', { again: 1 });
		story.arrive(3030, 2, 'post');
		const { tears, rungs, height } = timed(story);
		expect(tears.map(({ gap }) => gap)).toEqual([3_000_000]);
		expect(tears[0]?.y1).toBeGreaterThan(rungs[0]?.y1 ?? Infinity);
		expect(tears[0]?.y2).toBeLessThanOrEqual(rungs[1]?.y1 ?? 0);
		expect(height).toBeLessThan(10 * ROW);
		expect(draw(story, 2, WIDTH, 'time').tears).toEqual([]);
	});

	test('what leaves at one instant keeps its labels apart, and nothing later is higher', () => {
		const story = new Story();
		for (let i = 0; i < 12; i++) story.send(i < 6 ? 0 : 1, 'desk', 'PA', { payload: 'x' });
		for (let i = 0; i < 12; i++) story.arrive(i < 6 ? 20 : 21, i + 1, 'post');
		const { rungs } = timed(story);
		for (let i = 1; i < rungs.length; i++)
			expect((rungs[i]?.y1 ?? 0) - (rungs[i - 1]?.y1 ?? 0)).toBeGreaterThanOrEqual(16);
		for (const { y1, y2, top, height } of rungs) {
			expect(y2).toBeGreaterThan(y1);
			expect(top).toBeLessThan(y1);
			expect(top + height).toBeGreaterThan(y1);
		}
	});

	test('states stand at the packets that led to them, as in even rows', () => {
		const { bars, rungs } = timed(handshake());
		const start = (host: string, state: string) =>
			bars.find((bar) => bar.host === host && bar.state === state)?.y1;
		expect(start('desk', 'SYN-SENT')).toBe(rungs[0]?.y1);
		expect(start('desk', 'ESTABLISHED')).toBe(rungs[1]?.y2);
		expect(start('post', 'ESTABLISHED')).toBe(rungs[2]?.y2);
	});
});

test('of a long log only what is in view is made, at both paces', () => {
	const story = handshake();
	for (let i = 0; i < 500; i++) {
		const packet = story.send(100 + i * 20, 'desk', 'PA', { payload: 'x' });
		story.arrive(120 + i * 20, packet, 'post');
	}
	for (const pace of ['event', 'time'] as const) {
		const plan = planOf(story, WIDTH, pace);
		const all = ladderAt(plan, story.log.length);
		expect(all.rungs).toHaveLength(503);
		const some = ladderAt(plan, story.log.length, { top: 5000, bottom: 5400 });
		const wanted = all.rungs.filter(({ y1, y2 }) => y2 >= 5000 && y1 <= 5400);
		expect(some.rungs.map(({ row }) => row)).toEqual(wanted.map(({ row }) => row));
		expect(some.height).toBe(all.height);
		expect(some.count).toBe(503);
	}
});

test('what is held is told, and is let go', () => {
	const story = new Story();
	const packet = story.send(0, 'desk', 'PA', { payload: 'x' });
	const held = { kind: 'packet.changed', packet, link: 'desk-post', detail: '' } as const;
	story.add(5, { ...held, what: 'hold', arrives: null });
	story.add(500, { ...held, what: 'release', arrives: 515_000 });
	expect([1, 2, 3].map((cursor) => draw(story, cursor).rungs[0]?.held)).toEqual([false, true, false]);
	expect(Number.isFinite(draw(story, 2, WIDTH, 'time').rungs[0]?.y2)).toBe(true);
});
