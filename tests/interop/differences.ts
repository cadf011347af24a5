// Where our analysis and that of Wireshark 4.0 part, each with its reason. The test beside this finds every difference
// explained here, and every entry in use.
import type { Analysed } from '#lib/capture/analysis/row.ts';

export interface Difference {
	/** A field of Wireshark. */
	readonly field: string;
	/** '' where it is not there. */
	readonly theirs: string;
	readonly ours: string;
}

/** What came before in the conversation, besides the packet's own row. */
export interface Context {
	readonly row: Analysed;
	/** All differences of this packet. */
	readonly all: readonly Difference[];
	/** A receiver has taken in the octet of a window probe. */
	readonly taken: boolean;
	/** Octets were acknowledged that nobody saw. */
	readonly unseen: boolean;
	/** The last segment from the other side reports octets that came twice (D-SACK). */
	readonly twice: boolean;
	/** And how many blocks it reports. */
	readonly blocks: number;
	/** A SYN without ACK came after the other side had sent something. */
	readonly lateSyn: boolean;
	/** Numbers from before the capture began have come. */
	readonly early: boolean;
	/** An ICMP error has quoted a fragment. */
	readonly quoted: boolean;
}

export interface Entry {
	readonly reason: string;
	readonly explains: (difference: Difference, context: Context) => boolean;
}

const onlyTheirs = ({ theirs, ours }: Difference): boolean => theirs !== '' && ours === '';
const onlyOurs = ({ theirs, ours }: Difference): boolean => theirs === '' && ours !== '';
const named = ({ field }: Difference, ...names: string[]): boolean =>
	names.some((name) => field === `tcp.analysis.${name}`);

export const TABLE: readonly Entry[] = [
	{
		reason:
			'The acknowledgment number means nothing without ACK (RFC 9293 §3.1): we give none, they print it.',
		explains: ({ field, ours }, { row }) => field === 'tcp.ack' && ours === '' && row.tcp?.ack === null
	},
	{
		reason:
			'They print the initial round trip only beside another finding about the same packet; we always have it.',
		explains: (one) => named(one, 'initial_rtt') && onlyOurs(one)
	},
	{
		reason: 'They print no round trip that took no time at all.',
		explains: (one) => named(one, 'ack_rtt') && onlyOurs(one) && Number(one.ours) === 0
	},
	{
		reason:
			'What was seen before, and still waits for its acknowledgment, cannot be late: we say retransmission where they say out of order because little time has passed.',
		explains: (one, { all }) =>
			(named(one, 'out_of_order') &&
				onlyTheirs(one) &&
				all.some((other) => named(other, 'retransmission'))) ||
			(named(one, 'retransmission') && onlyOurs(one) && all.some((other) => named(other, 'out_of_order')))
	},
	{
		reason:
			'A receiver may take in the octet of a window probe and acknowledge it (RFC 9293 §3.8.6.1). They take that for the acknowledgment of something unseen and then miss a segment; we let the numbers go on, so later probes, what is in flight and what a later ACK repeats are known.',
		explains: (one, { taken }) =>
			taken &&
			((named(
				one,
				...['zero_window_probe_ack', 'zero_window_probe', 'keep_alive_ack', 'bytes_in_flight'],
				...['window_update', 'duplicate_ack', 'duplicate_ack_num', 'duplicate_ack_frame']
			) &&
				onlyOurs(one)) ||
				(named(one, 'ack_lost_segment', 'lost_segment') && onlyTheirs(one)))
	},
	{
		reason:
			'They mix up the count of duplicate ACKs with their memory of unseen segments: after either they are silent about the next unseen one, begin to count duplicates anew, and call a retransmission fast for which no duplicate asked.',
		explains: (one, { unseen, all }) =>
			unseen &&
			((named(one, 'ack_lost_segment') && onlyOurs(one)) ||
				named(one, 'duplicate_ack_num') ||
				(named(one, 'fast_retransmission') && onlyTheirs(one)) ||
				(named(one, 'retransmission', 'out_of_order') &&
					all.some((other) => named(other, 'fast_retransmission'))))
	},
	{
		reason:
			'They subtract every selectively acknowledged block from what is in flight, also one that tells of octets which came twice (RFC 2883) and were acknowledged long ago.',
		explains: (one, { twice }) =>
			named(one, 'bytes_in_flight') && twice && Number(one.theirs) < Number(one.ours)
	},
	{
		reason: 'Of four blocks acknowledged selectively they subtract the first three.',
		explains: (one, { blocks }) =>
			named(one, 'bytes_in_flight') && blocks > 3 && Number(one.theirs) > Number(one.ours)
	},
	{
		reason:
			'A capture that begins late may bring numbers before its first; relative to it they wrap, and what they count in flight with them.',
		explains: (one, { early }) => named(one, 'bytes_in_flight') && early
	},
	{
		reason:
			'They read the acknowledgment number of a SYN without ACK, which is 0, and forget by it what waits for an acknowledgment.',
		explains: (one, { lateSyn }) => named(one, 'acks_frame', 'ack_rtt') && lateSyn
	},
	{
		reason: 'They put a fragment that is only quoted by an ICMP error together with those that passed.',
		explains: ({ field }, { quoted }) => field === 'ip.fragment' && quoted
	}
];
