/** A share of the datagrams has one bit flipped on the way: a chosen one, or any. */
import type { Stream } from '../random.ts';
import { altered, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';
import { flip } from './tamper.ts';

export function corrupt(inner: Line, { share, bit }: FaultOf<'corrupt'>, chance: Stream): Line {
	return {
		carry(bytes, now) {
			const hit = chance.unit() < share;
			const at = chance.u32();
			const fates = inner.carry(bytes, now);
			if (!hit) return fates;
			return fates.map((fate) => {
				const flipped = flip(fate.bytes, bit ?? at % (fate.bytes.length * 8));
				return typeof flipped === 'string' ? fate : altered(fate, flipped.bytes, flipped);
			});
		}
	};
}
