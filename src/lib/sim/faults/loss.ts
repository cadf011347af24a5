/** Loses a share of the datagrams. A lost one still takes its turn on the wire. */
import type { Stream } from '../random.ts';
import { lose, type Fault, type Line } from './fault.ts';

/** Loses `share` of what `inner` carries; `where` is said of each. */
export function losing(inner: Line, share: number, where: string, chance: Stream): Line {
	return {
		carry(bytes, now) {
			// one draw per datagram, whatever lies within: the stream's use does not depend on other faults
			const lost = chance.unit() < share;
			const fates = inner.carry(bytes, now);
			return lost ? fates.map((fate) => lose(fate, now, `link ${where} lost it`)) : fates;
		}
	};
}

/** The share that the link itself is given. */
export const loss: Fault = {
	id: 'loss',
	wrap(inner, spec, chance) {
		const share = spec.loss ?? 0;
		return share > 0 ? losing(inner, share, spec.id, chance) : inner;
	}
};
