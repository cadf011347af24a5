import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/sim/scenario.ts';
import { routesOf } from '#lib/sim/topology.ts';
import { t1, t3 } from '../fixtures/net.ts';
import { t0 } from '../fixtures/t0.ts';

const routes = (scenario: Scenario, id: string) =>
	routesOf(
		scenario.hosts.find((host) => host.id === id)!,
		scenario
	).map(({ to, link }) => `${to} ${link}`);

describe('routes that follow from the links', () => {
	test('two hosts on one link need none', () => {
		expect([routes(t0(), 'desk'), routes(t0(), 'post')]).toEqual([[], []]);
	});

	test('a host behind a router sends everything to it; routers know the networks beyond their neighbours', () => {
		expect(routes(t1(), 'desk')).toEqual(['0.0.0.0/0 desk-r1']);
		expect(routes(t1(), 'r1')).toEqual(['198.51.100.0/24 r1-r2']);
		expect(routes(t1(), 'r2')).toEqual(['192.0.2.0/24 r1-r2']);
	});

	test('outside a translator nobody knows a way in, inside everybody knows the way out', () => {
		expect(routes(t3(), 'r2')).toEqual([]);
		expect(routes(t3(), 'r1')).toEqual(['198.51.100.0/24 r1-r2']);
		expect(routes(t3(), 'pocket')).toEqual(['0.0.0.0/0 pocket-r1']);
	});

	test('addresses of one network that lie apart get routes of their own; the shortest way is taken', () => {
		const { hosts, links } = t1();
		const far: Scenario = {
			hosts: [
				...hosts,
				{ id: 'r3', role: 'router', address: '203.0.113.33' },
				{ id: 'far', role: 'client', address: '198.51.100.99' }
			],
			links: [
				...links,
				{ id: 'r1-r3', ends: ['r1', 'r3'], delay: 1, mtu: 1500 },
				{ id: 'r2-r3', ends: ['r2', 'r3'], delay: 1, mtu: 1500 },
				{ id: 'r3-far', ends: ['r3', 'far'], delay: 1, mtu: 1500 }
			]
		};
		const known = routes(far, 'r1');
		expect(known).toContain('198.51.100.25/32 r1-r2');
		expect(known).toContain('198.51.100.99/32 r1-r3');
		expect(routes(far, 'far')).toEqual(['0.0.0.0/0 r3-far']);
	});

	test('a host is no router, whatever links it has: only its own addresses are reached through it', () => {
		const { hosts, links } = t1();
		const plain = hosts.map((host) => (host.id === 'r1' ? { ...host, role: 'client' as const } : host));
		expect(routes({ hosts: plain, links }, 'desk')).toEqual(['203.0.113.0/24 desk-r1']);
	});
});
