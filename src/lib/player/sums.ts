/**
 * Why a field that its sender computed is what it is: the sum, with the packet's own numbers, and where the numbers
 * before it tell, the packet that they came from. Nothing is judged here: what is wrong stands at the node.
 */
import type { Node } from '#lib/wire/node.ts';
import { add } from '#lib/wire/seq.ts';
import { hex } from '#lib/wire/text.ts';
import * as words from '#words/sums.ts';
import { walkOf } from './checksum-walk.ts';
import { layerTag } from './fields.ts';
import type { PacketRow } from './packets.ts';

export interface Sum {
	/** `20 IP + 20 TCP + 10 POP3 = 50 octets`. */
	readonly text: string;
	/** Number of the packet that the sum starts from. */
	readonly packet?: number;
	/** The checksum can be worked through word by word. */
	readonly walk?: true;
}

export type SumOf = typeof sumOf;

/** Octets of every header without options. */
const FIXED = 20;

const octetsOf = (node: Node): number => (node.bits[1] - node.bits[0]) / 8;

/** How `field` of the packet `row` came about; null: it is nobody's sum. `rows` are the packets known. */
export function sumOf(
	field: Node,
	layers: readonly Node[],
	row: Pick<PacketRow, 'bytes'> & Partial<PacketRow>,
	rows: readonly PacketRow[] = []
): Sum | null {
	// a datagram that is quoted in another was sent by somebody else
	const layer = layers.find(({ children }) => children?.includes(field));
	const { value } = field;
	if (!layer || value === undefined) return null;
	switch (field.name) {
		case 'ip.hdr_len':
		case 'tcp.hdr_len':
			return { text: headerText(value, octetsOf(layer)) };
		case 'ip.len':
			return { text: lengths(layers, value) };
		case 'udp.length':
			return { text: lengths(layers.slice(layers.indexOf(layer)), value) };
		case 'ip.frag_offset':
			return value > 0 ? { text: words.fragmentOffset(value) } : null;
		case 'tcp.seq_raw':
			return sequence(value, row, rows);
		case 'tcp.ack_raw':
			return acknowledgment(value, row, rows);
	}
	const walk = walkOf(field, layers, row.bytes);
	if (!walk) return null;
	const own = walk.steps.filter(({ place }) => place === 'own').length;
	const pseudo = walk.steps.length - own;
	return { text: words.checksum(own, pseudo, hex(walk.sum, 4), hex(walk.result, 4)), walk: true };
}

const headerText = (long: number, here: number): string =>
	words.header(long, FIXED, Math.min(long * 4, here) - FIXED);

function lengths(layers: readonly Node[], value: number): string {
	const parts = layers.filter(({ name }) => name !== 'trailer');
	const total = parts.reduce((sum, part) => sum + octetsOf(part), 0);
	const terms = parts.map((part) => `${octetsOf(part)} ${layerTag(part)}`).join(' + ');
	return total === value ? words.total(terms, value) : words.stated(terms, value);
}

/** Sequence numbers that a segment takes: its text, and one for each of SYN and FIN (RFC 9293 §3.4). */
function taken({ flags, tcp }: PacketRow): number {
	return (tcp?.length ?? 0) + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0);
}

/** What a segment takes, in words: `5 octets`, `SYN`. */
function takenText(row: PacketRow): string {
	const length = row.tcp?.length ?? 0;
	const parts = length ? [words.octets(length)] : [];
	if (row.flags.includes('S')) parts.push(words.forSyn);
	if (row.flags.includes('F')) parts.push(words.forFin);
	return parts.join(' + ');
}

/** The latest packet before `row` that ends right before `next`, sent by `row`'s sender or by its other end. */
function endingAt(
	next: number,
	row: Partial<PacketRow>,
	rows: readonly PacketRow[],
	sender: 'same' | 'other'
): PacketRow | undefined {
	const source = sender === 'same' ? row.source : row.destination;
	return rows.findLast(
		(one) =>
			one.packet < (row.packet ?? 0) &&
			one.connection === row.connection &&
			one.source === source &&
			one.tcp !== undefined &&
			taken(one) > 0 &&
			add(one.tcp.seq, taken(one)) === next
	);
}

function sequence(value: number, row: Partial<PacketRow>, rows: readonly PacketRow[]): Sum | null {
	if (row.flags?.includes('S')) return { text: words.initial(value, row.from) };
	if (row.again !== undefined) return { text: words.repeats(row.again), packet: row.again };
	const last = endingAt(value, row, rows, 'same');
	if (!last?.tcp) return null;
	return { text: words.after(last.tcp.seq, last.packet, takenText(last), value), packet: last.packet };
}

function acknowledgment(value: number, row: Partial<PacketRow>, rows: readonly PacketRow[]): Sum | null {
	if (!row.flags?.includes('A')) return { text: words.noAck };
	const last = endingAt(value, row, rows, 'other');
	if (!last?.tcp) return null;
	const text = words.after(last.tcp.seq, last.packet, takenText(last), value);
	return { text: words.awaited(text), packet: last.packet };
}
