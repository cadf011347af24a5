/**
 * The fold from a log to its packet rows, which goes on from where it stood: forwards over what is new, and back over
 * what is no longer there, so that an event costs the same however long the log is. Law: after any moves the rows are
 * those of a fold from the beginning. Two logs with the same event at a place are the same before it.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, FIN, PSH, RST, SYN, URG } from '#lib/wire/tcp.ts';
import { formatAddress } from '#lib/wire/address.ts';
import * as words from '#words/packet-rows.ts';
import { analysed, sharedLength, type Notes } from './analysis.ts';
import { Row, type News } from './packet-row.ts';
import { dropText, type PacketRow } from './packets.ts';
import type { Work } from './slices.ts';

type Sent = EventOf<'packet.sent'>;

/** What one event changed. */
interface Change {
	/** How long the log was before it. */
	readonly length: number;
	/** Which row, and what that was; null: there was none. */
	readonly place: number;
	readonly before: Row | null;
	/** The connection that it named anew, and the name before. */
	readonly named: Connection | null;
	readonly name: string;
}

/** What is between two ports; '' as long as nothing is. */
interface Connection {
	name: string;
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

/** Events between two pauses. */
const STEP = 2048;

/** Makes the rows of a log, with pauses: yields how much of it is done, from 0 to 1. */
export function* rowSteps(log: readonly Event[], scenario: Scenario): Work<void> {
	const fold = foldOf(log, scenario);
	for (let to = 0; fold && to < log.length;) {
		fold.advance(log, (to = Math.min(log.length, to + STEP)));
		yield to / log.length;
	}
	fold?.rowsOf(log);
}

/** So many events are gone over again rather than folded anew. */
const NEAR = 256;

export class PacketFold {
	readonly scenario: Scenario;
	readonly #ports: ReadonlySet<number>;
	readonly #places: ReadonlyMap<string, number>;
	readonly #rows: Row[] = [];
	/** Rows by log position of their event, those of other futures too: what is known of an event is not made again. */
	readonly #made: Row[] = [];
	/** Row by packet number. */
	readonly #index = new Map<number, number>();
	/** By the two ends, the lower first. */
	readonly #connections = new Map<number, Map<number, Connection>>();
	readonly #changes: Change[] = [];
	#log: readonly Event[] = [];
	#length = 0;
	#changed = false;
	#given: readonly PacketRow[] = [];

	constructor(scenario: Scenario) {
		this.scenario = scenario;
		this.#ports = pop3Ports(scenario);
		this.#places = new Map(scenario.hosts.map((host, i) => [host.id, i]));
	}

	/** How much of its log is folded. */
	get length(): number {
		return this.#length;
	}

	/** Moves to this log. */
	rowsOf(log: readonly Event[]): readonly PacketRow[] {
		this.advance(log, log.length);
		if (this.#changed) this.#given = this.#rows.slice();
		this.#changed = false;
		return this.#given;
	}

	/** Moves to the first `to` events of this log. */
	advance(log: readonly Event[], to: number): void {
		const common = sharedLength(this.#log, log, Math.min(this.#length, to));
		let changed = this.#undo(common);
		const notes = analysed(log, to);
		for (let at = common; at < to; at++) {
			const event = log[at]!;
			if (event.kind === 'packet.dropped') changed = this.#dropped(event, at) || changed;
			else if (event.kind === 'tcp.discarded') changed = this.#untaken(event, log, at) || changed;
			else if (event.kind === 'packet.sent') changed = this.#sent(event, at, notes[at]) || changed;
		}
		this.#log = log;
		this.#length = to;
		this.#changed ||= changed;
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
			if (last.named) last.named.name = last.name;
		}
		return changed;
	}

	#settle(packet: number, length: number, news: News): boolean {
		const place = this.#index.get(packet);
		const before = place === undefined ? undefined : this.#rows[place];
		if (place === undefined || !before) return false;
		this.#changes.push({ length, place, before, named: null, name: '' });
		this.#rows[place] = settled(before, news);
		return true;
	}

	#dropped(event: EventOf<'packet.dropped'>, length: number): boolean {
		return this.#settle(event.packet, length, { lost: event.reason, lostWhere: dropText(event) });
	}

