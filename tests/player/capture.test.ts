import { expect, test } from 'vitest';
import { readPcapng } from '#lib/capture/pcap.ts';
import { captureOf, fileName, UNTOLD } from '#lib/player/capture.ts';
import type { Event } from '#lib/sim/event.ts';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';

const log = logOf(STORY);
const read = () => readPcapng(captureOf(log, scenario, '2.1 Show your papers'));

test('every packet is there with its octets and its virtual time', () => {
	const { packets } = read();
	const sent = log.flatMap((event) => (event.kind === 'packet.sent' ? [event] : []));
	expect(packets.map((packet) => packet.at)).toEqual(sent.map((event) => event.at));
	packets.forEach((packet, i) => expect([...packet.bytes]).toEqual([...(sent[i]?.bytes ?? [])]));
});

test('an interface per link says what it is', () => {
	const [link] = read().interfaces;
	expect(link?.name).toBe('desk-post');
	expect(link?.description).toBe('2.1 Show your papers: desk to post, 20 ms, MTU 1500');
});

test('of a link that was met in a capture nothing is said but its ends', () => {
	const links = scenario.links.map((link) => ({ ...link, ...UNTOLD }));
	const [link] = readPcapng(captureOf(log, { ...scenario, links }, 'seen.pcap')).interfaces;
	expect(link?.description).toBe('seen.pcap: desk to post');
});

test('the lost and the repeated are told in comments, the rest carries none', () => {
	const comments = read().packets.map((packet) => packet.comment);
	expect(comments[7]).toBe('lost on desk-post');
	expect(comments[8]).toBe('retransmission of packet 8');
	expect(comments.filter((comment) => comment !== undefined)).toHaveLength(2);
});

test('a packet that crosses two links is captured on both', () => {
	const [first] = log;
	if (first?.kind !== 'packet.sent') throw new Error('no packet');
	const links = [...scenario.links, { id: 'r-post', ends: ['r', 'post'] as const, delay: 5000, mtu: 576 }];
	const hop: Event = { ...first, seq: 1, at: 20_000, link: 'r-post', from: 'r' };
	const { packets } = readPcapng(captureOf([first, hop], { ...scenario, links }, 'two links'));
	expect(packets.map((packet) => [packet.interface, packet.at])).toEqual([
		[0, 0],
		[1, 20_000]
	]);
});

test('an empty run is still a file with its interface', () => {
	const empty = readPcapng(captureOf([], scenario, 'nothing'));
	expect(empty.interfaces).toHaveLength(1);
	expect(empty.packets).toEqual([]);
});

test('the file is named after the level', () => {
	expect(fileName({ number: '1.1', slug: 'knock' })).toBe('1.1-knock.pcapng');
});

test('of a run by link and by packet: only what was chosen, and no interface beside it', () => {
	const hop = (event: Event): Event =>
		event.kind === 'packet.sent' ? { ...event, link: 'r1-post', seq: event.seq + log.length } : event;
	const links = [...scenario.links, { id: 'r1-post', ends: ['r1', 'post'], delay: 0, mtu: 1500 } as const];
	const both = [...log, ...log.filter(({ kind }) => kind === 'packet.sent').map(hop)];
	const chosen = { links: new Set(['r1-post']), packets: new Set([2, 3]) };
	const read = readPcapng(captureOf(both, { ...scenario, links }, 'x', chosen));
	expect(read.interfaces.map(({ name }) => name)).toEqual(['r1-post']);
	expect(read.packets.map((packet) => packet.interface)).toEqual([0, 0]);
	const sent = log.flatMap((event) => (event.kind === 'packet.sent' ? [event] : []));
	expect(read.packets.map(({ bytes }) => [...bytes])).toEqual(
		sent.filter(({ packet }) => packet === 2 || packet === 3).map(({ bytes }) => [...bytes])
	);
});
