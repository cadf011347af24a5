/**
 * The storm of the acceptance list over many seeds: with 30 % lost every octet arrives both ways; with half of everything
 * lost it does too, or an end is told. One seed in four has every switch of the stack as it comes.
 */
import { storm } from '../fixtures/storm.ts';
import { Dice, Failure, type Tally } from './dice.ts';
import { anyStack } from './stack.ts';

const WEATHER = { reorder: 0.1, duplicate: 0.05, corrupt: 0.01, octets: 65_536 };
/** Every so many seeds half of everything is lost as well. */
const HALVED = 4;

export function fuzzStorms(
	{ seed, storms }: { seed: number; storms: number },
	progress?: (tally: Tally) => void
): Tally {
	const tally = { intact: 0, 'half lost, intact': 0, 'half lost, told': 0 };
	for (let next = seed; next < seed + storms; next += 1) {
		// a buffer or a segment of one octet would need a month
		const stack =
			next % 4 === 0 ? { ...anyStack(new Dice(next, 'storm')), mss: 1_460, receiveBuffer: 65_535 } : {};
		const { outcome, detail } = storm({ ...WEATHER, seed: next, loss: 0.3, stack });
		if (outcome !== 'intact')
			throw new Failure('storm', next, `${outcome}: ${detail}`, [
				JSON.stringify({ ...WEATHER, loss: 0.3, stack })
			]);
		tally.intact += 1;
		if (next % HALVED === 0) {
			const half = storm({ ...WEATHER, seed: next, loss: 0.5, stack });
			if (half.outcome !== 'intact' && half.outcome !== 'error')
				throw new Failure('storm', next, `${half.outcome}: ${half.detail}`, [
					JSON.stringify({ ...WEATHER, loss: 0.5, stack })
				]);
			tally[half.outcome === 'intact' ? 'half lost, intact' : 'half lost, told'] += 1;
		}
		progress?.(tally);
	}
	return tally;
}
