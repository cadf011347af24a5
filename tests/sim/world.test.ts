// A world from its inputs to its log: a whole session, causes, the clock, refused inputs, two clients.
import { describe, expect, test } from 'vitest';
import type { Event } from '#lib/sim/event.ts';
import { createWorld, InputError } from '#lib/sim/world.ts';
import { chain, datagram, line, of, segment, shown } from '../fixtures/read.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';
import { run } from './session.ts';

const kinds = (events: readonly Event[]) => events.map(({ kind }) => kind);

describe('a whole session', () => {
	const { log, now, nextAt, timerAt } = run(typed(SESSION));
	const sent = of(log, 'packet.sent');

	test('is twenty packets', () => {
		expect(sent.map(line)).toEqual([
			'desk SYN 1000/0',
			'post SYN, ACK 5000/1001',
			'desk ACK 1001/5001',
			'post PSH, ACK 5001/1001 +29',
			'desk ACK 1001/5030',
			'desk PSH, ACK 1001/5030 +10',
			'post PSH, ACK 5030/1011 +15',
			'desk ACK 1011/5045',
			'desk PSH, ACK 1011/5045 +15',
			'post PSH, ACK 5045/1026 +49',
			'desk ACK 1026/5094',
			'desk PSH, ACK 1026/5094 +6',
			'post PSH, ACK 5094/1032 +12',
			'desk ACK 1032/5106',
			'desk PSH, ACK 1032/5106 +6',
			'post PSH, ACK 5106/1038 +9',
			'post FIN, ACK 5115/1038',
			'desk ACK 1038/5115',
			'desk FIN, ACK 1038/5116',
			'post ACK 5116/1039'
		]);
		expect(sent.map(({ packet }) => packet)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
	});

	test('shows at the terminal what the server said', () => {
		expect(shown(log)).toBe(
			'+OK POP3 post.example ready\r\n+OK send PASS\r\n' +
				"+OK ada's maildrop has 4 messages (7042 octets)\r\n+OK 4 7042\r\n+OK bye\r\n"
		);
	});

	test('ends quiet, with TIME-WAIT alone still to come', () => {
		expect([now, nextAt, timerAt]).toEqual([480_000, null, 460_000 + 60_000_000]);
		const last = of(log, 'tcp.state').map(({ host, to }) => `${host} ${to}`);
		expect(last.slice(-2)).toEqual(['post TIME-WAIT', 'desk CLOSED']);
	});

	test('every datagram has its own identification, the initial time to live and "don\'t fragment"', () => {
		const heads = sent.map((event) => ({ from: event.from, ...datagram(event) }));
		expect(heads.every(({ ttl, df }) => ttl === 64 && df === 1)).toBe(true);
		const ids = (host: string) => heads.filter(({ from }) => from === host).map(({ id }) => id);
		expect(ids('desk')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
		expect(ids('post')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test('each packet says when it will arrive, and does', () => {
		const delivered = of(log, 'packet.delivered');
		expect(sent.map(({ packet, arrives, to }) => [packet, arrives, to])).toEqual(
			delivered.map(({ packet, at, host }) => [packet, at, host]).sort(([a], [b]) => Number(a) - Number(b))
		);
		expect(sent.every(({ at, arrives }) => arrives === at + 20_000)).toBe(true);
	});

	test('positions are places, times never run back, and only inputs have no cause', () => {
		log.forEach((event, i) => {
			expect(event.seq).toBe(i);
			expect(event.at).toBeGreaterThanOrEqual(log[i - 1]?.at ?? 0);
			expect(event.cause === null).toBe(event.kind === 'input');
			if (event.cause !== null) expect(event.cause).toBeLessThan(i);
		});
	});
});

describe('why did this happen?', () => {
	const { log } = run(typed(SESSION));
	const terminal = (text: string) => of(log, 'terminal').find(({ octets }) => octets.includes(text)) as Event;

	test('the greeting on the screen goes back to the key that was pressed', () => {
		const links = chain(log, terminal('+OK POP3 post'));
		expect(kinds(links)).toEqual([
			'terminal',
			'packet.delivered', // the greeting
			'packet.sent',
			'pop3.reply',
			'tcp.state', // post is ESTABLISHED
			'packet.delivered', // ACK
			'packet.sent',
			'packet.delivered', // SYN, ACK
			'packet.sent',
			'packet.delivered', // SYN
			'packet.sent',
			'input'
		]);
		expect(links.at(-1)).toMatchObject({ input: { line: 'connect post 110' } });
	});

	test('a reply goes back to the command that was typed', () => {
		const links = chain(log, terminal('+OK 4 7042'));
		expect(kinds(links)).toEqual([
			'terminal',
			'packet.delivered',
			'packet.sent',
			'pop3.reply',
			'pop3.command',
			'packet.delivered',
			'packet.sent',
			'pop3.sent',
			'input'
		]);
		expect(links.at(-1)).toMatchObject({ input: { line: 'STAT' } });
	});

	test('every event goes back to an input', () => {
		for (const event of log) expect(chain(log, event).at(-1)?.kind).toBe('input');
	});

	test('the end of TIME-WAIT goes back to the FIN that began it', () => {
		const world = run(typed(SESSION));
		world.advance(world.timerAt ?? 0);
		const closed = of(world.log, 'tcp.state').at(-1) as Event;
		expect(closed).toMatchObject({ host: 'post', from: 'TIME-WAIT', to: 'CLOSED', at: 60_460_000 });
		expect(kinds(chain(world.log, closed)).slice(1, 3)).toEqual(['packet.delivered', 'packet.sent']);
		expect([world.nextAt, world.timerAt]).toEqual([null, null]);
	});
});

describe('the clock', () => {
	test('stands at an input, and at the end of an advance', () => {
		const world = createWorld(t0(), 1);
		expect(world.now).toBe(0);
		world.input(type(5_000, 'connect post 110'));
		expect([world.now, world.nextAt]).toEqual([5_000, 25_000]);
		world.advance(25_000); // what is due at the very instant is done
		expect(of(world.log, 'packet.delivered')).toHaveLength(1);
		world.advance(30_000);
		expect(world.now).toBe(30_000);
	});

	test('how a run is cut into advances does not show', () => {
		const whole = run(typed(SESSION));
		const cut = createWorld(t0(), 110);
		for (const timed of typed(SESSION)) {
			for (let to = cut.now; to < timed.at; to += 7_001) cut.advance(to);
			cut.input(timed);
		}
		for (let next = cut.nextAt; next !== null; next = cut.nextAt) cut.advance(next);
		expect(cut.log).toEqual(whole.log);
	});

	test('runs until quiet no further than asked', () => {
		const world = createWorld(t0(), 1);
		world.input(type(0, 'connect post 110'));
		world.runUntilQuiet(50_000);
		expect([world.now, world.nextAt]).toEqual([40_000, 60_000]);
	});

	test('background timers are done on the way to the foreground', () => {
		const world = run(typed(SESSION));
		const begins = (world.timerAt ?? 0) - 10_000;
		world.input(type(begins, 'connect post 110'));
		world.runUntilQuiet();
		const states = of(world.log, 'tcp.state');
		expect(states.find(({ from }) => from === 'TIME-WAIT')?.at).toBe(60_460_000);
		expect(states.at(-1)?.at).toBe(begins + 60_000);
	});

	test('does not run backwards', () => {
		const world = createWorld(t0(), 1);
		world.advance(100);
		world.advance(50);
		expect(world.now).toBe(100);
		expect(() => world.input(type(99, 'STAT'))).toThrow(InputError);
		expect(() => world.advance(-1)).toThrow(RangeError);
		expect(() => world.advance(0.5)).toThrow(RangeError);
	});
});

describe('inputs', () => {
	test('an answer is recorded and changes nothing else', () => {
		const world = createWorld(t0(), 1);
		world.input({ at: 7, input: { kind: 'answer', question: 'first', value: 'post' } });
		expect(world.log).toHaveLength(1);
		expect([world.now, world.nextAt]).toEqual([7, null]);
	});

	test('a host without a terminal takes none, and nothing is logged', () => {
		const world = createWorld(t0(), 1);
		expect(() => world.input(type(0, 'STAT', 'post'))).toThrow('post has no terminal');
		expect(() => world.input(type(0, 'STAT', 'nobody'))).toThrow('nobody has no terminal');
		expect(world.log).toEqual([]);
	});

	test('raw octets go out exactly as they are', () => {
		const world = run(typed(['connect post 110']));
		const octets = 'NO\0OP\xff\r';
		world.input({ at: world.now, input: { kind: 'octets', host: 'desk', octets } });
		const { payload } = segment(of(world.log, 'packet.sent').at(-1)!);
		expect(String.fromCharCode(...payload)).toBe(octets);
	});

	test('a typed line is shown once, as the person typed it', () => {
		const world = run(typed(['connect post 110', 'NOOP']));
		const own = of(world.log, 'terminal').filter(({ origin }) => origin === 'typed');
		expect(own.map(({ octets, cause }) => [octets, world.log[cause ?? -1]?.kind])).toEqual([
			['connect post 110', 'input'],
			['NOOP', 'input']
		]);
	});
});

describe('two clients', () => {
	const scenario = t0();
	const pocket = { id: 'pocket', role: 'client', address: '192.0.2.11' } as const;
	const link = { id: 'pocket-post', ends: ['pocket', 'post'], delay: 30_000, mtu: 1500 } as const;
	const two = { hosts: [...scenario.hosts, pocket], links: [...scenario.links, link] };

	test('have sessions of their own; the second finds the maildrop locked', () => {
		const world = createWorld(two, 110);
		const steps = ['connect post 110', 'USER ada', 'PASS lovelace'];
		const inputs = steps.flatMap((text, i) => [
			type(i * 200_000, text),
			type(i * 200_000 + 100_000, text, 'pocket')
		]);
		const { log } = run(inputs, world);
		expect(shown(log, 'desk')).toContain("+OK ada's maildrop");
		expect(shown(log, 'pocket')).toContain('-ERR maildrop already locked');
		expect(new Set(of(log, 'pop3.reply').map(({ session }) => session)).size).toBe(2);
	});

	test('the initial sequence number is drawn anew for each connection unless the scenario fixes it', () => {
		const world = createWorld(two, 110);
		run([type(0, 'connect post 110', 'pocket'), type(500_000, 'QUIT', 'pocket')], world);
		run([type(2_000_000, 'connect post 110', 'pocket')], world);
		const syns = of(world.log, 'packet.sent')
			.filter(({ from }) => from === 'pocket')
			.map(segment);
		const numbers = syns.filter(({ flags }) => flags === 2).map(({ seq }) => seq);
		expect(numbers).toHaveLength(2);
		expect(new Set(numbers).size).toBe(2);
	});
});
