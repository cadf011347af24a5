/**
 * Parcels: what the drawings need to know of each packet on each link it crosses, read once from the log. A parcel knows
 * its whole fate, also what the cursor has not reached; whoever draws asks `shownOf` first.
 */
import type { DropReason, Event, EventOf, Micros } from '#lib/sim/event.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, FIN, RST, SYN } from '#lib/wire/tcp.ts';
import { latin1 } from '#lib/wire/text.ts';
import type { Kind } from './palette.ts';

/** What a datagram carries, as far as a glance shows it. */
export interface Contents {
	readonly kind: Kind;
	/** `SA`, `PA`, `ICMP`. */
	readonly letters: string;
	/** Octets of application data. */
	readonly octets: number;
	readonly paper: 'text' | 'binary' | null;
	/** First word of a POP3 line (`USER`, `+OK`), or ''. */
	readonly word: string;
	/** First line of the data, or ''. */
	readonly line: string;
}

export interface Parcel extends Contents {
	/** Datagram number. */
	readonly packet: number;
	/** Log position of `packet.sent`. */
	readonly sent: number;
	/** Log position of its arrival or loss on this link; Infinity: not in the log yet. */
	readonly ended: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
	readonly at: Micros;
	/** When it is at the other end, or is lost. */
	readonly until: Micros;
	readonly lost: boolean;
	/** How long the fall of a lost packet is shown; 0 otherwise. */
	readonly fall: Micros;
	/** Number of the packet that this one repeats. */
	readonly again: number | null;
	/** A host that discarded it after it had arrived. */
	readonly refused: { readonly at: number; readonly reason: DropReason } | null;
}

const LETTERS = [
	[SYN, 'S'],
	[FIN, 'F'],
	[RST, 'R'],
	[0x08, 'P'],
	[0x20, 'U'],
	[ACK, 'A']
] as const;

const flagBits = TCP.run('cwr', 'fin').get;

function kindOf(flags: number, octets: number): Kind {
	if (flags & RST) return 'rst';
	if (flags & SYN) return flags & ACK ? 'synack' : 'syn';
	if (flags & FIN) return 'fin';
	return octets > 0 ? 'data' : 'ack';
}

const NOTHING = { octets: 0, paper: null, word: '', line: '' } as const;
/** A command or a status indicator at the start of a line. */
const WORD = /^(?:\+OK|-ERR|[A-Z]{3,4}(?= |\r|$))/i;

/** Reads a datagram tolerantly: what cannot be read is drawn as plain IP. */
export function contentsOf(bytes: Uint8Array): Contents {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const protocol = IPV4.get.protocol(bytes, 0);
	const later = IPV4.get.fragmentOffset(bytes, 0) > 0;
	if (protocol === ICMP_PROTOCOL && !later) return { kind: 'icmp', letters: 'ICMP', ...NOTHING };
	if (protocol !== TCP_PROTOCOL || later || bytes.length < at + TCP.octets)
		return { kind: 'ip', letters: 'IP', ...NOTHING };
	const flags = flagBits(bytes, at);
	const payload = bytes.subarray(at + TCP.get.dataOffset(bytes, at) * 4);
	const text = latin1(payload, 0, Math.min(payload.length, 256));
	return {
		kind: kindOf(flags, payload.length),
		letters: LETTERS.map(([bit, letter]) => (flags & bit ? letter : '')).join('') || '0',
		octets: payload.length,
		paper: payload.length === 0 ? null : /^[\t\r\n\x20-\x7e]*$/.test(text) ? 'text' : 'binary',
		word: WORD.exec(text)?.[0].toUpperCase() ?? '',
		line: (text.split('\r\n', 1)[0] ?? '').replace(/[^\x20-\x7e]/g, '·')
	};
}

/** About 450 ms at event pace when a neighbouring event is as near as a hop; half of a long gap otherwise. */
const FALL: Micros = 13_000;

/** One parcel for each `packet.sent`, in the order of the log. */
export function parcelsOf(log: readonly Event[]): readonly Parcel[] {
	const parcels: { -readonly [K in keyof Parcel]: Parcel[K] }[] = [];
	const latest = new Map<number, (typeof parcels)[number]>();
	for (let i = 0; i < log.length; i++) {
		const event = log[i];
		if (event?.kind === 'packet.sent') {
			const parcel = open(event, i);
			parcels.push(parcel);
			latest.set(event.packet, parcel);
		} else if (event?.kind === 'packet.delivered' || event?.kind === 'packet.dropped') {
			const parcel = latest.get(event.packet);
			if (!parcel) continue;
			if (parcel.ended === Infinity) parcel.ended = i;
			if (event.kind === 'packet.dropped' && event.host !== null)
				parcel.refused = { at: i, reason: event.reason };
			if (parcel.lost) parcel.fall = fallAfter(log, i);
		}
	}
	return parcels;
}

function open(event: EventOf<'packet.sent'>, sent: number): Parcel {
	const { packet, link, from, to, at, arrives, lostAt, again } = event;
	return {
		...contentsOf(event.bytes),
		packet,
		sent,
		ended: Infinity,
		link,
		from,
		to,
		at,
		until: arrives ?? lostAt ?? at,
		lost: arrives === null,
		fall: 0,
		again: again ?? null,
		refused: null
	};
}

function fallAfter(log: readonly Event[], at: number): Micros {
	const now = log[at]?.at ?? 0;
	for (let i = at + 1; i < log.length; i++) {
		const gap = (log[i]?.at ?? 0) - now;
		if (gap > 0) return Math.max(FALL, gap / 2);
	}
	return FALL;
}

export type Stage = 'future' | 'flying' | 'arrived' | 'lost';

/** How far the log up to the cursor has brought it. */
export function stageOf(parcel: Parcel, cursor: number): Stage {
	if (parcel.sent >= cursor) return 'future';
	if (parcel.ended >= cursor) return 'flying';
	return parcel.lost ? 'lost' : 'arrived';
}

/** Parcels on their way at the cursor. */
export const flyingAt = (parcels: readonly Parcel[], cursor: number): readonly Parcel[] =>
	parcels.filter((parcel) => stageOf(parcel, cursor) === 'flying');

/** The parcels whose end was a loss or a refusal, and no packet has left since. */
export function lossesAt(parcels: readonly Parcel[], cursor: number): readonly Parcel[] {
	let last = -1;
	for (const { sent } of parcels) if (sent < cursor) last = sent;
	return parcels.filter((parcel) => {
		const end = parcel.lost ? parcel.ended : (parcel.refused?.at ?? Infinity);
		return end < cursor && end > last;
	});
}

const KIND_WORDS: { readonly [K in Kind]: string } = {
	syn: 'SYN',
	synack: 'SYN, ACK',
	ack: 'ACK',
	data: 'data',
	fin: 'FIN',
	rst: 'RST',
	icmp: 'ICMP',
	ip: 'IP'
};

/** "Packet 4, post to desk: data, 29 bytes, +OK" for ears. */
export function describe(parcel: Parcel, stage: Stage): string {
	const words = [KIND_WORDS[parcel.kind]];
	if (parcel.octets) words.push(`${parcel.octets} ${parcel.octets === 1 ? 'byte' : 'bytes'}`);
	if (parcel.line) words.push(parcel.line);
	if (parcel.again !== null) words.push(`retransmission of ${parcel.again}`);
	if (stage === 'flying') words.push('on its way');
	if (stage === 'lost') words.push('lost');
	if (parcel.refused && stage === 'arrived') words.push('discarded on arrival');
	return `Packet ${parcel.packet}, ${parcel.from} to ${parcel.to}: ${words.join(', ')}`;
}
