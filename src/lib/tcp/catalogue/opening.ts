/** Opening a connection, or refusing one: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const OPENING: readonly Coverage[] = [
	{
		topic: 'closed',
		behaviour: 'A segment for a port that is not open is reset: SYN, ACK, SYN,ACK, text, no flags',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'closed/syn-is-refused',
			'closed/ack-is-refused-at-its-number',
			'closed/syn-ack-nobody-asked-for',
			'closed/text-and-fin-are-counted',
			'closed/no-flags-is-refused'
		]
	},
	{
		topic: 'closed',
		behaviour: 'A reset is never answered',
		from: ['smoltcp'],
		done: ['closed/rst-is-never-answered']
	},
	{
		topic: 'closed',
		behaviour: 'What comes after the end of a connection is for no connection',
		from: ['smoltcp', 'packetimpact'],
		done: ['closed/ended-connection-is-forgotten', 'rst/to-a-connection-that-is-gone']
	},
	{
		topic: 'listen',
		behaviour: 'Passive OPEN: SYN,ACK for a SYN, open with its ACK',
		from: ['packetdrill', 'linux', 'smoltcp'],
		done: ['listen/syn-is-answered']
	},
	{
		topic: 'listen',
		behaviour: 'An ACK in LISTEN is reset, a RST ignored, all else dropped',
		from: ['smoltcp'],
		done: ['listen/ack-is-reset', 'listen/rst-is-ignored', 'listen/other-segments-are-dropped']
	},
	{
		topic: 'listen',
		behaviour:
			'LISTEN for one named peer: SEND or OPEN make it active, a reset leaves it waiting, CLOSE and ABORT end it',
		from: [],
		done: [
			'listen/send-opens',
			'listen/active-open',
			'listen/waits-on-after-a-reset',
			'listen/what-means-nothing-yet',
			'listen/close',
			'listen/abort'
		]
	},
	{
		topic: 'listen',
		behaviour: 'A wrong port is another port',
		from: ['smoltcp'],
		done: ['listen/other-port-is-closed', 'established/other-port-is-another-connection']
	},
	{
		topic: 'listen',
		behaviour: 'Several callers at one port',
		from: ['packetdrill', 'linux'],
		done: ['listen/many-callers-at-once']
	},
	{
		topic: 'listen',
		behaviour: 'The backlog bounds what is half-open',
		from: ['packetimpact'],
		done: ['backlog/full', 'backlog/reset-makes-room', 'backlog/established-do-not-count']
	},
	{
		topic: 'listen',
		behaviour: 'SYN cookies when the backlog is full',
		from: ['packetimpact'],
		out: 'The backlog drops instead: a cookie would forget the options, and nobody floods a lesson.'
	},
	{
		topic: 'listen',
		behaviour: 'A SYN from one’s own address is dropped',
		from: ['packetimpact'],
		done: ['tests/sim/host.test.ts']
	},
	{
		topic: 'listen',
		behaviour: 'accept and its queue: resets of what was never accepted',
		from: ['linux', 'packetimpact'],
		out: 'There is no accept queue: a program takes each connection the moment it opens.'
	},
	{
		topic: 'handshake',
		behaviour: 'Active OPEN in three packets',
		from: ['packetdrill', 'linux', 'smoltcp'],
		done: ['handshake/three-packets']
	},
	{
		topic: 'handshake',
		behaviour: 'A lost SYN, SYN,ACK or ACK is made good by the timers',
		from: ['linux', 'smoltcp'],
		done: [
			'handshake/lost-syn',
			'handshake/lost-ack',
			'rto/after-a-repeated-syn-ack',
			'syn-received/syn-again-is-answered'
		]
	},
	{
		topic: 'handshake',
		behaviour: 'Old duplicates and half-open connections recover (RFC 9293, figures 9 to 11)',
		from: [],
		done: [
			'handshake/old-duplicate-syn',
			'handshake/half-open-is-found',
			'handshake/half-open-syn-meets-established'
		]
	},
	{
		topic: 'handshake',
		behaviour: 'Data on the SYN with a cookie: TCP Fast Open (RFC 7413)',
		from: ['packetdrill', 'linux'],
		out: 'Experimental and rarely enabled; text on a SYN is left for its repeat.'
	},
	{
		topic: 'handshake',
		behaviour: 'Multipath TCP (RFC 8684)',
		from: ['packetdrill', 'linux'],
		out: 'Another protocol on top: one path is what is taught.'
	},
	{
		topic: 'handshake',
		behaviour: 'MD5 signatures (RFC 2385)',
		from: ['packetdrill', 'linux'],
		out: 'Obsolete and for routers.'
	},
	{
		topic: 'handshake',
		behaviour: 'PSP and other encapsulations of the whole connection',
		from: ['packetdrill'],
		out: 'Encryption beneath TCP is not this lesson.'
	},
	{
		topic: 'syn-sent',
		behaviour: 'A bad ACK is reset, and the SYN stands',
		from: ['smoltcp', 'packetimpact'],
		done: ['syn-sent/bare-ack-of-nothing-is-reset', 'syn-sent/ack-without-syn-is-dropped']
	},
	{
		topic: 'syn-sent',
		behaviour: 'RST counts only with an ACK of our SYN',
		from: ['smoltcp', 'packetimpact'],
		done: ['syn-sent/rst-needs-an-ack-of-our-syn']
	},
	{
		topic: 'syn-sent',
		behaviour: 'CLOSE before the connection stands',
		from: ['packetdrill', 'linux', 'smoltcp'],
		done: ['syn-sent/close-ends-it-without-a-word']
	},
	{
		topic: 'syn-sent',
		behaviour: 'What is written before the connection stands is sent then',
		from: ['packetimpact'],
		done: ['syn-sent/sends-wait-for-the-handshake']
	},
	{
		topic: 'syn-sent',
		behaviour: 'Text, or a FIN, that rides on the SYN,ACK',
		from: ['smoltcp', 'packetimpact'],
		done: ['syn-sent/text-of-the-syn-ack-is-taken', 'syn-sent/fin-on-the-syn-ack']
	},
	{
		topic: 'syn-sent',
		behaviour: 'The SYN is given up in the end',
		from: ['smoltcp'],
		done: ['syn-received/gives-up']
	},
	{
		topic: 'syn-received',
		behaviour: 'An ACK too low or too high is reset',
		from: ['smoltcp', 'packetimpact'],
		done: ['syn-received/unacceptable-ack-is-reset', 'syn-received/text-with-a-bad-ack']
	},
	{
		topic: 'syn-received',
		behaviour: 'The ACK may bring text or a FIN',
		from: ['smoltcp'],
		done: ['syn-received/ack-opens', 'syn-received/fin-with-the-ack']
	},
	{
		topic: 'syn-received',
		behaviour: 'RST returns to LISTEN, or refuses what we opened',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'syn-received/rst-returns-to-listen',
			'simultaneous/rst-is-refused',
			'syn-received/another-syn-returns-to-listen'
		]
	},
	{
		topic: 'syn-received',
		behaviour: 'CLOSE in SYN-RECEIVED',
		from: ['smoltcp'],
		done: ['syn-received/close-waits-for-text']
	},
	{
		topic: 'simultaneous',
		behaviour: 'Simultaneous OPEN',
		from: ['smoltcp'],
		done: [
			'simultaneous/syn-meets-syn',
			'simultaneous/crossed-syn-ack-repeats',
			'simultaneous/another-syn-is-challenged'
		]
	},
	{
		topic: 'simultaneous',
		behaviour: 'Simultaneous CLOSE, combined, raced and with text',
		from: ['smoltcp'],
		done: [
			'simultaneous/close-at-once',
			'simultaneous/close-fin-acks-ours',
			'simultaneous/close-with-text-on-the-way',
			'simultaneous/close-with-both-texts-lost'
		]
	},
	{
		topic: 'options',
		behaviour: 'The peer’s MSS, absent, tiny or zero',
		from: ['packetdrill', 'linux', 'smoltcp'],
		done: [
			'options/mss-of-the-peer',
			'options/mss-absent-is-536',
			'options/mss-of-zero',
			'options/mss-of-our-own',
			'options/mss-after-the-syn-says-nothing'
		]
	},
	{
		topic: 'options',
		behaviour: 'Options cut the text of a segment, never to nothing',
		from: ['smoltcp'],
		done: ['timestamps/take-room-from-the-text', 'options/mss-of-zero']
	},
	{
		topic: 'options',
		behaviour: 'What the SYN does not offer the SYN,ACK does not take',
		from: ['smoltcp'],
		done: ['options/only-what-both-offer', 'options/all-of-them']
	},
	{
		topic: 'options',
		behaviour: 'An unknown option is ignored',
		from: [],
		done: ['options/unknown-is-ignored']
	},
	{
		topic: 'options',
		behaviour: 'The application sets or asks the MSS, receives by GRO, splits by GSO',
		from: ['packetdrill'],
		out: 'Socket options and offload belong to an operating system.'
	}
];
