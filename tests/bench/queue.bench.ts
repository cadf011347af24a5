/**
 * Queue throughput at 1,000 pending entries (hold model: take the earliest, put one back later), as CPU time and as a
 * ratio to the same work on a plain sorted array. Run: node --import tsx tests/bench/queue.bench.ts
 */
import { Queue } from '#lib/sim/queue.ts';
import { createStream } from '#lib/sim/random.ts';

const PENDING = 1_000;
const ROUNDS = 7;

function cpuSeconds(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const spent = process.cpuUsage(before);
	return (spent.user + spent.system) / 1e6;
}

/** Later instants to put back, drawn before the clock starts. */
const draws = createStream(110, 'bench');
const gaps = Float64Array.from({ length: 4_096 }, () => 1 + draws.below(100_000));

function hold(events: number): number {
	const queue = new Queue<number>();
	for (let i = 0; i < PENDING; i++) queue.push(gaps[i % gaps.length] as number, i);
	return cpuSeconds(() => {
		for (let i = 0; i < events; i++) {
			const now = queue.dueAt as number;
			const value = queue.pop() as number;
			queue.push(now + (gaps[i % gaps.length] as number), value);
		}
	});
}

function sorted(events: number): number {
	const rows = Array.from({ length: PENDING }, (_, i) => ({ at: gaps[i % gaps.length] as number, i }));
	rows.sort((a, b) => a.at - b.at);
	return cpuSeconds(() => {
		for (let i = 0; i < events; i++) {
			const row = rows.shift() as { at: number; i: number };
			const at = row.at + (gaps[i % gaps.length] as number);
			let low = 0;
			for (let high = rows.length; low < high;) {
				const middle = (low + high) >> 1;
				if ((rows[middle] as { at: number }).at <= at) low = middle + 1;
				else high = middle;
			}
			rows.splice(low, 0, { at, i: row.i });
		}
	});
}

const rates: number[] = [];
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
	const first = round % 2 === 0;
	const floor = first ? 200_000 / sorted(200_000) : 0;
	const rate = 2_000_000 / hold(2_000_000);
	const against = first ? floor : 200_000 / sorted(200_000);
	rates.push(rate);
	ratios.push(rate / against);
}
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
console.log(`queue: ${(median(rates) / 1e6).toFixed(2)} M events per CPU second at ${PENDING} pending`);
console.log(`queue / sorted array with binary insertion: ${median(ratios).toFixed(2)}`);
