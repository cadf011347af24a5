/**
 * The one place in a level's run that its card in the reference shows: a packet and the field in it that says what the
 * level taught. Law: found in the run, never numbered by hand.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import { ACK, RST, SYN } from '#lib/wire/tcp.ts';
import { type Log, type Match } from './goals.ts';
import { packet } from './matches.ts';
import { textOf } from './segment.ts';

export interface Key {
	readonly packet: Match;
	/** Name of the field, as Wireshark has it. */
	readonly field: string;
}

/** A packet whose text begins so, from a server or a client. */
const says =
	(begins: RegExp): Match =>
	(event) =>
		event.kind === 'packet.sent' && begins.test(textOf(event.bytes));

const COMMAND = 'pop.request.command';
const WORDS = 'pop.request.parameter';
const SIGN = 'pop.response.indicator';
const ANSWER = 'pop.response.description';

export const KEYS: Readonly<Record<string, Key>> = {
	knock: { packet: says(/^\+OK POP3/), field: SIGN },
	shake: { packet: packet({ srcPort: 110, flags: SYN | ACK }), field: 'tcp.ack_raw' },
	papers: { packet: says(/^PASS lovelace\r/), field: WORDS },
	notyet: { packet: says(/^-ERR/), field: SIGN },
	count: { packet: says(/^LIST/), field: COMMAND },
	lonedot: { packet: says(/\r\n\.\r\n$/), field: 'pop.final_dot' },
	stuffed: { packet: says(/\r\n\.\./), field: 'pop.stuffed_dot' },
	top: { packet: says(/^TOP/), field: WORDS },
	goodbye: { packet: says(/^RSET/), field: COMMAND },
	plug: { packet: packet({ flags: RST }), field: 'tcp.flags.reset' },
	names: { packet: says(/^UIDL/), field: COMMAND },
	twice: { packet: says(/^UIDL/), field: COMMAND },
	two: { packet: says(/^(UIDL|RETR)/), field: COMMAND },
	lock: { packet: says(/^-ERR \[IN-USE\]/), field: ANSWER },
	postcards: { packet: says(/^PASS/), field: WORDS },
	secret: { packet: says(/^APOP/), field: WORDS }
};

/** The packet of a key in a run; null: the run has none. */
export function keyPacket(key: Key, log: Log): EventOf<'packet.sent'> | null {
	const sent = log.find((event: Event) => key.packet(event, log));
	return sent?.kind === 'packet.sent' ? sent : null;
}
