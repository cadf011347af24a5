/**
 * What the simulator does in one second of CPU time, and as a share of a floor measured in the same run
 * (see floor.ts). Every line is the median of seven rounds in which the floor and ours take turns.
 */
import { everySession, LIMIT, MESSAGES, SESSIONS } from './boxes.ts';
import { crowd } from './crowd.ts';
import { floorBulk, floorConnections, floorIdle, floorRequests } from './floor.ts';
import { bulk, connections, idle, requests } from './hosts.ts';
import { decodePackets, hold, PENDING, roundTrips } from './lists.ts';
import { contest, held, type Work } from './measure.ts';

const BLOCK = new Uint8Array(1 << 20).fill(0x61);
const MESSAGE = BLOCK.subarray(0, 16);
const MB = 1e6;

interface Row {
	readonly what: string;
	readonly figure: string;
	readonly ratio: string;
	readonly target: string;
	readonly met: boolean | null;
}

const rows: Row[] = [];

const shown = (figure: number): string =>
	figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toPrecision(3);

/** A target as a share of the floor, or as a figure that must be reached. */
interface Target {
	readonly ratio?: number;
	readonly least?: number;
}

function row(what: string, unit: string, figure: number, floor: number, { ratio, least }: Target = {}): void {
	const share = figure / floor;
	const target =
		ratio !== undefined ? `≥ ${ratio * 100} % of the floor` : least !== undefined ? `≥ ${shown(least)}` : '';
	const met = ratio !== undefined ? share >= ratio : least !== undefined ? figure >= least : null;
	rows.push({
		what,
		figure: `${shown(figure)} ${unit}`,
		ratio: `${(share * 100).toFixed(0)} %`,
		target,
		met
	});
}

const [floorOctets = 0, octetsOff = 0, octetsOn = 0] = contest([
	() => (floorBulk(2 ** 27, BLOCK), 2 ** 27),
	() => (bulk(2 ** 25, BLOCK, false), 2 ** 25),
	() => (bulk(2 ** 25, BLOCK, true), 2 ** 25)
]);
const perSegment = 1460;
row('bulk, log off', 'MB/s', octetsOff / MB, floorOctets / MB, { ratio: 0.3 });
row('bulk, log on', 'MB/s', octetsOn / MB, floorOctets / MB, { ratio: 0.25 });
row('segments of 1460, log off', '/s', octetsOff / perSegment, floorOctets / perSegment);

/** One kind of work with the log off and on, beside the floor's. */
function both(what: string, floor: Work, ours: (keepLog: boolean) => number): number {
	const [bare = 0, off = 0, on = 0] = contest([floor, () => ours(false), () => ours(true)]);
	row(`${what}, log off`, '/s', off, bare, { ratio: 0.25 });
	row(`${what}, log on`, '/s', on, bare, { ratio: 0.25 });
	return bare;
}

both(
	'connect and close',
	() => (floorConnections(20_000), 20_000),
	(keepLog) => (connections(4_000, keepLog), 4_000)
);
const floorRequestRate = both(
	'small request and reply',
	() => (floorRequests(60_000, MESSAGE, MESSAGE), 60_000),
	(keepLog) => (requests(15_000, MESSAGE, MESSAGE, keepLog), 15_000)
);

const [floorPackets = 0, events = 0, decoded = 0, crowded = 0, trips = 0, tripsOn = 0] = contest([
	() => floorBulk(2 ** 25, BLOCK),
	() => hold(500_000),
	() => decodePackets(200_000),
	crowd,
	() => roundTrips(2_000, false),
	() => roundTrips(2_000, true)
]);
row(`queue events at ${PENDING} pending`, '/s', events, floorPackets, { least: 3_500_000 });
row('packet-list decode', 'packets/s', decoded, floorPackets, { least: 1_000_000 });
row('world of a thousand hosts', 'packets/s', crowded, floorPackets);
row('POP3 round trips, log off', '/s', trips, floorRequestRate, { least: 15_000 });
row('POP3 round trips, log on', '/s', tripsOn, floorRequestRate);

const COMMANDS = ['STAT', 'LIST', 'UIDL'] as const;
const commandRates = contest([
	() => everySession('STAT', 20),
	() => everySession('LIST'),
	() => everySession('UIDL')
]);
for (const [i, rate] of commandRates.entries()) {
	const each = 1_000 / rate;
	rows.push({
		what: `${COMMANDS[i]}: ${shown(MESSAGES)} messages, ${SESSIONS} sessions`,
		figure: `${shown(each)} ms`,
		ratio: '',
		target: `≤ ${LIMIT} ms`,
		met: each <= LIMIT
	});
}

// last, for it collects garbage: see measure.ts
const PAIRS = 2_000;
const floorHeld = held(PAIRS, () => floorIdle(PAIRS));
const pairHeld = held(PAIRS, () => idle(PAIRS));
rows.push({
	what: 'idle connection pair',
	figure: `${shown(pairHeld)} B`,
	ratio: `${((pairHeld / floorHeld) * 100).toFixed(0)} %`,
	target: '≤ 4,096 B',
	met: pairHeld <= 4_096
});

console.log(
	`floor: ${shown(floorOctets / MB)} MB/s, ${shown(floorRequestRate)} requests/s, ${shown(floorHeld)} B a pair`
);
const widths = [36, 19, 6, 19] as const;
const line = (...cells: readonly string[]) =>
	console.log(
		cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i] ?? 0))).join('  ')
	);
line('per CPU second', 'figure', 'ratio', 'target', '');
for (const { what, figure, ratio, target, met } of rows)
	line(what, figure, ratio, target, met === null ? '' : met ? 'met' : 'MISSED');
