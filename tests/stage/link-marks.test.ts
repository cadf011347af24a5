// What is drawn on and beside the links: ends of packets, dashed lines, queues, facts and badges.
import { expect, test } from 'vitest';
import { layout } from '#lib/stage/geometry.ts';
import { dashedLines, linkMarks, lossMarks, queueMarks } from '#lib/stage/link-marks.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { SCENARIO, Story } from './story.ts';

const PLAN = layout(SCENARIO, { width: 700, height: 340 });
const [LINK] = SCENARIO.links;
const link = PLAN.links[0]!;

test('a packet that the link lost ends on the wire, its word turned to the nearer side', () => {
	const story = new Story();
	const packet = story.send(0, 'desk', 'S', { lost: true });
	story.lose(10, packet);
	const [loss] = lossMarks(parcelsOf(story.log), story.log.length, PLAN);
	expect(loss).toMatchObject({ key: 0, y: link.y, reason: 'loss' });
	expect(loss!.x).toBeGreaterThan(link.x1);
	expect(loss!.x).toBeLessThan(link.x2);
});

test('packets that go the same way share a dashed line, those the other way have their own', () => {
	const story = new Story();
	story.send(0, 'desk', 'S');
	story.send(1, 'desk', 'S');
	story.send(2, 'post', 'A');
	const lines = dashedLines(parcelsOf(story.log), story.log.length, PLAN);
	expect(lines.map(({ packets }) => packets)).toEqual([[1, 2], [3]]);
	expect(lines[0]!.y).toBeLessThan(link.y);
	expect(lines[1]!.y).toBeGreaterThan(link.y);
});

test('what waits before a narrow link is counted at the end that it waits at', () => {
	const rate = { kind: 'rate', link: 'desk-post', rate: 8_000 } as const;
	const narrow = layout({ ...SCENARIO, faults: [rate] }, { width: 700, height: 340 });
	const story = new Story();
	for (const takes of [20, 60, 100, 140]) story.send(0, 'desk', 'PA', { payload: 'x', takes });
	const parcels = parcelsOf(story.log);
	const [queue, ...more] = queueMarks(parcels, story.log.length, 0, narrow);
	expect(more).toEqual([]);
	expect(queue).toMatchObject({ key: 'desk-post 1', direction: 1, count: 3 });
	expect(queueMarks(parcels, story.log.length, 0, PLAN)).toEqual([]);
});

test('facts as there is room for, and a badge for each fault of the moment', () => {
	const [plain] = linkMarks(PLAN, SCENARIO, 0);
	expect(plain).toMatchObject({ lines: [`${LINK!.delay / 1000} ms · MTU 1500`], boxes: [] });
	const faults = [
		{ kind: 'loss', link: 'desk-post', share: 0.1 },
		{ kind: 'cut', link: 'desk-post', from: 1_000_000 }
	] as const;
	const words = (time: number) =>
		linkMarks(PLAN, { ...SCENARIO, faults }, time)[0]!.boxes.map((box) => box.words);
	expect(words(0)).toEqual(['loses 10 %']);
	expect(words(2_000_000)).toHaveLength(2);
	const small = layout(SCENARIO, { width: 320, height: 132 });
	expect(linkMarks(small, SCENARIO, 0)[0]!.lines).toEqual(['20 ms']);
});

test('of a link that is known from a capture only nothing is made up', () => {
	const links = SCENARIO.links.map((one) => ({ ...one, delay: 0, mtu: 65_535 }));
	const [mark] = linkMarks(layout({ ...SCENARIO, links }, { width: 700, height: 340 }), SCENARIO, 0);
	expect(mark?.lines).toEqual([]);
});
