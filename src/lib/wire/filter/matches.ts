/**
 * Whether a packet passes a display filter. Law, as in Wireshark 4: a field that is there more than once passes `==`
 * and the orders when any of its values does, and `!=` when all do; a field that is not there passes nothing.
 */
import { dissect } from '../dissect.ts';
import type { Node } from '../node.ts';
import { latin1 } from '../text.ts';
import type { FilterField } from './fields.ts';
import type { Comparison, Filter, Value } from './parse.ts';

export type Datum = number | string;

/** What a filter asks of a packet, found when it is asked for. */
export interface Subject {
	/** Values of the field, in the order of the bits; a layer that is there has one. */
	values(field: FilterField): readonly Datum[];
}

/**
 * `number` is the packet's, from 1; `beside` has the values of fields that its octets do not tell. The packet is
 * dissected when a filter asks for something in it.
 */
export function subjectOf(
	bytes: Uint8Array,
	number: number,
	beside?: (name: string) => readonly Datum[] | undefined
): Subject {
	let tree: Node | null = null;
	let index: Map<string, Node[]> | null = null;
	const layersOf = (): readonly Node[] => (tree ??= dissect(bytes)).children ?? [];
	const nodes = (name: string): readonly Node[] => {
		if (!index) {
			layersOf();
			index = new Map();
			const known = index;
			const walk = (node: Node): void => {
				const same = known.get(node.name);
				if (same) same.push(node);
				else known.set(node.name, [node]);
				node.children?.forEach(walk);
			};
			if (tree) walk(tree);
		}
		return index.get(name) ?? [];
	};
	/** The text's nodes; null: the packet itself is no segment. One that an ICMP message quotes has no length of its own. */
	const textOf = (): readonly Node[] | null => {
		const layers = layersOf();
		const segment = layers.find(({ name }) => name === 'tcp');
		return segment
			? layers.filter(({ bits, name }) => bits[0] >= segment.bits[1] && name !== 'trailer')
			: null;
	};
	return {
		values(field) {
			const known = beside?.(field.name);
			if (known) return known;
			switch (field.name) {
				case 'frame.number':
					return [number];
				case 'frame.len':
					return [bytes.length];
				case 'tcp.len': {
					const text = textOf();
					return text ? [text.reduce((sum, { bits }) => sum + (bits[1] - bits[0]) / 8, 0)] : [];
				}
				case 'tcp.payload':
					return (textOf() ?? []).map(({ bits }) => latin1(bytes, bits[0] / 8, bits[1] / 8));
			}
			return (field.reads ?? [field.name])
				.flatMap(nodes)
				.map((node) => (field.type === 'text' ? node.shown : (node.value ?? 1) * (field.unit ?? 1)));
		}
	};
}

export function matches(filter: Filter | null, subject: Subject): boolean {
	if (filter === null) return true;
	switch (filter.kind) {
		case 'all':
			return filter.parts.every((part) => matches(part, subject));
		case 'any':
			return filter.parts.some((part) => matches(part, subject));
		case 'not':
			return !matches(filter.part, subject);
		case 'exists':
			return subject.values(filter.field).length > 0;
		case 'bits':
			return subject.values(filter.field).some((datum) => masked(datum, filter.mask) !== 0);
		case 'contains':
			return subject.values(filter.field).some((datum) => String(datum).includes(filter.text));
		case 'in':
			return subject
				.values(filter.field)
				.some((datum) => filter.values.some((value) => compare(datum, '==', value)));
		case 'compare': {
			const { by, value, mask } = filter;
			const data = subject.values(filter.field);
			const test = (datum: Datum): boolean => compare(mask === null ? datum : masked(datum, mask), by, value);
			return by === '!=' ? data.length > 0 && data.every(test) : data.some(test);
		}
	}
}

const masked = (datum: Datum, mask: number): number => (Number(datum) & mask) >>> 0;

function compare(datum: Datum, by: Comparison, value: Value): boolean {
	if (value.type === 'text') return (datum === value.text) === (by === '==');
	const number = Number(datum);
	switch (by) {
		case '==':
			return number >= value.from && number <= value.to;
		case '!=':
			return number < value.from || number > value.to;
		case '>':
			return number > value.to;
		case '<':
			return number < value.from;
		case '>=':
			return number >= value.from;
		case '<=':
			return number <= value.to;
	}
}
