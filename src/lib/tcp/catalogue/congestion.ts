/** How fast one may send: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const CONGESTION: readonly Coverage[] = [
	{
		topic: 'newreno',
		behaviour: 'Slow start by ACKs of one, two and four segments',
		from: ['packetdrill', 'linux'],
		done: ['newreno/initial-window', 'newreno/ack-of-four-grows-by-one']
	},
	{
		topic: 'newreno',
		behaviour: 'Slow start after idle, and while the application is slow',
		from: ['packetdrill', 'linux'],
		done: [
			'newreno/idle-restarts',
			'newreno/unused-window-does-not-grow',
			'newreno/no-restart-without-a-pause',
			'newreno/window-half-used-grows'
		]
	},
	{
		topic: 'newreno',
		behaviour: 'Slow start at a full window of the peer',
		from: ['packetdrill', 'linux'],
		done: ['newreno/window-of-the-peer-counts-too']
	},
	{
		topic: 'newreno',
		behaviour: 'The congestion window limits what is in flight, not fast retransmit',
		from: ['smoltcp'],
		done: ['newreno/fast-retransmit-at-a-full-window']
	},
	{
		topic: 'newreno',
		behaviour: 'One segment only after a lost SYN',
		from: [],
		done: ['newreno/one-segment-after-a-lost-syn']
	},
	{
		topic: 'newreno',
		behaviour: 'Fast recovery: halved, inflated, deflated, ended without a burst',
		from: ['packetdrill'],
		done: [
			'newreno/halves-and-recovers',
			'newreno/duplicates-let-new-text-out',
			'newreno/partial-ack-fills-the-next-hole',
			'newreno/only-the-first-partial-ack-starts-the-timer',
			'newreno/partial-ack-of-one-segment'
		]
	},
	{
		topic: 'newreno',
		behaviour: 'After a time-out: one segment, one threshold, no false recovery',
		from: [],
		done: [
			'newreno/time-out-starts-from-one',
			'newreno/second-time-out-keeps-the-threshold',
			'newreno/echoes-of-a-time-out-are-no-loss'
		]
	},
	{
		topic: 'newreno',
		behaviour: 'Congestion avoidance',
		from: ['smoltcp'],
		done: [
			'newreno/avoidance-one-segment-a-window',
			'newreno/recovery-then-avoidance',
			'newreno/avoidance-goes-on-by-windows'
		]
	},
	{
		topic: 'newreno',
		behaviour: 'Proportional rate reduction (RFC 6937)',
		from: ['packetdrill', 'linux'],
		out: 'The halving of RFC 6582 and the pipe of RFC 6675 are easier to follow.'
	},
	{
		topic: 'newreno',
		behaviour: 'Pacing by a fair queue; moderation of the window in disorder',
		from: ['packetdrill'],
		out: 'Segments leave when the window opens; a queue belongs to the link.'
	},
	{
		topic: 'cubic',
		behaviour: 'CUBIC: seven tenths, time-out, slow start',
		from: ['packetdrill', 'smoltcp'],
		done: ['cubic/seven-tenths', 'cubic/time-out', 'cubic/slow-start-as-ever', 'cubic/least-threshold']
	},
	{
		topic: 'cubic',
		behaviour: 'Growth of a long transfer by CUBIC',
		from: ['packetdrill'],
		done: ['tests/tcp/congestion-ends.test.ts']
	},
	{
		topic: 'cubic',
		behaviour: 'HyStart (RFC 9406)',
		from: ['packetdrill'],
		out: 'Slow start ends by loss, as RFC 5681 has it.'
	},
	{ topic: 'cubic', behaviour: 'BBR', from: ['smoltcp'], out: 'It has no RFC yet, and it rests on pacing.' }
];
