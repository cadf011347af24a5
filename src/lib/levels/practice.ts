/**
 * The morning round: five questions about one run of the simulator, which the seed decides. Law: pure; the same seed and
 * the same misses give the same round.
 */
import type { Event, Input } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { MAKERS } from './practice-makers.ts';
import { dice, pick, shuffled } from './practice-roll.ts';
import { KINDS, type Kind, type Task } from './practice-task.ts';
import { ADA, t0 } from './topologies.ts';

/** Questions in a round. */
export const ROUND = 5;

export interface Exercise {
	readonly scenario: Scenario;
	readonly seed: number;
	readonly inputs: readonly Input[];
}

/** The run that a seed asks about. */
export function exercise(seed: number): Exercise {
	const roll = dice(seed);
	const base = t0();
	const mtu = pick([576, 1006, 1280, 1492, 1500], roll);
	const mss = pick(
		[512, 536, 966, 1220, 1460].filter((one) => one <= mtu - 40),
		roll
	);
	const isns = [1 + roll(60_000), 1 + roll(60_000)];
	const hosts = base.hosts.map((host, i) => ({ ...host, stack: { ...host.stack, mss, isn: isns[i] ?? 1 } }));
	const middle = shuffled(['STAT', 'LIST', 'UIDL', 'RETR 1', 'RETR 2', 'RETR 3', 'NOOP', 'DELE 2'], roll);
	const lines = [
		'connect post 110',
		`USER ${ADA.name}`,
		`PASS ${ADA.password}`,
		...middle.filter((line) => line !== 'RETR 2').slice(0, 2),
		'RETR 4',
		'QUIT'
	];
	// too large for the link: it is cut
	const ping: Input = {
		kind: 'ping',
		host: 'desk',
		to: 'post',
		size: 2 * mtu + roll(3 * mtu),
		df: false
	};
	const links = base.links.map((link) => ({ ...link, mtu }));
	return {
		scenario: { ...base, hosts, links },
		seed,
		inputs: [ping, ...lines.map((line): Input => ({ kind: 'type', host: 'desk', line }))]
	};
}

/** How often a kind was missed; kinds not named never were. */
export type Missed = Readonly<Partial<Record<Kind, number>>>;

/** The questions of a round about the run that an exercise gave, those that were missed the likelier. */
export function round(
	log: readonly Event[],
	{ scenario, seed }: Exercise,
	missed: Missed = {}
): readonly Task[] {
	const mtu = scenario.links[0]?.mtu ?? 0;
	const roll = dice(seed ^ 0x5eed);
	const left = new Map<Kind, number>(KINDS.map((kind) => [kind, 1 + (missed[kind] ?? 0)]));
	const chosen: Kind[] = [];
	while (chosen.length < ROUND) {
		let at = roll([...left.values()].reduce((sum, weight) => sum + weight, 0));
		const kind = [...left].find(([, weight]) => (at -= weight) < 0)?.[0] ?? 'ack';
		chosen.push(kind);
		left.delete(kind);
	}
	return chosen.map((kind) => MAKERS[kind](log, roll, mtu));
}

/** A number as people write it: `1 001`, `1,001` and `0x3e9` are 1001. */
function plain(text: string): string {
	const bare = /^\d{1,3}([ ,’'\u00a0\u202f]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
	return /^(\+?\d{1,15}|0x[0-9a-f]{1,12})$/i.test(bare) ? String(Number(bare)) : text;
}

/** Blank by blank. */
export function grade({ blanks }: Task, answers: readonly string[]): readonly boolean[] {
	return blanks.map(({ right, form }, i) => {
		const given = (answers[i] ?? '').trim();
		return (form === 'number' ? plain(given) : given) === right;
	});
}
