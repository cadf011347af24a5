/**
 * Parcels: what the drawings need to know of each packet on each link it crosses, read once from the log. A parcel knows
 * its whole fate, also what the cursor has not reached; whoever draws asks `stageOf` and `lookOf` first.
 */
import type { DropReason, Event, EventOf, Micros } from '#lib/sim/event.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { contentsOf, type Contents } from './contents.ts';
import type { Kind } from './palette.ts';

/** How far it is at an instant, from 0 at the sender to 1; in between it moves evenly. */
interface Knot {
	readonly at: Micros;
	readonly progress: number;
}

/** Something that was done to it on the way. */
interface Bend {
	/** Log position. */
	readonly seq: number;
	readonly what: string;
	readonly detail: string;
	/** What it carries from then on; null: as before. */
	readonly contents: Contents | null;
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
	/** When it is at the other end, or is lost; Infinity: it is held, and nobody has released it yet. */
	readonly until: Micros;
	readonly path: readonly Knot[];
	readonly bends: readonly Bend[];
	readonly lost: boolean;
	/** Why it was dropped, once it was. */
	readonly reason: DropReason | null;
	/** Share of the way that it had behind it when somebody took it off the link; null: the link lost it by itself. */
	readonly taken: number | null;
	/** How long the fall of a lost packet is shown; 0 otherwise. */
	readonly fall: Micros;
	/** Number of the packet that this one repeats. */
	readonly again: number | null;
	/** No host sent it. */
	readonly forged: boolean;
	/** Another of the same number was on the same link when it entered. */
	readonly copy: boolean;
	/** `2/3` of a fragment, as far as the pieces are known; '' otherwise. */
	readonly piece: string;
	/** A host that discarded it after it had arrived. */
	readonly refused: { readonly at: number; readonly reason: DropReason } | null;
}

/** About 450 ms at event pace when a neighbouring event is as near as a hop; half of a long gap otherwise. */
const FALL: Micros = 13_000;

type Draft = { -readonly [K in keyof Parcel]: Parcel[K] };

/** One parcel for each `packet.sent`, in the order of the log. */
export function parcelsOf(log: readonly Event[]): readonly Parcel[] {
	const parcels: Draft[] = [];
	const byNumber = new Map<number, Draft[]>();
	const fragments = new Map<string, Draft[]>();
	for (let i = 0; i < log.length; i++) {
		const event = log[i];
		if (event?.kind === 'packet.sent') {
			const others = byNumber.get(event.packet);
			const parcel = open(event, i, others);
			parcels.push(parcel);
			if (others) others.push(parcel);
			else byNumber.set(event.packet, [parcel]);
			if (parcel.torn) number(parcel, event.bytes, fragments);
		} else if (event?.kind === 'packet.delivered' || event?.kind === 'packet.dropped') {
			const parcel = meant(event, byNumber);
			if (parcel) end(parcel, event, i, log);
		} else if (event?.kind === 'packet.changed') {
			const parcel = meant(event, byNumber);
			if (parcel) bend(parcel, event, i);
		}
	}
	return parcels;
}

function open(event: EventOf<'packet.sent'>, sent: number, others: readonly Draft[] = []): Draft {
	const { packet, link, from, to, at, arrives, lostAt, bytes } = event;
	const until = arrives ?? lostAt ?? at;
	const [first] = others;
	const beside = others.find(
		(other) => other.link === link && other.from === from && other.ended === Infinity
	);
	const twin = beside && meanwhile(beside, at);
	return {
		...contentsOf(bytes),
		packet,
		sent,
		ended: Infinity,
		link,
		from,
		to,
		at,
		until,
		// a copy made on the way begins where its original is
		path: twin
			? [
					{ at, progress: twin },
					{ at: until, progress: 1 }
				]
			: [
					{ at, progress: 0 },
					{ at: until, progress: 1 }
				],
		bends: [],
		lost: arrives === null,
		reason: null,
		taken: null,
		fall: 0,
		again: event.again ?? first?.again ?? null,
		forged: event.forged ?? first?.forged ?? false,
		copy: beside !== undefined,
		piece: '',
		refused: null
	};
}

/** The one on its link that an event is about: what arrives is what was due then. */
function meant(
	event: EventOf<'packet.delivered' | 'packet.dropped' | 'packet.changed'>,
	byNumber: ReadonlyMap<number, readonly Draft[]>
): Draft | undefined {
	const all = byNumber.get(event.packet)?.filter(({ link }) => link === event.link) ?? [];
	const open = all.filter(({ ended }) => ended === Infinity);
	if (event.kind === 'packet.dropped' && event.host !== null && all.length)
		return open.find(({ lost }) => lost) ?? all.findLast(({ ended }) => ended !== Infinity) ?? open[0];
	const due = event.kind === 'packet.changed' ? undefined : open.find(({ until }) => until === event.at);
	return due ?? open[0] ?? (event.kind === 'packet.changed' ? undefined : all[all.length - 1]);
}

function end(
	parcel: Draft,
	event: EventOf<'packet.delivered' | 'packet.dropped'>,
	seq: number,
	log: readonly Event[]
): void {
	const removed = parcel.ended === Infinity && event.kind === 'packet.dropped' && event.host === null;
	if (parcel.ended === Infinity) parcel.ended = seq;
	if (event.kind === 'packet.dropped') {
		parcel.reason = event.reason;
		if (event.host !== null) parcel.refused = { at: seq, reason: event.reason };
		if (removed && !parcel.lost) {
			const progress = meanwhile(parcel, event.at);
			Object.assign(parcel, {
				taken: progress,
				lost: true,
				until: event.at,
				path: upTo(parcel, event.at, progress)
			});
		}
	}
	if (parcel.lost) parcel.fall = fallAfter(log, seq);
}

