/**
 * The Internet checksum as one works it out by hand (RFC 1071 §1): word after word onto a running sum of 16 bits, each
 * carry added back in, and the complement at the end. Law: the checksum's own place counts as zero, and the result is
 * what a right packet carries.
 */
import { ICMP } from '#lib/wire/icmp-header.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { UDP } from '#lib/wire/udp.ts';
import * as words from '#words/sums.ts';
import { character, nodesAt } from './fields.ts';

export interface Step {
	/** What the word is: `Source address, first half`. */
	readonly label: string;
	/** The sixteen bits that are added. */
	readonly word: number;
	/** Its octets as text, where they are text. */
	readonly text: string;
	/** Where the octets stand in the packet; null: nowhere, the pseudo-header alone has them. */
	readonly bits: BitRange | null;
	readonly place: 'pseudo' | 'own';
	/** `field`: the checksum itself, which counts as zero; `pad`: the last octet stands alone, a zero is put after it. */
	readonly odd?: 'field' | 'pad';
	readonly before: number;
	/** Sum with its carry, 17 bits. */
	readonly total: number;
	/** With the carry added back in. */
	readonly after: number;
}

export interface Walk {
	/** `IPv4`, `TCP`, `UDP`, `ICMP`. */
	readonly header: string;
	/** The checksum's own place. */
	readonly field: BitRange;
	readonly steps: readonly Step[];
	readonly sum: number;
	/** What the checksum should be. */
	readonly result: number;
	/** What the packet carries. */
	readonly carried: number;
}

type Addend = Omit<Step, 'before' | 'total' | 'after'>;

const FIELDS: Readonly<Record<string, string>> = {
	'ip.checksum': IPV4.name,
	'tcp.checksum': TCP.name,
	'udp.checksum': UDP.name,
	'icmp.checksum': ICMP.name
};

/** Null: not a checksum, or not all that it covers is in this packet. */
export function walkOf(field: Node, layers: readonly Node[], bytes: Uint8Array): Walk | null {
	const header = FIELDS[field.name];
	const at = layers.findIndex(({ children }) => children?.includes(field));
	const layer = layers[at];
	if (!header || !layer || field.bits[1] - field.bits[0] !== 16) return null;
	const from = layer.bits[0] / 8;
	let to = layer.bits[1] / 8;
	const addends: Addend[] = [];
	if (field.name !== 'ip.checksum') {
		const end = IPV4.get.totalLength(bytes, 0);
		const piece = IPV4.get.mf(bytes, 0) === 1 || IPV4.get.fragmentOffset(bytes, 0) > 0;
		if (piece || end > bytes.length || end < to || at !== 1) return null;
		to = header === UDP.name ? from + UDP.get.length(bytes, from) : end;
		if (to > bytes.length) return null;
		if (header === TCP.name || header === UDP.name) addends.push(...pseudoHeader(bytes, to - from));
	}
	for (let octet = from; octet < to; octet += 2) addends.push(wordAt(bytes, octet, to, field, layers));
	let sum = 0;
	const steps = addends.map((addend): Step => {
		const before = sum;
		const total = before + addend.word;
		sum = total > 0xffff ? (total & 0xffff) + 1 : total;
		return { ...addend, before, total, after: sum };
	});
	const complement = ~sum & 0xffff;
	// in UDP a zero says that there is no checksum (RFC 768)
	const result = header === UDP.name && complement === 0 ? 0xffff : complement;
	const carried = word(bytes, field.bits[0] / 8);
	return { header, field: field.bits, steps, sum, result, carried };
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The addresses, the protocol and the length (RFC 9293 §3.1, RFC 768). */
function pseudoHeader(bytes: Uint8Array, length: number): Addend[] {
	const half = (label: string, octet: number): Addend => ({
		label,
		word: word(bytes, octet),
		text: '',
		bits: [octet * 8, octet * 8 + 16],
		place: 'pseudo'
	});
	const place = (name: string): number => (IPV4.fields.find((one) => one.name === name)?.from ?? 0) / 8;
	const [src, dst, protocol] = [place('src'), place('dst'), place('protocol')];
	return [
		half(words.sourceFirst, src),
		half(words.sourceSecond, src + 2),
		half(words.destinationFirst, dst),
		half(words.destinationSecond, dst + 2),
		{
			label: words.zeroAndProtocol,
			word: bytes[protocol] ?? 0,
			text: '',
			bits: [protocol * 8, protocol * 8 + 8],
			place: 'pseudo'
		},
		{ label: words.lengthOfText, word: length, text: '', bits: null, place: 'pseudo' }
	];
}

function wordAt(bytes: Uint8Array, octet: number, to: number, field: Node, layers: readonly Node[]): Addend {
	const pad = octet + 1 >= to;
	const bits: BitRange = [octet * 8, Math.min(octet + 2, to) * 8];
	const nodes = nodesAt(layers, bits);
	const names = [...new Set(nodes.map(({ label }) => label))];
	const label = words.fields(names);
	if (bits[0] === field.bits[0])
		return { label: words.countsAsZero(label), word: 0, text: '', bits, place: 'own', odd: 'field' };
	const own = bytes.subarray(octet, Math.min(octet + 2, to));
	return {
		label,
		word: pad ? (bytes[octet] ?? 0) << 8 : word(bytes, octet),
		text: nodes.every((node) => node.value === undefined) ? Array.from(own, character).join('') : '',
		bits,
		place: 'own',
		...(pad && { odd: 'pad' as const })
	};
}
