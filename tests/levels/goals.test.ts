/** The vocabulary: each predicate returns the very event that met it. Logs are stories of real events, cut where needed. */
import { describe, expect, it } from 'vitest';
import { all, any, both, count, either, latest, met, never, order, seen } from '#lib/levels/goals.ts';
import {
	answered,
	answeredRight,
	commanded,
	commandOf,
	expunged,
	locked,
	marked,
	online,
	originOf,
	packet,
	pop3State,
	received,
	replied,
	replyOf,
	sameValue,
	tcpError,
	tcpState,
	typed
} from '#lib/levels/matches.ts';
import { papers } from '#lib/levels/papers.ts';
import { segmentOf } from '#lib/levels/segment.ts';
import type { Event, EventBody, Input } from '#lib/sim/event.ts';
import { encodeIpv4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { ACK, encodeTcp, FIN, PSH, RST, SYN } from '#lib/wire/tcp.ts';
import { play } from './play.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const lines = (...all: string[]): Input[] => all.map(type);
const answer = (value: string | number): EventBody => ({
	kind: 'input',
	input: { kind: 'answer', question: 'q', value }
});

/** A log of bare bodies. */
const story = (...bodies: EventBody[]): Event[] =>
	bodies.map((body, seq) => ({ seq, at: seq * 1000, cause: null, ...body }));
const tick = (n: number): EventBody => ({
	kind: 'terminal',
	host: 'desk',
	origin: 'local',
	octets: String(n)
});
const is = (n: number) => (event: Event) => event.kind === 'terminal' && event.octets === String(n);

const ABC = story(tick(1), tick(2), tick(1), tick(3), tick(2));

describe('combinators', () => {
	it('seen: the first', () => {
		expect(seen(is(2))(ABC)).toBe(ABC[1]);
		expect(seen(is(9))(ABC)).toBeNull();
		expect(seen(is(1))([])).toBeNull();
	});

	it('count: the n-th', () => {
		expect(count(is(1), 2)(ABC)).toBe(ABC[2]);
		expect(count(is(1), 3)(ABC)).toBeNull();
	});

	it('order: a subsequence; the last of it', () => {
		expect(order(is(1), is(2), is(3))(ABC)).toBe(ABC[3]);
		expect(order(is(2), is(3), is(2))(ABC)).toBe(ABC[4]);
		expect(order(is(3), is(1))(ABC)).toBeNull();
		// one event counts once
		expect(order(is(3), is(3))(ABC)).toBeNull();
	});

	it('never: what broke it, and only before the limit', () => {
		expect(never(is(3))(ABC)).toBe(ABC[3]);
		expect(never(is(9))(ABC)).toBeNull();
		expect(never(is(3), is(2))(ABC)).toBeNull();
		expect(never(is(2), is(3))(ABC)).toBe(ABC[1]);
		expect(never(is(2), is(2))(ABC)).toBe(ABC[1]);
	});

	it('all: the latest; any: the earliest', () => {
		expect(all(seen(is(3)), seen(is(2)))(ABC)).toBe(ABC[3]);
		expect(all(seen(is(3)), seen(is(9)))(ABC)).toBeNull();
		expect(any(seen(is(3)), seen(is(2)))(ABC)).toBe(ABC[1]);
		expect(any(seen(is(9)), seen(is(3)))(ABC)).toBe(ABC[3]);
		expect(any(seen(is(9)))(ABC)).toBeNull();
	});

	it('latest: what holds now, and no longer', () => {
		const odd = either(is(1), is(3));
		expect(latest(odd, is(3))(ABC)).toBe(ABC[3]);
		expect(latest(odd, is(3))(ABC.slice(0, 3))).toBeNull();
		expect(latest(is(9), is(9))(ABC)).toBeNull();
		expect(met(latest(odd, is(1)))(ABC.slice(0, 3))).toBe(true);
	});

	it('both and either hold for one event', () => {
		const first = ABC[0];
		if (!first) throw new Error('empty');
		expect(both(is(1), is(2))(first, ABC)).toBe(false);
		expect(both(is(1), is(1))(first, ABC)).toBe(true);
		expect(either(is(2), is(1))(first, ABC)).toBe(true);
		expect(either()(first, ABC)).toBe(false);
	});
});

describe('answers', () => {
	const truth = (value: string | number | null) => ({ id: 'q', answer: () => value });

	it('count as given whatever they say', () => {
		const log = story(tick(1), answer('no'));
		expect(seen(answered('q'))(log)).toBe(log[1]);
		expect(seen(answered('other'))(log)).toBeNull();
	});

	it('are right at the first try or later, once the run tells', () => {
		const log = story(answer('no'), answer('yes'), answer('yes'));
		expect(answeredRight(truth('yes'))(log)).toBe(log[1]);
		expect(answeredRight(truth('no'))(log)).toBe(log[0]);
		expect(answeredRight(truth('maybe'))(log)).toBeNull();
		expect(answeredRight(truth(null))(log)).toBeNull();
		expect(answeredRight(truth(null))(story(answer('null')))).toBeNull();
	});

	it('may come as typed text', () => {
		expect(sameValue('1001', 1001)).toBe(true);
		expect(sameValue(' 1001 ', 1001)).toBe(true);
		expect(sameValue(1001, 1001)).toBe(true);
		expect(sameValue('1001.0', 1001)).toBe(false);
		expect(sameValue([1001], 1001)).toBe(false);
		expect(sameValue(Number.NaN, 'NaN')).toBe(true);
	});
});

describe('packets', () => {
	const [desk, post] = [parseAddress('192.0.2.10'), parseAddress('198.51.100.25')];
	const segment = (flags: number, text = '') => {
		const payload = Uint8Array.from(text, (char) => char.charCodeAt(0));
		const fields = { srcPort: 49152, dstPort: 110, seq: 1000, ack: 0, window: 65535, urgent: 0, options: [] };
		return encodeTcp({ ...fields, flags, payload }, desk, post);
	};
	const datagram = (payload: Uint8Array, protocol = TCP_PROTOCOL, mf = 0, fragmentOffset = 0) =>
		encodeIpv4({ src: desk, dst: post, protocol, mf, fragmentOffset }, payload);
	const sent = (bytes: Uint8Array): Event => ({
		seq: 0,
		at: 0,
		cause: null,
		kind: 'packet.sent',
		packet: 1,
		link: 'l',
		from: 'desk',
		to: 'post',
		bytes,
		arrives: 1
	});
	const syn = sent(datagram(segment(SYN)));
	const data = sent(datagram(segment(ACK | PSH, 'QUIT\r\n')));

	it('are known by host, port, flags and payload', () => {
		expect(packet({})(syn, [])).toBe(true);
		expect(packet({ from: 'desk', to: 'post', srcPort: 49152, dstPort: 110 })(syn, [])).toBe(true);
		expect(packet({ from: 'post' })(syn, [])).toBe(false);
		expect(packet({ to: 'desk' })(syn, [])).toBe(false);
		expect(packet({ srcPort: 110 })(syn, [])).toBe(false);
		expect(packet({ dstPort: 109 })(syn, [])).toBe(false);
		expect(packet({ flags: SYN })(syn, [])).toBe(true);
		expect(packet({ flags: SYN | ACK })(syn, [])).toBe(false);
		expect(packet({ flags: ACK, without: SYN | FIN | RST })(data, [])).toBe(true);
		expect(packet({ without: PSH })(data, [])).toBe(false);
		expect(packet({ payload: true })(data, [])).toBe(true);
		expect(packet({ payload: true })(syn, [])).toBe(false);
		expect(packet({ payload: false })(syn, [])).toBe(true);
	});

	it('are no segments when damaged, cut or of another protocol', () => {
		const damaged = datagram(segment(SYN));
		damaged[damaged.length - 1] = 0xff ^ (damaged[damaged.length - 1] ?? 0);
		expect(segmentOf(damaged)).toBeNull();
		expect(segmentOf(datagram(segment(SYN), TCP_PROTOCOL, 1))).toBeNull();
		expect(segmentOf(datagram(segment(SYN), TCP_PROTOCOL, 0, 3))).toBeNull();
		expect(segmentOf(datagram(segment(SYN), UDP_PROTOCOL))).toBeNull();
		expect(segmentOf(new Uint8Array(3))).toBeNull();
		expect(packet({})(sent(damaged), [])).toBe(false);
		expect(segmentOf(datagram(segment(SYN)))?.flags).toBe(SYN);
	});

	it('are nothing but packets', () => {
		expect(ABC.some((event) => packet({})(event, ABC))).toBe(false);
	});
});

describe('on a real run', () => {
	const { log } = play(papers, [
		...lines('STAT', 'USER ada', 'PASS lovelance', 'USER ada', 'PASS lovelace', 'DELE 1', 'QUIT'),
		...lines('connect post 25')
	]);
	const kindAt = (event: Event | null) => event && { kind: event.kind, at: log.indexOf(event) >= 0 };

	it('finds states, errors, commands, replies and what a client read', () => {
		const first = seen(tcpState('desk', 'ESTABLISHED', 110))(log);
		expect(first).toMatchObject({ kind: 'tcp.state', host: 'desk', to: 'ESTABLISHED' });
		expect(seen(tcpState('desk', 'ESTABLISHED', 25))(log)).toBeNull();
		expect(seen(tcpState('post', 'TIME-WAIT'))(log)).toMatchObject({ host: 'post' });
		expect(seen(tcpError('desk', 'refused', 25))(log)).toMatchObject({ kind: 'tcp.error' });
		expect(seen(tcpError('desk', 'refused', 110))(log)).toBeNull();
		expect(seen(tcpError('post'))(log)).toBeNull();
		expect(seen(commanded('STAT', 'AUTHORIZATION'))(log)).toMatchObject({ kind: 'pop3.command' });
		expect(seen(commanded('STAT', 'TRANSACTION'))(log)).toBeNull();
		expect(seen(replied('PASS', false))(log)).toMatchObject({ kind: 'pop3.reply', host: 'post' });
		expect(seen(received('greeting', true, 'desk'))(log)).toMatchObject({ text: 'POP3 post.example ready' });
		expect(seen(received('greeting', true, 'post'))(log)).toBeNull();
		expect(seen(received('greeting', false))(log)).toBeNull();
		expect(seen(typed(/^dele 1$/i))(log)).toMatchObject({ input: { line: 'DELE 1' } });
		expect(count(typed(), 9)(log)).toMatchObject({ input: { line: 'connect post 25' } });
	});

	it('finds how the session and the box moved', () => {
		expect(seen(pop3State({ from: 'AUTHORIZATION', to: 'TRANSACTION' }))(log)).toMatchObject({
			on: 'OPENED'
		});
		expect(seen(pop3State({ to: 'UPDATE', on: 'QUIT' }))(log)).toMatchObject({ from: 'TRANSACTION' });
		expect(seen(pop3State({ to: 'connected' }))(log)).toBeNull();
		expect(seen(pop3State({ to: 'connected', side: 'client' }))(log)).toMatchObject({ host: 'desk' });
		expect(seen(locked('ada'))(log)).toMatchObject({ held: true });
		expect(seen(locked('ada', false))(log)).toMatchObject({ held: false });
		expect(seen(locked('grace'))(log)).toBeNull();
		expect(seen(marked('u-welcome-1'))(log)).toMatchObject({ number: 1 });
		expect(seen(marked('u-won-2'))(log)).toBeNull();
		expect(order(marked(), expunged('u-welcome-1'))(log)).toMatchObject({ kind: 'maildrop.expunge' });
		expect(kindAt(seen(expunged())(log))).toEqual({ kind: 'maildrop.expunge', at: true });
	});

	it('pairs each reply that was read with the one written, and that with its command', () => {
		const read = log.filter((event) => event.kind === 'pop3.received');
		expect(read.length).toBeGreaterThan(7);
		for (const each of read) {
			const reply = replyOf(log, each);
			expect(reply).toMatchObject({ keyword: each.keyword, ok: each.ok, text: each.text });
			expect(reply && (commandOf(log, reply)?.keyword ?? 'greeting')).toBe(each.keyword);
		}
	});

	it('knows when a line is open', () => {
		const upTo = (line: string) =>
			log.slice(
				0,
				log.findIndex(
					(event) => event.kind === 'input' && event.input.kind === 'type' && event.input.line === line
				)
			);
		expect(online('desk')([])).toBe(false);
		expect(online('desk')(upTo('STAT'))).toBe(true);
		expect(online('desk')(upTo('QUIT'))).toBe(true);
		expect(online('desk')(upTo('connect post 25'))).toBe(false);
		expect(online('post')(upTo('QUIT'))).toBe(false);
	});

	it('leads every event back to what the player did', () => {
		const sentQuit = log.findLast((event) => event.kind === 'pop3.reply' && event.keyword === 'QUIT');
		expect(sentQuit && originOf(log, sentQuit)).toMatchObject({ input: { line: 'QUIT' } });
		for (const event of log) expect(originOf(log, event), `${event.seq} ${event.kind}`).not.toBeNull();
		expect(originOf(ABC, ABC[1] as Event)).toBeNull();
	});
});

describe('a log that goes on, goes back and goes on otherwise', () => {
	const trunk = story(...Array.from({ length: 400 }, (_, i) => answer(i)), answer('right'), answer('late'));
	const branch = [...trunk.slice(0, 200), ...story(answer('late'), answer('right')).map((e) => ({ ...e }))];
	const said = (value: string) => (event: Event) =>
		event.kind === 'input' && event.input.kind === 'answer' && event.input.value === value;
	const cuts = [
		trunk,
		trunk.slice(0, 401),
		trunk.slice(0, 400),
		trunk.slice(0, 3),
		branch,
		trunk,
		branch,
		[]
	];

	it('is told of as one that nobody has looked at before', () => {
		const right = seen(said('right'));
		const kept = never(said('right'), said('late'));
		for (const log of cuts) {
			expect(right(log)).toBe(seen(said('right'))(log));
			expect(kept(log)).toBe(never(said('right'), said('late'))(log));
		}
		expect([right(trunk), right(trunk.slice(0, 400))]).toEqual([trunk[400], null]);
	});

	it('is searched once, however often one goes over it', () => {
		let asked = 0;
		const right = seen((event) => (asked++, said('right')(event)));
		right(trunk.slice(0, 300));
		for (const to of [402, 100, 300, 401, 2, 402]) right(trunk.slice(0, to));
		expect(asked).toBe(401);
	});
});