/** Its way as far as it had gone. */
function upTo({ path }: Parcel, at: Micros, progress: number): readonly Knot[] {
	return [...path.filter((knot) => knot.at < at), { at, progress }];
}

function bend(parcel: Draft, event: EventOf<'packet.changed'>, seq: number): void {
	const { at, what, detail, bytes, arrives } = event;
	parcel.bends = [...parcel.bends, { seq, what, detail, contents: bytes ? contentsOf(bytes) : null }];
	if (arrives === undefined) return;
	const path = upTo(parcel, at, meanwhile(parcel, at));
	parcel.until = arrives ?? Infinity;
	parcel.path = arrives === null ? path : [...path, { at: arrives, progress: 1 }];
}

/** Progress along its way at an instant, from 0 to 1. */
export function meanwhile({ path }: Parcel, time: Micros): number {
	let before = path[0];
	if (!before || time < before.at) return 0;
	for (let i = 1; i < path.length; i++) {
		const after = path[i];
		if (!after) break;
		if (time < after.at) {
			const share = (time - before.at) / (after.at - before.at);
			return before.progress + (after.progress - before.progress) * share;
		}
		before = after;
	}
	return before.progress;
}

/** Tells a fragment, and the pieces of the same datagram known before it, which of how many they are. */
function number(parcel: Draft, bytes: Uint8Array, fragments: Map<string, Draft[]>): void {
	const get = IPV4.get;
	const key = `${parcel.link} ${get.id(bytes, 0)} ${get.protocol(bytes, 0)} ${get.src(bytes, 0)} ${get.dst(bytes, 0)}`;
	const pieces = fragments.get(key) ?? [];
	if (!pieces.some(({ packet }) => packet === parcel.packet)) pieces.push(parcel);
	fragments.set(key, pieces);
	pieces.forEach((piece, i) => (piece.piece = `${i + 1}/${pieces.length}`));
	const same = pieces.find(({ packet }) => packet === parcel.packet);
	if (same) parcel.piece = same.piece;
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

/** How it looks at the cursor, after what has been done to it by then. */
export interface Now {
	readonly contents: Contents;
	readonly held: boolean;
	/** Its octets are not those that were sent. */
	readonly edited: boolean;
}

const asSent = new WeakMap<Parcel, Now>();

export function lookOf(parcel: Parcel, cursor: number): Now {
	const [first] = parcel.bends;
	if (!first || first.seq >= cursor) {
		let known = asSent.get(parcel);
		if (!known) asSent.set(parcel, (known = { contents: parcel, held: false, edited: false }));
		return known;
	}
	let contents: Contents = parcel;
	let held = false;
	let edited = false;
	for (const { seq, what, contents: news } of parcel.bends) {
		if (seq >= cursor) break;
		if (news) {
			contents = news;
			edited = true;
		}
		if (what === 'hold') held = true;
		else if (what === 'release') held = false;
	}
	return { contents, held, edited };
}

/** How many parcels have left by the cursor; they stand in the order of the log. */
export function leftBy(parcels: readonly Parcel[], cursor: number): number {
	let low = 0;
	let high = parcels.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((parcels[middle]?.sent ?? Infinity) < cursor) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Parcels on their way at the cursor. */
export function flyingAt(parcels: readonly Parcel[], cursor: number): readonly Parcel[] {
	const flying: Parcel[] = [];
	const left = leftBy(parcels, cursor);
	for (let i = 0; i < left; i++) {
		const parcel = parcels[i];
		if (parcel && parcel.ended >= cursor) flying.push(parcel);
	}
	return flying;
}

/** The parcels whose end was a loss or a refusal, and no packet has left since. */
export function lossesAt(parcels: readonly Parcel[], cursor: number): readonly Parcel[] {
	const left = leftBy(parcels, cursor);
	const last = parcels[left - 1]?.sent ?? -1;
	const losses: Parcel[] = [];
	for (let i = 0; i < left; i++) {
		const parcel = parcels[i];
		if (!parcel) break;
		const end = parcel.lost ? parcel.ended : (parcel.refused?.at ?? Infinity);
		if (end < cursor && end > last) losses.push(parcel);
	}
	return losses;
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

const BEND_WORDS: { readonly [what: string]: string } = {
	edit: 'edited',
	corrupt: 'a bit flipped',
	split: 'split',
	coalesce: 'joined with the next',
	hold: 'held',
	release: 'released',
	delay: 'delayed',
	mark: 'marked'
};

/** "Packet 4, post to desk: data, 29 bytes, +OK" for ears. */
export function describe(parcel: Parcel, stage: Stage, cursor = Infinity): string {
	const words = [KIND_WORDS[parcel.kind]];
	if (parcel.piece) words.push(`fragment ${parcel.piece.replace('/', ' of ')}`);
	if (parcel.forged) words.push('forged');
	if (parcel.octets) words.push(`${parcel.octets} ${parcel.octets === 1 ? 'byte' : 'bytes'}`);
	if (parcel.line) words.push(parcel.line);
	if (parcel.again !== null) words.push(`retransmission of ${parcel.again}`);
	const bends = parcel.bends.filter(({ seq }) => seq < cursor);
	for (const what of new Set(bends.map((one) => one.what))) words.push(BEND_WORDS[what] ?? what);
	if (stage === 'flying') words.push('on its way');
	if (stage === 'lost') words.push(parcel.reason === 'taken' ? 'taken off the link' : 'lost');
	if (parcel.refused && stage === 'arrived') words.push('discarded on arrival');
	return `Packet ${parcel.packet}, ${parcel.from} to ${parcel.to}: ${words.join(', ')}`;
}
