/** Ending a connection, by FIN, by RST and by neither: what the catalogues test, and where we do. */
import type { Coverage } from './row.ts';

export const CLOSING: readonly Coverage[] = [
	{
		topic: 'fin-wait-1',
		behaviour: 'CLOSE: our FIN, its repeats, its ACK',
		from: ['packetdrill', 'linux', 'smoltcp', 'packetimpact'],
		done: [
			'fin-wait-1/ack-of-the-fin',
			'fin-wait-1/fin-is-sent-again',
			'fin-wait-1/text-and-fin-lost-together',
			'half-close/fin-carries-no-text-twice'
		]
	},
	{
		topic: 'fin-wait-1',
		behaviour: 'FIN with the ACK of ours',
		from: ['smoltcp'],
		done: ['fin-wait-1/fin-with-the-ack']
	},
	{
		topic: 'fin-wait-1',
		behaviour: 'Text after our FIN; a FIN in disorder',
		from: ['linux', 'smoltcp'],
		done: ['fin-wait-1/still-receives', 'fin-wait-1/early-fin']
	},
	{
		topic: 'fin-wait-1',
		behaviour: 'A second CLOSE, a SEND after CLOSE',
		from: ['smoltcp'],
		done: ['fin-wait-1/send-is-refused', 'close-wait/send-after-close']
	},
	{
		topic: 'fin-wait-1',
		behaviour: 'RST in FIN-WAIT-1',
		from: ['smoltcp'],
		done: ['fin-wait-1/rst-ends-it']
	},
	{
		topic: 'fin-wait-2',
		behaviour: 'Text and FIN in FIN-WAIT-2, also in disorder',
		from: ['smoltcp', 'packetimpact'],
		done: ['fin-wait-2/waits-without-a-timer', 'fin-wait-2/early-fin-waits']
	},
	{
		topic: 'fin-wait-2',
		behaviour: 'RST in FIN-WAIT-2',
		from: ['packetimpact'],
		done: ['fin-wait-2/rst-with-a-gap-is-challenged']
	},
	{
		topic: 'fin-wait-2',
		behaviour: 'FIN-WAIT-2 times out when nobody owns the socket',
		from: ['packetimpact'],
		out: 'RFC 9293 has no such timer, and here somebody always reads.'
	},
	{
		topic: 'half-close',
		behaviour: 'shutdown of one direction, then of the other',
		from: ['packetdrill', 'linux'],
		done: ['half-close/reads-to-the-end', 'half-close/window-update-after-fin-wait']
	},
	{
		topic: 'half-close',
		behaviour: 'shutdown of reading',
		from: ['packetdrill'],
		out: 'RFC 9293 has no call that stops reading.'
	},
	{
		topic: 'close-wait',
		behaviour: 'Our direction stays open after the peer’s FIN',
		from: ['packetdrill', 'linux', 'smoltcp', 'packetimpact'],
		done: ['close-wait/goes-on-sending', 'close-wait/close-sends-text-then-fin']
	},
	{
		topic: 'close-wait',
		behaviour: 'Numbers out of the window and ACKs of nothing in CLOSE-WAIT',
		from: ['packetimpact'],
		done: ['close-wait/unacceptable-ack-or-number', 'close-wait/text-after-the-fin', 'close-wait/fin-again']
	},
	{
		topic: 'close-wait',
		behaviour: 'RST in CLOSE-WAIT',
		from: ['smoltcp'],
		done: ['close-wait/rst-ends-it']
	},
	{
		topic: 'closing',
		behaviour: 'CLOSING and what may come in it',
		from: ['smoltcp', 'packetimpact'],
		done: ['closing/ack-leads-to-time-wait', 'closing/fin-is-repeated', 'closing/rst-is-no-error']
	},
	{
		topic: 'last-ack',
		behaviour: 'LAST-ACK and what may come in it',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'last-ack/ack-closes',
			'last-ack/fin-again',
			'last-ack/text-again-is-answered',
			'last-ack/rst-is-no-error'
		]
	},
	{
		topic: 'time-wait',
		behaviour: 'TIME-WAIT: its length, the FIN again, old text, a pure ACK',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'time-wait/ends-after-two-lifetimes',
			'time-wait/fin-again-starts-anew',
			'time-wait/old-text-is-answered',
			'time-wait/pure-ack-is-silent'
		]
	},
	{
		topic: 'time-wait',
		behaviour: 'RST in TIME-WAIT',
		from: ['packetimpact'],
		done: ['time-wait/rst-ends-it-only-exactly']
	},
	{
		topic: 'time-wait',
		behaviour: 'A SYN in TIME-WAIT: old, later by number, later by stamp, after it',
		from: [],
		done: [
			'time-wait/old-syn-is-challenged',
			'time-wait-reuse/old-syn',
			'time-wait-reuse/later-syn',
			'time-wait-reuse/later-stamp',
			'time-wait-reuse/same-port-after-it'
		]
	},
	{
		topic: 'rst',
		behaviour: 'RST ends the connection at RCV.NXT only',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'rst/refuses-the-connection',
			'rst/outside-the-window',
			'rst/after-a-gap-the-number-is-what-was-read',
			'rst/needs-no-ack'
		]
	},
	{
		topic: 'rst',
		behaviour: 'RST with text, RST with early text held',
		from: ['smoltcp'],
		done: ['rst/with-text-is-a-reset', 'rst/drops-what-is-early']
	},
	{
		topic: 'rst',
		behaviour: 'CLOSE with unread text sends RST; SO_LINGER',
		from: ['linux', 'packetimpact'],
		out: 'A program here has read all that came; ABORT is the call for a RST.'
	},
	{
		topic: 'challenge-ack',
		behaviour: 'RST, SYN and ACK that may be forged are challenged',
		from: ['smoltcp', 'packetimpact'],
		done: ['challenge-ack/rst-in-the-window', 'challenge-ack/syn-anywhere']
	},
	{
		topic: 'challenge-ack',
		behaviour: 'Challenges are limited, answers to text are not',
		from: ['smoltcp'],
		done: [
			'challenge-ack/rate-limit',
			'challenge-ack/old-text-is-not-limited',
			'challenge-ack/war-of-acks-ends'
		]
	},
	{
		topic: 'blind',
		behaviour: 'Blind injection of text, FIN and ICMP',
		from: ['smoltcp', 'packetimpact'],
		done: [
			'blind/data-with-a-future-ack',
			'blind/data-with-an-ancient-ack',
			'blind/fin-outside-the-window',
			'blind/icmp-for-another-number'
		]
	}
];
