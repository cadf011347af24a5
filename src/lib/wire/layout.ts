/**
 * Header layouts. A header is one table of rows in the order of the wire: `bits` is all a row says of its place, the
 * offset is the running sum. Readers and writers are compiled from the table once, as closures; encode, decode, the
 * dissection and the reference pages all come from it, and no second copy of a layout exists.
 */

export interface Field {
	/** Name in code: `srcPort`. */
	readonly name: string;
	/** Width, 1 to 32. */
	readonly bits: number;
	/** What a person reads: "Source port". */
	readonly label: string;
	/** Wireshark's display filter field: `tcp.srcport`. */
	readonly filter: string;
	/** Clause. */
	readonly rfc: string;
	/** One plain sentence: why it is there. */
	readonly note: string;
	/** Computed when absent. */
	readonly fill?: 'length' | 'checksum';
	/** The number as text; decimal if not given. */
	readonly show?: (value: number) => string;
}

/** Neighbouring fields that are shown under one heading, such as the control bits. */
export interface Group {
	readonly label: string;
	readonly filter: string;
	readonly rfc: string;
	readonly note: string;
	readonly show?: (value: number) => string;
	readonly fields: readonly Field[];
}

export type Row = Field | Group;
export type Rows = readonly Row[];

type FieldsOf<R extends Rows> = R[number] extends infer One
	? One extends { readonly fields: readonly (infer F)[] }
		? F
		: One
	: never;
export type NameOf<R extends Rows> = Extract<FieldsOf<R>, Field>['name'];
type FilledOf<R extends Rows> = Extract<FieldsOf<R>, Field & { readonly fill: string }>['name'];

/** What `decode` returns: a number for every field. */
export type Values<R extends Rows> = { readonly [K in NameOf<R>]: number };
/** What may be given to an encoder that computes the rest: the fields marked `fill` are optional. */
export type Given<R extends Rows> = { readonly [K in Exclude<NameOf<R>, FilledOf<R>>]: number } & {
	readonly [K in FilledOf<R>]?: number;
};

/** `at` is the octet at which the header starts. Octets that are not there read as 0. */
export type Read = (bytes: Uint8Array, at: number) => number;
/** Writes the low bits of `value` and leaves the neighbours alone. */
export type Write = (bytes: Uint8Array, at: number, value: number) => void;

/** A field with its place: `from` bits after the start of the header. */
export interface Placed extends Field {
	readonly from: number;
	readonly read: Read;
	readonly write: Write;
}

export interface Header<R extends Rows = Rows> {
	readonly name: string;
	readonly rows: R;
	/** All fields in order, groups opened. */
	readonly fields: readonly Placed[];
	readonly octets: number;
	readonly get: { readonly [K in NameOf<R>]: Read };
	readonly set: { readonly [K in NameOf<R>]: Write };
	/** Reader and writer of the fields from `first` to `last` as one number (at most 32 bits). */
	run(first: NameOf<R>, last: NameOf<R>): { readonly get: Read; readonly set: Write };
	/** Throws a RangeError when fewer than `octets` octets are there. */
	decode(bytes: Uint8Array, at?: number): Values<R>;
	/** Writes every bit of the header. Throws a RangeError when it does not fit into `into`. */
	encode(values: Values<R>, into: Uint8Array, at?: number): void;
}

function place(from: number, bits: number): { first: number; octets: number; shift: number; mask: number } {
	if (!Number.isInteger(bits) || bits < 1 || bits > 32) throw new RangeError(`a field has ${bits} bits`);
	const first = from >> 3;
	const last = (from + bits - 1) >> 3;
	if (last - first > 3) throw new RangeError(`a field of ${bits} bits at bit ${from} touches five octets`);
	return {
		first,
		octets: last - first + 1,
		shift: 7 - ((from + bits - 1) & 7),
		mask: bits === 32 ? 0xffffffff : 2 ** bits - 1
	};
}

