/** A narrow place: one datagram at a time, so many may wait, and the next one finds no room (drop-tail). */
import type { Micros } from '../event.ts';
import { serialisation } from '../time.ts';
import { later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

export function rate(inner: Line, { rate, queue = Infinity, link }: FaultOf<'rate'>): Line {
	/** When each datagram that has not left yet begins to leave, and when the last has left. */
	let starts: Micros[] = [];
	let freeAt: Micros = 0;
	return {
		carry(bytes, now) {
			starts = starts.filter((at) => at > now);
			if (starts.length >= queue && freeAt > now) {
				const detail = `link ${link} has room for ${queue} to wait`;
				return [{ bytes, arrives: null, lostAt: now, detail, reason: 'queue' }];
			}
			const start = Math.max(now, freeAt);
			starts.push(start);
			freeAt = start + serialisation(bytes.length, rate);
			return inner.carry(bytes, now).map((fate) => later(fate, freeAt - now));
		}
	};
}
