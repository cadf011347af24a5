/**
 * A narrow place: one datagram at a time, so many may wait, and the next one finds no room (drop-tail). Before that it may
 * mark what can be marked (RFC 3168 §5).
 */
import { sealHeader } from '#lib/ip/fragment.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import type { Micros } from '../event.ts';
import { serialisation } from '../time.ts';
import { altered, later, type Line } from './fault.ts';
import type { FaultOf } from './spec.ts';

/** Codepoints of the ECN field. */
const NOT_CAPABLE = 0;
const CONGESTION = 3;

function marked(bytes: Uint8Array): Uint8Array {
	const copy = bytes.slice();
	IPV4.set.ecn(copy, 0, CONGESTION);
	sealHeader(copy);
	return copy;
}

export function rate(inner: Line, { rate, queue = Infinity, mark = Infinity, link }: FaultOf<'rate'>): Line {
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
			const congested = starts.length >= mark && IPV4.get.ecn(bytes, 0) !== NOT_CAPABLE;
			const start = Math.max(now, freeAt);
			starts.push(start);
			freeAt = start + serialisation(bytes.length, rate);
			return inner.carry(bytes, now).map((fate) => {
				const late = later(fate, freeAt - now);
				const detail = `link ${link}: congestion`;
				return congested ? altered(late, marked(fate.bytes), { what: 'mark', detail }) : late;
			});
		}
	};
}
