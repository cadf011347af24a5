/**
 * A row of the packet list over the event that it was made from. Law: what its headers say is read when somebody first asks
 * for it, for of a long list only what is seen is ever read.
 */
import type { DropReason, EventOf, Micros } from '#lib/sim/event.ts';
import type { Notes } from './analysis.ts';
import {
	destinationOf,
	headersOf,
	infoOf,
	sourceOf,
	type Headers,
	type Protocol,
	type TcpSummary
} from './decode.ts';
import type { Counted, PacketRow } from './packets.ts';

type Sent = EventOf<'packet.sent'>;

/** What is learned of a packet after it was sent. */
export interface News {
	readonly to?: string;
	readonly arrives?: Micros | null;
	readonly lost?: DropReason;
	readonly lostWhere?: string;
	readonly untaken?: string;
}

export class Row implements PacketRow {
	readonly event: Sent;
	readonly since: Micros;
	readonly direction: '>' | '<';
	readonly connection: string;
	readonly analysis: Notes | undefined;
	readonly #ports: ReadonlySet<number>;
	readonly #news: News | null;
	#headers: Headers | null = null;
	#info: string | null = null;

	/** `ports` are those on which POP3 is spoken. */
	constructor(
		event: Sent,
		since: Micros,
		direction: '>' | '<',
		connection: string,
		analysis: Notes | undefined,
		ports: ReadonlySet<number>,
		news: News | null = null
	) {
		this.event = event;
		this.since = since;
		this.direction = direction;
		this.connection = connection;
		this.analysis = analysis;
		this.#ports = ports;
		this.#news = news;
	}

	get packet(): number {
		return this.event.packet;
	}
	get seq(): number {
		return this.event.seq;
	}
	get at(): Micros {
		return this.event.at;
	}
	get from(): string {
		return this.event.from;
	}
	get link(): string {
		return this.event.link;
	}
	get bytes(): Uint8Array {
		return this.event.bytes;
	}
	get again(): number | undefined {
		return this.event.again;
	}
	get to(): string {
		return this.#news?.to ?? this.event.to;
	}
	get arrives(): Micros | null {
		return this.#news?.arrives === undefined ? this.event.arrives : this.#news.arrives;
	}
	get lost(): DropReason | undefined {
		return this.#news?.lost;
	}
	get lostWhere(): string | undefined {
		return this.#news?.lostWhere;
	}

	get untaken(): string | undefined {
		return this.#news?.untaken;
	}

	get protocol(): Protocol {
		return this.#read().protocol;
	}
	get flags(): string {
		return this.#read().flags;
	}
	get tcp(): TcpSummary | undefined {
		return this.#read().tcp;
	}
	get source(): string {
		return sourceOf(this.event.bytes);
	}
	get destination(): string {
		return destinationOf(this.event.bytes);
	}
	get length(): number {
		return this.event.bytes.length;
	}
	get info(): string {
		return (this.#info ??= infoOf(this.event.bytes, this.#read()));
	}

	get fromSyn(): Counted {
		const headers = this.#read();
		const found = this.analysis?.found.tcp;
		if (!headers.tcp || !found) return this;
		const tcp = { ...headers.tcp, seq: found.seq, ack: found.ack ?? 0 };
		return { tcp, info: infoOf(this.event.bytes, { ...headers, tcp }) };
	}

	/** With what was learned later. */
	with(news: News): Row {
		const { event, since, direction, connection, analysis } = this;
		const row = new Row(event, since, direction, connection, analysis, this.#ports, {
			...this.#news,
			...news
		});
		row.#headers = this.#headers;
		row.#info = this.#info;
		return row;
	}

	#read(): Headers {
		return (this.#headers ??= headersOf(this.event.bytes, this.#ports));
	}
}
