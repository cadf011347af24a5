/**
 * The command line of `npm run host`, read once and checked wholly: what comes out is valid, and whatever is wrong is
 * said in one sentence before anything is started.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { personalities } from '#lib/pop3/personality.ts';
import { policies, policy, type Policy } from '#lib/pop3/policy.ts';
import type { StackSpec } from '#lib/sim/scenario.ts';
import { isAddress } from '#lib/wire/address.ts';

/** What was asked for cannot be: the text says what and why. Exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export interface Client {
	readonly address: string;
	readonly port: number;
	/** File whose octets are sent; null: none are. */
	readonly send: string | null;
	/** Do not CLOSE before the peer has. */
	readonly keepOpen: boolean;
	/** ABORT once so many octets have come; null: never. */
	readonly abortAfter: number | null;
}

/** Mail to be served. */
export interface Office {
	readonly maildir: string;
	readonly users: string;
	readonly apop: boolean;
	/** Name of one that exists. */
	readonly personality: string;
}

/** A mailbox to be fetched. */
export interface Fetch {
	readonly address: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly policy: Policy;
	/** Folder for the letters and for what is remembered of them. */
	readonly out: string;
}

export interface Options {
	readonly address: string;
	readonly peer: string;
	/** Octets of the largest datagram on the link. */
	readonly mtu: number;
	readonly seed: number;
	readonly stack: Partial<StackSpec>;
	readonly pop3: Office | null;
	readonly client: Client | null;
	readonly mail: Fetch | null;
	/** Every event goes to standard error. */
	readonly trace: boolean;
}

/** Those that need no person. */
const NAMES = Object.entries(policies).flatMap(([name, { by }]) => (by === 'program' ? [name] : []));

const PERSONALITIES = Object.keys(personalities).join(', ');

export const USAGE = `usage: npm run --silent host -- --address ADDRESS --peer ADDRESS [options]

One simulated host in real time: raw IPv4 packets on standard input and output, each preceded by its length as
16 bits, big-endian. It ends when standard input does.

  --address A --peer A   its own address and the one at the other end of its only link
  --mtu N                largest datagram, octets (1500)
  --link ip|ethernet     what the packets are; ethernet is reserved (ip)
  --serve pop3           listen on port 110; needs --maildir and --users
  --maildir DIR          DIR/NAME/ holds one message a file: read at login, changed only by UPDATE
  --users FILE           lines of name:password
  --apop                 offer APOP
  --personality NAME     whose words it speaks (rfc), and whose faults it has:
                         ${PERSONALITIES}
  --connect A:PORT       open a connection, and report on it in one line of JSON on standard error
  --send FILE            what to send on it; then CLOSE
  --keep-open            CLOSE only after the peer has
  --abort-after N        ABORT after N octets have come
  --fetch pop://USER:PASSWORD@A[:PORT]
                         fetch the mail there and end: 0 when all went well, 1 when not; needs --policy and --out
  --policy NAME          one of ${NAMES.join(', ')}
  --out DIR              one file a message, and what is remembered of them in DIR/popstate
  --congestion NAME      cubic, newreno or none (cubic)
  --window-scale N       shift count to offer, 0 to 14 (7)
  --receive-buffer N     octets (1048576)
  --no-sack --no-rack --no-timestamps --no-window-scale --no-delayed-ack --nagle
  --seed N               of initial sequence numbers (drawn)
  --trace                tell every event on standard error`;

const FLAGS = [
	'keep-open',
	'apop',
	'no-sack',
	'no-rack',
	'no-timestamps',
	'no-window-scale',
	'no-delayed-ack',
	'nagle',
	'trace',
	'help'
] as const;
const VALUES = [
	'address',
	'peer',
	'mtu',
	'link',
	'serve',
	'maildir',
	'users',
	'personality',
	'connect',
	'send',
	'abort-after',
	'fetch',
	'policy',
	'out',
	'congestion',
	'window-scale',
	'receive-buffer',
	'seed'
] as const;

type Given = Partial<Record<(typeof VALUES)[number], string> & Record<(typeof FLAGS)[number], boolean>>;

/** The host's headers of IP and TCP, without options. */
const HEADERS = 40;
/** What Linux waits with an ACK, and the least retransmission time-out that it computes; µs. */
const DELAYED_ACK = 40_000;
const MIN_RTO = 200_000;
const RECEIVE_BUFFER = 1 << 20;
const WINDOW_SCALE = 7;

