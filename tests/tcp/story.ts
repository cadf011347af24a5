/**
 * The notation of the TCP tests: a conversation of one connection, line by line. We are `desk` (ISS 1000), the peer is
 * `post` (ISS 5000). A segment is written as its difference from a template; what is not written is as it should be.
 *
 *   < ACK                    comes in: seq 5001, ack 1001, win 65535, no text
 *   < PSH,ACK seq=5006 "hi"  … with these differences
 *   > ACK ack=5006           goes out: all its fields are compared with the template, so nothing else may differ
 *   > PSH,ACK "hi" (rto)     … as a retransmission
 *   = FIN-WAIT-1             the state now
 *   ! error reset            this effect came up since the last line that did something (`readable`, `end`, `closed` too)
 *   . send "text"            the user acts: send, close, abort; it reads all that comes at once, until `pause`;
 *                            then `read [octets]`
 *   + 1000ms                 time goes on; timers run out on their way
 *   ~ 1000ms                 the next time-out is due in this long; `~ none`; `~ 240s background`
 *
 * `len=100` stands for that many octets of text, known by their place in the stream (`pattern`). A line that starts with # is prose. Everything sent must be expected.
 */
import { expect } from 'vitest';
import { Connection, type ConnectionConfig, type Effect } from '#lib/tcp/connection.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { ACK, FIN, PSH, RST, SYN, URG, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { control, digest, latin1, pattern, text } from './octets.ts';

const FLAGS: Readonly<Record<string, number>> = { SYN, ACK, FIN, RST, PSH, URG };
const UNIT: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000 };

export const CONFIG: ConnectionConfig = {
	local: { address: 0xc000020a, port: 49152 },
	remote: { address: 0xc6336419, port: 110 },
	iss: 1000,
	mss: 1460,
	receiveBuffer: 65535,
	rto: 1_000_000,
	msl: 120_000_000
};

export function incoming(line: string): TcpSegment {
	return parse(line, { srcPort: 110, dstPort: 49152, seq: 5001, ack: 1001, win: 65535 }).segment;
}

interface Template {
	readonly srcPort: number;
	readonly dstPort: number;
	readonly seq: number;
	readonly ack: number;
	readonly win: number;
}

function parse(line: string, template: Template): { segment: TcpSegment; again: string } {
	const words = line.match(/"[^"]*"|\([a-z]+\)|\S+/g) ?? [];
	const values: Record<string, number> = {};
	let flags = 0;
	let payload = new Uint8Array(0);
	let length = 0;
	let again = '';
	const options: TcpOption[] = [];
	for (const word of words) {
		const pair = /^(seq|ack|win|len|mss|urg)=(\d+)$/.exec(word);
		if (word.startsWith('"')) payload = new Uint8Array(latin1(word.slice(1, -1)));
		else if (word.startsWith('(')) again = word.slice(1, -1);
		else if (pair?.[1] === 'mss') options.push({ kind: 'mss', value: Number(pair[2]) });
		else if (/^(ts|sack|wscale)=|^sackOK$/.test(word)) options.push(option(word));
		else if (pair?.[1] === 'len') length = Number(pair[2]);
		else if (pair?.[1]) values[pair[1]] = Number(pair[2]);
		else if (word !== 'none') {
			for (const name of word.split(',')) {
				const bit = FLAGS[name];
				if (bit === undefined) throw new Error(`what is ${word} in ${line}?`);
				flags |= bit;
			}
		}
	}
	if (length > 0) payload = pattern(length, (values.seq ?? template.seq) - template.seq);
	const segment: TcpSegment = {
		srcPort: template.srcPort,
		dstPort: template.dstPort,
		seq: values.seq ?? template.seq,
		ack: flags & ACK ? (values.ack ?? template.ack) : 0,
		flags,
		window: values.win ?? (flags & RST ? 0 : template.win),
		urgent: values.urg ?? 0,
		options,
		payload
	};
	return { segment, again };
}

