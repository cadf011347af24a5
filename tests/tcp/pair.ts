/**
 * Two connections in virtual time, joined by a pipe that may lose, delay, reorder and duplicate: a small world with
 * one queue, which handles each event as a host does (segment or timer, then the application, then flush).
 */
import { Connection, type ConnectionConfig, type Effect, type Repetition } from '#lib/tcp/connection.ts';
import type { TcpEvent, TcpState } from '#lib/tcp/states.ts';
import { ACK, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { control, latin1 } from './octets.ts';

export const MS = 1_000;
export const SECOND = 1_000_000;

export type Name = 'desk' | 'post';

/** What an application does when something comes up: called with everything read in this event. */
export interface App {
	connected?(io: Io): void;
	received?(io: Io, octets: Uint8Array): void;
	ended?(io: Io): void;
}

export interface Io {
	write(octets: Uint8Array | string): void;
	close(): void;
	abort(): void;
	/** Ask for the octets later (instead of at once): see `Options.lazy`. */
	read(max?: number): Uint8Array;
}

/** Decides a segment's fate: delays of each copy that arrives, none: lost. */
export type Pipe = (from: Name, segment: TcpSegment, count: number) => readonly number[];

export interface Options {
	readonly desk?: Partial<ConnectionConfig>;
	readonly post?: Partial<ConnectionConfig>;
	readonly pipe?: Pipe;
	readonly apps?: Partial<Record<Name, App>>;
	/** These ends do not read by themselves. */
	readonly lazy?: readonly Name[];
	/** Keep no record of what was sent. */
	readonly silent?: boolean;
}

export interface Sent {
	readonly at: number;
	readonly from: Name;
	readonly segment: TcpSegment;
	readonly again?: Repetition;
}

export interface Moved {
	readonly at: number;
	readonly end: Name;
	readonly from: TcpState;
	readonly to: TcpState;
	readonly on: TcpEvent;
}

const DESK = { address: 0xc000020a, port: 49152 };
const POST = { address: 0xc6336419, port: 110 };
const COMMON = { mss: 1460, receiveBuffer: 65535, rto: SECOND, msl: 120 * SECOND };

interface End {
	connection: Connection | null;
	readonly name: Name;
	readonly config: ConnectionConfig;
	readonly app: App;
	readonly io: Io;
	effects: Effect[];
}

export class Pair {
	now = 0;
	readonly sent: Sent[] = [];
	readonly moved: Moved[] = [];
	readonly errors: { end: Name; error: string }[] = [];
	readonly closed: Name[] = [];
	readonly received: Record<Name, Uint8Array[]> = { desk: [], post: [] };
	events = 0;
	readonly #ends: Record<Name, End>;
	readonly #options: Options;
	#count = 0;
	/** Segments under way, sorted by arrival; ties in order of sending. */
	#flying: { at: number; to: Name; segment: TcpSegment }[] = [];

	constructor(options: Options = {}) {
		this.#options = options;
		this.#ends = {
			desk: this.#end('desk', { ...COMMON, iss: 1000, local: DESK, remote: POST, ...options.desk }),
			post: this.#end('post', { ...COMMON, iss: 5000, local: POST, remote: DESK, ...options.post })
		};
	}

	/** desk opens; post listens. */
	open(): this {
		const { connection, effects } = Connection.open(this.#ends.desk.config, this.now);
		this.#ends.desk.connection = connection;
		this.#handle('desk', effects);
		return this;
	}

	/** Both open at once. */
	openBoth(): this {
		this.open();
		const { connection, effects } = Connection.open(this.#ends.post.config, this.now);
		this.#ends.post.connection = connection;
		this.#handle('post', effects);
		return this;
	}

	/** Let an application act now. */
	act(name: Name, what: (io: Io) => void): this {
		what(this.#ends[name].io);
		this.#handle(name, []);
		return this;
	}

	state(name: Name): TcpState | null {
		return this.#ends[name].connection?.state ?? null;
	}

	connection(name: Name): Connection {
		const { connection } = this.#ends[name];
		if (connection === null) throw new Error(`${name} has no connection`);
		return connection;
	}

	/** Run until nothing is due, or until `to`. Background timers end nothing unless asked for. */
	run(to = Infinity, background = true): this {
		for (;;) {
			const next = this.#next(background);
			if (next === null || next.at > to) {
				if (to !== Infinity) this.now = Math.max(this.now, to);
				return this;
			}
			this.events += 1;
			if (this.events > 2_000_000) throw new Error('the run does not end');
			this.now = next.at;
			next.act();
		}
	}

	/** One line per packet, in order of sending: `desk > SYN seq 1000 len 0`. */
	lines(): string[] {
		return this.sent.map(({ from, segment, again }) => {
			const ack = segment.flags & ACK ? ` ack ${segment.ack}` : '';
			const length = segment.payload.length > 0 ? ` len ${segment.payload.length}` : '';
			return `${from} ${control(segment.flags)} ${segment.seq}${ack}${length}${again ? ` (${again})` : ''}`;
		});
	}

	states(name: Name): TcpState[] {
		return this.moved.filter((move) => move.end === name).map((move) => move.to);
	}

	/** Octets read by the end's application so far. */
	count(name: Name): number {
		return this.received[name].reduce((sum, part) => sum + part.length, 0);
	}

	octets(name: Name): Uint8Array {
		const parts = this.received[name];
		const out = new Uint8Array(this.count(name));
		let at = 0;
		for (const part of parts) {
			out.set(part, at);
			at += part.length;
		}
		return out;
	}

	#end(name: Name, config: ConnectionConfig): End {
		const take = (effects: Effect[]) => void this.#ends[name].effects.push(...effects);
		const io: Io = {
			write: (octets) =>
				take(this.connection(name).send(typeof octets === 'string' ? latin1(octets) : octets, this.now)),
			close: () => take(this.connection(name).close(this.now)),
			abort: () => take(this.connection(name).abort(this.now)),
			read: (max) => {
				const octets = this.connection(name).receive(max);
				this.received[name].push(octets);
				return octets;
			}
		};
		return { connection: null, name, config, app: this.#options.apps?.[name] ?? {}, io, effects: [] };
	}

	#next(background: boolean): { at: number; act: () => void } | null {
		let best: { at: number; act: () => void } | null = null;
		const first = this.#flying[0];
		if (first) {
			best = {
				at: first.at,
				act: () => {
					this.#pop();
					this.#arrive(first.to, first.segment);
				}
			};
		}
		for (const name of ['desk', 'post'] as const) {
			const timer = this.#ends[name].connection?.nextTimeout();
			if (!timer || (timer.background && !background)) continue;
			if (best === null || timer.at < best.at) {
				best = {
					at: timer.at,
					act: () => this.#handle(name, this.connection(name).timeout(this.now))
				};
			}
		}
		return best;
	}

	#arrive(name: Name, segment: TcpSegment): void {
		const end = this.#ends[name];
		if (end.connection === null) {
			if ((segment.flags & (SYN | ACK | RST)) !== SYN) return;
			const { connection, effects } = Connection.accept(end.config, segment, this.now);
			end.connection = connection;
			this.#handle(name, effects);
		} else {
			this.#handle(name, end.connection.segment(segment, this.now));
		}
	}

	/** Perform effects, with the application's own in their place, then flush. */
	#handle(name: Name, effects: Effect[]): void {
		const end = this.#ends[name];
		this.#perform(end, effects);
		if (end.connection !== null) this.#perform(end, end.connection.flush(this.now));
	}

	#perform(end: End, effects: Effect[]): void {
		const queue = [...end.effects.splice(0), ...effects];
		for (let effect = queue.shift(); effect !== undefined; effect = queue.shift()) {
			this.#effect(end, effect);
			queue.push(...end.effects.splice(0));
		}
	}

	#effect(end: End, effect: Effect): void {
		switch (effect.type) {
			case 'transmit':
				this.#transmit(end.name, effect.segment, effect.retransmission);
				break;
			case 'state':
				this.moved.push({
					at: this.now,
					end: end.name,
					from: effect.from,
					to: effect.to,
					on: effect.on
				});
				if (effect.to === 'ESTABLISHED') end.app.connected?.(end.io);
				break;
			case 'readable':
				if (!this.#options.lazy?.includes(end.name)) {
					const octets = end.io.read();
					end.app.received?.(end.io, octets);
				}
				break;
			case 'end':
				end.app.ended?.(end.io);
				break;
			case 'error':
				this.errors.push({ end: end.name, error: effect.error });
				break;
			case 'closed':
				this.closed.push(end.name);
		}
	}

	#transmit(from: Name, segment: TcpSegment, again: Repetition | undefined): void {
		if (!this.#options.silent) this.sent.push({ at: this.now, from, segment, again });
		const to = from === 'desk' ? 'post' : 'desk';
		const delays = this.#options.pipe?.(from, segment, this.#count) ?? [20 * MS];
		this.#count += 1;
		for (const delay of delays) this.#push({ at: this.now + delay, to, segment });
	}

	#push(item: { at: number; to: Name; segment: TcpSegment }): void {
		let low = 0;
		let high = this.#flying.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.#flying[middle];
			if (other !== undefined && other.at <= item.at) low = middle + 1;
			else high = middle;
		}
		this.#flying.splice(low, 0, item);
	}

	#pop(): void {
		this.#flying.shift();
	}
}
