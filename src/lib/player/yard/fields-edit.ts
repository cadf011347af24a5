/** The fields of a fault that changes octets: which, into what, and whether the checksums follow. */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import * as words from '#words/yard-fault.ts';
import type { Put } from './fields-fault.ts';
import { choice, number, line, wrong, type Field } from './fields.ts';

const EDITED = [
	['ip.ttl', 'TTL'],
	['tcp.seq_raw', words.sequence],
	['tcp.ack_raw', words.acknowledgement],
	['tcp.window_size_value', words.window],
	['tcp.srcport', words.sourcePort],
	['tcp.dstport', words.destinationPort],
	['tcp.flags.reset', 'RST'],
	['tcp.flags.fin', 'FIN']
] as const;

export function editFields(fault: Extract<FaultSpec, { kind: 'edit' }>, put: Put): readonly Field[] {
	const kind = 'find' in fault ? 'text' : 'field' in fault ? fault.field : 'bits';
	const gone = { find: undefined, replace: undefined, field: undefined, bits: undefined, value: undefined };
	const what = choice({
		id: 'what',
		label: words.whatIsChanged,
		choices: [
			{ value: 'text', label: words.textInPayload },
			...EDITED.map(([value, label]) => ({ value, label })),
			...(kind !== 'text' && !EDITED.some(([field]) => field === kind) ? [{ value: kind, label: kind }] : [])
		],
		now: kind,
		put: (to, value) =>
			value === kind
				? to
				: put(
						to,
						value === 'text'
							? { ...gone, find: 'money', replace: 'honey' }
							: { ...gone, field: value, value: 1 }
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
				range: [0, 0xffff_ffff],
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
