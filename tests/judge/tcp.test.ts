// What no TCP segment may be: each in a capture of its own, named with its clause and its packet, and only the first.
import { describe, expect, test } from 'vitest';
import { captureOf } from '#lib/player/capture.ts';
import { logOf, scenario, STORY, type Segment } from '../fixtures/exchange.ts';
import { judged } from './open.ts';

const conversation = (segments: readonly Segment[]) =>
	judged(captureOf(logOf(segments), scenario, 'run')).conversations[0]!;
const deviation = (segments: readonly Segment[]) => {
	const found = conversation(segments).tcp.deviation;
	return found && `${found.who}: ${found.say} ${found.rfc}, packet ${found.packet}`;
};
/** Opened, greeted, and then what is given. */
const OPENED = STORY.slice(0, 5);
const after = (...segments: readonly Omit<Segment, 'at'>[]): readonly Segment[] => [
	...OPENED,
	...segments.map((one, i) => ({ ...one, at: 1_000_000 + i * 50_000 }))
];
const FIN: Omit<Segment, 'at'> = { from: 'desk', flags: 'FA', seq: 1001, ack: 5030 };

describe('what breaks RFC 9293', () => {
	test.each<readonly [string, readonly Segment[], string]>([
		[
			'text after FIN',
			after(FIN, { from: 'desk', flags: 'PA', seq: 1002, ack: 5030, text: 'STAT\r\n' }),
			'client: The client sends more text after its FIN, with which it had promised to send none. RFC 9293 §3.10.4, packet 7'
		],
		[
			'a connection gone on with after RST',
			after(
				{ from: 'post', flags: 'RA', seq: 5030, ack: 1001 },
				{ from: 'post', flags: 'PA', seq: 5030, ack: 1001, text: '+OK\r\n' }
			),
			'server: The server goes on with a connection that it has reset. RFC 9293 §3.10.7.1, packet 7'
		],
		[
			'a segment without ACK',
			after({ from: 'desk', flags: 'P', seq: 1001, text: 'STAT\r\n' }),
			'client: A segment without ACK, which only the first SYN and RST may lack. RFC 9293 §3.1, packet 6'
		],
		[
			'a SYN,ACK of something else',
			[STORY[0]!, { ...STORY[1]!, ack: 1000 }],
			'server: The SYN,ACK acknowledges 0 where the SYN asks for 1 (relative). RFC 9293 §3.5, packet 2'
		]
	])('%s', (_, segments, sentence) => {
		expect(deviation(segments)).toBe(sentence);
	});

	test('the first is named, whatever comes later', () => {
		const segments = after(
			{ from: 'desk', flags: 'P', seq: 1001, text: 'STAT\r\n' },
			{ ...FIN, seq: 1007 },
			{ from: 'desk', flags: 'PA', seq: 1008, ack: 5030, text: 'STAT\r\n' }
		);
		expect(deviation(segments)).toContain('packet 6');
	});
});

describe('what does not', () => {
	test.each<readonly [string, readonly Segment[]]>([
		['the whole story, with its loss', STORY],
		['a FIN sent again, and an acknowledgment after it', after(FIN, FIN, { ...FIN, flags: 'A', seq: 1002 })],
		[
			'text sent again after FIN',
			after(
				{ from: 'desk', flags: 'PA', seq: 1001, ack: 5030, text: 'QUIT\r\n' },
				{ ...FIN, seq: 1007 },
				{ from: 'desk', flags: 'PA', seq: 1001, ack: 5030, text: 'QUIT\r\n' }
			)
		],
		['a reset without ACK', after({ from: 'desk', flags: 'R', seq: 1001 })]
	])('%s', (_, segments) => {
		expect(deviation(segments)).toBeNull();
	});

	test('a capture that begins in the middle: said, and the ends are walked from ESTABLISHED', () => {
		const { tcp, states } = conversation(STORY.slice(4, 8));
		expect(tcp.deviation).toBeNull();
		expect(tcp.unusual.map(({ say }) => say)).toEqual([
			'The capture begins in the middle of the connection.'
		]);
		expect(states).toEqual(['ESTABLISHED', 'ESTABLISHED']);
	});

	test('both ends are walked through the table: a close from one side', () => {
		const { states } = conversation(after(FIN, { from: 'post', flags: 'A', seq: 5030, ack: 1002 }));
		expect(states).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
	});
});