function read(args: readonly string[]): Given {
	const options = Object.fromEntries([
		...FLAGS.map((name) => [name, { type: 'boolean' as const }] as const),
		...VALUES.map((name) => [name, { type: 'string' as const }] as const)
	]);
	try {
		return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Given;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function whole(given: Given, name: (typeof VALUES)[number], low: number, high: number): number | null {
	const text = given[name];
	if (text === undefined) return null;
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= low && value <= high) return value;
	throw new UsageError(`--${name}: "${text}" is no whole number from ${low} to ${high}`);
}

function address(given: Given, name: 'address' | 'peer'): string {
	const text = given[name];
	if (text === undefined) throw new UsageError(`--${name} is missing`);
	if (!isAddress(text)) throw new UsageError(`--${name}: "${text}" is no dotted IPv4 address`);
	return text;
}

function pop3Of(given: Given): Options['pop3'] {
	const { serve, maildir, users, apop = false, personality = 'rfc' } = given;
	if (serve === undefined) {
		for (const name of ['maildir', 'users', 'apop', 'personality'] as const)
			if (given[name] !== undefined) throw new UsageError(`--${name} goes with --serve pop3`);
		return null;
	}
	if (serve !== 'pop3') throw new UsageError(`--serve: "${serve}" is not known; pop3 is`);
	if (maildir === undefined) throw new UsageError('--serve pop3 needs --maildir');
	if (users === undefined) throw new UsageError('--serve pop3 needs --users');
	if (!Object.hasOwn(personalities, personality))
		throw new UsageError(`--personality: "${personality}" is none of ${PERSONALITIES}`);
	return { maildir, users, apop, personality };
}

function clientOf(given: Given): Client | null {
	if (given.connect === undefined) {
		for (const name of ['send', 'keep-open', 'abort-after'] as const)
			if (given[name] !== undefined) throw new UsageError(`--${name} goes with --connect`);
		return null;
	}
	const [, host = '', digits = ''] = /^([^:]+):(\d+)$/.exec(given.connect) ?? [];
	const port = Number(digits);
	if (!isAddress(host) || port < 1 || port > 65_535)
		throw new UsageError(`--connect: "${given.connect}" is not ADDRESS:PORT`);
	const abortAfter = whole(given, 'abort-after', 0, Number.MAX_SAFE_INTEGER);
	return {
		address: host,
		port,
		send: given.send ?? null,
		keepOpen: given['keep-open'] ?? false,
		abortAfter
	};
}

/** RFC 2384, with the password where other programs have it; each part may be percent-encoded. */
function mailOf(given: Given): Fetch | null {
	const { fetch: url, policy: name, out } = given;
	if (url === undefined) {
		for (const other of ['policy', 'out'] as const)
			if (given[other] !== undefined) throw new UsageError(`--${other} goes with --fetch`);
		return null;
	}
	if (name === undefined) throw new UsageError('--fetch needs --policy');
	if (out === undefined) throw new UsageError('--fetch needs --out');
	const [, user = '', password = '', host = '', digits = '110'] =
		/^pop:\/\/([^:@/]+):([^@/]*)@([^:@/]+)(?::(\d+))?\/?$/.exec(url) ?? [];
	const port = Number(digits);
	if (!isAddress(host) || port < 1 || port > 65_535)
		throw new UsageError('--fetch: not pop://USER:PASSWORD@ADDRESS[:PORT], with a dotted IPv4 address');
	try {
		const parts = { user: decodeURIComponent(user), password: decodeURIComponent(password) };
		return { address: host, port, ...parts, policy: policy(name), out };
	} catch (error) {
		const problem = error instanceof URIError ? '--fetch' : '--policy';
		throw new UsageError(`${problem}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function congestionOf({ congestion = 'cubic' }: Given): StackSpec['congestion'] {
	if (congestion === 'cubic' || congestion === 'newreno' || congestion === 'none') return congestion;
	throw new UsageError(`--congestion: "${congestion}" is none of cubic, newreno, none`);
}

function stackOf(given: Given, mtu: number): Partial<StackSpec> {
	const scale = whole(given, 'window-scale', 0, 14);
	if (scale !== null && given['no-window-scale'])
		throw new UsageError('--window-scale and --no-window-scale exclude each other');
	return {
		mss: mtu - HEADERS,
		receiveBuffer: whole(given, 'receive-buffer', 1, 0x3fff_ffff) ?? RECEIVE_BUFFER,
		sack: !given['no-sack'],
		rack: !given['no-rack'],
		timestamps: !given['no-timestamps'],
		windowScale: given['no-window-scale'] ? null : (scale ?? WINDOW_SCALE),
		delayedAck: given['no-delayed-ack'] ? 0 : DELAYED_ACK,
		nagle: given.nagle ?? false,
		minRto: MIN_RTO,
		congestion: congestionOf(given)
	};
}

/** Null: the usage was asked for. Throws a UsageError. */
export function optionsOf(args: readonly string[]): Options | null {
	const given = read(args);
	if (given.help) return null;
	const { link = 'ip' } = given;
	if (link === 'ethernet') throw new UsageError('--link ethernet is reserved: frames are not carried yet');
	if (link !== 'ip') throw new UsageError(`--link: "${link}" is neither ip nor ethernet`);
	const own = address(given, 'address');
	const peer = address(given, 'peer');
	if (own === peer) throw new UsageError(`--peer: ${peer} is the host's own address`);
	const mtu = whole(given, 'mtu', 68, 65_535) ?? 1500;
	return {
		address: own,
		peer,
		mtu,
		seed: whole(given, 'seed', 0, 0xffff_ffff) ?? randomInt(2 ** 32),
		stack: stackOf(given, mtu),
		pop3: pop3Of(given),
		client: clientOf(given),
		mail: mailOf(given),
		trace: given.trace ?? false
	};
}
