import { describe, expect, test } from 'vitest';
import { isSolved, coach } from '#lib/levels/coach.ts';
import { isRowKind, levelOfMade, matchOf, ROW_KINDS, rowOf, type MadeLevel } from '#lib/levels/made.ts';
import { CLEAN, PRESETS } from '#lib/levels/scene-presets.ts';
import { levelOfScene } from '#lib/levels/scene.ts';
import { verdict } from '#lib/levels/verdict.ts';
import { logOf, prove, sameLog } from '#lib/player/yard/prove.ts';
import { candidates, readScalar, sayScalar } from '#lib/player/yard/rows.ts';
import { sceneText } from '#lib/player/yard/text.ts';
import { replay } from '#lib/sim/replay.ts';
import { play } from '../../levels/play.ts';
import { inline, MADE, type } from './support.ts';

const findings = async (made: MadeLevel): Promise<readonly boolean[]> =>
	(await prove(made, inline)).map(({ ok }) => ok);

describe('the proof of a made level', () => {
	test('a good one passes', async () => {
		expect(await prove(MADE, inline)).toEqual([
			{ what: 'It is not solved when it opens.', ok: true, say: '' },
			{ what: 'The recorded solution solves it.', ok: true, say: '' },
			{ what: 'Without its last step it is not solved.', ok: true, say: '' },
			{ what: 'The same run twice leaves the same log.', ok: true, say: '' }
		]);
	});

	test('solved from the start, not solved at the end, a last step for nothing', async () => {
		const rows = [{ say: 'Open', kind: 'tcp.state', fields: { host: 'desk', to: 'ESTABLISHED' } }] as const;
		expect(await findings({ ...MADE, rows })).toEqual([false, true, false, true]);
		expect(await findings({ ...MADE, solution: MADE.solution.slice(0, 1) })).toEqual([
			true,
			false,
			true,
			true
		]);
		const longer = { ...MADE, solution: [...MADE.solution, type(3_000_000, 'STAT')] };
		const [, , third] = await prove(longer, inline);
		expect(third).toMatchObject({
			ok: false,
			say: expect.stringContaining('last step does nothing') as string
		});
	});

	test('a broken guard is not a solution; a world that cannot be is told', async () => {
		const marks = { ...MADE, solution: [...MADE.solution, type(3_000_000, 'DELE 1')] };
		expect((await findings(marks))[1]).toBe(false);
		const broken = { ...MADE, scene: { ...CLEAN, scenario: { hosts: [], links: [] } } };
		expect(await prove(broken, inline)).toMatchObject([{ ok: false }]);
	});

	test('a run that is another the second time is told', async () => {
		let runs = 0;
		const fickle: typeof inline = (receive) => {
			const engine = inline(receive);
			const odd = ++runs % 2 === 0;
			return {
				...engine,
				send: (message) =>
					engine.send(message.type === 'load' && odd ? { ...message, seed: message.seed + 1 } : message)
			};
		};
		const { hosts } = CLEAN.scenario;
		// without fixed numbers the seed draws them
		const drawn = {
			...CLEAN,
			scenario: { ...CLEAN.scenario, hosts: hosts.map((host) => ({ ...host, stack: { mss: 1460 } })) }
		};
		const made = { ...MADE, scene: drawn };
		expect((await prove(made, inline)).map(({ ok }) => ok)).toEqual([true, true, true, true]);
		expect((await prove(made, fickle)).map(({ ok }) => ok)).toEqual([true, true, true, false]);
	});

	test('two logs are the same octet for octet, or not', async () => {
		const { scenario, seed } = CLEAN;
		const log = await logOf(inline, scenario, seed, [type(0, 'connect post 110')]);
		expect(
			sameLog(
				log,
				log.map((event) => ({ ...event }))
			)
		).toBe(true);
		expect(sameLog(log, log.slice(1))).toBe(false);
		const bent = log.map((event) =>
			event.kind === 'packet.sent' ? { ...event, bytes: event.bytes.with(3, 9) } : event
		);
		expect(sameLog(log, bent)).toBe(false);
	});
});

describe('a made level is played as any other', () => {
	const level = levelOfMade(MADE);

	test('its solution gives the stamps, and the coach has a simple line', () => {
		const world = replay(level.scenario, level.seed, [...MADE.prelude, ...MADE.solution]);
		world.runUntilQuiet();
		expect(verdict(level, world.log, { hintsUsed: 0, shown: false }).stamps).toEqual({
			delivered: true,
			lightBag: true,
			calledIt: true
		});
		const { log } = play(level, []);
		expect(isSolved(level, log)).toBe(false);
		expect(coach(level, log)).toMatchObject({
			milestone: { next: 'The box of ada is locked' },
			show: { line: 'PASS lovelace' }
		});
		expect(level.hints.every((hint) => hint.length > 0)).toBe(true);
	});
});

