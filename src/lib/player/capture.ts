/**
 * A run as a capture file: every packet as it entered each link, one interface per link, stamped with virtual time.
 * What the octets cannot say (lost, repeated) is written beside them as a comment.
 */
import type { Capture, CapturePacket } from '#lib/capture/capture.ts';
import { writePcapng } from '#lib/capture/pcapng.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Event } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/capture-file.ts';
import { dropText } from './packets.ts';

/** What of a run is captured; absent: all of it. */
export interface Chosen {
	/** Ids of the links that are listened on. */
	readonly links?: ReadonlySet<string>;
	/** Numbers of the packets. */
	readonly packets?: ReadonlySet<number>;
}

/** The measures of a link of which nothing is known, because it was met in a capture. */
export const UNTOLD = { delay: 0, mtu: 65_535 };

/** The packets of a log by link, in the order in which they entered them. */
export function captured(
	log: readonly Event[],
	scenario: Scenario,
	title: string,
	{ links: taps, packets: numbers }: Chosen = {}
): Capture {
	const links = scenario.links.filter(({ id }) => !taps || taps.has(id));
	const place = new Map(links.map((link, i) => [link.id, i]));
	const drops = new Map<string, string>();
	for (const event of log)
		if (event.kind === 'packet.dropped') drops.set(`${event.packet} ${event.link}`, dropText(event));
	const packets: CapturePacket[] = [];
	for (const event of log) {
		if (event.kind !== 'packet.sent') continue;
		const on = place.get(event.link);
		if (on === undefined || (numbers && !numbers.has(event.packet))) continue;
		const drop = drops.get(`${event.packet} ${event.link}`);
		const notes = [
			...(event.again === undefined ? [] : [words.retransmission(event.again)]),
			...(drop === undefined ? [] : [drop])
		];
		packets.push({
			interface: on,
			at: event.at,
			bytes: event.bytes,
			...(notes.length > 0 && { comment: notes.join('; ') })
		});
	}
	const interfaces = links.map(({ id, ends, delay, mtu }) => {
		const told = delay > UNTOLD.delay || mtu < UNTOLD.mtu;
		return {
			name: id,
			description: words.link(title, ends[0], ends[1], told ? { delay: delay / 1000, mtu } : null)
		};
	});
	return { interfaces, packets };
}

/** The octets of a pcapng file that any packet analyser opens. */
export function captureOf(
	log: readonly Event[],
	scenario: Scenario,
	title: string,
	chosen?: Chosen
): Uint8Array {
	return writePcapng(captured(log, scenario, title, chosen), 'Interactive POP3');
}

/** `1.1-knock.pcapng`. */
export function fileName(level: Pick<Level, 'number' | 'slug'>): string {
	return `${level.number}-${level.slug}.pcapng`;
}
