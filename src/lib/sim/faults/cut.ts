/** The link is cut: whatever enters it is gone at once. */
import type { Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function cut(_inner: Line, { link }: FaultOf<'cut'>): Line {
	return {
		carry: (bytes, now) => [
			{ bytes, arrives: null, lostAt: now, detail: `link ${link} is cut`, reason: 'cut' }
		]
	};
}
