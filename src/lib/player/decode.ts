/**
 * What a list shows of one datagram, read straight through the header tables. Nothing is verified here and nothing
 * throws: octets that are missing read as zero. The dissection beside the list says what is wrong.
 */
import { formatAddress } from '#lib/wire/address.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { recordAt, speechOf } from '#lib/wire/spoken.ts';
import { readTcpOptions } from '#lib/wire/tcp-options.ts';
import { ACK, FIN, PSH, RST, SYN, URG } from '#lib/wire/tcp.ts';
import * as words from '#words/packet-rows.ts';

export type Protocol = 'TCP' | 'POP3' | 'SMTP' | 'IMAP' | 'TLS' | 'ICMP' | 'UDP' | 'IPv4';

export interface TcpSummary {
	readonly srcPort: number;
	readonly dstPort: number;
	/** Unsigned 32 bits, as carried. */
	readonly seq: number;
	readonly ack: number;
	readonly window: number;
	/** Octets of text. */
	readonly length: number;
}

export interface Decoded {
	/** The innermost thing that is named: more than TCP only when the segment carries something. */
	readonly protocol: Protocol;
	/** TCP's control bits as letters: `S`, `SA`, `A`, `PA`, `FA`, `R`, `RA`; '' for anything else. */
	readonly flags: string;
	readonly tcp?: TcpSummary;
	/** Dotted addresses. */
	readonly source: string;
	readonly destination: string;
	/** Octets of the datagram. */
	readonly length: number;
	/** One line: `USER ada`, `SYN 1000, MSS 1460`, `ACK 5001`. */
	readonly info: string;
}

const LETTERS = [
	[SYN, 'S'],
	[FIN, 'F'],
	[RST, 'R'],
	[PSH, 'P'],
	[ACK, 'A'],
	[URG, 'U']
] as const;
/** The control bits as letters, by their eight bits. */
const FLAGS = Array.from({ length: 256 }, (_, bits) =>
	LETTERS.map(([bit, letter]) => (bits & bit ? letter : '')).join('')
);
/** What an octet of text shows as, by its value: printable ASCII as itself, all else as a dot. */
const SHOWN = Array.from({ length: 256 }, (_, octet) =>
	octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : '.'
);
/** Characters of the first line of text that are shown. */
const MOST_SHOWN = 120;
const CR = 13;
const LF = 10;

const controls = TCP.run('cwr', 'fin').get;

/** Addresses as text: a capture has few of them, and each comes often. */
const addresses = new Map<number, string>();
const MOST_ADDRESSES = 4_096;

function addressText(address: number): string {
	let text = addresses.get(address);
	if (text === undefined) {
		if (addresses.size >= MOST_ADDRESSES) addresses.clear();
		addresses.set(address, (text = formatAddress(address)));
	}
	return text;
}

/** What the headers of a datagram say, without a text. */
export interface Headers {
	readonly protocol: Protocol;
	/** TCP's control bits, and as letters. */
	readonly bits: number;
	readonly flags: string;
	readonly tcp: TcpSummary | undefined;
	/** Octet at which the payload of the datagram begins, and after which it ends. */
	readonly start: number;
	readonly end: number;
}

/** Reads the headers alone; `ports` are those on which POP3 is spoken. */
export function headersOf(bytes: Uint8Array, ports: ReadonlySet<number>): Headers {
	const number = IPV4.get.protocol(bytes, 0);
	const start = IPV4.get.ihl(bytes, 0) * 4;
	const end = Math.min(bytes.length, Math.max(start, IPV4.get.totalLength(bytes, 0)));
	const whole = IPV4.get.fragmentOffset(bytes, 0) === 0;
	// a later fragment has no transport header
	if (whole && number === TCP_PROTOCOL && start >= IPV4.octets && end - start >= TCP.octets) {
		const bits = controls(bytes, start);
		const tcp = readTcp(bytes, start, end);
		const protocol = tcp.length > 0 ? spoken(bytes, end - tcp.length, end, tcp, ports) : 'TCP';
		return { protocol, bits, flags: FLAGS[bits] ?? '', tcp, start, end };
	}
	const protocol =
		whole && number === ICMP_PROTOCOL ? 'ICMP' : whole && number === UDP_PROTOCOL ? 'UDP' : 'IPv4';
	return { protocol, bits: 0, flags: '', tcp: undefined, start, end };
}

const SPEECH = { smtp: 'SMTP', imap: 'IMAP', tls: 'TLS' } as const;

