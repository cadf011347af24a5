/**
 * Packets in the notation of the TCP tests: read from words, filled in from a template, and shown again, so that what was
 * sent and what was expected are compared as two lines of text. Law: whatever differs between two packets shows.
 */
import { diff } from '#lib/wire/seq.ts';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { control, digest, latin1, pattern, text } from './octets.ts';

const FLAGS: Readonly<Record<string, number>> = { SYN, ACK, FIN, RST, PSH, URG, ECE, CWR };

/** A number as written: counted from the initial sequence number, or as it is on the wire. */
interface Written {
	readonly relative: boolean;
	readonly value: number;
}

type OptionDraft =
	| Exclude<TcpOption, { kind: 'sack' }>
	| { readonly kind: 'sack'; readonly blocks: readonly (readonly [Written, Written])[] };

export interface Draft {
	readonly kind: 'tcp' | 'udp' | 'icmp';
	readonly flags: number;
	readonly seq?: Written;
	readonly ack?: Written;
	readonly win?: number;
	readonly urg?: number;
	readonly length?: number;
	readonly octets?: Uint8Array;
	readonly options: readonly OptionDraft[];
	/** Why it was sent again; empty: it was not. */
	readonly again: string;
	/** Ports, where they are not those of the template. */
	readonly from?: number;
	readonly to?: number;
	/** ECN field of the datagram, where it is said: not-ect, ect0, ect1, ce. */
	readonly ecn?: number;
	/** Of ICMP: the words after `icmp`. */
	readonly words: readonly string[];
}

/** ECN field of the IP header (RFC 3168 §5). */
const ECN: Readonly<Record<string, number>> = { 'not-ect': 0, ect1: 1, ect0: 2, ce: 3 };

const number = (word: string | undefined, what: string): number => {
	if (word === undefined || !/^\d+$/.test(word))
		throw new Error(`${what} needs a number, not "${word ?? ''}"`);
	return Number(word);
};
const relative = (value: number): Written => ({ relative: true, value });
const onWire = (value: number): Written => ({ relative: false, value });

/** One packet, or with `by 1000` all that a long text takes in pieces of so many octets. */
export function readPacket(line: string): Draft[] {
	const words = line.match(/"[^"]*"|<[^>]*>|\([a-z]+\)|\S+/g) ?? [];
	const first = words[0];
	if (first === 'icmp') return [{ kind: 'icmp', flags: 0, options: [], again: '', words: words.slice(1) }];
	const draft: { -readonly [K in keyof Draft]: Draft[K] } = {
		kind: first === 'udp' ? 'udp' : 'tcp',
		flags: 0,
		options: [],
		again: '',
		words: []
	};
	let by = 0;
	const rest = first === 'udp' ? words.slice(1) : words;
	const options: OptionDraft[] = [];
	for (let at = 0; at < rest.length; at += 1) {
		const word = rest[at] ?? '';
		const [, name, value] = /^(seq|ack|win|len|urg|from|to)=(\d+)$/.exec(word) ?? [];
		const range = /^(\d+):(\d+)\((\d+)\)$/.exec(word);
		if (word.startsWith('"')) draft.octets = latin1(word.slice(1, -1));
		else if (word.startsWith('<')) options.push(...word.slice(1, -1).split(',').map(readOption));
		else if (/^\([a-z]+\)$/.test(word)) draft.again = word.slice(1, -1);
		else if (range) {
			const [from = 0, to = 0, length = 0] = range.slice(1).map(Number);
			if (to - from !== length) throw new Error(`${word}: from ${from} to ${to} are ${to - from} octets`);
			draft.seq = relative(from);
			draft.length = length;
		} else if (word === 'ack') draft.ack = relative(number(rest[(at += 1)], word));
		else if (word === 'win' || word === 'urg') draft[word] = number(rest[(at += 1)], word);
		else if (word === 'from' || word === 'to') draft[word] = number(rest[(at += 1)], word);
		else if (word === 'by') by = number(rest[(at += 1)], word);
		else if (name === 'seq' || name === 'ack') draft[name] = onWire(Number(value));
		else if (name === 'len') draft.length = Number(value);
		else if (name === 'win' || name === 'urg' || name === 'from' || name === 'to')
			draft[name] = Number(value);
		else if (/^(mss|ts|sack|wscale)=|^sackOK$/.test(word)) options.push(readOption(word));
		else if (word in ECN) draft.ecn = ECN[word] ?? 0;
		else if (word !== 'none') draft.flags |= readFlags(word);
	}
	draft.options = options;
	if (draft.octets && draft.length !== undefined && draft.octets.length !== draft.length) {
		throw new Error(`the text has ${draft.octets.length} octets and not ${draft.length}`);
	}
	return by === 0 ? [draft] : pieces(draft, by);
}

function pieces(draft: Draft, by: number): Draft[] {
	const { length = 0, seq = relative(1), octets } = draft;
	if (octets || length === 0) throw new Error('only a length can be cut into pieces');
	return Array.from({ length: Math.ceil(length / by) }, (_, index) => ({
		...draft,
		seq: { ...seq, value: seq.value + index * by },
		length: Math.min(by, length - index * by)
	}));
}

