// Our faulty servers, each in a capture of its own: where RFC 1939 is broken the judge says so with the clause, and what
// RFC 1939 allows it only remarks upon.
import { describe, expect, test } from 'vitest';
import { createWorld } from '#lib/sim/world.ts';
import { captureOf } from '#lib/player/capture.ts';
import { personalities } from '#lib/pop3/personality.ts';
import { Pop3Judge } from '#lib/judge/pop3.ts';
import type { Finding } from '#lib/judge/verdict.ts';
import { of } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';
import { judged, runOf, say, sessions, type Step } from './open.ts';

const SECOND = 1_000_000;
const LETTERS = ['welcome', 'won', 'dots'];
const login = ['connect post 110', 'USER ada', 'PASS lovelace'].map((line) => say(line));
const lines = (...all: string[]): Step[] => [...login, ...all.map((line) => say(line))];

function verdicts(personality: string, steps: readonly Step[], box: readonly string[] = LETTERS) {
	judgedNow.add(personality);
	const users = [{ name: 'ada', password: 'lovelace', box }];
	return sessions(judged(runOf({ pop3: { personality, users } }, steps))).flatMap(({ pop3 }) =>
		pop3 ? [pop3.verdict] : []
	);
}
const cite = (finding: Finding | null | undefined): string =>
	finding ? `${finding.say} ${finding.rfc}, packet ${finding.packet}` : 'conforms';

/** Whom these tests have looked at. */
const judgedNow = new Set<string>();

const ALL = lines(
	'STAT', 'LIST', 'UIDL', 'RETR 1', 'RETR 2', 'RETR 3', 'TOP 3 2', 'DELE 1', 'LIST', 'LIST 2', 'UIDL 3', 'RETR 1',
	'STAT', 'RSET', 'STAT', 'LIST 9', 'BOGUS', 'QUIT'
); // prettier-ignore

describe('what conforms', () => {
	test.each(['rfc', 'post', 'dovecot', 'report'])('%s', (personality) => {
		const found = verdicts(personality, ALL);
		expect(found.map(({ deviation, until }) => [cite(deviation), until])).toEqual([['conforms', null]]);
	});
});

