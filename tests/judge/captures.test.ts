// Captures of real programs (curl and poplib against Dovecot, taken with tcpdump), and captures that nobody should send.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureError } from '#lib/capture/capture.ts';
import { fixture, judged, runOf, say, sessions } from './open.ts';

describe('real sessions', () => {
	test.each([
		['curl-list.pcap', 'alice'],
		['curl-retr1.pcap', 'alice'],
		['curl-retr2-dots.pcap', 'alice'],
		['curl-wrong-password.pcap', null],
		['poplib.pcap', 'alice']
	])('%s conforms', (name, user) => {
		const found = judged(fixture(name));
		expect(found.conversations).toHaveLength(1);
		const [one] = sessions(found);
		expect(one?.pop3?.verdict).toEqual({ deviation: null, unusual: [], until: null });
		expect(one?.tcp).toEqual({ deviation: null, unusual: [], until: null });
		if (user !== null) expect(one?.pop3?.user).toBe(user);
		expect(one?.states.toSorted()).toEqual(['CLOSED', 'TIME-WAIT']);
	});

	test('a port where nobody listens, and what is no IPv4', () => {
		expect(judged(fixture('curl-refused-port.pcap')).conversations).toMatchObject([
			{ states: ['CLOSED', 'CLOSED'], pop3: null, tcp: { deviation: null } }
		]);
		expect([...judged(fixture('curl-list.pcap')).counts.others]).toEqual([['ARP', 2]]);
	});

	test('the states of POP3 are told with the packets that brought them', () => {
		const told = judged(fixture('poplib.pcap')).deeds.flatMap(({ told }) =>
			told?.kind === 'state' ? [`${told.from} ${told.to} ${told.on}`] : []
		);
		expect(told).toEqual([
			'none AUTHORIZATION greeting',
			'AUTHORIZATION TRANSACTION PASS',
			'TRANSACTION UPDATE QUIT',
			'UPDATE none connection closed by the server'
		]);
	});
});

describe('mutated captures', () => {
	const run = runOf(
		{},
		['connect post 110', 'USER ada', 'PASS lovelace', 'LIST', 'RETR 3', 'DELE 1', 'QUIT'].map((line) =>
			say(line)
		)
	);

	test.each([
		['ours', run],
		['poplib', fixture('poplib.pcap')]
	])('%s: judged or refused, and nothing else', (_, whole) => {
		const change = fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }));
		fc.assert(
			fc.property(fc.array(change, { maxLength: 8 }), fc.nat({ max: whole.length }), (changes, cut) => {
				const bytes = whole.slice(0, cut < 200 ? whole.length : cut);
				for (const [i, octet] of changes) if (i < bytes.length) bytes[i] = octet;
				try {
					const { conversations } = judged(bytes);
					for (const { tcp, pop3 } of conversations)
						for (const finding of [tcp.deviation, pop3?.verdict.deviation])
							if (finding) expect(finding.rfc).toMatch(/^RFC \d+ §/);
				} catch (error) {
					expect(error).toBeInstanceOf(CaptureError);
				}
			}),
			{ numRuns: 300 }
		);
	});
});
