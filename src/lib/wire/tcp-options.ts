/**
 * TCP options (RFC 9293 §3.2), a table keyed by kind: how each is laid out, read and written. A kind that is not in
 * the table, or a known kind with a length that is not its own, is kept as `unknown`, octet for octet.
 */
import { defineHeader, type Field } from './layout.ts';
import { NO_OPERATION, optionEnd, padded, rowFor, type OptionRow } from './options.ts';
import { count } from './text.ts';
import type { TcpOption } from './tcp.ts';

const KIND = {
	name: 'kind',
	bits: 8,
	label: 'Kind',
	filter: 'tcp.option_kind',
	rfc: 'RFC 9293 §3.1',
	note: 'Says which option this is.',
	show: (kind: number): string => `${kind} (${tcpOptions.get(kind)?.label ?? 'unknown'})`
} as const satisfies Field;

const LENGTH = {
	name: 'length',
	bits: 8,
	label: 'Length',
	filter: 'tcp.option_len',
	rfc: 'RFC 9293 §3.1',
	note: 'Counts the octets of the whole option, so that a reader who does not know it can step over it.',
	fill: 'length',
	show: (length: number): string => count(length, 'octet')
} as const satisfies Field;

const SINGLE = defineHeader('TCP option', [KIND]);
/** Kind and length: how every option of more than one octet starts. */
export const TCP_OPTION = defineHeader('TCP option', [KIND, LENGTH]);

const MSS = defineHeader('MSS', [
	KIND,
	LENGTH,
	{
		name: 'value',
		bits: 16,
		label: 'Largest segment',
		filter: 'tcp.options.mss_val',
		rfc: 'RFC 9293 §3.7.1',
		note: 'The most data the sender of this option wants to get in one segment.',
		show: (value) => count(value, 'octet')
	}
]);

const WINDOW_SCALE = defineHeader('Window scale', [
	KIND,
	LENGTH,
	{
		name: 'shift',
		bits: 8,
		label: 'Shift count',
		filter: 'tcp.options.wscale.shift',
		rfc: 'RFC 7323 §2.2',
		note: 'How often later window numbers must be doubled, since 16 bits are too few for a big window.',
		show: (shift) => `${shift} (× ${2 ** Math.min(shift, 14)})`
	}
]);

const SACK_BLOCK = defineHeader('SACK block', [
	{
		name: 'left',
		bits: 32,
		label: 'Left edge',
		filter: 'tcp.options.sack_le',
		rfc: 'RFC 2018 §3',
		note: 'The first octet of a piece that has arrived although something before it is missing.'
	},
	{
		name: 'right',
		bits: 32,
		label: 'Right edge',
		filter: 'tcp.options.sack_re',
		rfc: 'RFC 2018 §3',
		note: 'The octet just after that piece: the first one the receiver does not have.'
	}
]);

const TIMESTAMPS = defineHeader('Timestamps', [
	KIND,
	LENGTH,
	{
		name: 'value',
		bits: 32,
		label: 'Timestamp value',
		filter: 'tcp.options.timestamp.tsval',
		rfc: 'RFC 7323 §3.2',
		note: "The sender's clock when it sent this segment."
	},
	{
		name: 'echo',
		bits: 32,
		label: 'Timestamp echo reply',
		filter: 'tcp.options.timestamp.tsecr',
		rfc: 'RFC 7323 §3.2',
		note: 'The clock value last heard from the other side, sent back so that it can measure the round trip.'
	}
]);

export interface TcpOptionRow extends OptionRow {
	/** The option in octets `[at, to)`; its length fits the layout. */
	read(bytes: Uint8Array, at: number, to: number): TcpOption;
}

