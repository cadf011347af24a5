/** What an attacker on the link learns of a connection: the numbers that its victim's segments tell; and how much was answered. */
import { parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { add, gt } from '#lib/wire/seq.ts';
import { ACK, FIN, parseTcp, SYN, type TcpSegment } from '#lib/wire/tcp.ts';

export class Spy {
	/** Latest segment with an ACK. */
	seen: TcpSegment | null = null;
	iss = 0;
	/** SND.NXT. */
	nxt = 0;
	stamp: readonly [value: number, echo: number] | null = null;
	/** What the victim has sent in answer to a datagram, since it was last set to 0. */
	answers = 0;
	/** Of these, segments that had not been sent before and carry text. */
	fresh = 0;
	/** Of these, ACKs and nothing else. */
	acks = 0;

	/** Nothing of this connection was seen yet: its numbers begin with the first segment. */
	#new = true;

	/** A new connection: what was learnt is old. */
	forget(): void {
		this.seen = this.stamp = null;
		this.iss = this.nxt = 0;
		this.#new = true;
	}

	/** Looks at what the victim sends from its `port` to the peer's. Text: why nobody could read it. */
	look(bytes: Uint8Array, answering: boolean, port: number, peerPort: number): string | null {
		const ip = parseIpv4(bytes);
		if (!ip.ok) return `the victim sent what is no datagram: ${ip.detail}`;
		if (answering) this.answers += 1;
		if (ip.packet.protocol !== TCP_PROTOCOL) return null;
		const tcp = parseTcp(ip.packet.payload, ip.packet.src, ip.packet.dst);
		if (!tcp.ok) return `the victim sent what is no segment: ${tcp.detail}`;
		const { seq, flags, payload, options, srcPort, dstPort } = tcp.packet;
		if (srcPort !== port || dstPort !== peerPort) return null;
		if (flags & SYN) {
			this.forget();
			this.iss = seq;
		}
		if (this.#new) this.nxt = seq;
		this.#new = false;
		const next = add(seq, payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0));
		if (gt(next, this.nxt)) {
			this.nxt = next;
			if (answering && payload.length > 0) this.fresh += 1;
		}
		if (answering && flags === ACK && payload.length === 0) this.acks += 1;
		for (const one of options) if (one.kind === 'timestamps') this.stamp = [one.value, one.echo];
		if (flags & ACK) this.seen = tcp.packet;
		return null;
	}
}