	#untaken(
		{ cause, host, reason }: EventOf<'tcp.discarded'>,
		log: readonly Event[],
		length: number
	): boolean {
		const delivery = cause === null ? undefined : log[cause];
		if (delivery?.kind !== 'packet.delivered') return false;
		return this.#settle(delivery.packet, length, { untaken: words.untakenAt(host, words.discards[reason]) });
	}

	#sent(event: Sent, length: number, analysis: Notes | undefined): boolean {
		const { from, to, packet, bytes, arrives, at } = event;
		// another hop of the same datagram: only where it is going changes
		if (this.#index.has(packet)) return this.#settle(packet, length, { to, arrives });
		const place = this.#rows.length;
		const segment = segmentOf(bytes);
		const connection = segment && this.#between(segment);
		const before = connection?.name ?? '';
		if (connection) connection.name = nameOf(segment, this.#ports, before);
		const name = connection?.name ?? '';
		this.#changes.push({
			length,
			place,
			before: null,
			named: name === before ? null : connection,
			name: before
		});
		this.#index.set(packet, place);
		const since = at - (this.#rows[place - 1]?.at ?? at);
		const made = this.#made[length];
		if (
			made?.event === event &&
			made.since === since &&
			made.connection === name &&
			made.analysis === analysis
		)
			this.#rows.push(made);
		else {
			const right = (this.#places.get(from) ?? 0) <= (this.#places.get(to) ?? 0);
			const row = new Row(event, since, right ? '>' : '<', name, analysis, this.#ports);
			this.#rows.push(row);
			this.#made[length] = row;
		}
		return true;
	}

	#between({ source, destination }: Segment): Connection {
		const [low, high] = source < destination ? [source, destination] : [destination, source];
		let others = this.#connections.get(low);
		if (!others) this.#connections.set(low, (others = new Map()));
		let connection = others.get(high);
		if (!connection) others.set(high, (connection = { name: '' }));
		return connection;
	}
}

/** Ports on which this scenario's servers speak POP3; 110 (RFC 1939 §3) unless a host says otherwise. */
function pop3Ports(scenario: Scenario): ReadonlySet<number> {
	const ports = scenario.hosts.flatMap((host) => (host.pop3 ? [host.pop3.port ?? 110] : []));
	return new Set([110, ...ports]);
}

const changed = new WeakMap<Row, Row>();

/** The row with what was learned later. */
function settled(row: Row, news: News): Row {
	const before = changed.get(row);
	const next = row.with(news);
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

/** A segment as far as a connection is told by it: each end is its address and port in one number. */
interface Segment {
	readonly source: number;
	readonly destination: number;
	readonly flags: number;
}

const PORTS = 0x10000;
const controls = TCP.run('cwr', 'fin').get;
const FLAGS = SYN | FIN | RST | PSH | ACK | URG;

/** Null: no TCP. */
function segmentOf(bytes: Uint8Array): Segment | null {
	const { get } = IPV4;
	if (get.protocol(bytes, 0) !== TCP_PROTOCOL || get.fragmentOffset(bytes, 0) > 0) return null;
	const start = get.ihl(bytes, 0) * 4;
	const end = Math.min(bytes.length, Math.max(start, get.totalLength(bytes, 0)));
	if (start < IPV4.octets || end - start < TCP.octets) return null;
	return {
		source: get.src(bytes, 0) * PORTS + TCP.get.srcPort(bytes, start),
		destination: get.dst(bytes, 0) * PORTS + TCP.get.dstPort(bytes, start),
		flags: controls(bytes, start) & FLAGS
	};
}

const endText = (end: number): string => `${formatAddress(Math.floor(end / PORTS))}:${end % PORTS}`;

/** Names the connection by who opened it: the first SYN tells, else the port of the service does. */
function nameOf({ source, destination, flags }: Segment, ports: ReadonlySet<number>, before: string): string {
	const opens = flags === SYN;
	if (before !== '' && !opens) return before;
	const serves = ports.has(source % PORTS) && !ports.has(destination % PORTS);
	const answers = flags === (SYN | ACK) || serves;
	const [opener, other] = answers && !opens ? [destination, source] : [source, destination];
	return `${endText(opener)}>${endText(other)}`;
}
