/** What lies beside and beneath TCP: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const BENEATH: readonly Coverage[] = [
	{
		topic: 'icmp',
		behaviour: 'Echo; no error about an error',
		from: ['packetimpact'],
		done: ['icmp/echo-is-answered', 'icmp/never-about-an-icmp-error']
	},
	{
		topic: 'icmp',
		behaviour: 'ICMP errors while connecting: soft ones are waited out, hard ones refuse',
		from: ['packetimpact'],
		done: ['icmp/soft-error-while-connecting', 'icmp/hard-error-while-connecting']
	},
	{
		topic: 'icmp',
		behaviour: 'ICMP errors about a connection that stands do not end it',
		from: ['packetimpact'],
		done: ['icmp/hard-error-on-a-connection']
	},
	{
		topic: 'udp',
		behaviour: 'Datagrams, empty ones, a port that nobody has',
		from: ['packetimpact'],
		done: ['udp/bound-port', 'udp/port-unreachable']
	},
	{
		topic: 'udp',
		behaviour: 'Multicast, broadcast, IP options, binding to a device',
		from: ['packetimpact'],
		out: 'Nothing in a POP3 world speaks to many.'
	},
	{
		topic: 'ip',
		behaviour: 'Reassembly: in order, out of order, twice, overlapping; errors about fragments',
		from: ['packetimpact'],
		done: ['tests/ip/fragment.test.ts', 'tests/ip/rules.test.ts']
	},
	{
		topic: 'ip',
		behaviour: 'The identification is unique',
		from: ['packetimpact'],
		done: ['tests/sim/world.test.ts']
	},
	{
		topic: 'ip',
		behaviour: 'The same over IPv6',
		from: ['packetdrill', 'linux', 'packetimpact'],
		out: 'The world is IPv4: what POP3 was written over.'
	},
	{
		topic: 'ip',
		behaviour: 'The hop limit set by the application',
		from: ['smoltcp'],
		done: ['tests/sim/router.test.ts']
	},
	{
		topic: 'ecn',
		behaviour: 'ECN agreed upon in the SYNs, or not',
		from: ['packetdrill', 'linux'],
		done: [
			'ecn/offered-and-answered',
			'ecn/half-an-offer-is-none',
			'ecn/not-offered-again-after-a-loss',
			'ecn/not-agreed-not-marked',
			'ecn/off-by-default'
		]
	},
	{
		topic: 'ecn',
		behaviour: 'ECT(0) on new text and on nothing else',
		from: ['packetdrill', 'linux'],
		done: ['ecn/ect-on-new-text-alone']
	},
	{
		topic: 'ecn',
		behaviour: 'A mark is echoed, and slows down once in a window',
		from: ['packetdrill', 'linux'],
		done: [
			'ecn/echo-until-cwr',
			'ecn/slows-down-once-a-window',
			'ecn/echo-never-widens',
			'ecn/mark-on-a-narrow-path'
		]
	},
	{
		topic: 'ecn',
		behaviour: 'CWR also says that the window was cut for a loss',
		from: ['packetdrill', 'linux'],
		done: [
			'ecn/cut-for-a-loss-is-said',
			'ecn/cut-for-a-time-out-is-said',
			'ecn/cut-for-a-loss-found-by-time-is-said',
			'ecn/cut-for-a-repaired-tail-is-said',
			'ecn/loss-and-mark-in-one-window'
		]
	},
	{
		topic: 'ecn',
		behaviour: 'Accurate ECN (draft-ietf-tcpm-accurate-ecn)',
		from: ['packetdrill', 'linux'],
		out: 'A draft; the ECN of RFC 3168 is what a lesson can explain.'
	},
	{
		topic: 'pmtu',
		behaviour: '"Fragmentation needed" narrows the segments',
		from: ['linux'],
		done: [
			'pmtu/path-narrows',
			'pmtu/not-one-octet-at-a-time',
			'pmtu/idle-connection',
			'pmtu/before-the-connection-stands',
			'pmtu/the-congestion-window-counts-the-new-size',
			'pmtu/at-a-closed-window'
		]
	},
	{
		topic: 'pmtu',
		behaviour: 'The width is forgotten after a time',
		from: [],
		done: ['pmtu/wider-again', 'pmtu/wider-under-way']
	},
	{
		topic: 'pmtu',
		behaviour: 'What a forged message cannot do',
		from: [],
		done: ['pmtu/wider-is-not-believed', 'pmtu/forged-about-nothing-in-flight']
	},
	{
		topic: 'pmtu',
		behaviour: 'Probing for a larger path MTU (RFC 4821)',
		from: ['packetdrill', 'linux'],
		out: 'RFC 1191 by ICMP is what a student can watch.'
	}
];
