/** The fields of a fault that changes octets: which, into what, and whether the checksums follow. */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { Put } from './fields-fault.ts';
import { choice, number, words, wrong, type Field } from './fields.ts';

const EDITED = [
	['ip.ttl', 'TTL'],
	['tcp.seq_raw', 'Sequence number'],
	['tcp.ack_raw', 'Acknowledgement number'],
	['tcp.window_size_value', 'Window'],
	['tcp.srcport', 'Source port'],
	['tcp.dstport', 'Destination port'],
	['tcp.flags.reset', 'RST'],
	['tcp.flags.fin', 'FIN']
] as const;

export function editFields(fault: Extract<FaultSpec, { kind: 'edit' }>, put: Put): readonly Field[] {
	const kind = 'find' in fault ? 'text' : 'field' in fault ? fault.field : 'bits';
	const gone = { find: undefined, replace: undefined, field: undefined, bits: undefined, value: undefined };
	const what = choice({
		id: 'what',
		label: 'What is changed',
		choices: [
			{ value: 'text', label: 'text in the payload' },
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
		label: 'Checksums',
		choices: [
			{ value: 'fixed', label: 'computed anew' },
			{ value: 'kept', label: 'left as they were' }
		],
		now: fault.checksums,
		put: (to, checksums) => put(to, { checksums })
	});
	if (!('find' in fault))
		return [
			what,
			number({
				id: 'value',
				label: 'It becomes',
				range: [0, 0xffff_ffff],
				now: fault.value,
				put: (to, value) => put(to, { value: value ?? 0 })
			}),
			sums
		];
	const text = (key: 'find' | 'replace', label: string): Field =>
		words({
			id: key,
			label,
			range: 'both of one length',
			now: fault[key],
			put(to, typed) {
				if (!/^[\u0020-\u00ff]+$/.test(typed)) return wrong('Not empty, and no character above U+00FF.');
				if (key === 'find')
					return put(to, { find: typed, replace: fault.replace.padEnd(typed.length).slice(0, typed.length) });
				if (typed.length !== fault.find.length)
					return wrong(
						`It has ${typed.length} characters and needs ${fault.find.length}: another length would shift every number after it.`
					);
				return put(to, { replace: typed });
			}
		});
	return [what, text('find', 'Text'), text('replace', 'Becomes'), sums];
}
