import { describe, expect, test } from 'vitest';
import { EVERYWHERE, covers, formatPrefix, isPrefix, parsePrefix, prefixOf } from '#lib/ip/prefix.ts';
import { RoutingTable } from '#lib/ip/routing-table.ts';
import { parseAddress } from '#lib/wire/address.ts';

const at = parseAddress;

describe('a prefix', () => {
	test('is read and written', () => {
		expect(formatPrefix(parsePrefix('198.51.100.0/25'))).toBe('198.51.100.0/25');
		expect(formatPrefix(parsePrefix('198.51.100.25'))).toBe('198.51.100.25/32');
		expect(formatPrefix(prefixOf(at('198.51.100.200'), 25))).toBe('198.51.100.128/25');
	});

	test.each(['198.51.100.1/24', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '10.0.0.0/8/8', '/0', ''])(
		'%j is none',
		(text) => {
			expect(isPrefix(text)).toBe(false);
			expect(() => parsePrefix(text)).toThrow(RangeError);
		}
	);

	test('covers its addresses and no others, also at the ends of the range', () => {
		const half = parsePrefix('128.0.0.0/1');
		expect(
			[at('127.255.255.255'), at('128.0.0.0'), at('255.255.255.255')].map((a) => covers(half, a))
		).toEqual([false, true, true]);
		expect(covers(EVERYWHERE, at('255.255.255.255'))).toBe(true);
		expect(covers(parsePrefix('10.0.0.7'), at('10.0.0.6'))).toBe(false);
	});
});

describe('a routing table', () => {
	const table = () => {
		const made = new RoutingTable<string>();
		made.set(EVERYWHERE, 'away');
		made.set(parsePrefix('198.51.100.0/25'), 'dead end');
		made.set(parsePrefix('198.51.100.0/24'), 'post');
		return made;
	};

	test('takes the longest prefix, whatever the order of adding', () => {
		expect(table().find(at('198.51.100.25'))?.to).toBe('dead end');
		expect(table().find(at('198.51.100.125'))?.to).toBe('dead end');
		expect(table().find(at('198.51.100.128'))?.to).toBe('post');
		expect(table().find(at('198.51.101.1'))?.to).toBe('away');
	});

	test('without the wrong one takes the next', () => {
		const routes = table();
		expect(routes.delete(parsePrefix('198.51.100.0/25'))).toBe(true);
		expect(routes.delete(parsePrefix('198.51.100.0/25'))).toBe(false);
		expect(routes.find(at('198.51.100.25'))?.to).toBe('post');
	});

	test('holds one route for a prefix, the last that was set', () => {
		const routes = table();
		routes.set(parsePrefix('198.51.100.0/24'), 'elsewhere');
		expect(routes.routes.map(({ to }) => to)).toEqual(['dead end', 'elsewhere', 'away']);
	});

	test('forgets its last answer when it changes', () => {
		const routes = table();
		const found = () => routes.find(at('198.51.100.25'))?.to;
		expect([found(), found()]).toEqual(['dead end', 'dead end']);
		routes.set(parsePrefix('198.51.100.25'), 'next door');
		expect(found()).toBe('next door');
		routes.delete(parsePrefix('198.51.100.25'));
		expect(found()).toBe('dead end');
	});

	test('that is empty leads nowhere', () => {
		expect(new RoutingTable<string>().find(0)).toBeUndefined();
	});
});
