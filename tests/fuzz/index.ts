/**
 * The long runs. `npm run fuzz -- [part…] [--count N] [--seed S]`: without a part all of them, each with its own count;
 * a failure is printed with its seed and inputs, and the exit code is 1 then.
 */
import { parseArgs } from 'node:util';
import { Failure, type Tally } from './dice.ts';
import { fuzzIp } from './ip.ts';
import { fuzzLevels } from './levels.ts';
import { fuzzMail } from './mail.ts';
import { fuzzPop3 } from './pop3.ts';
import { soak } from './soak.ts';
import { fuzzStates } from './states.ts';
import { fuzzStorms } from './storms.ts';
import { fuzzWorlds } from './worlds.ts';

interface Run {
	readonly seed: number;
	readonly count: number;
	progress(tally: Tally): void;
}

/** Each with how many it does where `--count` is not given, and of what. */
const PARTS: Readonly<Record<string, { count: number; of: string; run(how: Run): Tally }>> = {
	states: {
		count: 1_000_000,
		of: 'packets into each state',
		run: ({ seed, count, progress }) => fuzzStates({ seed, packets: count }, progress)
	},
	ip: {
		count: 1_000_000,
		of: 'datagrams, and as many pieces',
		run: ({ seed, count, progress }) => fuzzIp({ seed, packets: count }, progress)
	},
	worlds: {
		count: 10_000,
		of: 'worlds',
		run: ({ seed, count, progress }) => fuzzWorlds({ seed, worlds: count }, progress)
	},
	storm: {
		count: 1_000,
		of: 'storms',
		run: ({ seed, count, progress }) => fuzzStorms({ seed, storms: count }, progress)
	},
	pop3: {
		count: 1_000_000,
		of: 'command lines',
		run: ({ seed, count, progress }) => fuzzPop3({ seed, lines: count }, progress)
	},
	mail: {
		count: 1_000_000,
		of: 'reply streams',
		run: ({ seed, count, progress }) => fuzzMail({ seed, streams: count }, progress)
	},
	levels: {
		count: 1_000,
		of: 'random sessions at each level',
		run: ({ seed, count, progress }) => fuzzLevels({ seed, sessions: count }, progress)
	},
	soak: {
		count: 1_000_000,
		of: 'sessions in a day of virtual time',
		run: ({ seed, count, progress }) => soak({ seed, sessions: count }, progress)
	}
};

/** Seconds between two lines of progress. */
const EVERY = 10;

function told(tally: Tally): string {
	return Object.entries(tally)
		.map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toPrecision(4)}`)
		.join(', ');
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { count: { type: 'string' }, seed: { type: 'string', default: '1' } }
});
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
	const part = PARTS[name];
	if (!part) throw new Error(`there is no part ${name}; there are ${Object.keys(PARTS).join(', ')}`);
	const seed = Number(values.seed);
	const count = Number(values.count ?? part.count);
	if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1)
		throw new Error('--seed and --count are whole numbers');
	console.log(`${name}: ${count} ${part.of}, seeds from ${seed} on`);
	const began = process.cpuUsage();
	const seconds = () => (process.cpuUsage(began).user + process.cpuUsage(began).system) / 1e6;
	let next = EVERY;
	try {
		const tally = part.run({
			seed,
			count,
			progress(sofar) {
				if (seconds() < next) return;
				next = seconds() + EVERY;
				console.log(`${name}: ${told(sofar)} (${seconds().toFixed(0)} s of CPU)`);
			}
		});
		console.log(`${name}: done in ${seconds().toFixed(1)} s of CPU: ${told(tally)}`);
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		process.exitCode = 1;
		console.error(`${name}: FAILED: ${error.message}`);
		if (error.cause instanceof Error) console.error(error.cause.stack);
	}
}
