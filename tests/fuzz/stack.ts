/** Stacks by chance: every switch a host's TCP has. */
import type { StackSpec } from '#lib/sim/scenario.ts';
import type { Dice } from './dice.ts';

const HOURS = 3_600_000_000;

/** Any of the switches of a stack. */
export function anyStack(dice: Dice): Partial<StackSpec> {
	const receiveBuffer = dice.pick([1, 500, 4_096, 65_535, 65_535, 300_000]);
	const congestion = dice.pick(['none', 'newreno', 'cubic'] as const);
	// all of them from one draw, so that a seed known for what it showed shows it still
	const repair = dice.from(0, 3);
	return {
		congestion,
		sack: repair < 2,
		rack: repair % 3 === 0,
		ecn: repair % 2 === 1,
		userTimeout: repair === 3 ? HOURS / 6 : 0,
		timestamps: dice.hit(0.5),
		// a unit larger than the buffer would never show it open
		windowScale: dice.pick([null, null, ...[0, 2, 7, 14].filter((shift) => 2 ** shift <= receiveBuffer)]),
		nagle: dice.hit(0.5),
		delayedAck: dice.pick([0, 0, 40_000, 200_000]),
		receiveBuffer,
		mss: dice.pick([1, 100, 536, 1460, 1460, 8_960]),
		keepAlive: dice.pick([0, 0, 0, 2 * HOURS]),
		...(dice.hit(0.2) && { isn: dice.pick([0, 0xffff_fff0, 0x7fff_fff0, 0xffff_0000]) })
	};
}
