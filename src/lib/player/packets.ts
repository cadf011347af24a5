/**
 * The packets of a log as rows: one per packet number, taken from its `packet.sent`, with what its headers say. A pure
 * fold. A row keeps its identity from one fold to the next while nothing about it changes, so that a list redraws only
 * what is new; headers are read once per packet, and leniently, for a broken packet is a row too.
 */
import type { DropReason, Event, EventOf, Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { analysed, type Notes } from './analysis.ts';
import { decodePacket, type Decoded } from './decode.ts';

export interface PacketRow extends Decoded {
	/** Packet number, from 1. */
	readonly packet: number;
	/** Log position of its `packet.sent`. */
	readonly seq: number;
	/** When it entered its (first) link. */
	readonly at: Micros;
	/** Time since the row before it; 0 for the first. */
	readonly since: Micros;
	readonly from: string;
	readonly to: string;
	readonly link: string;
	/** Right or left in the scenario's order of hosts. */
	readonly direction: '>' | '<';
	readonly bytes: Uint8Array;
	/** When it reaches `to`; null: it never does. */
	readonly arrives: Micros | null;
	/** Why it was dropped, once it was. */
	readonly lost?: DropReason;
	/** In words, with the place: `lost on desk-post`. */
	readonly lostWhere?: string;
	/** Packet number of the original, on a retransmission. */
	readonly again?: number;
	/** What the packets before it make of this one. */
	readonly analysis?: Notes;
	/** Text of the connection, the active opener first, as in the events; '' where there is none. */
	readonly connection: string;
}

type Sent = EventOf<'packet.sent'>;

const last = new WeakMap<Sent, PacketRow>();

const REASONS: Record<DropReason, string> = {
	loss: 'lost',
	mtu: 'too big',
	'no-listener': 'nobody listens',
	checksum: 'bad checksum',
	malformed: 'malformed',
	unroutable: 'no route',
	backlog: 'no room',
	ttl: 'no hop left',
	filter: 'filtered',
	nat: 'not translated',
	reassembly: 'pieces missing',
	queue: 'no room',
	cut: 'link cut',
	taken: 'taken',
	joined: 'joined'
};

/** `lost on desk-post`, `bad checksum at post`. */
export function dropText(drop: EventOf<'packet.dropped'>): string {
	return `${REASONS[drop.reason]} ${drop.host === null ? `on ${drop.link}` : `at ${drop.host}`}`;
}

/** Ports on which this scenario's servers speak POP3; 110 (RFC 1939 §3) unless a host says otherwise. */
function pop3Ports(scenario: Scenario): ReadonlySet<number> {
	const ports = scenario.hosts.flatMap((host) => (host.pop3 ? [host.pop3.port ?? 110] : []));
	return new Set([110, ...ports]);
}

/** One row per packet number, in the order of sending. */
export function packetRows(log: readonly Event[], scenario: Scenario): readonly PacketRow[] {
	const rows: PacketRow[] = [];
	const ports = pop3Ports(scenario);
	const place = new Map(scenario.hosts.map((host, i) => [host.id, i]));
	const index = new Map<number, number>();
	const connections = new Map<string, string>();
	const notes = analysed(log);
	for (const event of log) {
		if (event.kind === 'packet.dropped') {
			const at = index.get(event.packet);
			const row = at === undefined ? undefined : rows[at];
			if (at !== undefined && row)
				rows[at] = settled(row, { lost: event.reason, lostWhere: dropText(event) });
		} else if (event.kind === 'packet.sent') {
			const at = index.get(event.packet);
			const first = at === undefined ? undefined : rows[at];
			if (at !== undefined && first) {
				// another hop of the same datagram: only where it is going changes
				rows[at] = settled(first, { to: event.to, arrives: event.arrives });
				continue;
			}
			const since = event.at - (rows[rows.length - 1]?.at ?? event.at);
			const { from, to, packet, link, bytes, arrives } = event;
			const decoded = decodePacket(bytes, ports);
			const analysis = notes.get(event);
			const right = (place.get(from) ?? 0) <= (place.get(to) ?? 0);
			index.set(packet, rows.length);
			rows.push(
				known(event, {
					...decoded,
					packet,
					seq: event.seq,
					at: event.at,
					since,
					from,
					to,
					link,
					direction: right ? '>' : '<',
					bytes,
					arrives,
					...(event.again !== undefined && { again: event.again }),
					...(analysis && { analysis }),
					connection: connectionOf(decoded, ports, connections)
				})
			);
		}
	}
	return rows;
}

/** The row made for this event before, if it says the same. */
function known(event: Sent, row: PacketRow): PacketRow {
	const before = last.get(event);
	if (
		before &&
		before.since === row.since &&
		before.connection === row.connection &&
		before.analysis === row.analysis
	)
		return before;
	last.set(event, row);
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

/** Names the connection by who opened it: the first SYN tells, else the port of the service does. */
function connectionOf(packet: Decoded, ports: ReadonlySet<number>, known: Map<string, string>): string {
	if (!packet.tcp) return '';
	const source = `${packet.source}:${packet.tcp.srcPort}`;
	const destination = `${packet.destination}:${packet.tcp.dstPort}`;
	const pair = source < destination ? `${source} ${destination}` : `${destination} ${source}`;
	const opens = packet.flags === 'S';
	const before = known.get(pair);
	if (before !== undefined && !opens) return before;
	const answers = packet.flags === 'SA' || (ports.has(packet.tcp.srcPort) && !ports.has(packet.tcp.dstPort));
	const text = answers && !opens ? `${destination}>${source}` : `${source}>${destination}`;
	known.set(pair, text);
	return text;
}

/** The last row before `row` of the same connection and direction: what "unchanged" is measured against. */
export function previousOf(rows: readonly PacketRow[], row: PacketRow | null): PacketRow | null {
	if (!row) return null;
	for (let i = rows.length - 1; i >= 0; i--) {
		const other = rows[i];
		if (
			other &&
			other.packet < row.packet &&
			other.direction === row.direction &&
			other.connection === row.connection &&
			(other.protocol !== 'ICMP') === (row.protocol !== 'ICMP')
		)
			return other;
	}
	return null;
}

const FLAG_WORDS: Record<string, string> = {
	S: 'syn',
	A: 'ack',
	P: 'push',
	F: 'fin',
	R: 'reset',
	U: 'urgent'
};

/** What the analysis remarks on a packet that the log does not already call the repetition of another. */
export function remarksBeside({ again, analysis }: PacketRow): readonly string[] {
	const remarks = analysis?.remarks ?? [];
	return again === undefined ? remarks : remarks.filter((remark) => !remark.startsWith('retransmission'));
}

/** A row for a listener: "Packet 9, desk to post, POP3, push and ack, 15 bytes: PASS lovelace". */
export function describeRow(row: PacketRow): string {
	const words = [...row.flags].map((letter) => FLAG_WORDS[letter] ?? letter);
	const flags = words.length ? `${words.join(' and ')}, ` : '';
	const text = row.tcp?.length ? `${row.tcp.length} bytes: ${row.info}` : row.info;
	const again = row.again === undefined ? '' : `, retransmission of ${row.again}`;
	const remarks = remarksBeside(row)
		.map((remark) => `, ${remark.replaceAll('#', '')}`)
		.join('');
	const lost = row.lostWhere === undefined ? '' : `, ${row.lostWhere}`;
	return `Packet ${row.packet}, ${row.from} to ${row.to}, ${row.protocol}, ${flags}${text}${again}${remarks}${lost}`;
}
