// Display filters held against Wireshark's own: for each expression tshark and we let the same packets through.
import { beforeAll, expect, test } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import { analyse, createAnalysis } from '#lib/capture/analysis/analyse.ts';
import type { CapturePacket } from '#lib/capture/capture.ts';
import { writePcapng } from '#lib/capture/pcapng.ts';
import { captured } from '#lib/player/capture.ts';
import { besideOf } from '#lib/player/filter/beside.ts';
import { matches, subjectOf } from '#lib/wire/filter/matches.ts';
import { parseFilter } from '#lib/wire/filter/parse.ts';
import { encodeIpv4, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { crafted } from '../fixtures/crafted.ts';
import { runSession } from './sessions.ts';
import { bad, joined } from './taps.ts';
import { tshark } from './tshark.ts';

const EXPRESSIONS = [
	'tcp',
	'pop',
	'icmp || udp',
	'!tcp',
	'tcp.flags.syn == 1 && ip.ttl < 65',
	'tcp.flags.syn == True and not tcp.flags.ack == 1',
	'tcp.flags & 0x11',
	'tcp.flags & 0x12 == 0x12',
	'tcp.flags.push == 1 || tcp.flags.fin == 1 && tcp.len > 0',
	'(tcp.flags.push == 1 || tcp.flags.fin == 1) && tcp.len == 0',
	'tcp.port == 110',
	'tcp.port != 49152',
	'tcp.srcport in {110, 49152..49160}',
	'ip.addr == 192.0.2.0/24',
	'ip.src == 198.51.100.25 && tcp.len >= 100',
	'ip.dst != 198.51.100.25',
	'ip.src > 193.0.0.0',
	'tcp.hdr_len > 20',
	'tcp.options.mss_val <= 1460',
	'tcp.options.mss',
	'tcp.window_size_value < 65535',
	'ip.id >= 0x10',
	'ip.flags.df == 1 && ip.len > 100',
	'ip.flags.mf == 1 || ip.frag_offset > 0',
	'icmp.type == 3 && icmp.code == 4',
	'pop.request.command == "DELE"',
	'pop.request.command != "QUIT"',
	'pop.request.command == "RETR" && pop.request.parameter == "2"',
	'pop.request.parameter contains "a"',
	'pop.response.indicator == "-ERR"',
	'pop.response.description contains "octets"',
	'tcp.payload contains "From: "',
	'tcp.payload contains "\\x0d\\x0a.\\x0d\\x0a"',
	'frame.number <= 20 || frame.len == 40',
	'udp.port != 53'
] as const;

/** What only the packets before one can tell. */
const BESIDE = [
	'tcp.stream == 1',
	'tcp.stream in {2, 4..6} && tcp.len > 0',
	'tcp.stream > 10 || udp.stream == 0',
	'udp.stream >= 1',
	'tcp.seq == 0',
	'tcp.seq == 1 && tcp.len > 0',
	'tcp.seq > 3000',
	'tcp.ack == 1 && tcp.flags.syn == 0',
	'tcp.ack >= 100 && tcp.ack < 2000',
	'frame.time_relative > 8.5',
	'frame.time_relative <= 0.021',
	'frame.time_delta == 0 && tcp',
	'frame.time_delta >= 0.02',
	'tcp.analysis.flags',
	'!tcp.analysis.flags && tcp.len > 0',
	'tcp.analysis.retransmission',
	'tcp.analysis.fast_retransmission',
	'tcp.analysis.spurious_retransmission',
	'tcp.analysis.retransmission && !tcp.analysis.fast_retransmission',
	'tcp.analysis.out_of_order',
	'tcp.analysis.lost_segment',
	'tcp.analysis.ack_lost_segment',
	'tcp.analysis.duplicate_ack',
	'tcp.analysis.duplicate_ack_num == 2',
	'tcp.analysis.duplicate_ack_frame < 500',
	'tcp.analysis.zero_window',
	'tcp.analysis.zero_window_probe',
	'tcp.analysis.zero_window_probe_ack',
	'tcp.analysis.window_full',
	'tcp.analysis.window_update',
	'tcp.analysis.keep_alive',
	'tcp.analysis.keep_alive_ack',
	'tcp.analysis.reused_ports',
	'tcp.analysis.acks_frame in {1..40}',
	'tcp.analysis.ack_rtt > 0.03',
	'tcp.analysis.ack_rtt <= 0.03 && tcp.analysis.ack_rtt > 0',
	'tcp.analysis.initial_rtt > 0.01 && tcp.analysis.flags',
	'tcp.analysis.bytes_in_flight >= 1000'
] as const;
/** Bad lines of which we and they think the same; where they differ and why, analysis.test.ts says. */
const LINES = [8, 31, 49, 50];

const STRICT = ['tcp.desegment_tcp_streams:FALSE', 'pop.desegment_data:FALSE'];

interface Tapped {
	readonly packets: readonly CapturePacket[];
	readonly capture: Uint8Array;
	/** What a filter may ask beside the octets, by position. */
	readonly beside: readonly ReturnType<typeof besideOf>[];
}

/** Bad lines, a port used again, and datagrams of UDP. */
function tapped(): Tapped {
	const lines = joined(LINES.flatMap(bad));
	const last = lines.at(-1)?.at ?? 0;
	const again = Uint8Array.from(lines[0]?.bytes ?? []);
	TCP.set.seq(again, IPV4.octets, 7);
	const questions = [53_000, 53_001].map((port) =>
		encodeIpv4(
			{ src: 1, dst: 2, protocol: UDP_PROTOCOL },
			Uint8Array.of(port >> 8, port & 255, 0, 53, 0, 8, 0, 0)
		)
	);
	const packets = [
		...lines,
		...[again, ...questions].map((bytes, i) => ({ interface: 0, at: last + 50_000 * (i + 1), bytes }))
	];
	const analysis = createAnalysis();
	const start = packets[0]?.at ?? 0;
	const beside = packets.map((one, i) => {
		const found = analyse(analysis, one);
		const since = one.at - (packets[i - 1]?.at ?? one.at);
		return besideOf({ at: one.at, since, analysis: { found, remarks: [], answer: null } }, start);
	});
	return { packets, capture: writePcapng({ interfaces: [{ name: 'line' }], packets }), beside };
}

/** The numbers of the packets that pass, by us and by them. */
function judged(source: string, { packets, capture, beside }: Tapped): readonly [number[], number[]] {
	const parsed = parseFilter(source);
	if (!parsed.ok) throw new Error(`${source}: ${parsed.say}`);
	const ours = packets.flatMap(({ bytes }, i) =>
		matches(parsed.filter, subjectOf(bytes, i + 1, beside[i])) ? [i + 1] : []
	);
	const theirs = tshark(capture, ['-Y', source, '-T', 'fields', '-e', 'frame.number'], STRICT);
	return [ours, theirs.split('\n').filter(Boolean).map(Number)];
}

if (haveJudge('tshark')) {
	let lines: Tapped;
	let packets: readonly CapturePacket[] = [];
	let capture: Uint8Array;

	beforeAll(() => {
		lines = tapped();
		// one without loss: of what is sent again Wireshark leaves the text unread
		const { world, scenario } = runSession(13);
		const session = captured(world.log, scenario, 'filters');
		const more = crafted.map(([, bytes]) => ({ interface: 0, at: world.now, bytes }));
		packets = [...session.packets, ...more];
		capture = writePcapng({ ...session, packets });
	});

	test.for(EXPRESSIONS)('%s', (source) => {
		const [ours, theirs] = judged(source, { packets, capture, beside: [] });
		expect(ours).toEqual(theirs);
		expect(ours.length).toBeGreaterThan(0);
	});

	test.for(BESIDE)('%s', (source) => {
		const [ours, theirs] = judged(source, lines);
		expect(ours).toEqual(theirs);
		expect(ours.length).toBeGreaterThan(0);
		expect(ours.length).toBeLessThan(lines.packets.length);
	});
}
