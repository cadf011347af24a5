/**
 * The one place where a clock meets the simulator: a kernel for a single host whose queue is driven by real time and
 * whose only link is a pair of byte streams. Its law: the host sees one instant while one thing is done, in integer µs
 * that never go back.
 */
import type { EventBody, Micros } from '#lib/sim/event.ts';
import type { Host } from '#lib/sim/host.ts';
import type { Cause, Kernel, Moved, Named, Sent } from '#lib/sim/kernel.ts';
import type { Link } from '#lib/sim/link.ts';
import { Queue, type Ticket } from '#lib/sim/queue.ts';
import type { DropReason } from '#lib/sim/event.ts';
import type { PacketWriter } from './wire.ts';

/** What is told of each event as it happens. */
type Listener = (at: Micros, body: EventBody) => void;

const MILLISECOND = 1_000;

/** Names of the two ends, as the event vocabulary has them. */
export const HOST = 'host';
const PEER = 'peer';
const LINK = 'wire';

/** The link itself; the kernel carries, so nobody asks it to. */
export function linkOf(mtu: number): Link {
	return {
		spec: { id: LINK, ends: [HOST, PEER], delay: 0, mtu },
		other: (host) => (host === HOST ? PEER : HOST),
		carry: () => []
	};
}

export class RealTime implements Kernel {
	readonly #writer: PacketWriter;
	readonly #listen: Listener | null;
	readonly #queue = new Queue<() => void>();
	readonly #began = process.hrtime.bigint();
	#now: Micros = 0;
	#events = 0;
	#packets = 0;
	#alarm: { readonly at: Micros; readonly timer: NodeJS.Timeout } | null = null;
	/** Datagrams received and sent, and those discarded here by reason. */
	readonly counts = { received: 0, sent: 0, discarded: {} as Partial<Record<DropReason, number>> };

	constructor(writer: PacketWriter, listen: Listener | null) {
		this.#writer = writer;
		this.#listen = listen;
	}

	get now(): Micros {
		return this.#now;
	}

	emit(body: EventBody): Cause {
		if (body.kind === 'packet.dropped') this.#discard(body.reason);
		this.#listen?.(this.#now, body);
		return this.#events++;
	}

	moved(host: string, { name }: Named, { from, to, on }: Moved): Cause {
		return this.emit({ kind: 'tcp.state', host, connection: name, from, to, on });
	}

	carry(link: Link, from: string, bytes: Uint8Array): Sent {
		const packet = ++this.#packets;
		if (bytes.length > link.spec.mtu) {
			const detail = `${bytes.length} octets, and the link carries at most ${link.spec.mtu}`;
			const event = this.emit({
				kind: 'packet.dropped',
				packet,
				link: LINK,
				host: from,
				reason: 'mtu',
				detail
			});
			return { packet, event };
		}
		this.counts.sent += 1;
		const sent = { kind: 'packet.sent', packet, link: LINK, from, to: PEER, bytes } as const;
		const event = this.emit({ ...sent, arrives: this.#now });
		if (!this.#writer.write(bytes)) this.#discard('queue');
		return { packet, event };
	}

	unroutable(host: string, detail: string, _cause: Cause, reason: DropReason = 'unroutable'): void {
		this.emit({ kind: 'packet.dropped', packet: ++this.#packets, link: '', host, reason, detail });
	}

	wake(at: Micros, background: boolean, fire: () => void): Ticket {
		return this.#queue.push(at, fire, background);
	}

	cancel(ticket: Ticket): void {
		this.#queue.cancel(ticket);
	}

	/** Does `work`, then what has fallen due, and sends what came of it. */
	act(work: () => void): void {
		this.#tick();
		work();
		this.#run();
	}

	/** Hands a packet to the host, at the instant it is now. */
	deliver(host: Host, bytes: Uint8Array): void {
		this.#tick();
		this.counts.received += 1;
		const packet = ++this.#packets;
		const event = this.emit({ kind: 'packet.delivered', packet, link: LINK, host: HOST });
		host.receive(bytes, { packet, link: LINK, event });
	}

	/** Nothing is done any more. */
	stop(): void {
		if (this.#alarm) clearTimeout(this.#alarm.timer);
		this.#alarm = null;
	}

	#tick(): void {
		this.#now = Math.max(this.#now, Number((process.hrtime.bigint() - this.#began) / 1_000n));
	}

	#run(): void {
		for (let due = this.#queue.dueAt; due !== null; due = this.#queue.dueAt) {
			if (due > this.#now) this.#tick();
			if (due > this.#now) break;
			this.#queue.pop()?.();
		}
		this.#writer.flush();
		this.#arm();
	}

	/** One timer of the platform's, for what is due first. */
	#arm(): void {
		const at = this.#queue.dueAt;
		if (at === (this.#alarm?.at ?? null)) return;
		this.stop();
		if (at === null) return;
		const wait = Math.min(Math.ceil(Math.max(0, at - this.#now) / MILLISECOND), 2 ** 31 - 1);
		const timer = setTimeout(() => {
			this.#alarm = null;
			this.act(() => {});
		}, wait);
		this.#alarm = { at, timer };
	}

	#discard(reason: DropReason): void {
		this.counts.discarded[reason] = (this.counts.discarded[reason] ?? 0) + 1;
	}
}