function spoken(
	bytes: Uint8Array,
	from: number,
	to: number,
	{ srcPort, dstPort }: TcpSummary,
	ports: ReadonlySet<number>
): Protocol {
	const speech = speechOf(bytes, from, to, srcPort, dstPort);
	if (speech !== 'tls' && (ports.has(srcPort) || ports.has(dstPort))) return 'POP3';
	return speech === null || speech === 'pop3' ? 'TCP' : SPEECH[speech];
}

/** The addresses of a datagram, dotted. */
export const sourceOf = (bytes: Uint8Array): string => addressText(IPV4.get.src(bytes, 0));
export const destinationOf = (bytes: Uint8Array): string => addressText(IPV4.get.dst(bytes, 0));

/** One line of what a datagram says. */
export function infoOf(bytes: Uint8Array, { protocol, bits, tcp, start, end }: Headers): string {
	if (tcp) {
		const text = end - tcp.length;
		if (protocol === 'TLS') return words.sealed(recordAt(bytes, text, end), tcp.length);
		if (protocol !== 'TCP') return lineText(bytes, text, end);
		return tcpText(tcp, bits, bytes, start + TCP.octets, text);
	}
	if (protocol === 'ICMP') return icmpText(bytes[start] ?? 0, bytes[start + 1] ?? 0);
	if (protocol === 'UDP') return words.ports(word(bytes, start), word(bytes, start + 2));
	const offset = IPV4.get.fragmentOffset(bytes, 0) * 8;
	if (offset > 0) return words.fragmentAt(offset);
	return words.protocol(IPV4.get.protocol(bytes, 0), end - start);
}

/** Reads a datagram; `ports` are those on which POP3 is spoken. */
export function decode(bytes: Uint8Array, ports: ReadonlySet<number>): Decoded {
	const headers = headersOf(bytes, ports);
	const { protocol, flags, tcp } = headers;
	return {
		protocol,
		flags,
		...(tcp && { tcp }),
		source: sourceOf(bytes),
		destination: destinationOf(bytes),
		length: bytes.length,
		info: infoOf(bytes, headers)
	};
}

function readTcp(bytes: Uint8Array, at: number, end: number): TcpSummary {
	const text = Math.min(end, at + Math.max(TCP.octets, TCP.get.dataOffset(bytes, at) * 4));
	return {
		srcPort: TCP.get.srcPort(bytes, at),
		dstPort: TCP.get.dstPort(bytes, at),
		seq: TCP.get.seq(bytes, at),
		ack: TCP.get.ack(bytes, at),
		window: TCP.get.window(bytes, at),
		length: end - text
	};
}

/** `SYN 5000, ACK 1001, MSS 1460`; the number after SYN, FIN and RST is the sequence number. */
function tcpText(tcp: TcpSummary, bits: number, bytes: Uint8Array, options: number, text: number): string {
	if (bits === ACK && tcp.length === 0) return `ACK ${tcp.ack}`;
	const parts: string[] = [];
	const opening = bits & SYN ? 'SYN' : bits & FIN ? 'FIN' : bits & RST ? 'RST' : '';
	if (opening) parts.push(`${opening} ${tcp.seq}`);
	if (bits & ACK) parts.push(`ACK ${tcp.ack}`);
	if (bits & SYN)
		for (const option of readTcpOptions(bytes, options, text))
			if (option.kind === 'mss') parts.push(`MSS ${option.value}`);
	if (tcp.length > 0) parts.push(words.octetsFrom(tcp.length, tcp.seq));
	return parts.join(', ') || words.noFlags;
}

/** The first line of the text, and how many more there are. */
function lineText(bytes: Uint8Array, from: number, end: number): string {
	let first = '';
	let more = 0;
	let next = lineEnd(bytes, from, end);
	for (let at = from, last = Math.min(next, from + MOST_SHOWN); at < last; at++) first += SHOWN[bytes[at]!];
	// what follows a line's CRLF is one line more
	while (next + 2 < end) {
		more++;
		next = lineEnd(bytes, next + 2, end);
	}
	return more > 0 ? `${first} (${words.moreLines(more)})` : first;
}

/** Where the CRLF is that ends the line which starts at `from`, or `end`. */
function lineEnd(bytes: Uint8Array, from: number, end: number): number {
	for (let at = from + 1; at < end; at++) if (bytes[at] === LF && bytes[at - 1] === CR) return at - 1;
	return end;
}

/** RFC 792, by type and code. */
function icmpText(type: number, code: number): string {
	if (type === 0) return words.echoReply;
	if (type === 8) return words.echoRequest;
	if (type === 11) return code === 0 ? words.timeToLive : words.reassemblyTime;
	if (type === 3) return code === 4 ? words.fragmentation : words.unreachable(code);
	return words.icmp(type, code);
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
