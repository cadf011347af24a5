// Display filters held against Wireshark's own: for each expression tshark and we let the same packets through.
import { beforeAll, expect, test } from 'vitest';
import { haveJudge } from '../../scripts/judges.mjs';
import type { CapturePacket } from '#lib/capture/capture.ts';
import { writePcapng } from '#lib/capture/pcapng.ts';
import { captured } from '#lib/player/capture.ts';
import { matches, subjectOf } from '#lib/wire/filter/matches.ts';
import { parseFilter } from '#lib/wire/filter/parse.ts';
import { crafted } from '../fixtures/crafted.ts';
import { runSession } from './sessions.ts';
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

const STRICT = ['tcp.desegment_tcp_streams:FALSE', 'pop.desegment_data:FALSE'];

if (haveJudge('tshark')) {
	let packets: readonly CapturePacket[] = [];
	let capture: Uint8Array;

	beforeAll(() => {
		// one without loss: of what is sent again Wireshark leaves the text unread
		const { world, scenario } = runSession(13);
		const session = captured(world.log, scenario, 'filters');
		const more = crafted.map(([, bytes]) => ({ interface: 0, at: world.now, bytes }));
		packets = [...session.packets, ...more];
		capture = writePcapng({ ...session, packets });
	});

	test.for(EXPRESSIONS)('%s', (source) => {
		const parsed = parseFilter(source);
		expect(parsed).toMatchObject({ ok: true });
		if (!parsed.ok) return;
		const ours = packets.flatMap(({ bytes }, i) =>
			matches(parsed.filter, subjectOf(bytes, i + 1)) ? [i + 1] : []
		);
		const theirs = tshark(capture, ['-Y', source, '-T', 'fields', '-e', 'frame.number'], STRICT);
		expect(ours).toEqual(theirs.split('\n').filter(Boolean).map(Number));
		expect(ours.length).toBeGreaterThan(0);
	});
}
