// Every octet of real sessions, on good links and bad ones, traced to the packet, the command, the reply and the letter.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { letter } from '#lib/mail/letters.ts';
import { packetRows } from '#lib/player/packets.ts';
import { originAt, provenance } from '#lib/player/provenance.ts';
import { connectionNames, conversationOf, runAt, streamsOf, type Stream } from '#lib/player/stream.ts';
import { createWorld } from '#lib/sim/world.ts';
import { latin1 } from '#lib/wire/text.ts';
import { logOf, scenario as storyScenario, STORY } from '../fixtures/exchange.ts';
import { login, lossy, session } from './talk.ts';

const spelled = (stream: Stream) => latin1(stream.octets);

test('both directions in order; what was lost and sent again stands once', () => {
	const rows = packetRows(logOf(STORY), storyScenario);
	const mine = conversationOf(rows, rows[0]!, connectionNames([]));
	const [client, server] = streamsOf(mine)!;
	expect(spelled(client)).toBe('USER ada\r\nPASS lovelace\r\n');
	expect(spelled(server)).toBe('+OK POP3 post.example ready\r\n+OK\r\n+OK\r\n');
	expect(client.runs.map(({ from, to, row, copies, lost }) => [from, to, row?.packet, copies, lost])).toEqual(
		[
			[0, 10, 6, [], false],
			[10, 25, 9, [8], false]
		]
	);
});

test('a gap is told with its place; what never came through is lost', () => {
	const story = STORY.filter((_, i) => i !== 5 && i !== 8);
	const rows = packetRows(logOf(story), storyScenario);
	const [client] = streamsOf(conversationOf(rows, rows[0]!, connectionNames([])))!;
	expect(client.runs.map(({ from, to, row, lost }) => [from, to, row?.packet ?? null, lost])).toEqual([
		[0, 10, null, true],
		[10, 25, 7, true]
	]);
});

test('a stuffed dot and the final line are made by the server; the rest is the letter, octet for octet', () => {
	const { server, origins } = session(papers.scenario, papers.seed, [...login, 'RETR 3']);
	const [, replies] = origins;
	const dots = replies.filter(({ kind }) => kind === 'stuffed-dot');
	expect(dots).toHaveLength(3);
	for (const { from, to } of dots) expect(latin1(server.octets, from, to + 1)).toBe('..');
	const final = replies.at(-1)!;
	expect(latin1(server.octets, final.from, final.to)).toBe('.\r\n');
	expect(final).toMatchObject({ kind: 'final-dot', command: 'RETR 3' });
	const sent = replies.flatMap((one) => (one.letter ? [...server.octets.subarray(one.from, one.to)] : []));
	expect(sent).toEqual([...letter('dots').octets]);
	const at = spelled(server).indexOf('profile');
	expect(originAt(replies, at)).toMatchObject({
		kind: 'letter',
		letter: { name: 'dots', number: 3 },
		command: 'RETR 3'
	});
});

test('a command leads to its event and to the line that was typed', () => {
	const { client, origins, log } = session(papers.scenario, papers.seed, [...login, 'STAT']);
	const stat = originAt(origins[0], spelled(client).indexOf('STAT'))!;
	expect(log[stat.event ?? -1]).toMatchObject({ kind: 'pop3.command', keyword: 'STAT' });
	expect(log[stat.input ?? -1]).toMatchObject({ kind: 'input', input: { line: 'STAT' } });
});

test('numbers of a later session name the letters that are left', () => {
	const again = [...login, 'DELE 1', 'QUIT', 'connect post 110', ...login, 'TOP 2 1'];
	const world = createWorld(papers.scenario, papers.seed);
	for (const line of ['connect post 110', ...again]) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	const rows = packetRows(world.log, papers.scenario);
	const second = rows.findLast(({ flags }) => flags === 'S')!;
	const [client, server] = streamsOf(conversationOf(rows, second, connectionNames(world.log)))!;
	const [, replies] = provenance(client, server, second.connection, world.log, papers.scenario);
	expect(new Set(replies.flatMap((one) => (one.letter ? [one.letter.name] : [])))).toEqual(new Set(['dots']));
});

test(
	'provenance covers every payload octet of seeded sessions, whatever the link loses',
	{ timeout: 60_000 },
	() => {
		const command = fc.constantFrom(
			'STAT',
			'LIST',
			'UIDL',
			'CAPA',
			'RETR 1',
			'RETR 3',
			'RETR 4',
			'TOP 3 2',
			'TOP 2 0',
			'DELE 2',
			'RSET',
			'nonsense',
			'RETR 9',
			'NOOP'
		);
		fc.assert(
			fc.property(
				fc.nat(1000),
				fc.constantFrom(0, 0.1, 0.25),
				fc.constantFrom(64, 536, 1460),
				fc.array(command, { maxLength: 5 }),
				(seed, loss, mss, commands) => {
					const scenario = lossy(loss, mss);
					const { rows, client, server, origins } = session(scenario, seed, [...login, ...commands, 'QUIT']);
					[client, server].forEach((stream, side) => {
						const mine = origins[side as 0 | 1];
						let next = 0;
						for (const one of mine) {
							expect(one.from).toBe(next);
							next = one.to;
							expect(one.kind).not.toBe('unknown');
							if (!one.letter) continue;
							const stored = letter(one.letter.name).octets.subarray(one.letter.stored);
							for (let at = one.from; at < one.to; at++)
								if (stream.octets[at] !== stored[at - one.from])
									throw new Error(`octet ${at} is not the letter's`);
						}
						expect(next).toBe(stream.length);
						for (let at = 0; at < stream.length; at++) {
							const run = runAt(stream, at);
							if (run?.row?.bytes[run.at + at - run.from] !== stream.octets[at])
								throw new Error(`octet ${at} is not in its packet`);
						}
					});
					// and no packet carries an octet that is in neither stream
					for (const { tcp, packet, from } of rows) {
						if (!tcp?.length) continue;
						const stream = from === client.from ? client : server;
						const told = stream.runs.filter(
							(run) => run.row?.packet === packet || run.copies.includes(packet)
						);
						expect(told.reduce((sum, run) => sum + run.to - run.from, 0)).toBeGreaterThanOrEqual(tcp.length);
					}
				}
			),
			{ numRuns: 25 }
		);
	}
);
