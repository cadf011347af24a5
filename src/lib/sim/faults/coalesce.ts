/**
 * A box on the link joins two TCP segments of which the second continues the first. The first is on its way when the
 * second comes, so its octets are looked at only on arrival; the second goes no further by itself.
 */
import type { Arriving, Line } from './fault.ts';
import { joinSegments } from './tamper.ts';

export function coalesce(inner: Line): Line {
	let open: Arriving | null = null;
	return {
		carry(bytes, now) {
			const fates = inner.carry(bytes, now);
			const [fate] = fates;
			if (fates.length !== 1 || !fate || fate.arrives === null) {
				open = null;
				return fates;
			}
			const joined =
				open && !open.settled && open.arrives > now
					? joinSegments(open.bytes, fate.bytes)
					: 'nothing to join';
			if (open && typeof joined !== 'string') {
				open.bytes = joined.bytes;
				open.changes = [...(open.changes ?? []), joined];
				open = null;
				const detail = 'it goes on with the one before it';
				return [{ bytes, arrives: null, lostAt: now, detail, reason: 'joined' }];
			}
			open = fate;
			return fates;
		}
	};
}
