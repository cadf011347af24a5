/**
 * The fold from a log to its packet rows, which goes on from where it stood: forwards over what is new, and back over
 * what is no longer there, so that an event costs the same however long the log is. Law: after any moves the rows are
 * those of a fold from the beginning. Two logs with the same event at a place are the same before it.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { analysed, type Notes } from './analysis.ts';
import { decodePacket, type Decoded } from './decode.ts';
import { dropText, type PacketRow } from './packets.ts';

type Sent = EventOf<'packet.sent'>;

/** What one event changed. */
interface Change {
	/** How long the log was before it. */
	readonly length: number;
	/** Which row, and what that was; null: there was none. */
	readonly place: number;
	readonly before: PacketRow | null;
	/** The pair of ports whose connection it named, and the name before. */
	readonly pair?: string;
	readonly name?: string | undefined;
}

/** Folds kept of one log: what is known and what is shown of it move apart. */
const MOST_FOLDS = 3;

const folds = new WeakMap<Event, PacketFold[]>();

/** The fold of this log that has the least way to go; null: the log is empty. */
export function foldOf(log: readonly Event[], scenario: Scenario): PacketFold | null {
	const first = log[0];
	if (!first) return null;
	let known = folds.get(first);
	if (!known) folds.set(first, (known = []));
	const way = (fold: PacketFold) => Math.abs(fold.length - log.length);
	let best: PacketFold | undefined;
	for (const fold of known) if (fold.scenario === scenario && (!best || way(fold) < way(best))) best = fold;
	if (best && (way(best) <= NEAR || known.length >= MOST_FOLDS)) return best;
	const fresh = new PacketFold(scenario);
	// the one that was asked for the longest time ago makes room
	if (known.length >= MOST_FOLDS) known.shift();
	known.push(fresh);
	return fresh;
}

/** So many events are gone over again rather than folded anew. */
const NEAR = 256;

export class PacketFold {
	readonly scenario: Scenario;
	readonly #ports: ReadonlySet<number>;
	readonly #places: ReadonlyMap<string, number>;
	readonly #rows: PacketRow[] = [];
	/** Row by packet number. */
	readonly #index = new Map<number, number>();
	/** Name by pair of ports. */
	readonly #connections = new Map<string, string>();
	readonly #changes: Change[] = [];
	#log: readonly Event[] = [];
	#given: readonly PacketRow[] = [];

	constructor(scenario: Scenario) {
		this.scenario = scenario;
		this.#ports = pop3Ports(scenario);
		this.#places = new Map(scenario.hosts.map((host, i) => [host.id, i]));
	}

	/** How much of its log is folded. */
	get length(): number {
		return this.#log.length;
	}

	/** Moves to this log. */
	rowsOf(log: readonly Event[]): readonly PacketRow[] {
		const common = sharedLength(this.#log, log);
		let changed = this.#undo(common);
		const notes = analysed(log);
		for (let at = common; at < log.length; at++) {
			const event = log[at]!;
			if (event.kind === 'packet.dropped') changed = this.#dropped(event, at) || changed;
			else if (event.kind === 'packet.sent') changed = this.#sent(event, at, notes.get(event)) || changed;
		}
		this.#log = log;
		if (changed) this.#given = this.#rows.slice();
		return this.#given;
	}

	#undo(length: number): boolean {
		let changed = false;
		for (let last = this.#changes.at(-1); last && last.length >= length; last = this.#changes.at(-1)) {
			this.#changes.pop();
			changed = true;
			if (last.before) this.#rows[last.place] = last.before;
			else {
				const row = this.#rows.pop();
				if (row) this.#index.delete(row.packet);
			}
			if (last.pair === undefined) continue;
			if (last.name === undefined) this.#connections.delete(last.pair);
			else this.#connections.set(last.pair, last.name);
		}
		return changed;
	}

