/** Nothing comes through before the span is over; what was held then comes in its order, all at once. */
import { later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function hold(inner: Line, { to }: FaultOf<'hold'>): Line {
	return {
		carry(bytes, now) {
			return inner
				.carry(bytes, now)
				.map((fate) => later(fate, Math.max(0, (to ?? now) - (fate.arrives ?? now))));
		}
	};
}
