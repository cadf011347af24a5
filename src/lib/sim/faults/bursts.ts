/** Losses that come together: the two-state chain of Gilbert and Elliott, one step for each datagram. */
import type { Stream } from '../random.ts';
import { lose, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function bursts(inner: Line, spec: FaultOf<'bursts'>, chance: Stream): Line {
	const { enter, leave, good = 0, bad = 1, link } = spec;
	let failing = false;
	return {
		carry(bytes, now) {
			failing = chance.unit() < (failing ? 1 - leave : enter);
			const lost = chance.unit() < (failing ? bad : good);
			const fates = inner.carry(bytes, now);
			const detail = `link ${link} lost it${failing ? ' in a burst' : ''}`;
			return lost ? fates.map((fate) => lose(fate, now, detail)) : fates;
		}
	};
}
