/**
 * The notation of the TCP tests: a conversation of one connection, line by line. We are `desk` (ISS 1000), the peer is
 * `post` (ISS 5000). A segment is written as its difference from a template; what is not written is as it should be.
 *
 *   < ACK                    comes in: seq 1, ack 1, win 65535, no text; numbers count from the initial ones
 *   < PSH,ACK 6:8(2) "hi"    … with these differences: seq:end(length), ack 11, win 100, urg 5, <mss 1460,sackOK,…>;
 *   < PSH,ACK seq=5006 "hi"  … the same, by the number on the wire: seq= ack= win= urg= len= mss= ts= sack= wscale=
 *   > ACK ack 6              goes out: all its fields are compared with the template, so nothing else may differ
 *   > PSH,ACK "hi" (rto)     … as a retransmission; `1:3001(3000) by 1000` are three of them
 *   = FIN-WAIT-1             the state now
 *   ! error reset            this came up since the last line that did something (`readable`, `end`, `closed` too);
 *   ! not readable           … and this did not
 *   . SEND "text"            the user acts: OPEN, LISTEN [for one peer], SEND, CLOSE, ABORT; it reads all that comes at
 *                            once, until PAUSE; then RECEIVE [octets]; URGENT "text" is SEND with the flag; PATH 600: ICMP says so
 *   ? unread 100             what STATUS tells; `? read "text"`: what the user has read since it was last asked so
 *   + 1s                     time goes on; timers run out on their way; `+ 1s nothing`: and nothing is sent
 *   +20ms < ACK              … before what the line says; `+1s > ACK` must leave at that very instant
 *   ~ 1s                     the next time-out is due in this long; `~ none`; `~ 240s background`
 *
 * A number of octets stands for that many of text, known by their place in the stream (`pattern`). A line that starts
 * with # is prose. Everything sent must be expected. A connection is the bench of most stories, a whole host of some.
 */
import { expect } from 'vitest';
import type { Connection, ConnectionConfig } from '#lib/tcp/connection.ts';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import { ConnectionBench, templates, type Bench } from './bench.ts';
import { readPacket, segmentOf, type Draft } from './draft.ts';
import { linesOf, NotationError, readStatement, type Statement } from './notation.ts';
import { digest, pattern, text } from './octets.ts';

export const CONFIG: ConnectionConfig = {
	local: { address: 0xc000020a, port: 49152 },
	remote: { address: 0xc6336419, port: 110 },
	iss: 1000,
	mss: 1460,
	receiveBuffer: 65535,
	rto: 1_000_000,
	msl: 120_000_000
};
export const IRS = 5000;

export function incoming(line: string): TcpSegment {
	const [draft] = readPacket(line);
	if (draft === undefined) throw new Error('there is no segment');
	return segmentOf(draft, templates(CONFIG, IRS).in);
}

/** Performs statements on a bench, and throws at the first that does not come true. */
export class Teller {
	readonly bench: Bench;
	/** Virtual time, µs. */
	now = 0;
	readonly #where: string;
	#sent: { line: string; at: number }[] = [];
	#told: string[] = [];
	#read: number[] = [];

	/** `where`: the file, for its complaints. */
	constructor(bench: Bench, where: string) {
		this.bench = bench;
		this.#where = where;
	}

	tell(statements: readonly Statement[]): void {
		for (const statement of statements) this.#perform(statement, () => this.#one(statement));
		const last = statements.at(-1);
		if (last) this.#perform({ ...last, source: 'the end' }, () => this.#nothingLeft());
	}

	skip(): void {
		this.take();
		this.#sent = [];
		this.#told = [];
	}

	/** Gathers what the bench has done. */
	take(): void {
		for (const line of this.bench.sent()) this.#sent.push({ line, at: this.now });
		this.#told.push(...this.bench.told());
		this.#read.push(...this.bench.read());
	}

	/** Everything read since `? read` last asked. */
	get read(): Uint8Array {
		return Uint8Array.from(this.#read);
	}

	#perform({ line, source }: Pick<Statement, 'line' | 'source'>, act: () => void): void {
		try {
			act();
		} catch (error) {
			if (error instanceof NotationError || !(error instanceof Error)) throw error;
			throw new NotationError(this.#where, line, source, error.message);
		}
	}

	#one(statement: Statement): void {
		if (statement.after !== null)
			this.#pass(statement.after, statement.kind !== 'out' && statement.kind !== 'pass');
		switch (statement.kind) {
			case 'in':
				this.#begin();
				for (const draft of statement.drafts) this.bench.arrive(draft, this.now);
				this.take();
				break;
			case 'out':
				for (const draft of statement.drafts) this.#expect(draft, statement.after !== null);
				break;
			case 'pass':
				if (statement.quiet) this.#nothingLeft();
				break;
			case 'state':
				if (this.bench.state !== statement.state) throw new Error(`the state is ${this.bench.state}`);
				break;
			case 'effect':
				if (this.#told.includes(statement.effect) === statement.absent)
					throw new Error(`what came up: ${this.#told.join('; ') || 'nothing'}`);
				break;
			case 'user':
				this.#begin();
				this.bench.act(statement.verb, statement.argument, this.now);
				this.take();
				break;
			case 'due':
				this.#due(statement);
				break;
			case 'status':
				this.#status(statement.name, statement.value);
		}
	}

	/** Something is about to be done: what went before is over. */
	#begin(): void {
		this.#nothingLeft();
		this.#told = [];
	}

