// The stack of the lessons, as the campaign describes it: one rule at a time is what a student sees.
import { expect, test } from 'vitest';
import { t0 } from '#lib/levels/topologies.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { ACK, SYN } from '#lib/wire/tcp.ts';
import { datagram, of, segment } from '../fixtures/read.ts';

function say(world: World, line: string): void {
	world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
	world.runUntilQuiet();
}

function session(...lines: string[]): World {
	const world = createWorld(t0(), 1);
	for (const line of lines) say(world, line);
	return world;
}

test('sequence numbers 1000 and 5000, MSS 1460 and no other option, TTL 64, 20 ms away', () => {
	const { log } = session('connect post 110');
	const [syn, answer] = of(log, 'packet.sent');
	if (!syn || !answer) throw new Error('no handshake');
	expect([segment(syn), segment(answer)]).toMatchObject([
		{ flags: SYN, seq: 1000, dstPort: 110, options: [{ kind: 'mss', value: 1460 }] },
		{ flags: SYN | ACK, seq: 5000, ack: 1001, options: [{ kind: 'mss', value: 1460 }] }
	]);
	expect([datagram(syn).ttl, datagram(answer).ttl, answer.at - syn.at]).toEqual([64, 64, 20_000]);
});

test('the letter of 6472 octets goes in five segments at once, and each is acknowledged', () => {
	const world = session('connect post 110', 'USER ada', 'PASS lovelace');
	const before = world.log.length;
	say(world, 'RETR 4');
	const sent = of(world.log.slice(before), 'packet.sent');
	const text = sent.filter(({ from }) => from === 'post').filter((one) => segment(one).payload.length > 0);
	expect(text.map((one) => segment(one).payload.length)).toEqual([1460, 1460, 1460, 1460, 632]);
	expect(new Set(text.map(({ at }) => at)).size).toBe(1);
	const last = text.map((one) => (segment(one).seq + segment(one).payload.length) >>> 0);
	const acks = sent.filter(({ from }) => from === 'desk').map(segment);
	expect(acks.filter(({ payload }) => payload.length === 0).map(({ ack }) => ack)).toEqual(last);
});

test('the time-out is one second at first, and doubles', () => {
	const { hosts, links } = t0();
	const world = createWorld({ hosts, links: links.map((link) => ({ ...link, loss: 1 })) }, 1);
	world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
	world.advance(20_000_000);
	expect(of(world.log, 'packet.sent').map(({ at }) => at / 1_000_000)).toEqual([0, 1, 3, 7, 15]);
});
