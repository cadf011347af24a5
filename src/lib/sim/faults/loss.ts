/**
 * Loses a share of the datagrams. A lost one still takes its turn on the wire; it vanishes half-way, which is as
 * good a place as any to show it.
 */
import type { Fate, Fault } from './fault.ts';

export const loss: Fault = {
	id: 'loss',
	wrap(inner, spec, chance) {
		const share = spec.loss ?? 0;
		if (share <= 0) return inner;

		function lose(fate: Fate, now: number): Fate {
			if (fate.arrives === null) return fate;
			const lostAt = now + Math.floor((fate.arrives - now) / 2);
			return { bytes: fate.bytes, arrives: null, lostAt, detail: `link ${spec.id} lost it` };
		}
		return {
			carry(bytes, now) {
				// one draw per datagram, whatever lies within: the stream's use does not depend on other faults
				const lost = chance.unit() < share;
				const fates = inner.carry(bytes, now);
				return lost ? fates.map((fate) => lose(fate, now)) : fates;
			}
		};
	}
};
