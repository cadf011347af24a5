/** Reads the parcels of a run from its log, once: what was sent on which link, what was done to it there, and how it ended. */
import type { Event, EventOf, Micros } from '#lib/sim/event.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { contentsOf } from './contents.ts';
import { Draft } from './draft.ts';
import { meanwhile, type Knot, type Parcel } from './parcel.ts';

/** About 450 ms at event pace when a neighbouring event is as near as a hop; half of a long gap otherwise. */
const FALL: Micros = 13_000;
/** Events between two pauses. */
const STEP = 2048;

const known = new WeakMap<readonly Event[], readonly Parcel[]>();

/** One parcel for each `packet.sent`, in the order of the log. A log is read once. */
export function parcelsOf(log: readonly Event[]): readonly Parcel[] {
	const steps = parcelSteps(log);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

/** The same, with pauses: yields how much of the log is read, from 0 to 1. */
export function* parcelSteps(log: readonly Event[]): Generator<number, readonly Parcel[], void> {
	const before = known.get(log);
	if (before) return before;
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
		if (i % STEP === STEP - 1) yield i / log.length;
	}
	known.set(log, parcels);
	return parcels;
}

function open(event: EventOf<'packet.sent'>, sent: number, others: readonly Draft[] = []): Draft {
	const parcel = new Draft(event, sent);
	const [first] = others;
	if (!first) return parcel;
	const { link, from, at } = event;
	const beside = others.find(
		(other) => other.link === link && other.from === from && other.ended === Infinity
	);
	parcel.again ??= first.again;
	parcel.forged = event.forged ?? first.forged;
	parcel.copy = beside !== undefined;
	const twin = beside && meanwhile(beside, at);
	// a copy made on the way begins where its original is
	if (twin)
		parcel.path = [
			{ at, progress: twin },
			{ at: parcel.until, progress: 1 }
		];
	return parcel;
}

/** The one on its link that an event is about: what arrives is what was due then. */
function meant(
	event: EventOf<'packet.delivered' | 'packet.dropped' | 'packet.changed'>,
	byNumber: ReadonlyMap<number, readonly Draft[]>
): Draft | undefined {
	const sent = byNumber.get(event.packet);
	if (!sent) return undefined;
	const all = sent.length === 1 && sent[0]?.link === event.link ? sent : onLink(sent, event.link);
	const open = all.length === 1 && all[0]?.ended === Infinity ? all : all.filter(isOpen);
	if (event.kind === 'packet.dropped' && event.host !== null && all.length)
		return open.find(({ lost }) => lost) ?? all.findLast(({ ended }) => ended !== Infinity) ?? open[0];
	const due = event.kind === 'packet.changed' ? undefined : open.find(({ until }) => until === event.at);
	return due ?? open[0] ?? (event.kind === 'packet.changed' ? undefined : all[all.length - 1]);
}

const onLink = (sent: readonly Draft[], link: string): readonly Draft[] =>
	sent.filter((one) => one.link === link);
const isOpen = ({ ended }: Draft): boolean => ended === Infinity;

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
