/**
 * The plan that the ladder is drawn by, kept while another view is there: the plan of a long run is made once for the
 * room that it has, and not before that is known.
 */
import type { Event } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Pace } from '#lib/stage/ladder-pace.ts';
import { ladderPlan, type LadderPlan } from '#lib/stage/ladder.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { changesOf } from '#lib/stage/world.ts';

/** Px of a ladder whose room is not known yet. */
export const USUAL = 552;
/** Events of a long run. */
const LONG = 5000;

let kept: { readonly of: readonly unknown[]; readonly plan: LadderPlan } | null = null;

/** `width` in px; 0: it is not known yet. */
export function planOf(scenario: Scenario, log: readonly Event[], width: number, pace: Pace): LadderPlan {
	if (width === 0 && log.length > LONG) return ladderPlan(scenario, [], [], USUAL, pace);
	const of = [scenario, log, width, pace];
	if (!kept || kept.of.some((part, i) => part !== of[i]))
		kept = { of, plan: ladderPlan(scenario, parcelsOf(log), changesOf(log), width || USUAL, pace) };
	return kept.plan;
}