/** `sackOK`, `wscale=7`, `ts=5:3` (value, echo), `sack=5010-5020,5030-5040`. */
function option(word: string): TcpOption {
	const [name, rest = ''] = word.split('=');
	if (name === 'sackOK') return { kind: 'sackPermitted' };
	if (name === 'wscale') return { kind: 'windowScale', shift: Number(rest) };
	if (name === 'ts') {
		const [value = 0, echo = 0] = rest.split(':').map(Number);
		return { kind: 'timestamps', value, echo };
	}
	const blocks = rest.split(',').map((block) => {
		const [left = 0, right = 0] = block.split('-').map(Number);
		return [left, right] as const;
	});
	return { kind: 'sack', blocks };
}

function told(option: TcpOption): string {
	switch (option.kind) {
		case 'mss':
			return ` mss=${option.value}`;
		case 'nop':
			return '';
		case 'sackPermitted':
			return ' sackOK';
		case 'windowScale':
			return ` wscale=${option.shift}`;
		case 'timestamps':
			return ` ts=${option.value}:${option.echo}`;
		case 'sack':
			return ` sack=${option.blocks.map(([left, right]) => `${left}-${right}`).join(',')}`;
		default:
			return ` ${option.kind}`;
	}
}

function show(segment: TcpSegment, again: string | undefined): string {
	const mss = segment.options.map(told);
	const ack = segment.flags & ACK ? ` ack=${segment.ack}` : '';
	const length = segment.payload.length > 40 ? ` len=${segment.payload.length}` : '';
	const quoted = segment.payload.length > 0 && length === '' ? ` "${text(segment.payload)}"` : '';
	return `${control(segment.flags)} seq=${segment.seq}${ack} win=${segment.window}${mss.join('')}${length}${quoted}${again ? ` (${again})` : ''}`;
}

export class Story {
	readonly connection: Connection;
	now: number;
	readonly #config: ConnectionConfig;
	#sent: { segment: TcpSegment; again?: string }[] = [];
	#others: string[] = [];
	#read = '';
	#written = 0;
	#paused = false;

	private constructor(opened: { connection: Connection; effects: Effect[] }, config: ConnectionConfig) {
		this.connection = opened.connection;
		this.#config = config;
		this.now = 0;
		this.#take(opened.effects);
		this.#take(this.connection.flush(0));
	}

	static open(config: Partial<ConnectionConfig> = {}): Story {
		const whole = { ...CONFIG, ...config };
		return new Story(Connection.open(whole, 0), whole);
	}

	static accept(config: Partial<ConnectionConfig> = {}, syn = 'SYN seq=5000 mss=1460'): Story {
		const whole = { ...CONFIG, ...config };
		return new Story(Connection.accept(whole, incoming(syn), 0), whole);
	}

	/** A connection brought into `state` by the shortest way, with nothing left over to expect. */
	static in(state: TcpState, config: Partial<ConnectionConfig> = {}): Story {
		const story = state === 'SYN-RECEIVED' ? Story.accept(config) : Story.open(config);
		story.skip();
		for (const line of PATHS[state]) {
			story.#line(line);
			story.skip();
		}
		expect(story.connection.state).toBe(state);
		return story;
	}

	/** Forget what was sent and what came up. */
	skip(): this {
		this.#sent = [];
		this.#others = [];
		return this;
	}

	/** Everything the user has read. */
	get read(): string {
		return this.#read;
	}

	tell(lines: string): this {
		for (const line of lines.split('\n')) {
			const trimmed = line.trim();
			if (trimmed === '' || trimmed.startsWith('#')) continue;
			try {
				this.#line(trimmed);
			} catch (error) {
				if (error instanceof Error) error.message = `at "${trimmed}": ${error.message}`;
				throw error;
			}
		}
		this.#nothingLeft();
		return this;
	}

