import { describe, expect, test } from 'vitest';
import { ScenarioError } from '#lib/sim/check.ts';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t0 } from '../fixtures/t0.ts';

const good = t0();
const desk = (change: Partial<HostSpec>): Scenario => ({
	...good,
	hosts: good.hosts.map((host) => (host.id === 'desk' ? { ...host, ...change } : host))
});
const post = (change: object): Scenario => ({
	...good,
	hosts: good.hosts.map((host) => (host.pop3 ? { ...host, pop3: { ...host.pop3, ...change } } : host))
});
const link = (change: Partial<LinkSpec>): Scenario => ({
	...good,
	links: good.links.map((link) => ({ ...link, ...change }))
});

describe('a scenario is refused that has', () => {
	test.each<[string, Scenario, string]>([
		['two hosts of one name', desk({ id: 'post' }), 'hosts: name: "post" is given twice'],
		['an alias that is a host', desk({ aliases: ['Post'] }), 'hosts: name: "post" is given twice'],
		[
			'two hosts of one address',
			desk({ address: '198.51.100.25' }),
			'hosts: address: "198.51.100.25" is given twice'
		],
		[
			'an account on a router',
			desk({ role: 'router', account: { server: 'post', user: 'ada', password: 'x', policy: 'leave' } }),
			'hosts[0].account: a mail program needs the role "client"'
		],
		['a name in capitals', desk({ id: 'Desk' }), 'hosts[0].id: "Desk" is no short lower-case name'],
		[
			'an address of five parts',
			desk({ address: '192.0.2.10.1' }),
			'hosts[0].address: "192.0.2.10.1" is no dotted'
		],
		[
			'a port beyond the last',
			desk({ stack: { firstPort: 65_536 } }),
			'hosts[0].stack.firstPort: 65536 is no whole'
		],
		['half an octet of window', desk({ stack: { receiveBuffer: 0.5 } }), 'hosts[0].stack.receiveBuffer: 0.5'],
		[
			'a window in units larger than its buffer',
			desk({ stack: { windowScale: 14, receiveBuffer: 500 } }),
			'hosts[0].stack.windowScale: in units of 16384 octets a buffer of 500 is never open'
		],
		['an MSS of zero', desk({ stack: { mss: 0 } }), 'hosts[0].stack.mss: 0'],
		[
			'a POP3 server on a client',
			desk({ pop3: { personality: 'rfc', users: [] } }),
			'hosts[0].pop3: a POP3 server needs'
		],
		['a POP3 port 0', post({ port: 0 }), 'hosts[1].pop3.port: 0 is no port'],
		[
			'one user twice',
			post({ users: [0, 1].map(() => ({ name: 'ada', password: 'x', box: [] })) }),
			'hosts[1].pop3.users'
		],
		[
			'a filter that is no filter',
			desk({ filter: [{ action: 'drop', src: '10.0.0.1/8' }] }),
			'hosts[0].filter: rule 1: src'
		],
		[
			'a filter of no port',
			desk({ filter: [{ action: 'drop', dstPort: 65_536 }] }),
			'hosts[0].filter: rule 1: dstPort 65536'
		],
		[
			'a route by a link it lacks',
			desk({ routes: [{ to: '10.0.0.0/8', link: 'moon' }] }),
			'hosts[0].routes[0].link: desk has no'
		],
		[
			'a route to no prefix',
			desk({ routes: [{ to: '10/8', link: null }] }),
			'hosts[0].routes[0].to: "10/8" is no prefix'
		],
		[
			'an address on a link it lacks',
			desk({ interfaces: [{ link: 'moon', address: '10.0.0.1' }] }),
			'hosts[0].interfaces[0].link'
		],
		[
			'an address of two hosts',
			desk({ interfaces: [{ link: 'desk-post', address: '198.51.100.25' }] }),
			'is given twice'
		],
		[
			'a translator that is no router',
			desk({ nat: { outside: 'desk-post' } }),
			'hosts[0].nat: only a router'
		],
		[
			'a translator without an outside',
			desk({ role: 'router', nat: { outside: 'moon' } }),
			'hosts[0].nat.outside'
		],
		[
			'a translator of no port',
			desk({ role: 'router', nat: { outside: 'desk-post', firstPort: 0 } }),
			'hosts[0].nat.firstPort: 0'
		],
		['a link to nowhere', link({ ends: ['desk', 'moon'] }), 'links[0].ends: no host "moon"'],
		['a link to itself', link({ ends: ['desk', 'desk'] }), 'links[0].ends: a link joins two different hosts'],
		['a delay before now', link({ delay: -1 }), 'links[0].delay: -1 is no whole number of µs'],
		['a rate of nothing', link({ rate: 0 }), 'links[0].rate: 0 bits per second'],
		['an MTU below 68', link({ mtu: 67 }), 'links[0].mtu: 67 is less than 68'],
		['more loss than packets', link({ loss: 1.1 }), 'links[0].loss: 1.1 is no share'],
		[
			'two links of one name',
			{ ...good, links: [...good.links, ...good.links] },
			'links: id: "desk-post" is given twice'
		]
	])('%s', (_, scenario, says) => {
		expect(() => createWorld(scenario, 1)).toThrow(ScenarioError);
		expect(() => createWorld(scenario, 1)).toThrow(says);
	});

	test('a letter or a personality that does not exist', () => {
		expect(() => createWorld(post({ users: [{ name: 'ada', password: 'x', box: ['nope'] }] }), 1)).toThrow(
			'nope'
		);
		expect(() => createWorld(post({ personality: 'grumpy' }), 1)).toThrow('grumpy');
	});
});
