/** Loss, its repair, and how fast one may send: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const LOSS: readonly Coverage[] = [
	{
		topic: 'rto',
		behaviour: 'Text, SYN and FIN are sent again, with back-off and a ceiling',
		from: ['smoltcp', 'packetimpact'],
		done: ['rto/backs-off', 'rto/ceiling', 'rto/small-segments-are-joined']
	},
	{
		topic: 'rto',
		behaviour: 'The timer starts anew with an ACK of something new',
		from: ['smoltcp', 'packetimpact'],
		done: ['rto/starts-anew-with-each-ack', 'rto/progress-gives-all-repeats-again']
	},
	{
		topic: 'rto',
		behaviour: 'The holes after a time-out',
		from: ['smoltcp'],
		done: ['rto/next-hole-at-once']
	},
	{
		topic: 'rto',
		behaviour: 'What is written while a repeat is out',
		from: ['smoltcp'],
		done: ['rto/new-text-waits-for-the-repeat']
	},
	{
		topic: 'rto',
		behaviour: 'The estimate of the round trip',
		from: ['smoltcp'],
		done: ['rto/first-measure', 'rto/follows-the-round-trip']
	},
	{
		topic: 'rto',
		behaviour: 'Giving up, and the error to the user',
		from: ['packetdrill', 'linux', 'smoltcp', 'packetimpact'],
		done: ['rto/gives-up', 'last-ack/fin-is-repeated-and-given-up']
	},
	{
		topic: 'rto',
		behaviour: 'The ceiling of the RTO set by the system',
		from: ['linux'],
		out: 'The ceiling is the sixty seconds that RFC 6298 allows.'
	},
	{
		topic: 'rto',
		behaviour: 'The user time-out option (RFC 5482)',
		from: ['packetdrill', 'linux', 'packetimpact'],
		out: 'Giving up by count is what a lesson shows.'
	},
	{
		topic: 'karn',
		behaviour: 'A repeated segment measures nothing, but by a timestamp',
		from: ['smoltcp'],
		done: [
			'karn/repeat-is-no-measure',
			'karn/syn-ack-answers-either-syn',
			'karn/fast-repeat-counts-too',
			'karn/with-timestamps-it-is-one'
		]
	},
	{
		topic: 'fast-retransmit',
		behaviour: 'The third duplicate, and no other',
		from: ['packetdrill', 'smoltcp'],
		done: ['fast-retransmit/third-duplicate', 'fast-retransmit/count-starts-anew']
	},
	{
		topic: 'fast-retransmit',
		behaviour: 'What is no duplicate: text, a window update, nothing in flight, a closed window',
		from: ['smoltcp'],
		done: [
			'fast-retransmit/text-is-no-duplicate',
			'fast-retransmit/window-update-is-no-duplicate',
			'fast-retransmit/nothing-in-flight',
			'fast-retransmit/closed-window-is-no-duplicate'
		]
	},
	{
		topic: 'fast-retransmit',
		behaviour: 'The repeat is lost too',
		from: ['smoltcp'],
		done: ['fast-retransmit/lost-again']
	},
	{
		topic: 'fast-retransmit',
		behaviour: 'Forward acknowledgment (FACK) as the sign of a loss',
		from: ['packetdrill'],
		out: 'Replaced by RFC 6675 and RACK; the octets reported decide here.'
	},
	{
		topic: 'fast-retransmit',
		behaviour: 'RACK and tail loss probes (RFC 8985)',
		from: ['packetdrill', 'linux', 'packetimpact'],
		out: 'Loss by time needs a reordering window of its own; the rescue retransmission of RFC 6675 covers a lost tail.'
	},
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
		done: ['newreno/idle-restarts', 'newreno/unused-window-does-not-grow']
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
			'newreno/only-the-first-partial-ack-starts-the-timer'
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
		done: ['newreno/avoidance-one-segment-a-window', 'newreno/recovery-then-avoidance']
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
		done: ['tests/tcp/congestion.test.ts']
	},
	{
		topic: 'cubic',
		behaviour: 'HyStart (RFC 9406)',
		from: ['packetdrill'],
		out: 'Slow start ends by loss, as RFC 5681 has it.'
	},
	{ topic: 'cubic', behaviour: 'BBR', from: ['smoltcp'], out: 'It has no RFC yet, and it rests on pacing.' },
	{
		topic: 'limited-transmit',
		behaviour: 'New segments on the first two duplicates, with and without SACK',
		from: ['packetdrill', 'linux'],
		done: [
			'limited-transmit/two-new-segments',
			'limited-transmit/with-sack',
			'limited-transmit/not-beyond-the-window'
		]
	},
	{
		topic: 'sack',
		behaviour: 'The receiver reports, in the order of RFC 2018',
		from: ['smoltcp'],
		done: [
			'sack/receiver-reports-the-latest-first',
			'sack/blocks-split-by-a-hole-filled',
			'sack/no-more-than-fits'
		]
	},
	{
		topic: 'sack',
		behaviour: 'Blocks across the wrap',
		from: ['smoltcp'],
		done: ['sack/across-the-wrap', 'sack/scoreboard-across-the-wrap']
	},
	{ topic: 'sack', behaviour: 'Not agreed upon', from: ['smoltcp'], done: ['sack/not-agreed'] },
	{
		topic: 'sack',
		behaviour: 'The sender fills holes, moves its marks, sends nothing reported again',
		from: ['packetdrill', 'linux'],
		done: ['sack/hole-is-filled-and-no-more', 'sack/two-holes-in-one-round-trip']
	},
	{
		topic: 'sack',
		behaviour: 'Reports are advice: forgotten after a time-out, checked before',
		from: [],
		done: ['sack/time-out-forgets-the-reports', 'sack/nonsense-is-not-believed']
	},
	{
		topic: 'sack',
		behaviour: 'A changed route or type of service between two SACKs',
		from: ['packetdrill', 'linux'],
		out: 'Routes are asked anew for every datagram here.'
	},
	{
		topic: 'dsack',
		behaviour: 'Duplicates are reported, one after another',
		from: ['linux'],
		done: ['dsack/receiver-reports-what-came-twice', 'dsack/partly-old', 'dsack/many-in-a-row']
	},
	{
		topic: 'dsack',
		behaviour: 'The sender counts them',
		from: ['linux'],
		done: ['dsack/sender-counts-and-does-not-believe']
	},
	{
		topic: 'timestamps',
		behaviour: 'On every segment, or on none',
		from: ['smoltcp'],
		done: [
			'timestamps/on-every-segment',
			'timestamps/refused-by-the-peer',
			'timestamps/late-ones-are-ignored'
		]
	},
	{
		topic: 'timestamps',
		behaviour: 'Which stamp is echoed',
		from: ['packetdrill', 'linux'],
		done: [
			'timestamps/echo-of-what-was-acknowledged',
			'timestamps/delayed-ack-echoes-the-first',
			'paws/invalid-ack-leaves-the-stamp'
		]
	},
	{
		topic: 'timestamps',
		behaviour: 'The stamp of a FIN and of a RST',
		from: ['packetdrill', 'linux'],
		done: ['timestamps/fin-has-its-time', 'paws/rst-is-exempt', 'paws/rst-without-a-stamp']
	},
	{
		topic: 'paws',
		behaviour: 'An old stamp is an old segment, also across the wrap',
		from: ['packetimpact'],
		done: ['paws/old-stamp-is-an-old-segment', 'paws/stamps-wrap', 'paws/silence-outdates-the-stamp']
	},
	{
		topic: 'paws',
		behaviour: 'A missing stamp is dropped',
		from: [],
		done: ['paws/missing-stamp-is-dropped']
	},
	{
		topic: 'keepalive',
		behaviour: 'Probes are sent, answered, and given up',
		from: ['smoltcp'],
		done: [
			'keepalive/asks-after-two-hours',
			'keepalive/gives-up',
			'keepalive/any-word-will-do',
			'keepalive/text-in-flight-has-its-own-timer'
		]
	},
	{
		topic: 'keepalive',
		behaviour: 'Off unless asked for; the peer’s are answered',
		from: ['smoltcp'],
		done: ['keepalive/off-by-default', 'keepalive/answers-the-peer']
	}
];
