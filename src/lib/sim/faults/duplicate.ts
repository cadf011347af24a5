/** A share of the datagrams comes twice. */
import type { Stream } from '../random.ts';
import { later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function duplicate(inner: Line, { share, after = 0 }: FaultOf<'duplicate'>, chance: Stream): Line {
	return {
		carry(bytes, now) {
			const twice = chance.unit() < share;
			const fates = inner.carry(bytes, now);
			return twice ? fates.flatMap((fate) => [fate, later(fate, after)]) : fates;
		}
	};
}
