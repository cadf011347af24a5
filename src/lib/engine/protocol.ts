/** The two message unions of the worker's border. Every message carries an epoch; the newest wins. */
import type { Event, Micros, TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';

/** A run that can be replayed anywhere: a saved game, a share link, a hand-in and a bug report are this one thing. */
export interface SavedGame {
	readonly version: 1;
	/** Level slug. */
	readonly level: string;
	readonly seed: number;
	readonly inputs: readonly TimedInput[];
}

export type ToEngine =
	/** Start a world and replay `inputs` on it. */
	| {
			readonly type: 'load';
			readonly epoch: number;
			readonly scenario: Scenario;
			readonly seed: number;
			readonly inputs: readonly TimedInput[];
	  }
	/**
	 * Act at `at`. If the world is already past that instant this is a fork: the engine replays all inputs up to `at`,
	 * then acts. The message names the new epoch; later messages of older epochs are dropped on both sides.
	 */
	| {
			readonly type: 'input';
			readonly epoch: number;
			readonly timed: TimedInput;
			/** Events of the log that the page has received: the answer begins no later. Absent: all of them. */
			readonly have?: number;
	  }
	/** Run to `to`, or until nothing but background timers (TIME-WAIT, autologout) is due. */
	| { readonly type: 'advance'; readonly epoch: number; readonly to: Micros };

export type FromEngine =
	| {
			readonly type: 'events';
			readonly epoch: number;
			/** Log position of the first event: the page keeps its log below it and drops the rest. */
			readonly from: number;
			readonly events: readonly Event[];
			/** The world's clock now. */
			readonly now: Micros;
			/** When the next foreground event is due; null: the world is quiet until someone acts. */
			readonly nextAt: Micros | null;
			/** When the next background timer is due; null: none pending. */
			readonly timerAt: Micros | null;
	  }
	| { readonly type: 'fault'; readonly epoch: number; readonly message: string };