/** A reader of `bits` bits, `from` bits after the start of the header. */
export function reader(from: number, bits: number): Read {
	const { first, octets, shift, mask } = place(from, bits);
	if (octets === 1) return (b, at) => (b[at + first]! >> shift) & mask;
	if (octets === 2) return (b, at) => (((b[at + first]! << 8) | b[at + first + 1]!) >> shift) & mask;
	if (octets === 3) {
		return (b, at) => {
			const i = at + first;
			return (((b[i]! << 16) | (b[i + 1]! << 8) | b[i + 2]!) >> shift) & mask;
		};
	}
	return (b, at) => {
		const i = at + first;
		return ((((b[i]! << 24) | (b[i + 1]! << 16) | (b[i + 2]! << 8) | b[i + 3]!) >>> shift) & mask) >>> 0;
	};
}

/** A writer of `bits` bits, `from` bits after the start of the header. */
export function writer(from: number, bits: number): Write {
	const { first, octets, shift, mask } = place(from, bits);
	if (shift === 0 && bits === octets * 8) {
		if (octets === 1) {
			return (b, at, value) => {
				b[at + first] = value;
			};
		}
		if (octets === 2) {
			return (b, at, value) => {
				b[at + first] = value >>> 8;
				b[at + first + 1] = value;
			};
		}
		if (octets === 4) {
			return (b, at, value) => {
				const i = at + first;
				b[i] = value >>> 24;
				b[i + 1] = value >>> 16;
				b[i + 2] = value >>> 8;
				b[i + 3] = value;
			};
		}
	}
	if (octets === 1) {
		const own = mask << shift;
		return (b, at, value) => {
			b[at + first] = (b[at + first]! & ~own) | ((value << shift) & own);
		};
	}
	return (b, at, value) => {
		const i = at + first;
		for (let k = 0; k < octets; k++) {
			// this octet's window on the value and on the mask, both shifted into place
			const down = (octets - 1 - k) * 8 - shift;
			const own = (down >= 0 ? mask >>> down : mask << -down) & 0xff;
			const part = down >= 0 ? (value & mask) >>> down : (value & mask) << -down;
			b[i + k] = (b[i + k]! & ~own) | (part & own);
		}
	};
}

function isGroup(row: Row): row is Group {
	return 'fields' in row;
}

/**
 * Compiles a table. Throws a RangeError when a field has no width of 1 to 32 bits, when a name comes twice, or when
 * the header does not end on an octet.
 */
export function defineHeader<const R extends Rows>(name: string, rows: R): Header<R> {
	const fields: Placed[] = [];
	const byName = new Map<string, Placed>();
	let bits = 0;
	for (const field of rows.flatMap((row): readonly Field[] => (isGroup(row) ? row.fields : [row]))) {
		if (byName.has(field.name)) throw new RangeError(`${name}: two fields are called ${field.name}`);
		const placed = {
			...field,
			from: bits,
			read: reader(bits, field.bits),
			write: writer(bits, field.bits)
		};
		fields.push(placed);
		byName.set(field.name, placed);
		bits += field.bits;
	}
	if (bits % 8 !== 0) throw new RangeError(`${name}: ${bits} bits do not end on an octet`);
	const octets = bits / 8;

	function named(field: string): Placed {
		const placed = byName.get(field);
		if (!placed) throw new RangeError(`${name} has no field ${field}`);
		return placed;
	}

	function check(bytes: Uint8Array, at: number): void {
		if (at < 0 || bytes.length - at < octets) {
			throw new RangeError(`${name} takes ${octets} octets, ${Math.max(0, bytes.length - at)} are there`);
		}
	}

	return {
		name,
		rows,
		fields,
		octets,
		get: Object.fromEntries(fields.map((f) => [f.name, f.read])) as Header<R>['get'],
		set: Object.fromEntries(fields.map((f) => [f.name, f.write])) as Header<R>['set'],
		run(first, last) {
			const from = named(first).from;
			const end = named(last);
			const width = end.from + end.bits - from;
			return { get: reader(from, width), set: writer(from, width) };
		},
		decode(bytes, at = 0) {
			check(bytes, at);
			const values: Record<string, number> = {};
			for (const field of fields) values[field.name] = field.read(bytes, at);
			return values as Values<R>;
		},
		encode(values, into, at = 0) {
			check(into, at);
			const given: Readonly<Record<string, number>> = values;
			for (const field of fields) field.write(into, at, given[field.name]!);
		}
	};
}
