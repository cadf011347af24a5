/** A longer way, and one whose length is never the same. */
import type { Stream } from '../random.ts';
import { later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function delay(inner: Line, { by, jitter = 0 }: FaultOf<'delay'>, chance: Stream): Line {
	return {
		carry(bytes, now) {
			const more = by + chance.below(jitter + 1);
			return inner.carry(bytes, now).map((fate) => later(fate, more));
		}
	};
}
