/**
 * What a display filter may ask of a packet that its octets do not tell: its time, its connection, and what the analysis
 * made of it. Names and conditions are Wireshark's.
 */
import { FILTER_NAMES } from '#lib/capture/analysis/filter-names.ts';
import type { Micros } from '#lib/sim/event.ts';
import type { Datum } from '#lib/wire/filter/matches.ts';
import type { PacketRow } from '../packets.ts';

const ANALYSIS = 'tcp.analysis.';

const seconds = (micros: Micros): number => micros / 1e6;
const present = (is: boolean): readonly Datum[] => (is ? [1] : []);
const one = (value: number | null | undefined): readonly Datum[] =>
	value === null || value === undefined ? [] : [value];

/** The values of a field; undefined: the octets tell. `start` is when the first packet was sent. */
export function besideOf(
	row: Pick<PacketRow, 'at' | 'since' | 'analysis'>,
	start: Micros
): (name: string) => readonly Datum[] | undefined {
	const { tcp, udp } = row.analysis?.found ?? {};
	return (name) => {
		switch (name) {
			case 'frame.time_relative':
				return [seconds(row.at - start)];
			case 'frame.time_delta':
				return [seconds(row.since)];
			case 'tcp.stream':
				return one(tcp?.conversation);
			case 'udp.stream':
				return one(udp?.conversation);
			case 'tcp.seq':
				return one(tcp?.seq);
			case 'tcp.ack':
				return one(tcp?.ack);
		}
		if (!name.startsWith(ANALYSIS)) return undefined;
		const what = name.slice(ANALYSIS.length);
		const marks = tcp?.marks ?? [];
		const mark = FILTER_NAMES[what];
		if (mark) return present(marks.includes(mark));
		switch (what) {
			case 'flags':
				return present(marks.length > 0);
			case 'retransmission':
				// the special kinds are retransmissions too
				return present(marks.some((each) => each.endsWith('retransmission')));
			case 'duplicate_ack_num':
				return one(tcp?.duplicate?.count);
			case 'duplicate_ack_frame':
				return one(tcp?.duplicate?.of);
			case 'acks_frame':
				return one(tcp?.acknowledges?.packet);
			case 'ack_rtt':
				return one(tcp?.acknowledges && seconds(tcp.acknowledges.after));
			case 'initial_rtt':
				return one(tcp?.initialRoundTrip === undefined ? null : seconds(tcp.initialRoundTrip));
			case 'bytes_in_flight':
				return one(tcp?.inFlight);
		}
		return [];
	};
}
