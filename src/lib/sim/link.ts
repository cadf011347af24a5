/**
 * A link joins two hosts by two independent lines. A line sends one datagram at a time: at a given rate later ones wait
 * their turn (first in, first out); then each travels for the link's delay. It carries octets and reads none.
 */
import type { Micros } from './event.ts';
import type { Fate, Fault, Line } from './faults/fault.ts';
import { FAULTS, scripted } from './faults/index.ts';
import type { FaultSpec } from './faults/spec.ts';
import { createStream, type Stream } from './random.ts';
import type { LinkSpec } from './scenario.ts';
import { serialisation } from './time.ts';

export interface Link {
	readonly spec: LinkSpec;
	/** The host at the other end; null: `host` is at neither. */
	other(host: string): string | null;
	/** Puts a datagram on the line that leaves `from`, which is one of the ends. */
	carry(from: string, bytes: Uint8Array, now: Micros): readonly Fate[];
}

/** A faultless line: serialisation, queueing and propagation delay only. */
export function createLine(spec: Pick<LinkSpec, 'delay' | 'rate'>): Line {
	let freeAt: Micros = 0;
	return {
		carry(bytes, now) {
			const starts = Math.max(now, freeAt);
			freeAt = spec.rate === undefined ? starts : starts + serialisation(bytes.length, spec.rate);
			return [{ bytes, arrives: freeAt + spec.delay }];
		}
	};
}

/** The link of `spec` in a world of this `seed`; each fault draws from a stream of its own in each direction. */
export function createLink(
	spec: LinkSpec,
	seed: number,
	faults: readonly Fault[] = FAULTS,
	script: readonly FaultSpec[] = []
): Link {
	const [left, right] = spec.ends;

	function chance(end: string, name: string): Stream {
		return createStream(seed, `link ${spec.id} from ${end}: ${name}`);
	}
	function lineFrom(end: string): Line {
		let line = createLine(spec);
		for (const fault of faults) line = fault.wrap(line, spec, chance(end, fault.id));
		const towards = end === left ? right : left;
		const mine = script.filter((one) => one.link === spec.id && (one.towards ?? towards) === towards);
		return scripted(line, mine, (name) => chance(end, name));
	}
	const lines = { left: lineFrom(left), right: lineFrom(right) };

	return {
		spec,
		other: (host) => (host === left ? right : host === right ? left : null),
		carry: (from, bytes, now) => (from === left ? lines.left : lines.right).carry(bytes, now)
	};
}