	#settle(packet: number, length: number, news: Partial<PacketRow>): boolean {
		const place = this.#index.get(packet);
		const before = place === undefined ? undefined : this.#rows[place];
		if (place === undefined || !before) return false;
		this.#changes.push({ length, place, before });
		this.#rows[place] = settled(before, news);
		return true;
	}

	#dropped(event: EventOf<'packet.dropped'>, length: number): boolean {
		return this.#settle(event.packet, length, { lost: event.reason, lostWhere: dropText(event) });
	}

	#sent(event: Sent, length: number, analysis: Notes | undefined): boolean {
		const { from, to, packet, link, bytes, arrives, at, again } = event;
		// another hop of the same datagram: only where it is going changes
		if (this.#index.has(packet)) return this.#settle(packet, length, { to, arrives });
		const place = this.#rows.length;
		const decoded = decodePacket(bytes, this.#ports);
		const pair = pairOf(decoded);
		const name = pair === null ? undefined : this.#connections.get(pair);
		const connection = pair === null ? '' : nameOf(decoded, this.#ports, name);
		if (pair !== null) this.#connections.set(pair, connection);
		this.#changes.push({
			length,
			place,
			before: null,
			...(pair !== null && name !== connection && { pair, name })
		});
		this.#index.set(packet, place);
		const right = (this.#places.get(from) ?? 0) <= (this.#places.get(to) ?? 0);
		const row: PacketRow = {
			...decoded,
			packet,
			seq: event.seq,
			at,
			since: at - (this.#rows[place - 1]?.at ?? at),
			from,
			to,
			link,
			direction: right ? '>' : '<',
			bytes,
			arrives,
			...(again !== undefined && { again }),
			...(analysis && { analysis }),
			connection
		};
		this.#rows.push(known(event, row));
		return true;
	}
}

/** How long two logs are the same: they are wherever they have the same event. */
function sharedLength(a: readonly Event[], b: readonly Event[]): number {
	let low = 0;
	let high = Math.min(a.length, b.length);
	if (high > 0 && a[high - 1] === b[high - 1]) return high;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (a[middle] === b[middle]) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Ports on which this scenario's servers speak POP3; 110 (RFC 1939 §3) unless a host says otherwise. */
function pop3Ports(scenario: Scenario): ReadonlySet<number> {
	const ports = scenario.hosts.flatMap((host) => (host.pop3 ? [host.pop3.port ?? 110] : []));
	return new Set([110, ...ports]);
}

const made = new WeakMap<Sent, PacketRow>();

/** The row made for this event before, if it says the same. */
function known(event: Sent, row: PacketRow): PacketRow {
	const before = made.get(event);
	if (
		before &&
		before.since === row.since &&
		before.connection === row.connection &&
		before.analysis === row.analysis
	)
		return before;
	made.set(event, row);
	return row;
}

const changed = new WeakMap<PacketRow, PacketRow>();

/** The row with what was learned later. */
function settled(row: PacketRow, news: Partial<PacketRow>): PacketRow {
	const before = changed.get(row);
	const next = { ...row, ...news };
	if (
		before &&
		before.lostWhere === next.lostWhere &&
		before.to === next.to &&
		before.arrives === next.arrives
	)
		return before;
	changed.set(row, next);
	return next;
}

const endsOf = ({ source, destination, tcp }: Decoded): readonly [string, string] => [
	`${source}:${tcp?.srcPort}`,
	`${destination}:${tcp?.dstPort}`
];

/** The same text for both directions; null: no TCP. */
function pairOf(packet: Decoded): string | null {
	if (!packet.tcp) return null;
	const [source, destination] = endsOf(packet);
	return source < destination ? `${source} ${destination}` : `${destination} ${source}`;
}

/** Names the connection by who opened it: the first SYN tells, else the port of the service does. */
function nameOf(packet: Decoded, ports: ReadonlySet<number>, before: string | undefined): string {
	const { tcp, flags } = packet;
	const opens = flags === 'S';
	if (!tcp || (before !== undefined && !opens)) return before ?? '';
	const [source, destination] = endsOf(packet);
	const answers = flags === 'SA' || (ports.has(tcp.srcPort) && !ports.has(tcp.dstPort));
	return answers && !opens ? `${destination}>${source}` : `${source}>${destination}`;
}
