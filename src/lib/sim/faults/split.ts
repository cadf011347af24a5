/** A box on the link cuts TCP segments in two; the octets of the stream stay the same. */
import { altered, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';
import { splitSegment } from './tamper.ts';

export function split(inner: Line, { at }: FaultOf<'split'>): Line {
	return {
		carry(bytes, now) {
			return inner.carry(bytes, now).flatMap((fate) => {
				const parts = splitSegment(fate.bytes, at);
				if (fate.arrives === null || typeof parts === 'string') return [fate];
				const { arrives } = fate;
				return [altered(fate, parts.bytes, parts), { bytes: parts.rest, arrives, piece: true } as const];
			});
		}
	};
}
