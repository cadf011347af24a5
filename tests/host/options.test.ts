import { describe, expect, test } from 'vitest';
import { optionsOf } from '../../scripts/host/options.ts';

const ENDS = ['--address', '192.0.2.2', '--peer', '192.0.2.1'];
const given = (...more: string[]) => optionsOf([...ENDS, ...more]);

describe('what is given', () => {
	test('nothing but the ends: a present-day stack', () => {
		const options = given();
		expect(options).toMatchObject({
			address: '192.0.2.2',
			peer: '192.0.2.1',
			mtu: 1500,
			pop3: null,
			client: null
		});
		expect(options?.stack).toMatchObject({
			mss: 1460,
			sack: true,
			timestamps: true,
			windowScale: 7,
			delayedAck: 40_000,
			nagle: false,
			congestion: 'cubic'
		});
	});

	test('the segment follows the link', () => {
		expect(given('--mtu', '9000')?.stack.mss).toBe(8960);
		expect(given('--mtu', '576')?.stack.mss).toBe(536);
	});

	test('everything can be switched off', () => {
		const off = ['--no-sack', '--no-timestamps', '--no-window-scale', '--no-delayed-ack', '--nagle'];
		expect(given(...off, '--congestion', 'newreno', '--receive-buffer', '4096')?.stack).toMatchObject({
			sack: false,
			timestamps: false,
			windowScale: null,
			delayedAck: 0,
			nagle: true,
			congestion: 'newreno',
			receiveBuffer: 4096
		});
	});

	test('a server and a client', () => {
		const options = given(
			...['--serve', 'pop3', '--maildir', 'mail', '--users', 'users', '--seed', '7'],
			...['--connect', '192.0.2.1:9000', '--send', 'file', '--keep-open', '--abort-after', '10']
		);
		expect(options).toMatchObject({
			seed: 7,
			pop3: { maildir: 'mail', users: 'users', apop: false, personality: 'rfc' },
			client: { address: '192.0.2.1', port: 9000, send: 'file', keepOpen: true, abortAfter: 10 }
		});
	});

	test('a server that speaks like another', () => {
		const serve = ['--serve', 'pop3', '--maildir', 'mail', '--users', 'users'];
		expect(given(...serve, '--personality', 'dovecot', '--apop')?.pop3).toMatchObject({
			apop: true,
			personality: 'dovecot'
		});
		expect(() => given(...serve, '--personality', 'toString')).toThrow(
			'--personality: "toString" is none of rfc, '
		);
	});

	test('a mailbox to be fetched', () => {
		const options = given(
			'--fetch',
			'pop://ad%61:p%40ss%20word@192.0.2.1:8110',
			'--policy',
			'leave',
			'--out',
			'mail'
		);
		expect(options?.mail).toMatchObject({
			address: '192.0.2.1',
			port: 8110,
			user: 'ada',
			password: 'p@ss word',
			policy: { by: 'program', remember: true },
			out: 'mail'
		});
		const short = given('--fetch', 'pop://ada:x@192.0.2.1', '--policy', 'download', '--out', 'mail');
		expect(short?.mail?.port).toBe(110);
	});

	test.each([
		[['--policy', 'leave'], '--policy goes with --fetch'],
		[['--out', 'mail'], '--out goes with --fetch'],
		[['--fetch', 'pop://ada:x@192.0.2.1', '--out', 'mail'], '--fetch needs --policy'],
		[['--fetch', 'pop://ada:x@192.0.2.1', '--policy', 'leave'], '--fetch needs --out'],
		[['--fetch', 'pop://ada@192.0.2.1', '--policy', 'leave', '--out', 'm'], '--fetch: not pop://'],
		[['--fetch', 'pop://ada:x@post', '--policy', 'leave', '--out', 'm'], '--fetch: not pop://'],
		[['--fetch', 'pop://ada:x@192.0.2.1:0', '--policy', 'leave', '--out', 'm'], '--fetch: not pop://'],
		[['--fetch', 'pop://ada:%zz@192.0.2.1', '--policy', 'leave', '--out', 'm'], '--fetch: URI malformed'],
		[
			['--fetch', 'pop://ada:x@192.0.2.1', '--policy', 'none', '--out', 'm'],
			'--policy: no policy is called "none"'
		],
		[['--fetch', 'pop://ada:x@192.0.2.1', '--policy', 'typist', '--out', 'm'], '--policy: typist: a person']
	])('%o is refused', (options, words) => {
		expect(() => given(...options)).toThrow(words);
	});

	test('the usage is asked for', () => expect(optionsOf(['--help'])).toBeNull());
});

describe('what cannot be', () => {
	test.each([
		[['--peer', '192.0.2.1'], '--address is missing'],
		[['--address', '192.0.2.2'], '--peer is missing'],
		[['--address', '192.0.2', '--peer', '192.0.2.1'], '--address: "192.0.2" is no dotted IPv4 address'],
		[['--address', '192.0.2.1', '--peer', '192.0.2.1'], "--peer: 192.0.2.1 is the host's own address"],
		[[...ENDS, '--mtu', '67'], '--mtu: "67" is no whole number from 68 to 65535'],
		[[...ENDS, '--mtu', '1e3'], '--mtu: "1e3" is no whole number from 68 to 65535'],
		[[...ENDS, '--link', 'ethernet'], '--link ethernet is reserved: frames are not carried yet'],
		[[...ENDS, '--link', 'tin'], '--link: "tin" is neither ip nor ethernet'],
		[[...ENDS, '--serve', 'imap'], '--serve: "imap" is not known; pop3 is'],
		[[...ENDS, '--serve', 'pop3'], '--serve pop3 needs --maildir'],
		[[...ENDS, '--serve', 'pop3', '--maildir', 'mail'], '--serve pop3 needs --users'],
		[[...ENDS, '--maildir', 'mail'], '--maildir goes with --serve pop3'],
		[[...ENDS, '--personality', 'rfc'], '--personality goes with --serve pop3'],
		[[...ENDS, '--send', 'file'], '--send goes with --connect'],
		[[...ENDS, '--connect', 'localhost:80'], '--connect: "localhost:80" is not ADDRESS:PORT'],
		[[...ENDS, '--connect', '192.0.2.1:0'], '--connect: "192.0.2.1:0" is not ADDRESS:PORT'],
		[[...ENDS, '--congestion', 'vegas'], '--congestion: "vegas" is none of cubic, newreno, none'],
		[[...ENDS, '--window-scale', '15'], '--window-scale: "15" is no whole number from 0 to 14'],
		[
			[...ENDS, '--window-scale', '3', '--no-window-scale'],
			'--window-scale and --no-window-scale exclude each other'
		],
		[[...ENDS, '--colour'], "Unknown option '--colour'"],
		[[...ENDS, 'extra'], "Unexpected argument 'extra'"]
	])('%j', (args, problem) => {
		expect(() => optionsOf(args)).toThrow(problem);
	});
});