describe('what breaks RFC 1939', () => {
	test.each<readonly [string, readonly Step[], string]>([
		[
			'no-stuffing',
			lines('RETR 3', 'QUIT'),
			'The line ".profile is a file," begins with a dot that is not doubled. RFC 1939 §3, packet 13'
		],
		[
			'renumbering',
			lines('LIST', 'DELE 1', 'LIST', 'QUIT'),
			'Message 1 is marked as deleted, and its number is in use again: numbers must not move up within a session. RFC 1939 §5, packet 19'
		],
		[
			'renumbering',
			lines('STAT', 'DELE 1', 'LIST 3', 'QUIT'),
			'LIST 3 is refused although message 3 is there and not marked: numbers stay for the whole session. RFC 1939 §4, packet 19'
		],
		[
			'list-all',
			lines('LIST 2', 'QUIT'),
			'with an argument the answer is one line, that number and its size. RFC 1939 §5, packet 13'
		],
		[
			'silent',
			[...login, say('BOGUS', 20 * SECOND), say('QUIT')],
			'"BOGUS" is never answered: each command gets a reply, -ERR if it is not known. RFC 1939 §3, packet 12'
		],
		[
			'silent',
			lines('BOGUS', 'QUIT'),
			'"BOGUS" is never answered: each command gets a reply, -ERR if it is not known. RFC 1939 §3, packet 12'
		],
		[
			'impatient',
			[...login, say('STAT', 120 * SECOND)],
			'The server closes after 60 seconds of silence: an autologout timer must run for 10 minutes at least. RFC 1939 §3, packet 15'
		]
	])('%s', (personality, steps, sentence) => {
		const [verdict] = verdicts(personality, steps);
		expect(cite(verdict?.deviation)).toContain(sentence);
		expect(verdict?.deviation?.who).toBe('server');
	});

	test('unstable-uidl: two sessions, other names for the same sizes', () => {
		const once = lines('LIST', 'UIDL', 'QUIT');
		const [first, second] = verdicts('unstable-uidl', [...once, ...once]);
		expect(cite(first?.deviation)).toBe('conforms');
		expect(cite(second?.deviation)).toMatch(
			/^The messages have other unique-ids .* RFC 1939 §7, packet \d+$/
		);
		for (const verdict of verdicts('rfc', [...once, ...once]))
			expect(cite(verdict.deviation)).toBe('conforms');
	});

	test('characters: what our own server announces is fewer than the octets that come', () => {
		const [verdict] = verdicts('characters', lines('LIST', 'RETR 1', 'RETR 2', 'QUIT'), ['welcome', 'html']);
		expect(cite(verdict?.deviation)).toMatch(
			/^Message 2 comes with \d+ octets where LIST announced \d+: sizes count octets, .* RFC 1939 §11, packet \d+$/
		);
		const [right] = verdicts('rfc', lines('LIST', 'RETR 1', 'RETR 2', 'QUIT'), ['welcome', 'html']);
		expect(cite(right?.deviation)).toBe('conforms');
	});

	test('what LIST announces is fewer than the octets that come', () => {
		const judge = new Pop3Judge('post:110', new Map(), () => {});
		const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
		let packet = 0;
		const server = (text: string) => judge.server(latin1(text), ++packet, packet);
		const ask = (line: string, text: string) => {
			judge.client(latin1(`${line}\r\n`), ++packet, packet);
			server(text);
		};
		server('+OK ready\r\n');
		ask('USER ada', '+OK\r\n');
		ask('PASS lovelace', '+OK\r\n');
		ask('LIST', '+OK\r\n1 6\r\n2 5\r\n.\r\n');
		ask('RETR 1', '+OK\r\nfour\r\n.\r\n');
		ask('RETR 2', '+OK\r\n\xc3\xa9t\xc3\xa9\r\n.\r\n');
		expect(cite(judge.verdict().deviation)).toBe(
			'Message 2 comes with 7 octets where LIST announced 5: sizes count octets, each line end as two. RFC 1939 §11, packet 11'
		);
	});

	/** DELE, then the connection is reset instead of QUIT; then the mail program looks what is left. */
	function cutAfterDele(personality: string): Uint8Array {
		judgedNow.add(personality);
		const base = t0({ pop3: { personality } });
		const account = { server: 'post', user: 'ada', password: 'lovelace', policy: 'leave' };
		const scenario = {
			...base,
			hosts: base.hosts.map((host) => (host.id === 'desk' ? { ...host, account } : host))
		};
		const world = createWorld(scenario, 1);
		const act = (input: Step['input']) => {
			world.input({ at: world.now, input });
			world.runUntilQuiet();
		};
		for (const { input } of lines('LIST', 'UIDL', 'DELE 1')) act(input);
		const last = of(world.log, 'packet.sent').findLast(({ from }) => from === 'desk');
		const octets = (last?.bytes.slice(0, 40) ?? new Uint8Array()).map((octet, i) =>
			i === 2 ? 0 : i === 3 ? 40 : i === 33 ? 0x04 : octet
		);
		const text = String.fromCharCode(...octets);
		act({ kind: 'forge', link: 'desk-post', towards: 'post', octets: text, checksums: 'fixed' });
		act({ kind: 'sync', host: 'desk', account });
		return captureOf(world.log, scenario, 'cut');
	}

	test('hasty: a connection that is cut takes what was marked', () => {
		const [, after] = sessions(judged(cutAfterDele('hasty')));
		expect(cite(after?.pop3?.verdict.deviation)).toMatch(
			/^Message 1 of the session before is gone, although that session ended without QUIT: .* RFC 1939 §6, packet \d+$/
		);
		const [, kept] = sessions(judged(cutAfterDele('rfc')));
		expect(cite(kept?.pop3?.verdict.deviation)).toBe('conforms');
	});
});

describe('what RFC 1939 allows', () => {
	test.each<readonly [string, readonly Step[], string]>([
		['no-uidl', lines('UIDL', 'QUIT'), 'UIDL is refused: it is optional,'],
		['no-top', lines('TOP 1 0', 'QUIT'), 'TOP is refused: it is optional,'],
		[
			'one-try',
			[say('connect post 110'), say('USER ada'), say('PASS x')],
			'The server closes after one refused login: it may,'
		],
		[
			'talkative',
			[say('connect post 110'), say('USER eve'), say('QUIT')],
			'USER is refused: a server may, but so it tells strangers which names exist.'
		]
	])('%s', (personality, steps, sentence) => {
		const [verdict] = verdicts(personality, steps);
		expect(cite(verdict?.deviation)).toBe('conforms');
		expect(verdict?.unusual.map(cite).join()).toContain(sentence);
	});
});

test('nobody of ours is left out', () => {
	expect([...judgedNow].toSorted()).toEqual(Object.keys(personalities).toSorted());
});