function readFlags(word: string): number {
	let flags = 0;
	for (const name of word.split(',')) {
		const bit = FLAGS[name];
		if (bit === undefined) throw new Error(`what is ${word}?`);
		flags |= bit;
	}
	return flags;
}

/** `mss 1460`, `sackOK`, `wscale 7`, `TS 5:3` (value, echo), `sack 11:21 31:41`; with `=` the numbers of the wire. */
function readOption(written: string): OptionDraft {
	const [name = '', rest = ''] = written.trim().split(/[= ](.*)/);
	switch (name) {
		case 'sackOK':
			return { kind: 'sackPermitted' };
		case 'nop':
		case 'eol':
			return { kind: name };
		case 'mss':
			return { kind: 'mss', value: number(rest, name) };
		case 'wscale':
			return { kind: 'windowScale', shift: number(rest, name) };
		case 'unknown':
			return { kind: 'unknown', number: number(rest, name), data: new Uint8Array(2) };
		case 'TS':
		case 'ts': {
			const [value, echo] = rest.split(':');
			return { kind: 'timestamps', value: number(value, name), echo: number(echo, name) };
		}
		case 'sack': {
			const wire = written.includes('=');
			const blocks = rest.split(wire ? ',' : ' ').map((block) => {
				const [left, right] = block.split(wire ? '-' : ':').map((edge) => number(edge, name));
				const write = wire ? onWire : relative;
				return [write(left ?? NaN), write(right ?? NaN)] as const;
			});
			return { kind: 'sack', blocks };
		}
		default:
			throw new Error(`there is no option "${written.trim()}"`);
	}
}

/** What is so where a line does not say otherwise: the next number of each side, the ports, the window. */
export interface Template {
	readonly srcPort: number;
	readonly dstPort: number;
	/** Initial sequence number of the side that sends, and of the other. */
	readonly sender: number;
	readonly receiver: number;
	readonly win: number;
}

/** The segment that a draft stands for. A length without text is the stream's own text at that place. */
export function segmentOf(draft: Draft, { srcPort, dstPort, sender, receiver, win }: Template): TcpSegment {
	const place = ({ relative, value }: Written, base: number): number =>
		(relative ? base + value : value) >>> 0;
	const { flags } = draft;
	const seq = place(draft.seq ?? relative(1), sender);
	const first = (sender + 1) >>> 0;
	return {
		srcPort: draft.from ?? srcPort,
		dstPort: draft.to ?? dstPort,
		seq,
		ack: flags & ACK ? place(draft.ack ?? relative(1), receiver) : 0,
		flags,
		window: draft.win ?? (flags & RST ? 0 : win),
		urgent: draft.urg ?? 0,
		options: draft.options.map((option) => {
			if (option.kind !== 'sack') return option;
			const edges = option.blocks.map(
				([left, right]) => [place(left, receiver), place(right, receiver)] as const
			);
			return { kind: 'sack', blocks: edges };
		}),
		payload: draft.octets ?? pattern(draft.length ?? 0, diff(seq, first))
	};
}

/** What a segment is, in relative numbers, as one line that two equal segments share and no others. */
export function showSegment(
	segment: TcpSegment,
	base: Pick<Template, 'sender' | 'receiver'>,
	again = ''
): string {
	const from = (number: number, start: number): number => diff(number, start);
	const { seq, payload, flags, urgent } = segment;
	const start = from(seq, base.sender);
	const words = [
		control(flags) || 'none',
		`${start}:${start + payload.length}(${payload.length})`,
		flags & ACK ? `ack ${from(segment.ack, base.receiver)}` : segment.ack === 0 ? '' : `ack=${segment.ack}`,
		`win ${segment.window}`,
		urgent === 0 ? '' : `urg ${urgent}`
	];
	// padding is the writer's business
	const options = segment.options
		.filter(({ kind }) => kind !== 'nop')
		.map((option) => showOption(option, base));
	if (options.length > 0) words.push(`<${options.join(',')}>`);
	if (payload.length > 40) words.push(`[${digest(payload)}]`);
	else if (payload.length > 0) words.push(JSON.stringify(text(payload)));
	if (again !== '') words.push(`(${again})`);
	words.push(`from ${segment.srcPort} to ${segment.dstPort}`);
	return words.filter((word) => word !== '').join(' ');
}

function showOption(option: TcpOption, { receiver }: Pick<Template, 'receiver'>): string {
	switch (option.kind) {
		case 'mss':
			return `mss ${option.value}`;
		case 'sackPermitted':
			return 'sackOK';
		case 'windowScale':
			return `wscale ${option.shift}`;
		case 'timestamps':
			return `TS ${option.value}:${option.echo}`;
		case 'sack': {
			const blocks = option.blocks.map(([left, right]) => `${diff(left, receiver)}:${diff(right, receiver)}`);
			return `sack ${blocks.join(' ')}`;
		}
		case 'unknown':
			return `unknown ${option.number}`;
		default:
			return option.kind;
	}
}
