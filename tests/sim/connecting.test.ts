// What `connect` at a terminal leads to: found, refused, unreachable, and again.
import { describe, expect, test } from 'vitest';
import { createWorld, type World } from '#lib/sim/world.ts';
import { line, of, segment, shown } from '../fixtures/read.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';
import { run } from './session.ts';

describe('connecting', () => {
	const said = (world: World) =>
		of(world.log, 'terminal')
			.filter(({ origin }) => origin === 'local')
			.map(({ octets }) => octets.trim());

	test.each(['post', 'POST', 'mail.post.example', '198.51.100.25'])('finds %s', (name) => {
		expect(shown(run(typed([`connect ${name} 110`])).log)).toContain('+OK');
	});

	test('to a name that nobody has sends nothing', () => {
		const world = run(typed(['connect nowhere 110']));
		expect(of(world.log, 'packet.sent')).toEqual([]);
		expect(said(world).at(-1)).toBe('Unknown host: nowhere');
	});

	test('to an address that no link leads to sends nothing', () => {
		const world = run(typed(['connect 203.0.113.9 110']));
		expect(of(world.log, 'packet.sent')).toEqual([]);
		expect(said(world).at(-1)).toBe('No route to 203.0.113.9.');
	});

	test.each(['255.255.255.255', '224.0.0.1', '127.0.0.1', '0.0.0.0'])(
		'to %s sends nothing, though a route leads there: it is no single host (RFC 9293 §3.9.2.3)',
		(address) => {
			const { hosts, links } = t0();
			const routes = [{ to: '0.0.0.0/0', link: 'desk-post' }];
			const open = hosts.map((host) => (host.id === 'desk' ? { ...host, routes } : host));
			const world = run(typed([`connect ${address} 110`]), createWorld({ hosts: open, links }, 1));
			expect(of(world.log, 'packet.sent')).toEqual([]);
			expect(said(world).at(-1)).toBe(`No route to ${address}.`);
		}
	);

	test('to oneself is refused', () => {
		expect(said(run(typed(['connect desk 110']))).at(-1)).toContain('refused');
	});

	test('to a closed port is answered with RST: nothing was lost, and the RST names the SYN that caused it', () => {
		const { log } = run(typed(['connect post 109']));
		expect(of(log, 'packet.sent').map(line)).toEqual(['desk SYN 1000/0', 'post RST, ACK 0/1001']);
		expect(of(log, 'packet.dropped')).toEqual([]);
		expect(of(log, 'packet.sent')[1]?.cause).toBe(of(log, 'packet.delivered')[0]?.seq);
		expect(of(log, 'tcp.error')).toMatchObject([{ host: 'desk', error: 'refused' }]);
	});

	test('again after a refusal takes the next port', () => {
		const world = run([type(0, 'connect post 109'), type(100_000, 'connect post 110')]);
		expect(of(world.log, 'packet.sent').map((event) => segment(event).srcPort)).toContain(49_153);
		expect(shown(world.log)).toContain('+OK POP3');
	});

	test('a second session after the first finds the box unlocked', () => {
		const again = typed(['connect post 110', 'USER ada', 'PASS lovelace'], 100_000).map(({ at, input }) => ({
			at: at + 1_000_000,
			input
		}));
		const { log } = run([...typed(SESSION), ...again]);
		expect(of(log, 'maildrop.lock').map(({ held }) => held)).toEqual([true, false, true]);
	});

	test('a port is free again when its connection is gone', () => {
		const world = run(typed(SESSION), createWorld(t0({ desk: { firstPort: 65_535 } }), 1));
		world.advance(world.timerAt ?? 0); // the other end's TIME-WAIT
		run([type(world.now, 'connect post 110')], world);
		const syns = of(world.log, 'packet.sent')
			.map(segment)
			.filter(({ flags }) => flags === 2);
		expect(syns.map(({ srcPort }) => srcPort)).toEqual([65_535, 65_535]);
		expect(of(world.log, 'pop3.received').at(-1)).toMatchObject({ keyword: 'greeting', ok: true });
	});

	test('a typed line without a connection stays at home', () => {
		const world = run(typed(['STAT']));
		expect(of(world.log, 'packet.sent')).toEqual([]);
		expect(said(world)[0]).toContain('Not connected');
	});
});
