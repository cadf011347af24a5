// What a listener hears: sentences for a real run, and when they are spoken. No timers: time is an argument.
import { describe, expect, test } from 'vitest';
import { rowStatuses } from '#lib/levels/coach.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import { knock } from '#lib/levels/knock.ts';
import { papers } from '#lib/levels/papers.ts';
import {
	BETWEEN,
	goalNews,
	MERGE,
	narrate,
	Narrator,
	truthNews,
	whereabouts
} from '#lib/player/narration.ts';
import { packetRows } from '#lib/player/packets.ts';
import { Teller } from '#lib/player/teller.svelte.ts';
import type { Event } from '#lib/sim/event.ts';
import type { Level } from '#lib/levels/level.ts';
import { createWorld } from '#lib/sim/world.ts';
import { login, lossy, session } from '../player/talk.ts';

/** The log of a level's prelude and these lines, each typed when the world is quiet. */
function run(level: Level, lines: readonly string[]): readonly Event[] {
	const world = createWorld(level.scenario, level.seed);
	const inputs = [
		...level.prelude,
		...lines.map((line) => ({ kind: 'type', host: level.terminal, line }) as const)
	];
	for (const input of inputs) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	return world.log;
}
const opened = run(knock, ['connect post 110']);
const rows = packetRows(opened, knock.scenario);

describe('sentences', () => {
	test('a summary names the handshake once, the state, and what the server says', () => {
		expect(narrate(opened, 0, rows, 'summary')).toEqual([
			'Handshake done in 3 packets.',
			'Server moved from listening to authorization.',
			'post says: plus OK POP3 post.example ready.'
		]);
	});

	test('every packet is one sentence with its numbers', () => {
		const said = narrate(opened, 0, rows, 'every-packet');
		const packets = said.filter((sentence) => sentence.startsWith('Packet '));
		expect(packets).toHaveLength(5);
		expect(packets[0]).toContain('Packet 1, desk to post, TCP, syn');
		expect(packets[0]).toContain('Sequence 1000, ack 0.');
		expect(packets[3]).toContain('post to desk, POP3, push and ack');
	});

	test('a loss is told with its place, and of several segments with its number', () => {
		const torn = session(lossy(0.3, 64), 3, [...login, 'RETR 1']);
		const all = packetRows(torn.log, torn.scenario);
		const said = narrate(torn.log, 0, all, 'summary').filter((sentence) => sentence.includes(' lost '));
		expect(said.length).toBeGreaterThan(0);
		for (const sentence of said)
			expect(sentence).toMatch(
				/^Packet \d+ lost between (desk and post|post and desk)\.( Segment \d+ of \d+\.)?$/
			);
		expect(said.some((sentence) => / Segment [1-9]\d* of [2-9]\.$/.test(sentence))).toBe(true);
	});

	test('the box that opens, the letter that is marked, and what is done to a packet', () => {
		const { log, scenario } = session(papers.scenario, papers.seed, [...login, 'DELE 2', 'RSET']);
		const said = narrate(log, 0, packetRows(log, scenario), 'summary');
		expect(said).toContain('ada’s box is open, and locked for this session.');
		expect(said).toContain('Letter 2 is marked as deleted.');
		expect(said).toContain('Letter 2 is no longer marked.');
		expect(said).toContain('Server moved from authorization to transaction.');
		const sent = opened.findIndex(({ kind }) => kind === 'packet.sent');
		const held: Event = {
			seq: opened.length,
			at: 0,
			cause: null,
			kind: 'packet.changed',
			packet: 1,
			link: 'desk-post',
			what: 'hold',
			detail: 'held'
		};
		const story = [...opened.slice(0, sent + 1), held];
		expect(narrate(story, sent + 1, rows, 'summary')).toEqual(['Packet 1 held between desk and post.']);
	});

	test('off says nothing', () => {
		expect(narrate(opened, 0, rows, 'off')).toEqual([]);
	});

	test('only what is new is said', () => {
		const received = opened.findIndex(({ kind }) => kind === 'pop3.received');
		expect(narrate(opened, received, rows, 'summary')).toEqual([
			'post says: plus OK POP3 post.example ready.'
		]);
		expect(narrate(opened, opened.length, rows, 'every-packet')).toEqual([]);
	});

	test('a refusal begins with minus, a shut port says so', () => {
		const log = run(papers, ['STAT']);
		expect(narrate(log, 0, packetRows(log, papers.scenario), 'summary').at(-1)).toMatch(
			/^post says: minus ERR/
		);
		const shut = run(knock, ['connect post 109']);
		expect(narrate(shut, 0, packetRows(shut, knock.scenario), 'summary')).toContain('Connection refused.');
	});

	test('goals are told by place and words, only when they change', () => {
		const before = rowStatuses(knock, []);
		const now = rowStatuses(knock, opened);
		expect(goalNews(before, now)).toEqual([
			'Goal 1 of 4 met: desk’s end of the line is open.',
			'Goal 2 of 4 met: post’s end of the line is open.',
			'Goal 3 of 4 met: The greeting has reached desk.'
		]);
		expect(goalNews(now, now)).toEqual([]);
	});

	test('the truth about a prediction is told once, when the run tells it', () => {
		const answered = (value: string) => {
			const world = createWorld(knock.scenario, knock.seed);
			world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
			world.input({ at: 50_000, input: { kind: 'answer', question: 'first', value } });
			world.runUntilQuiet();
			const given = world.log.findIndex(({ kind, at }) => kind === 'input' && at > 0) + 1;
			const before = questionStatuses(knock, world.log.slice(0, given));
			const after = questionStatuses(knock, world.log);
			expect(truthNews([], before)).toEqual([]);
			expect(truthNews(after, after)).toEqual([]);
			return truthNews(before, after);
		};
		expect(answered('post')).toEqual(['As you said: post, the server.']);
		expect(answered('desk')).toEqual([
			expect.stringMatching(/^You said desk, that is me. On the wire: post, the server. desk kept quiet/)
		]);
	});

	test('a jump is told by where it ended', () => {
		expect(whereabouts(0, 26, rows, 0)).toBe('Event 0 of 26. Nothing on the wire yet.');
		const { length } = opened;
		expect(whereabouts(length, length, rows, 0)).toContain('Last: Packet 5, desk to post');
		// what came before the player is not counted: the timeline does not count it
		expect(whereabouts(length, length + 2, rows, length - 1)).toMatch(/^Event 1 of 3. Last: Packet 5,/);
	});
});

