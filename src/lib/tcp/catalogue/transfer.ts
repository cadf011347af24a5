/** Text both ways and the windows: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const TRANSFER: readonly Coverage[] = [
	{
		topic: 'established',
		behaviour: 'Text received in order, out of order, twice, in overlaps',
		from: ['packetdrill', 'linux', 'smoltcp', 'packetimpact'],
		done: [
			'established/text-out-of-order-waits',
			'established/backwards',
			'established/old-text-is-acknowledged',
			'established/overlap-new-part-is-taken'
		]
	},
	{
		topic: 'established',
		behaviour: 'Text outside the window, before it, beyond it, over it',
		from: ['smoltcp', 'packetimpact'],
		done: ['established/text-before-and-beyond-the-window', 'established/segment-over-the-whole-window']
	},
	{
		topic: 'established',
		behaviour: 'The FIN comes before its text; text beyond the FIN',
		from: ['linux', 'packetimpact'],
		done: [
			'established/fin-out-of-order',
			'established/text-beyond-the-fin-is-nothing',
			'established/fin-inside-early-text'
		]
	},
	{
		topic: 'established',
		behaviour: 'A segment without flags, or without ACK, is dropped',
		from: ['packetdrill', 'linux'],
		done: ['established/no-ack-bit-is-dropped']
	},
	{
		topic: 'established',
		behaviour: 'An ACK of what was not sent; an old ACK',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'established/ack-beyond-what-was-sent',
			'established/old-ack-takes-nothing-back',
			'established/old-text-brings-no-ack'
		]
	},
	{
		topic: 'established',
		behaviour: 'Both streams cross the wrap of their numbers',
		from: ['smoltcp'],
		done: ['established/numbers-wrap']
	},
	{
		topic: 'established',
		behaviour: 'PSH marks the end of what was written',
		from: ['smoltcp'],
		done: ['established/push-marks-the-last']
	},
	{
		topic: 'established',
		behaviour: 'MSG_EOR and when small writes may be joined',
		from: ['packetdrill', 'linux'],
		out: 'The stream has no records; a repeat joins what fits (rto/small-segments-are-joined).'
	},
	{
		topic: 'established',
		behaviour: 'An ACK rides on text that goes anyway',
		from: ['packetimpact'],
		done: ['established/both-directions-at-once', 'delayed-ack/rides-on-the-answer']
	},
	{
		topic: 'established',
		behaviour: 'ABORT',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'established/abort',
			'rst/aborted-in-mid-transfer',
			'fin-wait-2/abort',
			'closing/abort-says-nothing'
		]
	},
	{
		topic: 'established',
		behaviour: 'The local address changes under a connection',
		from: ['smoltcp'],
		out: 'Addresses of a host do not change while it runs.'
	},
	{
		topic: 'established',
		behaviour:
			'Blocking calls, epoll, bad arguments, sendfile, splice, zero copy, inq, time stamping of sockets',
		from: ['packetdrill', 'linux'],
		out: 'The application of a simulated host is called with what has come; there are no file descriptors.'
	},
	{
		topic: 'established',
		behaviour: 'TCP_INFO and STATUS',
		from: ['packetdrill', 'linux', 'packetimpact'],
		done: ['tests/tcp/idle.test.ts']
	},
	{
		topic: 'urgent',
		behaviour: 'The urgent pointer is sent, told, cut, moved on, and never moves text',
		from: [],
		done: [
			'urgent/sent-with-its-pointer',
			'urgent/pointer-is-told',
			'urgent/beyond-the-window',
			'urgent/moves-on-only',
			'urgent/without-the-bit-is-nothing',
			'urgent/pointer-of-zero',
			'urgent/at-a-closed-window',
			'urgent/status-tells'
		]
	},
	{
		topic: 'window',
		behaviour: 'What is in flight fits into the peer’s window',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'window/limits-what-is-in-flight',
			'window/slides-with-the-ack-alone',
			'window/at-rest-in-the-syn',
			'window/sixteen-bits-all-of-them',
			'window/first-flight-is-ten-segments'
		]
	},
	{
		topic: 'window',
		behaviour: 'The peer shrinks its window',
		from: ['smoltcp', 'packetimpact'],
		done: ['window/shrinks']
	},
	{
		topic: 'window',
		behaviour: 'A window update lets more out, an old segment does not',
		from: ['packetdrill', 'linux'],
		done: [
			'window/update-lets-out-more',
			'window/old-segment-does-not-set-it',
			'window/old-ack-does-not-set-it'
		]
	},
	{
		topic: 'window',
		behaviour: 'Our window closes with unread text, and opens again',
		from: ['linux', 'smoltcp'],
		done: ['window/ours-closes-and-opens']
	},
	{
		topic: 'window',
		behaviour: 'No window update once the peer has closed',
		from: ['smoltcp'],
		done: ['close-wait/no-window-update']
	},
	{
		topic: 'window',
		behaviour: 'The receive buffer grows by itself, or is shrunk by the system',
		from: ['linux', 'packetimpact'],
		out: 'The buffer has the size that the level gives it, so that a window follows from a rule.'
	},
	{
		topic: 'window-scale',
		behaviour: 'Scaled both ways, not in SYNs, not without the peer’s offer',
		from: ['smoltcp'],
		done: [
			'window-scale/counts-in-units',
			'window-scale/off-where-the-peer-is-silent',
			'window-scale/not-in-the-repeated-syn',
			'window-scale/not-taken-where-it-is-off'
		]
	},
	{
		topic: 'window-scale',
		behaviour: 'More than 14 counts as 14; the edge never moves back',
		from: [],
		done: ['window-scale/more-than-fourteen', 'window-scale/edge-never-moves-back']
	},
	{
		topic: 'zero-window',
		behaviour: 'A closed window is probed, with back-off',
		from: ['smoltcp', 'packetimpact'],
		done: ['zero-window/probe', 'zero-window/back-off-starts-anew']
	},
	{
		topic: 'zero-window',
		behaviour: 'Probes end when the window opens, by update or by ACK',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'zero-window/opens-by-update',
			'zero-window/opened-in-between',
			'zero-window/probe-is-taken',
			'zero-window/more-than-the-probe-is-not-believed'
		]
	},
	{
		topic: 'zero-window',
		behaviour: 'A probe is not held by the congestion window',
		from: ['smoltcp'],
		done: ['zero-window/probe-needs-no-congestion-window']
	},
	{
		topic: 'zero-window',
		behaviour: 'A peer that answers is never given up',
		from: ['smoltcp', 'packetimpact'],
		done: ['zero-window/never-given-up-while-answered']
	},
	{
		topic: 'zero-window',
		behaviour: 'A user time-out ends probing',
		from: ['packetdrill', 'packetimpact'],
		done: ['zero-window/user-timeout-ends-probing']
	},
	{
		topic: 'zero-window',
		behaviour: 'The window closes on text in flight',
		from: ['smoltcp'],
		done: ['zero-window/closes-on-data-in-flight']
	},
	{
		topic: 'zero-window',
		behaviour: 'Into our closed window: probes, ACK, RST, FIN',
		from: ['linux', 'smoltcp', 'packetimpact'],
		done: [
			'zero-window/ours-answers-probes',
			'zero-window/ours-takes-ack-and-rst',
			'zero-window/fin-into-ours'
		]
	},
	{
		topic: 'zero-window',
		behaviour: 'A FIN at a closed window',
		from: ['smoltcp'],
		done: ['zero-window/fin-waits-and-is-probed']
	},
	{
		topic: 'nagle',
		behaviour: 'Small segments wait for the ACK, full ones go',
		from: ['packetdrill', 'linux', 'smoltcp', 'packetimpact'],
		done: ['nagle/second-small-segment-waits', 'nagle/full-segment-goes', 'nagle/full-is-what-options-leave']
	},
	{
		topic: 'nagle',
		behaviour: 'The last segment waits for nothing',
		from: ['packetdrill', 'smoltcp'],
		done: ['nagle/close-lets-the-rest-go']
	},
	{ topic: 'nagle', behaviour: 'Nagle is switched off', from: ['packetdrill', 'linux'], done: ['nagle/off'] },
	{
		topic: 'nagle',
		behaviour: 'TCP_CORK and MSG_MORE',
		from: ['packetdrill', 'linux', 'packetimpact'],
		out: 'An application writes what it has to say at once.'
	},
	{
		topic: 'delayed-ack',
		behaviour: 'An ACK is delayed, at most for its time',
		from: ['smoltcp'],
		done: ['delayed-ack/waits-for-company', 'delayed-ack/clock-does-not-start-anew']
	},
	{
		topic: 'delayed-ack',
		behaviour: 'Every second full segment is acknowledged',
		from: ['smoltcp'],
		done: ['delayed-ack/every-second-full-segment', 'delayed-ack/full-is-what-the-peer-sends']
	},
	{
		topic: 'delayed-ack',
		behaviour: 'No delay for a gap, its end, or a FIN',
		from: ['smoltcp', 'linux'],
		done: ['delayed-ack/gap-is-answered-at-once', 'delayed-ack/fin-is-answered-at-once']
	},
	{
		topic: 'sws',
		behaviour: 'Silly windows are avoided by the sender',
		from: ['smoltcp'],
		done: ['sws/sender-waits-for-room', 'sws/half-of-the-largest-window']
	},
	{
		topic: 'sws',
		behaviour: 'Silly windows are avoided by the receiver',
		from: ['smoltcp'],
		done: ['sws/receiver-tells-no-crumbs']
	},
	{
		topic: 'sws',
		behaviour: 'Low-water mark of unsent text',
		from: ['packetdrill', 'linux'],
		out: 'There is no limit on what an application may write ahead.'
	}
];
