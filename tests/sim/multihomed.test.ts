// A server with two links and an address on each (RFC 1122 §3.3.4): it is one host at both, and speaks from the right one.
import { describe, expect, test } from 'vitest';
import type { HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { converse } from '../fixtures/net.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

const LOGIN = ['USER ada', 'PASS lovelace', 'STAT', 'QUIT'];
const SECOND = '203.0.113.25';

/** `desk - post - pocket`, and `post` is 198.51.100.25 to the one and 203.0.113.25 to the other. */
function twoDoors(): Scenario {
	const { hosts, links } = t0();
	const pocket: HostSpec = { id: 'pocket', role: 'client', address: '203.0.113.10' };
	return {
		hosts: [
			...hosts.map((host) =>
				host.id === 'post' ? { ...host, interfaces: [{ link: 'pocket-post', address: SECOND }] } : host
			),
			pocket
		],
		links: [...links, { id: 'pocket-post', ends: ['pocket', 'post'], delay: 20_000, mtu: 576 }]
	};
}
const mail = shown(converse(t0(), ['connect post 110', ...LOGIN]).log);

describe('a server with an address on each of two links', () => {
	test.each([
		['desk', '198.51.100.25', '198.51.100.25'],
		['pocket', SECOND, SECOND],
		['desk', SECOND, SECOND],
		['pocket', '198.51.100.25', '198.51.100.25']
	])('is reached by %s at %s, and answers from there', (host, to, from) => {
		const { log } = converse(twoDoors(), [`connect ${to} 110`, ...LOGIN], host);
		expect(shown(log, host)).toBe(mail);
		const answers = of(log, 'packet.sent').filter((event) => event.from === 'post');
		expect(new Set(answers.map((event) => formatAddress(datagram(event).src)))).toEqual(new Set([from]));
		expect(of(log, 'packet.dropped')).toEqual([]);
	});

	test('serves both at once, each over its own link and cut to its width', () => {
		const world = converse(twoDoors(), ['connect 198.51.100.25 110'], 'desk');
		converse(twoDoors(), [`connect ${SECOND} 110`, ...LOGIN], 'pocket', world);
		const syns = of(world.log, 'packet.sent').filter(
			(event) => event.from === 'post' && event.again === undefined
		);
		expect(new Set(syns.map(({ link }) => link))).toEqual(new Set(['desk-post', 'pocket-post']));
		const offered = (link: string) => segment(syns.find((event) => event.link === link)!).options[0];
		expect(offered('desk-post')).toEqual({ kind: 'mss', value: 1460 });
		expect(offered('pocket-post')).toEqual({ kind: 'mss', value: 536 });
	});

	test('asks from the address on the link that leads there', () => {
		const world = createWorld(twoDoors(), 1);
		for (const to of ['desk', 'pocket'])
			world.input({ at: world.now, input: { kind: 'ping', host: 'post', to } });
		world.runUntilQuiet();
		const asked = of(world.log, 'packet.sent').filter((event) => event.from === 'post');
		expect(asked.map((event) => [event.link, formatAddress(datagram(event).src)])).toEqual([
			['desk-post', '198.51.100.25'],
			['pocket-post', SECOND]
		]);
		expect(of(world.log, 'icmp.received')).toHaveLength(2);
	});

	test('passes nothing on from one to the other: it is no router (RFC 1122 §3.3.4.2)', () => {
		const world = createWorld(twoDoors(), 1);
		world.input({ at: 0, input: { kind: 'route', host: 'desk', to: '203.0.113.10', link: 'desk-post' } });
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'pocket' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: 'post', reason: 'unroutable', detail: 'post is not the destination and no router' }
		]);
	});
});

test('a client with two links connects from the address on the way, by the longest prefix', () => {
	const { hosts, links } = t0();
	const scenario: Scenario = {
		hosts: hosts.map((host) =>
			host.id === 'desk' ? { ...host, interfaces: [{ link: 'other', address: '192.0.2.77' }] } : host
		),
		links: [...links, { id: 'other', ends: ['desk', 'post'], delay: 20_000, mtu: 1500 }]
	};
	const world = createWorld(scenario, 1);
	for (const [to, link] of [
		['198.51.100.0/24', 'desk-post'],
		['198.51.100.25', 'other']
	] as const)
		world.input({ at: 0, input: { kind: 'route', host: 'desk', to, link } });
	world.input({ at: 0, input: { kind: 'route', host: 'post', to: '192.0.2.77', link: 'other' } });
	converse(scenario, ['connect post 110', ...LOGIN], 'desk', world);
	expect(shown(world.log)).toBe(mail);
	const sent = of(world.log, 'packet.sent');
	expect(new Set(sent.map(({ link }) => link))).toEqual(new Set(['other']));
	expect(formatAddress(datagram(sent[0]!).src)).toBe('192.0.2.77');
	world.input({ at: world.now, input: { kind: 'route', host: 'desk', to: '198.51.100.25' } });
	converse(scenario, ['connect post 110'], 'desk', world);
	const again = of(world.log, 'packet.sent').filter(({ seq }) => seq > sent.at(-1)!.seq);
	expect(again[0]).toMatchObject({ from: 'desk', link: 'desk-post' });
	expect(formatAddress(datagram(again[0]!).src)).toBe('192.0.2.10');
});
