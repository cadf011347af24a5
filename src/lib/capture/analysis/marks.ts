/**
 * What is remarkable about a segment, judged from what was seen before it in both directions. The conditions are those
 * that packet analysers use, as their manuals state them, so that a learner finds the same words elsewhere. Someone who
 * stands beside the line cannot know more than this: a mark is a likely reading, and time decides some of them.
 */
import { FIN, RST, SYN } from '#lib/wire/tcp.ts';
import { add, gt, gte, lte, type Seq } from '#lib/wire/seq.ts';
import { holds, type Flow } from './flow.ts';
import type { Segment } from './read.ts';
import type { Micros } from './row.ts';

export type Mark =
	/** Octets (or SYN, FIN) sent before, and the time-out was probably why. */
	| 'retransmission'
	/** Sent again because duplicate ACKs asked for it. */
	| 'fast retransmission'
	/** Sent again although all of it had been acknowledged. */
	| 'spurious retransmission'
	/** Came after later octets, too soon for a retransmission. */
	| 'out of order'
	/** Octets before it were not seen. */
	| 'previous segment not captured'
	/** Acknowledges octets that were not seen. */
	| 'acknowledges unseen segment'
	| 'duplicate ACK'
	| 'zero window'
	/** One octet sent into a closed window. */
	| 'window probe'
	| 'answer to window probe'
	/** Its last octet is the last that the other side has room for. */
	| 'window full'
	| 'window update'
	| 'keep-alive'
	| 'answer to keep-alive'
	/** Opens a new conversation between ports that had one before. */
	| 'port reused';

/** Two duplicates at least, the last so lately, make a retransmission a fast one. */
const FAST_DUPLICATES = 2;
const FAST_WITHIN: Micros = 20_000;
/** What came after later octets within so much (or the initial round trip) is out of order and no retransmission. */
const OUT_OF_ORDER_WITHIN: Micros = 3_000;

export const takesSpace = ({ length, flags }: Segment): boolean => length > 0 || (flags & (SYN | FIN)) !== 0;

/** One after the last sequence number of a segment. */
export function endOf({ seq, length, flags }: Segment): Seq {
	return add(seq, length + (flags & (SYN | FIN) ? 1 : 0));
}

/** The marks of a segment that `mine` is about to send, `theirs` being the other direction. */
export function marksOf(
	segment: Segment,
	mine: Flow,
	theirs: Flow,
	at: Micros,
	initialRoundTrip: Micros | null
): Mark[] {
	const { seq, length, window, flags } = segment;
	const plain = (flags & (SYN | FIN | RST)) === 0;
	const expected = mine.next;
	const due = seq === expected;
	const again = repetition(segment, mine, theirs, at, initialRoundTrip);
	if (length === 1 && (due || seq === mine.probe) && theirs.window === 0)
		return again ? ['window probe', again] : ['window probe'];

	const marks: Mark[] = [];
	if (window === 0 && plain) marks.push('zero window');
	if (expected !== null && gt(seq, expected) && !(flags & RST)) marks.push('previous segment not captured');
	const keepAlive = length <= 1 && plain && expected !== null && seq === add(expected, -1);
	if (keepAlive) marks.push('keep-alive');
	const repeats = length === 0 && plain && due && segment.ack === mine.ack;
	if (repeats && window > 0 && mine.window !== null && window !== mine.window) marks.push('window update');
	if (length > 0 && plain && add(seq, length) === edgeOf(theirs)) marks.push('window full');
	if (length === 0 && plain && due && window === mine.window) {
		const asked = theirs.marks;
		if (repeats && window > 0 && asked.includes('keep-alive')) marks.push('answer to keep-alive');
		else if (window === 0 && asked.includes('window probe') && answersProbe(segment, mine))
			marks.push('answer to window probe');
		else if (repeats && window > 0) marks.push('duplicate ACK');
	}
	if (again && !keepAlive) marks.push(again);
	return marks;
}

/** A receiver may take the probe's octet in or leave it. */
const answersProbe = ({ ack }: Segment, { ack: before }: Flow): boolean =>
	before !== null && (ack === before || ack === add(before, 1));

/** One after the last octet that `theirs` has room for; null when its window cannot be known. */
function edgeOf({ ack, window, scale }: Flow): Seq | null {
	return ack === null || window === null || scale === null ? null : add(ack, window * 2 ** scale);
}

/** How a segment repeats what was sent before, if it does. */
function repetition(
	segment: Segment,
	mine: Flow,
	theirs: Flow,
	at: Micros,
	initialRoundTrip: Micros | null
): Mark | null {
	const { seq, length } = segment;
	if (!takesSpace(segment)) return null;
	if (length > 0 && theirs.ack !== null && lte(add(seq, length), theirs.ack))
		return 'spurious retransmission';
	const end = endOf(segment);
	if (mine.next === null || gte(seq, mine.next)) return null;
	// a probe's one octet, and now with it those that it asked leave for
	if (length > 1 && seq === add(mine.next, -1)) return null;
	const asked = theirs.duplicates >= FAST_DUPLICATES && theirs.ack === seq;
	if (asked && at - theirs.at < FAST_WITHIN) return 'fast retransmission';
	const soon = at - mine.nextAt < (initialRoundTrip || OUT_OF_ORDER_WITHIN);
	if (soon && end !== mine.next && !holds(mine, seq, end)) return 'out of order';
	return 'retransmission';
}
