import { describe, expect, test } from 'vitest';
import { checkMessage, checkSavedGame } from '#lib/engine/validate.ts';
import { personalities } from '#lib/pop3/personality.ts';
import { t1, t3 } from '../fixtures/net.ts';
import { t0, type } from '../fixtures/t0.ts';

const all = Object.values(personalities);
const load = { type: 'load', epoch: 1, scenario: t0(), seed: 110, inputs: [type(0, 'connect post 110')] };
const game = { version: 1, level: 'knock', seed: 110, inputs: [type(0, 'connect post 110')] };

function problem(checked: ReturnType<typeof checkMessage> | ReturnType<typeof checkSavedGame>): string {
	return checked.ok ? '' : checked.problem;
}
/** As a file would bring it: `__proto__` becomes a key of its own. */
const parsed = (text: string): unknown => JSON.parse(text);

describe('a message', () => {
	test.each([
		load,
		{ type: 'input', epoch: 2, timed: type(5, 'STAT') },
		{ type: 'input', epoch: 2, timed: type(5, 'STAT'), have: 12 },
		{ type: 'advance', epoch: 2, to: Number.MAX_SAFE_INTEGER }
	])('of the protocol is taken as it is: $type', (message) => {
		expect(checkMessage(message)).toEqual({ ok: true, value: message });
	});

	test('keeps every octet of a raw input', () => {
		const octets = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i));
		const message = {
			type: 'input',
			epoch: 1,
			timed: { at: 0, input: { kind: 'octets', host: 'desk', octets } }
		};
		expect(checkMessage(message)).toEqual({ ok: true, value: message });
	});

	test.each<object>([
		{ kind: 'sync', host: 'desk' },
		{
			kind: 'sync',
			host: 'desk',
			account: {
				server: 'post',
				user: 'ada',
				password: 'lovelace',
				policy: 'leave',
				settings: { keepDays: null, remember: true, fetch: 'header', login: ['apop', 'user'] },
				wanted: ['u-1']
			}
		},
		{ kind: 'settings', host: 'desk', settings: { remember: true, letterEnds: 'dot' } },
		{ kind: 'tidy', host: 'desk' },
		{ kind: 'abort', host: 'desk' },
		{ kind: 'ping', host: 'desk', to: 'post', ttl: 1, size: 100, df: true },
		{ kind: 'route', host: 'r1', to: '198.51.100.0/25' },
		{ kind: 'link', link: 'desk-post', up: false },
		{ kind: 'forge', link: 'desk-post', towards: 'post', octets: 'E\xff', checksums: 'fixed' },
		{ kind: 'packet', packet: 3, act: { do: 'drop' } },
		{ kind: 'packet', packet: 3, link: 'desk-post', act: { do: 'delay', by: 5 } },
		{ kind: 'packet', packet: 3, act: { do: 'edit', field: 'ip.ttl', value: 1, checksums: 'kept' } },
		{ kind: 'packet', packet: 3, act: { do: 'edit', bits: [64, 72], value: 1, checksums: 'fixed' } },
		{ kind: 'packet', packet: 3, act: { do: 'edit', find: 'STLS', replace: 'XTLS', checksums: 'fixed' } },
		{ kind: 'packet', packet: 3, act: { do: 'split', at: 5 } },
		{ kind: 'packet', packet: 3, act: { do: 'coalesce', next: 4 } },
		{ kind: 'route', host: 'r1', to: '198.51.100.0/25', link: null },
		{ kind: 'filter', host: 'r2', rules: [{ action: 'drop', protocol: 'icmp', icmpType: 3, icmpCode: 4 }] },
		{ kind: 'app', host: 'desk', reading: false },
		{ kind: 'stack', host: 'desk', stack: { mss: 536, ecn: true, congestion: 'cubic', windowScale: null } }
	])('takes the input %o', (given) => {
		const message = { type: 'input', epoch: 1, timed: { at: 0, input: given } };
		expect(checkMessage(message)).toEqual({ ok: true, value: message });
	});

	test('takes every habit that a POP3 server can have, whole and in part, and no other', () => {
		const { hosts, ...rest } = t0();
		const loaded = (habits: object) => {
			const changed = hosts.map((host) => (host.pop3 ? { ...host, pop3: { ...host.pop3, habits } } : host));
			return checkMessage({ ...load, scenario: { ...rest, hosts: changed } });
		};
		for (const habits of [{}, { patience: [null, 60_000_000] }, ...all.map((one) => one.habits)]) {
			expect(problem(loaded(habits))).toBe('');
		}
		for (const habits of [
			{ offers: ['HELO'] },
			{ mechanisms: ['GSSAPI'] },
			{ patience: [1] },
			{ failureDelay: -1 },
			{ expire: 'SOON' },
			{ unknown: true }
		]) {
			expect(problem(loaded(habits))).toMatch(/habits/);
		}
	});

	test('takes a scenario of routers, routes, filters and translation', () => {
		for (const scenario of [t1(), t3({ hosts: { r2: { filter: [{ action: 'reject' }], routes: [] } } })])
			expect(checkMessage({ ...load, scenario })).toMatchObject({ ok: true });
	});

	test('takes scripted faults', () => {
		const where = { link: 'desk-post', towards: 'post', from: 1, to: 2, match: { nth: [1], flags: 2 } };
		const faults = [
			{ ...where, kind: 'loss', share: 1 },
			{ ...where, kind: 'bursts', enter: 0.1, leave: 0.5 },
			{ ...where, kind: 'delay', by: 1, jitter: 5 },
			{ ...where, kind: 'reorder', share: 0.1, by: 5 },
			{ ...where, kind: 'duplicate', share: 0.1 },
			{ ...where, kind: 'corrupt', share: 0.1, bit: 7 },
			{ ...where, kind: 'rate', rate: 9_600, queue: 3 },
			{ ...where, kind: 'cut' },
			{ ...where, kind: 'hold' },
			{ ...where, kind: 'edit', field: 'ip.ttl', value: 1, checksums: 'fixed' },
			{ ...where, kind: 'split', at: 3 },
			{ ...where, kind: 'coalesce' },
			{ ...where, kind: 'forge', octets: 'E', checksums: 'kept' }
		];
		const message = { ...load, scenario: { ...load.scenario, faults } };
		expect(checkMessage(message)).toEqual({ ok: true, value: message });
	});

	const host = load.scenario.hosts[0];
	const withHost = (change: object) => ({
		...load,
		scenario: { hosts: [{ ...host, ...change }], links: [] }
	});
	const withInput = (input: object) => ({ type: 'input', epoch: 1, timed: { at: 0, input } });

	test.each<[string, unknown, RegExp]>([
		['nothing', undefined, /Invalid type/],
		['a number', 7, /Invalid type/],
		['an unknown type', { type: 'shutdown', epoch: 1 }, /type: /],
		['no epoch', { type: 'advance', to: 5 }, /epoch/],
		['a negative epoch', { type: 'advance', epoch: -1, to: 5 }, /epoch: /],
		['a fractional time', { type: 'advance', epoch: 1, to: 0.5 }, /to: /],
		['an infinite time', { type: 'advance', epoch: 1, to: Infinity }, /to: /],
		['a time that is text', { type: 'advance', epoch: 1, to: '5' }, /to: .*"5"/],
		['a key too many', { type: 'advance', epoch: 1, to: 5, extra: 1 }, /extra/],
		[
			'a line with a line end',
			withInput({ kind: 'type', host: 'desk', line: 'STAT\r\nQUIT' }),
			/line: .*line end/
		],
		[
			'a line without end',
			withInput({ kind: 'type', host: 'desk', line: 'x'.repeat(5_000) }),
			/line: .*length/
		],
		[
			'a character that is no octet',
			withInput({ kind: 'octets', host: 'desk', octets: '€' }),
			/octets: .*octet/
		],
		[
			'a ping that may not live at all (RFC 1122 §3.2.1.7)',
			withInput({ kind: 'ping', host: 'desk', to: 'post', ttl: 0 }),
			/ttl: /
		],
		['an unknown kind of input', withInput({ kind: 'eval', line: '1' }), /kind: /],
		['an answer that is an object', withInput({ kind: 'answer', question: 'q', value: {} }), /value: /],
		['an answer that is no number', withInput({ kind: 'answer', question: 'q', value: NaN }), /value: /],
		[
			'an act on a packet that is unknown',
			withInput({ kind: 'packet', packet: 1, act: { do: 'eat' } }),
			/act/
		],
		[
			'an edit of two kinds at once',
			withInput({
				kind: 'packet',
				packet: 1,
				act: { do: 'edit', field: 'a', bits: [0, 1], value: 1, checksums: 'kept' }
			}),
			/act/
		],
		[
			'a fault that is unknown',
			{ ...load, scenario: { ...load.scenario, faults: [{ link: 'desk-post', kind: 'fire' }] } },
			/faults/
		],
		['inputs out of order', { ...load, inputs: [type(9, 'a'), type(8, 'b')] }, /inputs: .*earlier/],
		[
			'too many inputs',
			{ ...load, inputs: Array.from({ length: 20_001 }, () => type(0, '')) },
			/inputs: .*length/
		],
		['an unknown role', withHost({ role: 'king' }), /hosts\.0\.role: /],
		['a stack field that is unknown', withHost({ stack: { turbo: true } }), /hosts\.0\.stack\.turbo: /],
		[
			'a loss above one',
			{ ...load, scenario: { hosts: [], links: [{ ...load.scenario.links[0], loss: 2 }] } },
			/loss/
		],
		[
			'65 hosts',
			{ ...load, scenario: { hosts: Array.from({ length: 65 }, () => host), links: [] } },
			/hosts: .*length/
		]
	])('with %s is refused, and the place is named', (_, message, says) => {
		expect(problem(checkMessage(message))).toMatch(says);
	});

	test.each(['__proto__', 'constructor', 'prototype'])('with the key %s is refused at any depth', (key) => {
		const text = JSON.stringify(load).replace(
			'"role":"client"',
			`"role":"client","${key}":{"polluted":true}`
		);
		expect(problem(checkMessage(parsed(text)))).toBe(`scenario.hosts[0]: the key ${key} is refused`);
	});

	test('that is no plain data is refused', () => {
		expect(problem(checkMessage({ ...load, scenario: new Map() }))).toBe('scenario: not a plain object');
		expect(problem(checkMessage({ ...load, inputs: [new Date(0)] }))).toBe('inputs[0]: not a plain object');
	});

	test('nested too deep, or too large, is refused before it is looked at', () => {
		let deep: unknown = 1;
		for (let i = 0; i < 10_000; i++) deep = { deep };
		expect(problem(checkMessage(deep))).toContain('nested deeper than');
		const wide = Array.from({ length: 600 }, () => new Array<number>(1_000).fill(0));
		expect(problem(checkMessage(wide))).toContain('more than 500000 values');
	});

	test('that contains itself is refused', () => {
		const loop: Record<string, unknown> = { type: 'advance' };
		loop['loop'] = loop;
		expect(problem(checkMessage(loop))).toContain('nested deeper than');
	});
});

describe('a saved game', () => {
	test('is taken as it is', () => {
		expect(checkSavedGame(parsed(JSON.stringify(game)))).toEqual({ ok: true, value: game });
	});

	test.each<[string, unknown, RegExp]>([
		['of a newer version', { ...game, version: 2, tracks: [] }, /version 2: made by a newer version/],
		['of no version', { ...game, version: undefined }, /version: /],
		['without a level', { ...game, level: '' }, /level: /],
		['with a fractional seed', { ...game, seed: 1.5 }, /seed: /],
		['with an input before time began', { ...game, inputs: [type(-1, 'x')] }, /inputs\.0\.at: /],
		['that is a list', [game], /version: /]
	])('%s is refused', (_, value, says) => {
		expect(problem(checkSavedGame(value))).toMatch(says);
	});
});
