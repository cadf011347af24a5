/** Somebody on the link rewrites what passes. */
import { altered, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';
import { edited } from './tamper.ts';

export function edit(inner: Line, spec: FaultOf<'edit'>): Line {
	return {
		carry(bytes, now) {
			return inner.carry(bytes, now).map((fate) => {
				const result = edited(fate.bytes, spec);
				return typeof result === 'string' ? fate : altered(fate, result.bytes, result);
			});
		}
	};
}