describe('speaking', () => {
	test('what comes within 700 ms is one message', () => {
		const narrator = new Narrator();
		narrator.say(['One.'], 0);
		expect(narrator.take(MERGE - 1)).toBeNull();
		narrator.say(['Two.'], MERGE - 1);
		expect(narrator.take(MERGE)).toBe('One. Two.');
		expect(narrator.take(10 * MERGE)).toBeNull();
	});

	test('there is never more than one message a second', () => {
		const narrator = new Narrator();
		const spoken: number[] = [];
		for (let now = 0; now < 10_000; now += 16) {
			narrator.say([`At ${now}.`], now);
			if (narrator.take(now) !== null) spoken.push(now);
		}
		expect(spoken.length).toBeGreaterThan(5);
		for (let i = 1; i < spoken.length; i++)
			expect((spoken[i] ?? 0) - (spoken[i - 1] ?? 0)).toBeGreaterThanOrEqual(BETWEEN);
	});

	test('scrubbing over 100 events says one thing: the last', () => {
		const narrator = new Narrator();
		const spoken: (string | null)[] = [];
		for (let i = 1; i <= 100; i++) {
			narrator.jump(`Event ${i}.`, i * 16);
			spoken.push(narrator.take(i * 16));
		}
		spoken.push(narrator.take(100 * 16 + MERGE));
		expect(spoken.filter((text) => text !== null)).toEqual(['Event 100.']);
	});

	test('a long pile is cut to its end and says so', () => {
		const narrator = new Narrator();
		narrator.say(
			Array.from({ length: 9 }, (_, i) => `${i}.`),
			0
		);
		expect(narrator.take(MERGE)).toBe('3 more before that. 3. 4. 5. 6. 7. 8.');
	});

	test('what is urgent goes first, and counts with the rest: one message a second', () => {
		const narrator = new Narrator();
		narrator.say(['The wire.'], 0);
		narrator.urge(['Goal 1.']);
		expect(narrator.takeUrgent(0)).toBe('Goal 1.');
		narrator.urge(['Goal 2.']);
		narrator.urge(['Goal 3.']);
		expect(narrator.takeUrgent(BETWEEN - 1)).toBeNull();
		expect(narrator.take(BETWEEN - 1)).toBeNull();
		expect(narrator.takeUrgent(BETWEEN)).toBe('Goal 2. Goal 3.');
		expect(narrator.take(BETWEEN)).toBeNull();
		expect(narrator.take(2 * BETWEEN)).toBe('The wire.');
		narrator.urge(['Goal 4.']);
		narrator.jump('Event 3.', 2 * BETWEEN);
		expect(narrator.takeUrgent(9 * BETWEEN)).toBeNull();
	});

	test('a goal met once more is said once more; a reset takes back what was said', () => {
		const teller = new Teller();
		const tell = (shown: readonly Event[], running: boolean, now: number) =>
			teller.tell(
				{
					shown,
					total: opened.length,
					start: 0,
					packets: rows,
					rows: rowStatuses(knock, shown),
					questions: [],
					running,
					verbosity: 'off'
				},
				now
			);
		const begun = opened.slice(0, 1);
		tell(begun, true, 0);
		tell(opened, true, 5000);
		const first = teller.alert;
		expect(first.text).toContain('Goal 1 of 4 met');
		tell(begun, false, 7000);
		tell(opened, true, 9000);
		expect(teller.alert.text).toBe(first.text);
		expect(teller.alert.id).not.toBe(first.id);
		teller.reset();
		expect(teller.alert.text).toBe('');
	});

	test('what was waiting before a reset is never spoken', () => {
		const narrator = new Narrator();
		narrator.say(['Old.'], 0);
		narrator.clear();
		expect(narrator.take(MERGE)).toBeNull();
	});
});
