/** Repair by reports, timestamps and keep-alive: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const REPAIR: readonly Coverage[] = [
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
			'sack/no-more-than-fits',
			'sack/backwards-is-one-block',
			'sack/no-room-in-a-full-segment'
		]
	},
	{
		topic: 'sack',
		behaviour: 'Blocks across the wrap',
		from: ['smoltcp'],
		done: ['sack/across-the-wrap', 'sack/scoreboard-across-the-wrap']
	},
	{
		topic: 'sack',
		behaviour: 'Not agreed upon',
		from: ['smoltcp'],
		done: ['sack/not-agreed', 'sack/other-options-are-no-offer']
	},
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
			'keepalive/half-closed',
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
