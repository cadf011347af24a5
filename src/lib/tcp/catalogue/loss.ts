/** Loss and how it is found: what the catalogues test, and where we do. */
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
		done: ['rto/gives-up', 'last-ack/fin-is-repeated-and-given-up', 'rto/duplicates-are-no-progress']
	},
	{
		topic: 'rto',
		behaviour: 'The ceiling of the RTO set by the system',
		from: ['linux'],
		out: 'The ceiling is the sixty seconds that RFC 6298 allows.'
	},
	{
		topic: 'rto',
		behaviour: 'The user’s time-out: how long nothing new may be acknowledged',
		from: ['packetdrill', 'linux', 'packetimpact'],
		done: ['rto/user-timeout', 'rto/user-timeout-starts-anew', 'syn-sent/user-timeout']
	},
	{
		topic: 'rto',
		behaviour: 'The user’s time-out told to the peer by an option (RFC 5482)',
		from: [],
		out: 'Hardly anyone sends it; each end here has its own.'
	},
	{
		topic: 'rto',
		behaviour: 'A first limit (R1): the IP layer and the application are told of the trouble',
		from: [],
		out: 'Routes do not heal by advice here; STATUS tells the repeats made in vain, and the log shows each.'
	},
	{
		topic: 'karn',
		behaviour: 'A repeated segment measures nothing, but by a timestamp',
		from: ['smoltcp'],
		done: [
			'karn/repeat-is-no-measure',
			'karn/syn-ack-answers-either-syn',
			'karn/fast-repeat-counts-too',
			'karn/with-timestamps-it-is-one',
			'karn/simultaneous-open-measures-nothing',
			'karn/syn-ack-sent-once-is-a-measure'
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
			'fast-retransmit/closed-window-is-no-duplicate',
			'fast-retransmit/older-acks-are-no-duplicates',
			'sack/same-report-is-no-news'
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
		out: 'Replaced by RFC 6675 and RFC 8985: the octets reported decide here, or the time.'
	},
	{
		topic: 'rack',
		behaviour: 'Loss by time: what is overtaken waits, and for how long',
		from: ['packetdrill', 'linux', 'packetimpact'],
		done: [
			'rack/overtaken-is-not-lost-yet',
			'rack/lost-when-its-time-is-over',
			'rack/three-reports-wait-for-nothing',
			'rack/once-overtaken-three-are-not-enough',
			'rack/duplicates-reported-widen-the-wait',
			'rack/without-sack-as-ever'
		]
	},
	{
		topic: 'rack',
		behaviour: 'A lost repeat is found; a narrow path splits what goes again',
		from: ['packetdrill', 'linux'],
		done: [
			'rack/lost-repeat-is-found',
			'rack/narrow-path-splits-what-is-lost',
			'rack/stamp-proves-the-repeat',
			'rack/old-stamp-proves-nothing'
		]
	},
	{
		topic: 'rack',
		behaviour: 'A time-out under RACK: reports are kept, unless the peer takes them back',
		from: ['packetdrill', 'linux', 'packetimpact'],
		done: [
			'rack/time-out-takes-what-has-had-its-time',
			'rack/reports-outlast-a-time-out',
			'rack/peer-takes-a-report-back'
		]
	},
	{
		topic: 'rack',
		behaviour: 'Tail loss probes: when, of what, and how many',
		from: ['packetdrill', 'linux'],
		done: [
			'rack/tail-probe-of-the-last-segment',
			'rack/one-segment-may-be-acknowledged-late',
			'rack/probe-no-later-than-the-time-out',
			'rack/probe-of-new-text',
			'rack/one-probe-only',
			'rack/probe-keeps-to-the-window',
			'rack/probe-fills-the-window',
			'rack/fin-is-a-tail-too'
		]
	},
	{
		topic: 'rack',
		behaviour: 'A loss that only the probe has repaired cuts the window',
		from: ['packetdrill', 'linux'],
		done: [
			'rack/repaired-by-the-probe-is-a-loss',
			'rack/probe-that-came-twice-is-no-loss',
			'rack/probe-answered-twice-is-no-loss',
			'rack/without-a-congestion-window'
		]
	}
];
