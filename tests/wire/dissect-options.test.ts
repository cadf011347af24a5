// A datagram taken apart: options of IP and TCP, and ICMP with what it quotes.
import { describe, expect, test } from 'vitest';
import { dissect } from '#lib/wire/dissect.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { find, findAll } from '#lib/wire/nodes.ts';
import { coverFault } from './support.ts';
import { src, dst, tcp, faults } from './dissected.ts';

describe('options', () => {
	test('a length of 0 ends them; the rest is shown with the fault', () => {
		const bytes = tcp({
			options: [{ kind: 'nop' }, { kind: 'unknown', number: 99, data: Uint8Array.of(7) }]
		});
		bytes[42] = 0;
		const tree = dissect(bytes);
		expect(find(tree, 'tcp.options')?.children?.map((o) => o.name)).toEqual([
			'tcp.options.nop',
			'tcp.options.unknown'
		]);
		expect(find(tree, 'tcp.options.unknown')?.problem).toBe(
			'option length says 0 octets, at least 2 are needed'
		);
		expect(coverFault(tree, bytes.length * 8)).toBe('');
	});

	test('a known option of a wrong length keeps its name', () => {
		const odd = { kind: 'unknown', number: 2, data: Uint8Array.of(5) } as const;
		expect(faults(tcp({ options: [odd, { kind: 'nop' }] }))).toEqual([
			'tcp.options.mss: Maximum segment size cannot be 3 octets long'
		]);
	});

	test('padding is a node; it should be zeros', () => {
		const options = [{ kind: 'eol' }, { kind: 'nop' }, { kind: 'nop' }] as const;
		expect(faults(tcp({ options }))).toEqual(['tcp.options.padding: padding should be all zeros']);
		expect(faults(tcp({ options: options.slice(0, 1) }))).toEqual([]);
	});

	test('a source route names the stops still to come', () => {
		const options = [{ kind: 'looseSourceRoute', pointer: 8, route: [src, dst] }, { kind: 'nop' }] as const;
		const tree = dissect(tcp({}, { options }));
		expect(findAll(tree, 'ip.rec_rt').map((node) => node.shown)).toEqual(['192.0.2.10']);
		expect(findAll(tree, 'ip.src_rt').map((node) => node.shown)).toEqual(['198.51.100.25']);
		expect(faults(tcp({}, { options }))).toEqual([]);
	});
});

describe('ICMP', () => {
	function error(quoted: Uint8Array): Uint8Array {
		return encodeIpv4(
			{ src: dst, dst: src, protocol: 1 },
			encodeIcmp({ kind: 'unreachable', code: 3, quoted })
		);
	}

	test('the quoted datagram is dissected inside', () => {
		const icmp = find(dissect(error(tcp())), 'icmp')!;
		expect(icmp.shown).toBe('Destination unreachable: port unreachable');
		expect(icmp.children!.slice(4).map((node) => node.name)).toEqual(['ip', 'tcp', 'pop']);
		expect(faults(error(tcp()))).toEqual([]);
	});

	test('that it is cut short is no fault, at whatever length', () => {
		for (let length = 0; length <= 50; length++) {
			const found = faults(error(tcp().subarray(0, length)));
			expect(found.filter((problem) => !problem.includes('are here'))).toEqual([]);
		}
		expect(faults(error(tcp().subarray(0, 28)))).toEqual([]);
	});

	test('a wrong sum in the quoted header is shown', () => {
		expect(faults(error(tcp({}, { checksum: 0xbeef })))).toHaveLength(1);
	});

	test('quotations within quotations end in data', () => {
		let bytes = tcp();
		for (let i = 0; i < 1000; i++) bytes = error(bytes);
		const tree = dissect(bytes);
		expect(findAll(tree, 'icmp')).toHaveLength(5);
		expect(coverFault(tree, bytes.length * 8)).toBe('');
	});
});
