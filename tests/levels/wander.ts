/** A person without a plan at a level, and the way home from where they end. */
import { choicesOf } from '#lib/levels/answers.ts';
import { coach } from '#lib/levels/coach.ts';
import type { Level } from '#lib/levels/level.ts';
import { seatsOf } from '#lib/levels/seats.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import { createStream, type Stream } from '#lib/sim/random.ts';
import { replay } from '#lib/sim/replay.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { act, timed } from './play.ts';

const LINES = [
	'connect post 110',
	'connect post 109',
	'connect post',
	'connect nowhere',
	'connect desk 110',
	'connect 203.0.113.9 110',
	'connect post 99999',
	'USER ada',
	'USER mallory',
	'USER',
	'user ada<CRLF>',
	'PASS lovelace',
	'PASS lovelance',
	'PASS',
	'STAT',
	'LIST',
	'LIST 9',
	'RETR',
	'RETR 1',
	'RETR x',
	'DELE 2',
	'DELE 2',
	'RSET',
	'TOP 1',
	'UIDL',
	'NOOP',
	'APOP ada c4c9334bac560ecc979e58001b3e22fb',
	'QUIT',
	'LSIT',
	'hello?',
	'',
	' ',
	'x'.repeat(300),
	'grüße'
];
const OCTETS = ['USER ada\r\nPASS lovelace\r\n', 'QU', '\n', '\r', 'NOOP\n', '\x00\xff\r\n', '\r\n', '.\r\n'];

function anyInput(level: Level, log: readonly Event[], random: Stream): Input {
	const pick = <T>(from: readonly T[]): T => {
		const item = from[random.below(from.length)];
		if (item === undefined) throw new Error('nothing to pick from');
		return item;
	};
	// lines are typed where there is a terminal; where there is none, a level's own doings are all that can be done
	const terminals = seatsOf(level).flatMap(({ host, program }) => (program === 'terminal' ? [host] : []));
	const levers = (level.levers ?? []).flatMap((lever) =>
		lever.kind === 'button' ? [lever.input] : lever.ways.map(({ input }) => input)
	);
	if (levers.length > 0 && random.below(6) === 0) return pick(levers);
	if (terminals.length === 0 && random.below(2) > 0) return pick(level.showMe);
	const host = terminals.length > 0 ? pick(terminals) : null;
	switch (host === null ? 1 : random.below(8)) {
		case 0:
			return { kind: 'octets', host: host ?? level.terminal, octets: pick(OCTETS) };
		case 1: {
			const { id, form } = pick(level.questions);
			const choices = choicesOf(form, log);
			const value = choices.length ? pick(choices).value : pick([0, 1001, 5000, 5001, 'seq of packet 1']);
			return { kind: 'answer', question: id, value };
		}
		case 2:
			return pick(level.showMe);
		default:
			return { kind: 'type', host: host ?? level.terminal, line: pick(LINES) };
	}
}

/** Plays a random session; some inputs come while packets are still under way. */
export function wander(level: Level, seed: number) {
	const random = createStream(seed, level.slug);
	const world = createWorld(level.scenario, level.seed);
	act(world, level.prelude);
	for (let n = 1 + random.below(12); n > 0; n--) {
		world.input({ at: world.now + random.below(50_000), input: anyInput(level, world.log, random) });
		if (random.below(3) > 0) world.runUntilQuiet();
	}
	world.runUntilQuiet();
	return world;
}

/** The world as it was when `count` events had happened, as a branch from there begins. */
function rewound(level: Level, log: readonly Event[], count: number) {
	const kept = timed(log.slice(0, count));
	const world = replay(level.scenario, level.seed, kept);
	world.runUntilQuiet();
	return world;
}

/** Does what the coach says, a rewind where nothing else helps; what it said if that does not solve the level, else null. */
export function wayHome(level: Level, from: World): string | null {
	let world = from;
	const said: string[] = [];
	for (let report = coach(level, world.log); !report.solved; report = coach(level, world.log)) {
		said.push(report.message?.say ?? report.milestone?.next ?? 'nothing');
		if (said.length > 25) return said.join(' | ');
		const back = report.message?.kind === 'broken' || !report.show ? report.message?.rewindTo : null;
		if (back != null) world = rewound(level, world.log, back);
		else if (report.show) act(world, [report.show]);
		else return said.join(' | ');
	}
	return null;
}