describe('rows from the log', () => {
	const { log } = play(levelOfScene(CLEAN), [
		{ kind: 'type', host: 'desk', line: 'connect post 110' },
		{ kind: 'type', host: 'desk', line: 'USER ada' },
		{ kind: 'type', host: 'desk', line: 'PASS lovelace' },
		{ kind: 'type', host: 'desk', line: 'DELE 2' },
		{ kind: 'type', host: 'desk', line: 'QUIT' }
	]);
	const found = candidates(log, 0, 0);

	test('each matches its own event, and none says nothing', () => {
		for (const { seq, row } of found) {
			expect(log.findIndex((event) => matchOf(row)(event, log))).toBe(seq);
			expect(row.say).toMatch(/\w+ \w+/);
			expect(row.say).not.toContain('undefined');
		}
	});

	test('the ones that a person thinks of first are in words', () => {
		const said = found.flatMap(({ row, plain }) => (plain ? [row.say] : []));
		expect(said).toContain('The box of ada is locked');
		expect(said).toContain('Letter u-won-2 is marked as deleted');
		expect(said).toContain('Letter u-won-2 is gone for good');
		expect(said).toContain('desk reads +OK to PASS');
		expect(found.find(({ row }) => row.kind === 'maildrop.expunge')?.row).toMatchObject({
			fields: { uid: 'u-won-2' },
			by: 4
		});
	});

	test('the n-th time, and a guard', () => {
		const read = { say: '', kind: 'pop3.received', fields: { ok: true } } as const;
		const third = rowOf({ ...read, times: 3 }).is(log);
		expect(third).toMatchObject({ keyword: 'PASS' });
		expect(rowOf({ ...read, guard: true, fields: { ok: false } }).is(log)).toBeNull();
	});

	test('every kind has fields that its events have', () => {
		const tables = log.flatMap((event) =>
			isRowKind(event.kind) ? [[event, ROW_KINDS[event.kind]] as const] : []
		);
		for (const [event, { fields, asks }] of tables)
			for (const field of fields.slice(0, asks)) expect(Object.keys(event)).toContain(field);
	});

	test('values are typed and shown alike', () => {
		for (const value of [true, false, null, 0, -12, 'PASS', 'u-won-2', ''])
			expect(readScalar(sayScalar(value))).toBe(value);
	});
});

test('a scene as text leaves out nothing that was set or done', () => {
	const { hosts, links } = CLEAN.scenario;
	const scene = {
		...CLEAN,
		scenario: {
			links,
			hosts: hosts.map((host) =>
				host.pop3
					? {
							...host,
							aliases: ['pop.example'],
							routes: [{ to: '10.0.0.0/8', link: null }],
							filter: [{ action: 'drop', protocol: 'icmp', icmpType: 3 } as const],
							pop3: { ...host.pop3, greeting: 'good night', wires: [] }
						}
					: host
			)
		}
	};
	const inputs = [
		{ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ttl: 1 } },
		{
			at: 1,
			input: { kind: 'packet', packet: 1, act: { do: 'edit', field: 'ip.ttl', value: 9, checksums: 'kept' } }
		},
		{ at: 2, input: { kind: 'octets', host: 'desk', octets: 'QUIT\r\n' } }
	] as const;
	const text = sceneText(scene, inputs, []);
	for (const line of [
		'  also called pop.example',
		'  route: 10.0.0.0/8 nowhere',
		'  filter: drop icmp type 3',
		'  greets with: good night',
		'  its chart may be rewired',
		'0.000 s  ping host desk, to post, ttl 1',
		'0.000 s  packet 1: edit field ip.ttl, value 9, checksums kept',
		'0.000 s  octets host desk, octets "QUIT\\r\\n"'
	])
		expect(text.split('\n')).toContain(line);
});

test('a scene as text names its nodes, links, faults and what happened', () => {
	const { scene } = PRESETS.find(({ id }) => id === 'hotel')!;
	const { log } = play(levelOfScene(scene), [{ kind: 'sync', host: 'desk' }]);
	const text = sceneText(scene, [{ at: 0, input: { kind: 'sync', host: 'desk' } }], log);
	expect(text).toContain('- mallory: nat, 203.0.113.1, 192.168.1.1 on desk-mallory, outside is mallory-r1');
	expect(text).toContain('- edit on mallory-r1 towards mallory, 0.000 s to the end');
	expect(text).toContain('C> PASS lovelace');
	expect(text).toContain('sync over: 7 fetched, 0 deleted');
	expect(text).not.toMatch(/undefined|\[object/);
	expect(sceneText(CLEAN, [], [])).toContain('nothing yet');
});

test('of a long run as text the last lines are there, and how many are left out', () => {
	const lines = Array.from({ length: 220 }, () => ({ kind: 'type', host: 'desk', line: 'NOOP' }) as const);
	const { log } = play(levelOfScene(CLEAN), [
		{ kind: 'type', host: 'desk', line: 'connect post 110' },
		{ kind: 'type', host: 'desk', line: 'USER ada' },
		{ kind: 'type', host: 'desk', line: 'PASS lovelace' },
		...lines,
		{ kind: 'type', host: 'desk', line: 'QUIT' }
	]);
	const text = sceneText(CLEAN, [], log);
	const run = text.split('\n').filter((line) => / s {2}[CS]> /.test(line));
	expect(run.length).toBeLessThanOrEqual(400);
	expect(run.length).toBeGreaterThan(390);
	expect(text).toContain('C> QUIT');
	expect(text).not.toContain('C> PASS lovelace');
});