	#line(line: string): void {
		const rest = line.slice(1).trim();
		switch (line[0]) {
			case '<':
				this.#nothingLeft();
				this.#others = [];
				this.#take(this.connection.segment(incoming(rest), this.now));
				if (!this.#paused) this.#read += text(this.connection.receive());
				this.#take(this.connection.flush(this.now));
				break;
			case '>':
				this.#expect(rest);
				break;
			case '=':
				expect(this.connection.state).toBe(rest);
				break;
			case '!':
				expect(this.#others).toContain(rest);
				break;
			case '.':
				this.#nothingLeft();
				this.#others = [];
				this.#act(rest);
				this.#take(this.connection.flush(this.now));
				break;
			case '+':
				this.#nothingLeft();
				this.#others = [];
				this.#pass(duration(rest));
				break;
			case '~':
				this.#due(rest);
				break;
			default:
				throw new Error(`what is ${line}?`);
		}
	}

	#act(rest: string): void {
		const [, verb, argument = ''] = /^(\w+)\s*(.*)$/.exec(rest) ?? [];
		switch (verb) {
			case 'send': {
				const length = /^len=(\d+)$/.exec(argument);
				const octets = length ? pattern(Number(length[1]), this.#written) : latin1(argument.slice(1, -1));
				this.#written += octets.length;
				this.#take(this.connection.send(octets, this.now));
				break;
			}
			case 'close':
				this.#take(this.connection.close(this.now));
				break;
			case 'abort':
				this.#take(this.connection.abort(this.now));
				break;
			case 'pause':
				this.#paused = true;
				break;
			case 'read':
				this.#read += text(this.connection.receive(argument === '' ? undefined : Number(argument)));
				break;
			default:
				throw new Error(`what is ${rest}?`);
		}
	}

	#pass(time: number): void {
		const until = this.now + time;
		for (;;) {
			const next = this.connection.nextTimeout();
			if (next === null || next.at > until) break;
			this.now = next.at;
			this.#take(this.connection.timeout(this.now));
			this.#take(this.connection.flush(this.now));
		}
		this.now = until;
	}

	#due(rest: string): void {
		const next = this.connection.nextTimeout();
		if (rest === 'none') {
			expect(next).toBeNull();
			return;
		}
		const [time = '', kind] = rest.split(' ');
		expect(next).toEqual({ at: this.now + duration(time), background: kind === 'background' });
	}

	#expect(rest: string): void {
		const { local, remote, receiveBuffer } = this.#config;
		const template = {
			srcPort: local.port,
			dstPort: remote.port,
			seq: 1001,
			ack: 5001,
			win: Math.min(receiveBuffer, 65535)
		};
		const wanted = parse(rest, template);
		const sent = this.#sent.shift();
		if (sent === undefined) throw new Error('nothing was sent');
		expect(show(sent.segment, sent.again)).toBe(show(wanted.segment, wanted.again));
		expect(digest(sent.segment.payload)).toBe(digest(wanted.segment.payload));
		const payload = new Uint8Array(0);
		// padding is the writer's business
		const options = sent.segment.options.filter(({ kind }) => kind !== 'nop');
		expect({ ...sent.segment, options, payload }).toEqual({ ...wanted.segment, payload });
	}

	#take(effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (effect.type === 'transmit') {
				this.#sent.push({ segment: effect.segment, again: effect.retransmission });
			} else if (effect.type === 'error') this.#others.push(`error ${effect.error}`);
			else if (effect.type === 'state') this.#others.push(`${effect.on}: ${effect.from} to ${effect.to}`);
			else this.#others.push(effect.type);
		}
	}

	#nothingLeft(): void {
		const left = this.#sent.map((sent) => show(sent.segment, sent.again));
		this.#sent = [];
		expect(left, 'sent, and not expected').toEqual([]);
	}
}

const ESTABLISH = ['< SYN,ACK seq=5000 mss=1460'];
/** From the SYN (or the SYN,ACK) on. */
const PATHS: { readonly [S in TcpState]: readonly string[] } = {
	CLOSED: ['. abort'],
	LISTEN: [],
	'SYN-SENT': [],
	'SYN-RECEIVED': [],
	ESTABLISHED: ESTABLISH,
	'FIN-WAIT-1': [...ESTABLISH, '. close'],
	'FIN-WAIT-2': [...ESTABLISH, '. close', '< ACK ack=1002'],
	'CLOSE-WAIT': [...ESTABLISH, '< FIN,ACK'],
	CLOSING: [...ESTABLISH, '. close', '< FIN,ACK'],
	'LAST-ACK': [...ESTABLISH, '< FIN,ACK', '. close'],
	'TIME-WAIT': [...ESTABLISH, '. close', '< FIN,ACK ack=1002']
};

function duration(words: string): number {
	const [, amount = '0', unit = 's'] = /^([\d.]+)(us|ms|s)$/.exec(words) ?? [];
	return Math.round(Number(amount) * (UNIT[unit] ?? NaN));
}
