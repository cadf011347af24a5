/**
 * What of a datagram a glance shows: its kind, its letters, the first words of what it carries. Read tolerantly, for a
 * broken packet is drawn too.
 */
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { recordAt, speechOf, type Speech } from '#lib/wire/spoken.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, FIN, RST, SYN } from '#lib/wire/tcp.ts';
import { latin1 } from '#lib/wire/text.ts';
import type { Kind } from './palette.ts';

/** What a datagram carries, as far as a glance shows it. */
export interface Contents {
	readonly kind: Kind;
	/** `SA`, `PA`, `ICMP`. */
	readonly letters: string;
	/** Octets of application data. */
	readonly octets: number;
	readonly paper: 'text' | 'binary' | null;
	/** What the paper is written in; null: in nothing that is known here. */
	readonly speech: Speech | null;
	/** First word of a POP3 line (`USER`, `+OK`), the protocol's name and first word of another's, or ''. */
	readonly word: string;
	/** First line of the data, or ''; of TLS, what its record is of. */
	readonly line: string;
	/** Of a fragment (RFC 791 §3.2): on which sides more of the datagram belongs. */
	readonly torn: Torn | null;
}

export type Torn = 'left' | 'right' | 'both';

const LETTERS = [
	[SYN, 'S'],
	[FIN, 'F'],
	[RST, 'R'],
	[0x08, 'P'],
	[0x20, 'U'],
	[ACK, 'A']
] as const;

const flagBits = TCP.run('cwr', 'fin').get;

function kindOf(flags: number, octets: number): Kind {
	if (flags & RST) return 'rst';
	if (flags & SYN) return flags & ACK ? 'synack' : 'syn';
	if (flags & FIN) return 'fin';
	return octets > 0 ? 'data' : 'ack';
}

const NOTHING = { octets: 0, paper: null, speech: null, word: '', line: '' } as const;
/** The first word of a line: a command, a status indicator or a reply code; IMAP's commands have a tag before them. */
const WORD: { readonly [S in Exclude<Speech, 'tls'>]: RegExp } = {
	pop3: /^(?:\+OK|-ERR|[A-Z]{3,4}(?= |\r|$))/i,
	smtp: /^(?:[A-Z]{4}|[2-5]\d\d)(?=[ -]|\r|$)/i,
	imap: /^(?:\*|\+|[A-Z0-9]+) [A-Z]+/i
};

/** What is read of it at a glance. */
function heading(
	speech: Speech | null,
	text: string,
	record: string | null
): Pick<Contents, 'word' | 'line'> {
	const line = (text.split('\r\n', 1)[0] ?? '').replace(/[^\x20-\x7e]/g, '·');
	if (speech === 'tls') return { word: 'TLS', line: record === null ? 'TLS' : `TLS ${record}` };
	const word = speech === null ? '' : (WORD[speech].exec(text)?.[0].toUpperCase() ?? '');
	if (speech === null || speech === 'pop3') return { word, line };
	const name = speech.toUpperCase();
	return { word: `${name} ${word}`.trimEnd(), line: `${name} ${line}`.trimEnd() };
}

/** On which sides of a datagram more of it belongs; null: it is whole. */
export function tornOf(bytes: Uint8Array): Torn | null {
	const later = IPV4.get.fragmentOffset(bytes, 0) > 0;
	const more = IPV4.get.mf(bytes, 0) === 1;
	return later && more ? 'both' : later ? 'left' : more ? 'right' : null;
}

/** Reads a datagram tolerantly: what cannot be read is drawn as plain IP. */
export function contentsOf(bytes: Uint8Array): Contents {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const protocol = IPV4.get.protocol(bytes, 0);
	const later = IPV4.get.fragmentOffset(bytes, 0) > 0;
	const torn = tornOf(bytes);
	if (later) return { kind: 'ip', letters: 'F', ...NOTHING, torn };
	if (protocol === ICMP_PROTOCOL) {
		const named = bytes.length >= at + 2 && bytes[at] !== 0 && bytes[at] !== 8;
		return { kind: 'icmp', letters: named ? `ICMP ${bytes[at]}/${bytes[at + 1]}` : 'ICMP', ...NOTHING, torn };
	}
	if (protocol !== TCP_PROTOCOL || bytes.length < at + TCP.octets)
		return { kind: 'ip', letters: 'IP', ...NOTHING, torn };
	const flags = flagBits(bytes, at);
	const from = Math.min(bytes.length, at + TCP.get.dataOffset(bytes, at) * 4);
	const payload = bytes.subarray(from);
	const [src, dst] = [TCP.get.srcPort(bytes, at), TCP.get.dstPort(bytes, at)];
	const speech = payload.length ? speechOf(bytes, from, bytes.length, src, dst) : null;
	const text = latin1(payload, 0, Math.min(payload.length, 256));
	return {
		kind: kindOf(flags, payload.length),
		letters: LETTERS.map(([bit, letter]) => (flags & bit ? letter : '')).join('') || '0',
		octets: payload.length,
		paper: payload.length === 0 ? null : /^[\t\r\n\x20-\x7e]*$/.test(text) ? 'text' : 'binary',
		speech,
		...(payload.length ? heading(speech, text, recordAt(bytes, from, bytes.length)) : { word: '', line: '' }),
		torn
	};
}
