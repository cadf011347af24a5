/**
 * What a story acts upon: something that takes packets and calls and has a clock of others. Here one connection by itself;
 * host-bench.ts is a whole host around it. Whatever it sends and tells is kept, in order, until the story takes it.
 */
import { Connection, type ConnectionConfig, type Effect, type Opened } from '#lib/tcp/connection.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { ACK, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { segmentOf, showSegment, type Draft, type Template } from './draft.ts';
import type { Verb } from './notation.ts';
import { latin1, pattern } from './octets.ts';

/** Congestion experienced (RFC 3168 §5). */
const CONGESTION = 3;

export interface Bench {
	readonly state: TcpState;
	/** What was sent since it was last asked, as lines of text. */
	sent(): string[];
	/** What came up to the user since it was last asked. */
	told(): string[];
	/** Octets that the user has read since it was last asked. */
	read(): Uint8Array;
	/** The line that `sent` would give for `draft`. */
	expected(draft: Draft): string;
	arrive(draft: Draft, now: number): void;
	act(verb: Verb, argument: string, now: number): void;
	nextTimeout(): { at: number; background: boolean } | null;
	timeout(now: number): void;
	status(name: string): number;
}

/** The octets a SEND speaks of: a quoted text, or so many of the stream, of which `written` were sent before. */
export function octetsOf(argument: string, written: number): Uint8Array {
	const [, length] = /^(?:len=)?(\d+)$/.exec(argument) ?? [];
	if (length !== undefined) return pattern(Number(length), written);
	const [, words] = /^"([^"]*)"$/.exec(argument) ?? [];
	if (words === undefined) throw new Error(`SEND takes "text" or a number of octets, not ${argument}`);
	return latin1(words);
}

/** Templates of what comes in and of what goes out, when `irs` is the peer's initial sequence number. */
export function templates(config: ConnectionConfig, irs: number): { in: Template; out: Template } {
	const { local, remote, iss, receiveBuffer } = config;
	return {
		in: { srcPort: remote.port, dstPort: local.port, sender: irs, receiver: iss, win: 65535 },
		out: {
			srcPort: local.port,
			dstPort: remote.port,
			sender: iss,
			receiver: irs,
			win: Math.min(receiveBuffer, 65535)
		}
	};
}

export class ConnectionBench implements Bench {
	readonly #config: ConnectionConfig;
	readonly #templates: { in: Template; out: Template };
	#connection: Connection | null = null;
	#sent: string[] = [];
	#told: string[] = [];
	#read: Uint8Array[] = [];
	#written = 0;
	#paused = false;

	constructor(config: ConnectionConfig, irs: number) {
		this.#config = config;
		this.#templates = templates(config, irs);
	}

	get connection(): Connection {
		if (this.#connection === null)
			throw new Error('there is no connection: OPEN one, or LISTEN and let a SYN come');
		return this.#connection;
	}

	get state(): TcpState {
		return this.#connection?.state ?? 'CLOSED';
	}

	sent(): string[] {
		return this.#sent.splice(0);
	}

	told(): string[] {
		return this.#told.splice(0);
	}

	read(): Uint8Array {
		return Uint8Array.from(this.#read.splice(0).flatMap((part) => [...part]));
	}

	expected(draft: Draft): string {
		if (draft.kind !== 'tcp') throw new Error('a connection sends no such thing: say "on host"');
		return this.#show(segmentOf(draft, this.#templates.out), draft.again);
	}

	arrive(draft: Draft, now: number): void {
		if (draft.kind !== 'tcp') throw new Error('a connection takes no such thing: say "on host"');
		this.take(segmentOf(draft, this.#templates.in), now, draft.ecn === CONGESTION);
	}

	take(segment: TcpSegment, now: number, marked = false): void {
		if (this.#connection === null) {
			if ((segment.flags & (SYN | ACK | RST)) !== SYN)
				throw new Error('only a host knows what to do: say "on host"');
			this.#begin(Connection.accept(this.#config, segment, now), now);
			return;
		}
		this.#perform(this.#connection.segment(segment, now, marked));
		if (!this.#paused) this.#read.push(this.#connection.receive());
		this.#perform(this.#connection.flush(now));
	}

	open(now: number): void {
		if (this.#connection === null) this.#begin(Connection.open(this.#config, now), now);
		else this.#perform(this.#connection.open(now));
	}

	act(verb: Verb, argument: string, now: number): void {
		switch (verb) {
			case 'open':
				this.open(now);
				break;
			case 'listen':
				// for anyone: there is no connection before a SYN comes; for one peer: there is
				if (argument !== '') this.#begin(Connection.listen(this.#config, now), now);
				return;
			case 'send':
			case 'urgent': {
				const octets = octetsOf(argument, this.#written);
				this.#written += octets.length;
				this.#perform(this.connection.send(octets, now, verb === 'urgent'));
				break;
			}
			case 'close':
				this.#perform(this.connection.close(now));
				break;
			case 'abort':
				this.#perform(this.connection.abort(now));
				break;
			case 'path':
				this.#perform(this.connection.path(Number(argument), now));
				break;
			case 'pause':
				this.#paused = true;
				break;
			case 'receive':
				this.#read.push(this.connection.receive(argument === '' ? undefined : Number(argument)));
				break;
			default:
				throw new Error(`a connection has no ${verb}: say "on host"`);
		}
		this.#perform(this.connection.flush(now));
	}

	nextTimeout(): { at: number; background: boolean } | null {
		return this.#connection?.nextTimeout() ?? null;
	}

	timeout(now: number): void {
		this.#perform(this.connection.timeout(now));
		this.#perform(this.connection.flush(now));
	}

	status(name: string): number {
		const value = Object.entries(this.connection.status()).find(([key]) => key === name)?.[1];
		if (typeof value !== 'number') throw new Error(`STATUS tells no number called ${name}`);
		return Math.floor(value);
	}

	#begin({ connection, effects }: Opened, now: number): void {
		this.#connection = connection;
		this.#perform(effects);
		this.#perform(connection.flush(now));
	}

	#perform(effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (effect.type === 'transmit') this.#sent.push(this.#show(effect.segment, effect.retransmission));
			else if (effect.type === 'error') this.#told.push(`error ${effect.error}`);
			else if (effect.type === 'urgent') this.#told.push('urgent', `urgent ${effect.octets}`);
			else if (effect.type === 'discard') this.#told.push(`discard ${effect.reason}`);
			else if (effect.type === 'state') this.#told.push(`${effect.on}: ${effect.from} to ${effect.to}`);
			else this.#told.push(effect.type);
		}
	}

	#show(segment: TcpSegment, again?: string): string {
		return showSegment(segment, this.#templates.out, again);
	}
}
