/** The judge of the model-based test: a peer, the chart of the figure, and the connection between them. */
import { expect } from 'vitest';
import { initialTransition, transition as step, type SnapshotFrom } from 'xstate';
import { Connection, LESSON, type Effect } from '#lib/tcp/connection.ts';
import type { TcpEvent, TcpState } from '#lib/tcp/states.ts';
import { add, gt, max } from '#lib/wire/seq.ts';
import { ACK, FIN, PSH, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { figure } from './figure.ts';
import { CONFIG as PLAIN } from './story.ts';

/** With keep-alive: what may last for ever ends too when the peer is gone. */
const CONFIG = { ...PLAIN, tuning: { ...LESSON, keepAlive: 7_200_000_000, keepAliveProbes: 2 } };

/** What may happen to a connection, from above, from its peer, and from the clock. */
export const STEPS = [
	'OPEN',
	'CLOSE',
	'ABORT',
	'SEND',
	'RECEIVE',
	'SYN',
	'SYN,ACK',
	'another SYN',
	'ACK',
	'ACK of nothing',
	'ACK of too much',
	'text',
	'early text',
	'FIN',
	'FIN and ACK',
	'early FIN',
	'RST',
	'RST beside',
	'timer',
	'silence'
] as const;
export type Step = (typeof STEPS)[number];

export type Beginning = 'opening' | 'accepted' | 'listening';

const PEER_ISS = 5000;

/**
 * The peer and the chart. The peer knows what it has sent and what it has seen, never the state of the other end; from
 * that it says which events of the figure its segments are.
 */
export class Model {
	readonly connection: Connection;
	readonly taken: string[] = [];
	now = 0;
	#chart: SnapshotFrom<typeof figure>;
	/** Where the last check left it; the connection's moves since then, and the chart's. */
	#from: TcpState;
	#moves: { from: TcpState; to: TcpState; on: TcpEvent }[] = [];
	#expected: TcpEvent[] = [];

	/** Sequence number after the last one seen from the connection. */
	#seen = CONFIG.iss;
	#acked = CONFIG.iss;
	#finSeen = false;
	#synSent = false;
	/** The peer's next sequence number. */
	#next = PEER_ISS;
	#finSent = false;
	/** The user called CLOSE while octets waited for the connection to stand. */
	#closeWaits = false;
	#writtenEarly = false;
	#closed = false;

	/** `accepted`: a listener made it of a SYN; `listening`: it waits for that SYN itself. */
	constructor(begin: Beginning) {
		[this.#chart] = initialTransition(figure, { passive: begin !== 'opening' });
		this.#from = begin === 'accepted' ? 'LISTEN' : 'CLOSED';
		if (begin === 'listening') {
			const { connection, effects } = Connection.listen(CONFIG, 0);
			this.connection = connection;
			this.#expect('passive OPEN');
			this.#observe(effects);
		} else if (begin === 'accepted') {
			this.#chart = step(figure, this.#chart, { type: 'passive OPEN' })[0];
			const syn = this.#segment(SYN, { seq: PEER_ISS, ack: 0 });
			const { connection, effects } = Connection.accept(CONFIG, syn, 0);
			this.connection = connection;
			this.#synSent = true;
			this.#next = PEER_ISS + 1;
			this.#expect('rcv SYN');
			this.#observe(effects);
		} else {
			const { connection, effects } = Connection.open(CONFIG, 0);
			this.connection = connection;
			this.#expect('active OPEN');
			this.#observe(effects);
		}
		this.check();
	}

	/** There is nothing to come: it is deleted, or has gone back to LISTEN, where all begins anew. */
	get over(): boolean {
		const { state } = this.connection;
		return state === 'CLOSED' || (state === 'LISTEN' && (this.#synSent || this.#seen !== CONFIG.iss));
	}

	do(what: Step): void {
		switch (what) {
			case 'OPEN':
				this.#expect('active OPEN', 'LISTEN');
				return this.#observe(this.connection.open(this.now));
			case 'CLOSE': {
				const waits = this.#writtenEarly && this.#chart.value === 'SYN-RECEIVED';
				if (waits) this.#closeWaits = true;
				else if (!this.#closed) this.#expect('CLOSE');
				this.#closed = true;
				return this.#observe(this.connection.close(this.now));
			}
			case 'ABORT':
				this.#expect('ABORT');
				return this.#observe(this.connection.abort(this.now));
			case 'SEND':
				if (this.#acked === CONFIG.iss && !this.#closed) this.#writtenEarly = true;
				this.#expect('SEND', 'LISTEN');
				return this.#observe(this.connection.send(new Uint8Array(3), this.now));
			case 'RECEIVE':
				this.connection.receive(2);
				return this.#observe([]);
			case 'SYN':
				if (!this.#synSent) this.#expect('rcv SYN');
				this.#handshake();
				return this.#arrives(SYN, { seq: PEER_ISS, ack: 0 });
			case 'SYN,ACK':
				// nobody has asked for it yet
				if (this.#chart.value === 'LISTEN') return this.#arrives(SYN | ACK, { seq: PEER_ISS });
				if (!this.#synSent) {
					this.#expect('rcv SYN,ACK');
					this.#acked = this.#seen;
				} else if (this.#chart.value === 'SYN-RECEIVED') this.#ackAll();
				this.#handshake();
				return this.#arrives(SYN | ACK, { seq: PEER_ISS });
			case 'another SYN':
				if (this.#synSent) this.#expect('rcv SYN', 'SYN-RECEIVED');
				else return this.do('SYN');
				return this.#arrives(SYN, { seq: add(this.#next, 500), ack: 0 });
			case 'RST':
				this.#expect('rcv RST');
				return this.#arrives(this.#synSent ? RST : RST | ACK, { ack: this.#seen });
			case 'RST beside':
				return this.#arrives(RST, { seq: add(this.#next, this.#synSent ? 1 : 0) });
			case 'timer':
				return this.#timer(1);
			case 'silence':
				return this.#timer(Infinity);
			default:
				if (this.#synSent) this.#talk(what);
		}
	}

	/** The chart and the connection are in the same state, and came there by the same arrows. */
	check(): void {
		expect(this.connection.state).toBe(this.#chart.value);
		let at = this.#from;
		for (const move of this.#moves) {
			expect(move.from).toBe(at);
			at = move.to;
		}
		expect(at).toBe(this.connection.state);
		expect(this.#moves.map(({ on }) => on)).toEqual(this.#expected);
		this.#from = at;
		this.#moves = [];
		this.#expected = [];
	}

	#talk(what: Step): void {
		switch (what) {
			case 'ACK':
				this.#ackAll();
				return this.#arrives(ACK);
			case 'ACK of nothing':
				return this.#arrives(ACK, { ack: this.#acked });
			case 'ACK of too much':
				return this.#arrives(ACK, { ack: add(this.#seen, 100) });
			case 'text':
				this.#ackAll();
				if (this.#finSent) return this.#arrives(ACK);
				this.#arrives(ACK | PSH, { payload: new Uint8Array(5) });
				this.#next = add(this.#next, 5);
				return;
			case 'early text':
				this.#ackAll();
				return this.#arrives(ACK, { seq: add(this.#next, 50), payload: new Uint8Array(5) });
			case 'early FIN':
				return this.#arrives(FIN | ACK, { seq: add(this.#next, 70000), ack: this.#acked });
			case 'FIN':
				// before the ACK of our SYN there is none without it
				if (this.#acked === CONFIG.iss) this.#ackAll();
				return this.#fin(this.#acked);
			case 'FIN and ACK':
				// a FIN that has been taken is old, and so is the ACK with it
				if (!this.#finSent) this.#ackAll();
				return this.#fin(this.#seen);
		}
	}

	#fin(ack: number): void {
		if (!this.#finSent) this.#expect('rcv FIN');
		else this.#expect('rcv FIN', 'TIME-WAIT');
		const seq = this.#finSent ? add(this.#next, -1) : this.#next;
		this.#arrives(FIN | ACK, { seq, ack });
		if (!this.#finSent) this.#next = add(this.#next, 1);
		this.#finSent = true;
	}

	#ackAll(): void {
		const { iss } = CONFIG;
		if (this.#acked === iss) this.#expect('rcv ACK of SYN', 'SYN-RECEIVED');
		if (this.#closeWaits) {
			this.#expect('CLOSE');
			this.#closeWaits = false;
		}
		if (this.#finSeen && gt(this.#seen, this.#acked)) this.#expect('rcv ACK of FIN');
		this.#acked = this.#seen;
	}

	#handshake(): void {
		if (!this.#synSent) this.#next = add(PEER_ISS, 1);
		this.#synSent = true;
	}

	#timer(times: number): void {
		for (let count = 0; !this.over; count += 1) {
			const next = this.connection.nextTimeout();
			if (next === null || count === times) return;
			expect(count).toBeLessThan(20);
			this.now = next.at;
			const { value } = this.#chart;
			if (next.background) expect(['TIME-WAIT', 'ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-2']).toContain(value);
			if (value === 'TIME-WAIT') {
				expect(next.background).toBe(true);
				this.#expect('2MSL timeout');
			}
			const effects = this.connection.timeout(this.now);
			if (effects.some((effect) => effect.type === 'error')) this.#expect('user timeout');
			this.#observe(effects);
		}
	}

	/** Tell the chart. `only`: the event is one in that state alone, and no event elsewhere. */
	#expect(event: TcpEvent, only?: TcpState): void {
		if (only !== undefined && this.#chart.value !== only) return;
		const from = this.#chart.value;
		this.#chart = step(figure, this.#chart, { type: event })[0];
		const to = this.#chart.value;
		if (from !== to) this.#expected.push(event);
		this.taken.push(`${from} ${event} ${to}`);
	}

	#arrives(flags: number, differences: Partial<TcpSegment> = {}): void {
		this.#observe(this.connection.segment(this.#segment(flags, differences), this.now));
	}

	#segment(flags: number, differences: Partial<TcpSegment>): TcpSegment {
		return {
			srcPort: CONFIG.remote.port,
			dstPort: CONFIG.local.port,
			seq: this.#next,
			ack: this.#seen,
			flags,
			window: 65535,
			urgent: 0,
			options: [],
			payload: new Uint8Array(0),
			...differences
		};
	}

	#observe(effects: Effect[]): void {
		const connection = this.connection;
		for (const effect of [...effects, ...connection.flush(this.now)]) {
			if (effect.type === 'state') this.#moves.push(effect);
			if (effect.type !== 'transmit') continue;
			const { flags, seq, payload } = effect.segment;
			if (flags & RST) continue;
			const length = payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
			this.#seen = max(this.#seen, add(seq, length));
			if (flags & FIN) this.#finSeen = true;
		}
	}
}
