/** Reads the parcels of a run from its log, once: what was sent on which link, what was done to it there, and how it ended. */
import type { Event, EventOf, Micros } from '#lib/sim/event.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { contentsOf } from './contents.ts';
import { meanwhile, type Knot, type Parcel } from './parcel.ts';

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
