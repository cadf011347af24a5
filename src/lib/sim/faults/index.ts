/** Every fault a link can have, innermost first: those of the link itself, and what a scenario scripts. */
import type { Stream } from '../random.ts';
import { bursts } from './bursts.ts';
import { coalesce } from './coalesce.ts';
import { corrupt } from './corrupt.ts';
import { cut } from './cut.ts';
import { delay } from './delay.ts';
import { duplicate } from './duplicate.ts';
import { edit } from './edit.ts';
import type { Fault, Line } from './fault.ts';
import { hold } from './hold.ts';
import { losing, loss } from './loss.ts';
import { rate } from './rate.ts';
import { reorder } from './reorder.ts';
import { chosen } from './select.ts';
import type { FaultSpec } from './spec.ts';
import { split } from './split.ts';

export const FAULTS: readonly Fault[] = [loss];

function faulty(inner: Line, spec: FaultSpec, chance: Stream): Line {
	switch (spec.kind) {
		case 'loss':
			return losing(inner, spec.share, spec.link, chance);
		case 'bursts':
			return bursts(inner, spec, chance);
		case 'delay':
			return delay(inner, spec, chance);
		case 'reorder':
			return reorder(inner, spec, chance);
		case 'duplicate':
			return duplicate(inner, spec, chance);
		case 'corrupt':
			return corrupt(inner, spec, chance);
		case 'rate':
			return rate(inner, spec);
		case 'cut':
			return cut(inner, spec);
		case 'hold':
			return hold(inner, spec);
		case 'edit':
			return edit(inner, spec);
		case 'split':
			return split(inner, spec);
		case 'coalesce':
			return coalesce(inner);
		case 'forge':
			// the world puts it on the link at its time; what passes is not touched
			return inner;
	}
}

/**
 * The line with the scripted faults in it, the first one innermost; joining is outermost, for it looks at what the others
 * have made. `stream` gives each fault its own chance by its name.
 */
export function scripted(line: Line, faults: readonly FaultSpec[], stream: (name: string) => Stream): Line {
	const counts = new Map<string, number>();
	const joining = faults.filter(({ kind }) => kind === 'coalesce');
	let wrapped = line;
	for (const spec of [...faults.filter(({ kind }) => kind !== 'coalesce'), ...joining]) {
		const count = (counts.get(spec.kind) ?? 0) + 1;
		counts.set(spec.kind, count);
		wrapped = chosen(spec, wrapped, faulty(wrapped, spec, stream(`scripted ${spec.kind} ${count}`)));
	}
	return wrapped;
}
