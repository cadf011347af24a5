/** A share of the datagrams is overtaken by those behind it. */
import type { Stream } from '../random.ts';
import { later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function reorder(inner: Line, { share, by }: FaultOf<'reorder'>, chance: Stream): Line {
	return {
		carry(bytes, now) {
			const late = chance.unit() < share;
			const fates = inner.carry(bytes, now);
			return late ? fates.map((fate) => later(fate, by)) : fates;
		}
	};
}
