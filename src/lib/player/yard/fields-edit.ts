/** The fields of a fault that changes octets: which, into what, and whether the checksums follow. */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import type { Node } from '#lib/wire/node.ts';
import { encodeTcp, SYN } from '#lib/wire/tcp.ts';
import * as words from '#words/yard-fault.ts';
import { EDITABLE, otherFields } from '../bend.ts';
import type { Put } from './fields-fault.ts';
import { choice, number, line, wrong, type Choice, type Field } from './fields.ts';

/** A SYN with an MSS and an echo request: between them they have the fields that a fault may change. */
function samples(): readonly Uint8Array[] {
	const [src, dst] = [parseAddress('192.0.2.10'), parseAddress('198.51.100.25')];
	const segment = { srcPort: 1, dstPort: 1, seq: 0, ack: 0, flags: SYN, window: 0, urgent: 0 };
	const options = [{ kind: 'mss', value: 1460 }] as const;
	const tcp = encodeTcp({ ...segment, options, payload: new Uint8Array(0) }, src, dst);
	const icmp = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: new Uint8Array(8) });
	return [
		encodeIpv4({ src, dst, protocol: TCP_PROTOCOL }, tcp),
		encodeIpv4({ src, dst, protocol: ICMP_PROTOCOL }, icmp)
	];
}
/** What can be changed by its name in the dissection: those that people change first. */
const EDITED: readonly Choice[] = [
	...EDITABLE,
	...new Map(samples().flatMap((bytes) => otherFields(bytes).map((each) => [each.field, each]))).values()
].map(({ field, label }) => ({ value: field, label }));

/** What a field holds at most; of one that no sample has, what any can hold. */
function highest(field: string): number {
	const nodes: Node[] = samples().map(dissect);
	for (const { name, bits, children = [] } of nodes) {
		if (name === field) return 2 ** (bits[1] - bits[0]) - 1;
		nodes.push(...children);
	}
	return 0xffff_ffff;
}

export function editFields(fault: Extract<FaultSpec, { kind: 'edit' }>, put: Put): readonly Field[] {
	const kind = 'find' in fault ? 'text' : 'field' in fault ? fault.field : 'bits';
	const gone = { find: undefined, replace: undefined, field: undefined, bits: undefined, value: undefined };
	const what = choice({
		id: 'what',
		label: words.whatIsChanged,
		choices: [
			{ value: 'text', label: words.textInPayload },
			...EDITED,
			...(kind !== 'text' && !EDITED.some(({ value }) => value === kind)
				? [{ value: kind, label: kind }]
				: [])
		],
		now: kind,
		put: (to, value) =>
			value === kind
				? to
				: put(
						to,
						value === 'text'
							? { ...gone, find: 'money', replace: 'honey' }
							: { ...gone, field: value, value: Math.min(1, highest(value)) }
					)
	});
	const sums = choice({
		id: 'checksums',
		label: words.checksums,
		choices: [
			{ value: 'fixed', label: words.computedAnew },
			{ value: 'kept', label: words.leftAsTheyWere }
		],
		now: fault.checksums,
		put: (to, checksums) => put(to, { checksums })
	});
	if (!('find' in fault))
		return [
			what,
			number({
				id: 'value',
				label: words.itBecomes,
				range: [0, 'field' in fault ? highest(fault.field) : 0xffff_ffff],
				now: fault.value,
				put: (to, value) => put(to, { value: value ?? 0 })
			}),
			sums
		];
	const text = (key: 'find' | 'replace', label: string): Field =>
		line({
			id: key,
			label,
			range: words.ofOneLength,
			now: fault[key],
			put(to, typed) {
				if (!/^[\u0020-\u00ff]+$/.test(typed)) return wrong(words.notEmptyLatin);
				if (key === 'find')
					return put(to, { find: typed, replace: fault.replace.padEnd(typed.length).slice(0, typed.length) });
				if (typed.length !== fault.find.length)
					return wrong(words.otherLength(typed.length, fault.find.length));
				return put(to, { replace: typed });
			}
		});
	return [what, text('find', words.text), text('replace', words.becomes), sums];
}
