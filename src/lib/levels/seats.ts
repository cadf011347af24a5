/**
 * Where the player sits in a level and what stands there. Law: how a switch stands is read from the log, so it goes back
 * with a rewind.
 */
import type { Input } from '#lib/sim/event.ts';
import type { Log } from './goals.ts';
import type { Lever, Level, Seat } from './level.ts';

export function seatsOf({ seats, terminal, scenario }: Level): readonly Seat[] {
	if (seats) return seats;
	const mail = scenario.hosts.some(({ id, account }) => id === terminal && account !== undefined);
	return [
		{ host: terminal, program: 'terminal' },
		...(mail ? [{ host: terminal, program: 'mail' } as const] : [])
	];
}

/** Hosts at which the player acts. */
export const hostsOf = (level: Level): readonly string[] => [
	...new Set(seatsOf(level).map(({ host }) => host))
];

type Switch = Extract<Lever, { kind: 'switch' }>;

/** Which of its ways a switch stands in: what was set last. */
export function standing({ ways }: Switch, log: Log): number {
	const texts = ways.map(({ input }) => JSON.stringify(input));
	for (let i = log.length - 1; i >= 0; i--) {
		const event = log[i];
		const way = event?.kind === 'input' ? texts.indexOf(JSON.stringify(event.input)) : -1;
		if (way >= 0) return way;
	}
	return 0;
}

/** What a person does for an input that is no typed line: `Press Sync at desk`; null: it is typed or answered. */
export function doing(level: Level, input: Input): string | null {
	const text = JSON.stringify(input);
	for (const lever of level.levers ?? []) {
		if (lever.kind === 'button') {
			if (JSON.stringify(lever.input) === text) return `Press “${lever.say}” at ${lever.host}`;
			continue;
		}
		const way = lever.ways.find((one) => JSON.stringify(one.input) === text);
		if (way) return `At ${lever.host} set “${lever.say}” to “${way.label}”`;
	}
	return input.kind === 'sync' ? `Press Sync at ${input.host}` : null;
}