	#pass(time: number, quiet: boolean): void {
		this.#begin();
		const until = this.now + time;
		for (;;) {
			const next = this.bench.nextTimeout();
			if (next === null || next.at > until) break;
			this.now = next.at;
			this.bench.timeout(this.now);
			this.take();
		}
		this.now = until;
		if (quiet) this.#nothingLeft();
	}

	#due({ within, background }: Extract<Statement, { kind: 'due' }>): void {
		const next = this.bench.nextTimeout();
		const show = (due: typeof next) =>
			due === null ? 'none' : `in ${due.at - this.now} us${due.background ? ', background' : ''}`;
		const wanted = within === null ? null : { at: this.now + within, background };
		if (show(next) !== show(wanted)) throw new Error(`the next time-out: ${show(next)}`);
	}

	#status(name: string, value: string): void {
		if (name === 'read') {
			const [, words] = /^"([^"]*)"$/.exec(value) ?? [];
			const is = this.read;
			this.#read = [];
			const right = words === undefined ? digest(is) === digest(pattern(Number(value))) : text(is) === words;
			if (!right) throw new Error(`the user has read ${is.length > 60 ? digest(is) : `"${text(is)}"`}`);
			return;
		}
		const is = this.bench.status(name);
		if (String(is) !== value) throw new Error(`${name} is ${is}`);
	}

	#expect(draft: Draft, timed: boolean): void {
		const wanted = this.bench.expected(draft);
		const sent = this.#sent.shift();
		if (sent === undefined) throw new Error(`nothing was sent; wanted\n  ${wanted}`);
		if (sent.line !== wanted) throw new Error(`sent\n  ${sent.line}\nwanted\n  ${wanted}`);
		if (timed && sent.at !== this.now) throw new Error(`it was sent ${this.now - sent.at} us before that`);
	}

	#nothingLeft(): void {
		const left = this.#sent.splice(0).map(({ line }) => `\n  ${line}`);
		if (left.length > 0) throw new Error(`sent, and not expected:${left.join('')}`);
	}
}

/** Reads statements; what cannot be read is told with its line. */
export function readStatements(
	lines: readonly { line: number; source: string }[],
	where: string
): Statement[] {
	return lines.map((line) => {
		try {
			return readStatement(line);
		} catch (error) {
			throw new NotationError(where, line.line, line.source, error instanceof Error ? error.message : '');
		}
	});
}

export class Story {
	readonly #bench: ConnectionBench;
	readonly #teller: Teller;

	constructor(config: Partial<ConnectionConfig>) {
		this.#bench = new ConnectionBench({ ...CONFIG, ...config }, IRS);
		this.#teller = new Teller(this.#bench, 'story');
	}

	static open(config: Partial<ConnectionConfig> = {}): Story {
		const story = new Story(config);
		story.#bench.open(0);
		story.#teller.take();
		return story;
	}

	static accept(config: Partial<ConnectionConfig> = {}, syn = 'SYN seq=5000 mss=1460'): Story {
		const story = new Story(config);
		story.#bench.take(incoming(syn), 0);
		story.#teller.take();
		return story;
	}

	/** A connection brought into `state` by the shortest way, with nothing left over to expect. */
	static in(state: TcpState, config: Partial<ConnectionConfig> = {}): Story {
		const story = new Story(config);
		enter(story.#teller, state);
		return story;
	}

	get connection(): Connection {
		return this.#bench.connection;
	}

	get now(): number {
		return this.#teller.now;
	}

	/** Everything the user has read. */
	get read(): string {
		return text(this.#teller.read);
	}

	/** Forget what was sent and what came up. */
	skip(): this {
		this.#teller.skip();
		return this;
	}

	tell(lines: string): this {
		this.#teller.tell(readStatements(linesOf(lines), 'story'));
		return this;
	}
}

/** Brings a fresh bench into `state` by the shortest way. `syn`: options of the peer's SYN. */
export function enter(teller: Teller, state: TcpState, syn = '<mss 1460>'): void {
	for (const source of pathTo(state, syn)) {
		for (const statement of readStatements([{ line: 0, source }], 'the way there')) {
			if (statement.kind === 'user') teller.bench.act(statement.verb, statement.argument, teller.now);
			else if (statement.kind === 'in')
				for (const draft of statement.drafts) teller.bench.arrive(draft, teller.now);
		}
		teller.skip();
	}
	expect(teller.bench.state).toBe(state);
}

function pathTo(state: TcpState, syn: string): readonly string[] {
	const established = ['. OPEN', `< SYN,ACK 0:0(0) ${syn}`];
	const paths: { readonly [S in TcpState]?: readonly string[] } = {
		CLOSED: ['. OPEN', '. ABORT'],
		LISTEN: ['. LISTEN post'],
		'SYN-SENT': ['. OPEN'],
		'SYN-RECEIVED': ['. LISTEN', `< SYN 0:0(0) ${syn}`],
		ESTABLISHED: established,
		'FIN-WAIT-1': [...established, '. CLOSE'],
		'FIN-WAIT-2': [...established, '. CLOSE', '< ACK ack 2'],
		'CLOSE-WAIT': [...established, '< FIN,ACK'],
		CLOSING: [...established, '. CLOSE', '< FIN,ACK'],
		'LAST-ACK': [...established, '< FIN,ACK', '. CLOSE'],
		'TIME-WAIT': [...established, '. CLOSE', '< FIN,ACK ack 2']
	};
	const path = paths[state];
	if (path === undefined)
		throw new Error(`${state} is none of ${TCP_STATES.join(', ')} that a connection begins in`);
	return path;
}