/** The options that are understood, by kind. */
export const tcpOptions: ReadonlyMap<number, TcpOptionRow> = new Map<number, TcpOptionRow>([
	[
		0,
		{
			label: 'End of option list',
			filter: 'tcp.options.eol',
			rfc: 'RFC 9293 §3.2',
			note: 'Says that there are no more options; only padding follows.',
			layout: SINGLE,
			read: () => ({ kind: 'eol' })
		}
	],
	[
		1,
		{
			label: 'No-operation',
			filter: 'tcp.options.nop',
			rfc: 'RFC 9293 §3.2',
			note: 'Does nothing: it fills one octet so that the next option starts at a good place.',
			layout: SINGLE,
			read: () => ({ kind: 'nop' })
		}
	],
	[
		2,
		{
			label: 'Maximum segment size',
			filter: 'tcp.options.mss',
			rfc: 'RFC 9293 §3.7.1',
			note: 'Sent with SYN only, so that no segment will be too big for the other side.',
			layout: MSS,
			read: (bytes, at) => ({ kind: 'mss', value: MSS.get.value(bytes, at) })
		}
	],
	[
		3,
		{
			label: 'Window scale',
			filter: 'tcp.options.wscale',
			rfc: 'RFC 7323 §2.2',
			note: 'Sent with SYN only; it makes windows of more than 65535 octets possible.',
			layout: WINDOW_SCALE,
			read: (bytes, at) => ({ kind: 'windowScale', shift: WINDOW_SCALE.get.shift(bytes, at) })
		}
	],
	[
		4,
		{
			label: 'SACK permitted',
			filter: 'tcp.options.sack_perm',
			rfc: 'RFC 2018 §2',
			note: 'Sent with SYN only; it says that the sender understands selective acknowledgments.',
			layout: TCP_OPTION,
			read: () => ({ kind: 'sackPermitted' })
		}
	],
	[
		5,
		{
			label: 'Selective acknowledgment',
			filter: 'tcp.options.sack',
			rfc: 'RFC 2018 §3',
			note: 'Lists the pieces that have arrived after a gap, so that only the missing ones are sent again.',
			layout: TCP_OPTION,
			repeat: () => SACK_BLOCK,
			read(bytes, at, to) {
				const blocks: (readonly [number, number])[] = [];
				for (let i = at + TCP_OPTION.octets; i < to; i += SACK_BLOCK.octets) {
					blocks.push([SACK_BLOCK.get.left(bytes, i), SACK_BLOCK.get.right(bytes, i)]);
				}
				return { kind: 'sack', blocks };
			}
		}
	],
	[
		8,
		{
			label: 'Timestamps',
			filter: 'tcp.options.timestamp',
			rfc: 'RFC 7323 §3.2',
			note: 'Two clock readings that let both sides measure how long the way there and back takes.',
			layout: TIMESTAMPS,
			read: (bytes, at) => ({
				kind: 'timestamps',
				value: TIMESTAMPS.get.value(bytes, at),
				echo: TIMESTAMPS.get.echo(bytes, at)
			})
		}
	]
]);

/** Reads the options in `[from, to)`. A length that cannot be true ends the list: the rest is not looked at. */
export function readTcpOptions(bytes: Uint8Array, from: number, to: number): TcpOption[] {
	const options: TcpOption[] = [];
	for (let at = from; at < to;) {
		const end = optionEnd(bytes, at, to);
		if (end < 0) break;
		const row = rowFor(tcpOptions, bytes, at, end);
		options.push(
			row
				? row.read(bytes, at, end)
				: { kind: 'unknown', number: bytes[at]!, data: bytes.slice(at + TCP_OPTION.octets, end) }
		);
		if (bytes[at] === 0) break;
		at = end;
	}
	return options;
}

function optionLength(option: TcpOption): number {
	if (option.kind === 'eol' || option.kind === 'nop') return 1;
	if (option.kind === 'mss') return MSS.octets;
	if (option.kind === 'windowScale') return WINDOW_SCALE.octets;
	if (option.kind === 'sackPermitted') return TCP_OPTION.octets;
	if (option.kind === 'sack') return TCP_OPTION.octets + option.blocks.length * SACK_BLOCK.octets;
	if (option.kind === 'timestamps') return TIMESTAMPS.octets;
	return TCP_OPTION.octets + option.data.length;
}

/** Octets the options take, padding included. */
export function tcpOptionsLength(options: readonly TcpOption[]): number {
	let length = 0;
	for (const option of options) length += optionLength(option);
	return padded(length);
}

/** Writes the options into `into` from octet `at` on, filled up with zeros; returns the octet after them. */
export function putTcpOptions(into: Uint8Array, at: number, options: readonly TcpOption[]): number {
	let next = at;
	for (const option of options) {
		const length = optionLength(option);
		switch (option.kind) {
			case 'eol':
				into[next] = 0;
				break;
			case 'nop':
				into[next] = NO_OPERATION;
				break;
			case 'mss':
				MSS.encode({ kind: 2, length, value: option.value }, into, next);
				break;
			case 'windowScale':
				WINDOW_SCALE.encode({ kind: 3, length, shift: option.shift }, into, next);
				break;
			case 'sackPermitted':
				TCP_OPTION.encode({ kind: 4, length }, into, next);
				break;
			case 'sack':
				TCP_OPTION.encode({ kind: 5, length }, into, next);
				option.blocks.forEach(([left, right], i) =>
					SACK_BLOCK.encode({ left, right }, into, next + TCP_OPTION.octets + i * SACK_BLOCK.octets)
				);
				break;
			case 'timestamps':
				TIMESTAMPS.encode({ kind: 8, length, value: option.value, echo: option.echo }, into, next);
				break;
			case 'unknown':
				TCP_OPTION.encode({ kind: option.number, length }, into, next);
				into.set(option.data, next + TCP_OPTION.octets);
		}
		next += length;
	}
	const end = at + padded(next - at);
	into.fill(0, next, end);
	return end;
}
