import { describe, expect, test } from 'vitest';
import { Flight } from '#lib/sim/flight.ts';
import { ACK, FIN, SYN, type TcpSegment } from '#lib/wire/tcp.ts';

function segment(seq: number, length: number, flags = ACK): TcpSegment {
	const payload = new Uint8Array(length);
	return { srcPort: 1, dstPort: 2, seq, ack: 0, flags, window: 0, urgent: 0, options: [], payload };
}
const sent = (packet: number) => ({ packet, event: packet * 10 });

describe('what is in flight', () => {
	test('a segment is the repetition of the packet that first carried its first octet', () => {
		const flight = new Flight();
		flight.note(segment(100, 10), sent(1));
		flight.note(segment(110, 10), sent(2));
		expect(flight.original(segment(100, 10))?.packet).toBe(1);
		expect(flight.original(segment(115, 1))?.packet).toBe(2);
		expect(flight.original(segment(120, 1))).toBeNull();
	});

	test('a pure acknowledgement repeats nothing', () => {
		const flight = new Flight();
		flight.note(segment(100, 10), sent(1));
		expect(flight.original(segment(105, 0))).toBeNull();
	});

	test('SYN and FIN count one', () => {
		const flight = new Flight();
		flight.note(segment(0, 0, SYN), sent(1));
		flight.note(segment(1, 0, ACK | FIN), sent(2));
		expect(flight.original(segment(0, 0, SYN))?.packet).toBe(1);
		expect(flight.original(segment(1, 0, ACK | FIN))?.packet).toBe(2);
	});

	test('a repetition is not a new original; only what it carries beyond is', () => {
		const flight = new Flight();
		flight.note(segment(100, 10), sent(1));
		flight.note(segment(100, 10), sent(2));
		flight.note(segment(100, 15), sent(3));
		expect(flight.original(segment(100, 10))?.packet).toBe(1);
		expect(flight.original(segment(110, 5))?.packet).toBe(3);
	});

	test('what is acknowledged is forgotten; an acknowledgement of the future forgets nothing', () => {
		const flight = new Flight();
		flight.note(segment(100, 10), sent(1));
		flight.note(segment(110, 10), sent(2));
		flight.acknowledged(500);
		expect(flight.original(segment(100, 10))?.packet).toBe(1);
		flight.acknowledged(110);
		expect(flight.original(segment(100, 10))).toBeNull();
		expect(flight.original(segment(110, 10))?.packet).toBe(2);
	});

	test('numbers wrap', () => {
		const flight = new Flight();
		flight.note(segment(0xffff_fff8, 16), sent(1));
		flight.note(segment(8, 4), sent(2));
		expect(flight.original(segment(2, 1))?.packet).toBe(1);
		flight.acknowledged(8);
		expect(flight.original(segment(2, 1))).toBeNull();
		expect(flight.original(segment(9, 1))?.packet).toBe(2);
	});
});
