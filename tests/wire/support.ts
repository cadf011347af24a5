/** What the tests of the tables share. Laws for every header, and for every tree of nodes. */
import { describe, expect, test } from 'vitest';
import type { Header, Rows, Values } from '#lib/wire/layout.ts';
import type { Node } from '#lib/wire/node.ts';

/** Octets from hexadecimal text; spaces and line ends do not matter. */
export function bytesOf(hex: string): Uint8Array {
	const pairs = hex.replace(/\s+/g, '').match(/../g) ?? [];
	return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}

export function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join(' ');
}

/** mulberry32: a seeded stream of numbers in [0, 1). */
export function stream(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Deconstruct, construct into octets of 0xA5, cut short at every length; and every row says what it is for. */
export function describeHeader<R extends Rows>(header: Header<R>, hex: string, values: Values<R>): void {
	const octets = bytesOf(hex);
	describe(`${header.name} table`, () => {
		test('has the example length', () => {
			expect(header.octets).toBe(octets.length);
		});

		test('deconstructs', () => {
			expect(header.decode(octets)).toEqual(values);
		});

		test('deconstructs anywhere in a buffer', () => {
			const buffer = new Uint8Array(octets.length + 7).fill(0xa5);
			buffer.set(octets, 3);
			expect(header.decode(buffer, 3)).toEqual(values);
		});

		test('constructs every bit', () => {
			const buffer = new Uint8Array(octets.length + 2).fill(0xa5);
			header.encode(values, buffer, 1);
			expect(hexOf(buffer)).toBe(`a5 ${hexOf(octets)} a5`);
		});

		test('is refused when cut short, at every length', () => {
			for (let length = 0; length < octets.length; length++) {
				expect(() => header.decode(octets.subarray(0, length))).toThrow(RangeError);
				expect(() => header.encode(values, new Uint8Array(length))).toThrow(RangeError);
			}
		});

		test('writes one field without touching its neighbours', () => {
			for (const field of header.fields) {
				const buffer = new Uint8Array(header.octets).fill(0xa5);
				const most = 2 ** field.bits - 1;
				field.write(buffer, 0, most);
				expect(field.read(buffer, 0)).toBe(most);
				field.write(buffer, 0, 0);
				expect(field.read(buffer, 0)).toBe(0);
				for (const other of header.fields) {
					if (other === field) continue;
					expect(other.read(buffer, 0)).toBe(other.read(new Uint8Array(header.octets).fill(0xa5), 0));
				}
			}
		});

		test('says of every row what it is, why, and where that is written', () => {
			for (const row of [...header.rows, ...header.fields]) {
				expect(row.label).toMatch(/^[A-Z]/);
				expect(row.rfc).toMatch(/^RFC \d+/);
				expect(row.note).toMatch(/^[^.]+[.]$/);
				expect(row.filter).toMatch(/^[a-z_.]+$/);
			}
		});
	});
}

/**
 * Whether the leaves below `root` cover `bits` bits exactly once and in order, and every parent covers just its
 * children. The first fault in words, or ''.
 */
export function coverFault(root: Node, bits: number): string {
	let next = 0;
	function walk(node: Node): string {
		if (!node.children) {
			if (node.bits[0] !== next) return `${node.name} starts at ${node.bits[0]}, not at ${next}`;
			if (node.bits[1] <= node.bits[0] && bits > 0) return `${node.name} is empty`;
			next = node.bits[1];
			return '';
		}
		const from = next;
		for (const child of node.children) {
			const fault = walk(child);
			if (fault) return fault;
		}
		return node.bits[0] === from && node.bits[1] === next ? '' : `${node.name} is not its children`;
	}
	return walk(root) || (next === bits ? '' : `${next} of ${bits} bits are covered`);
}
