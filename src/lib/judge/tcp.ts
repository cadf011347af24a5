/**
 * One TCP conversation walked through RFC 9293's table at both ends, from the segments that a capture shows. Law: only
 * what the segments prove is held against anybody; what the capture may have missed is not.
 */
import type { TcpRow } from '#lib/capture/analysis/row.ts';
import { transition, type TcpEvent, type TcpState } from '#lib/tcp/states.ts';
import { ACK, FIN, RST, SYN } from '#lib/wire/tcp.ts';
import { gt, gte } from '#lib/wire/seq.ts';
import { Findings, type Verdict } from './verdict.ts';

export interface Moved {
	/** Whether it is the opener that moved. */
	readonly opener: boolean;
	readonly from: TcpState;
	readonly to: TcpState;
	readonly on: TcpEvent;
}

interface End {
	state: TcpState;
	/** Relative number after its FIN; null: none sent. */
	finEnd: number | null;
	finAcked: boolean;
	/** It has sent RST. */
	reset: boolean;
}

const end = (state: TcpState): End => ({ state, finEnd: null, finAcked: false, reset: false });
const names = (outward: boolean): 'client' | 'server' => (outward ? 'client' : 'server');

export class TcpJudge {
	readonly #findings = new Findings();
	readonly #opener = end('CLOSED');
	readonly #other = end('CLOSED');
	#begun = false;
	#moves: Moved[] = [];

	get states(): readonly [opener: TcpState, other: TcpState] {
		return [this.#opener.state, this.#other.state];
	}
	verdict(): Verdict {
		return this.#findings.verdict();
	}

	/** The next segment; what it moved, in order. */
	take(row: TcpRow, flags: number, packet: number): readonly Moved[] {
		this.#moves = [];
		const { outward } = row;
		const mine = outward ? this.#opener : this.#other;
		const theirs = outward ? this.#other : this.#opener;
		if (!this.#begun) this.#begin(flags, packet);
		if (flags & RST) this.#reset(mine, theirs);
		else {
			this.#look(row, flags, packet, mine);
			if (flags & SYN) this.#greet(row, flags, packet, mine, theirs);
			else {
				if (flags & ACK) this.#acknowledge(row, mine, theirs);
				if (flags & FIN) this.#finish(row, mine, theirs);
			}
		}
		return this.#moves;
	}

	/** A capture may begin in the middle: then the connection is there. */
	#begin(flags: number, packet: number): void {
		this.#begun = true;
		if (flags & (SYN | RST)) {
			if ((flags & (SYN | ACK)) === SYN) this.#go(this.#other, 'passive OPEN');
			return;
		}
		this.#opener.state = this.#other.state = 'ESTABLISHED';
		this.#findings.remark({
			who: 'both',
			say: 'The capture begins in the middle of the connection.',
			rfc: 'RFC 9293 §3.5',
			packet
		});
	}

	#go(one: End, on: TcpEvent): boolean {
		const found = transition(one.state, on, one === this.#other ? ['opened passively'] : []);
		if (!found) return false;
		const from = one.state;
		one.state = found.target;
		this.#moves.push({ opener: one === this.#opener, from, to: found.target, on });
		return true;
	}

	#greet(row: TcpRow, flags: number, packet: number, mine: End, theirs: End): void {
		if (!(flags & ACK)) {
			if (mine.state === 'CLOSED' || mine.state === 'LISTEN') this.#go(mine, 'active OPEN');
			return;
		}
		if (mine.state === 'CLOSED') this.#go(mine, 'passive OPEN');
		if (mine.state === 'LISTEN') this.#go(mine, 'rcv SYN');
		if (theirs.state === 'CLOSED') this.#go(theirs, 'active OPEN');
		if (row.ack !== 1 && theirs.state === 'SYN-SENT')
			this.#findings.deviates({
				who: names(row.outward),
				say: `The SYN,ACK acknowledges ${row.ack ?? 0} where the SYN asks for 1 (relative).`,
				rfc: 'RFC 9293 §3.5',
				packet
			});
		if (theirs.state === 'SYN-SENT') this.#go(theirs, 'rcv SYN,ACK');
	}

	#acknowledge({ ack }: TcpRow, mine: End, theirs: End): void {
		if (theirs.state === 'SYN-RECEIVED' && mine.state === 'ESTABLISHED') this.#go(theirs, 'rcv ACK of SYN');
		if (theirs.finEnd !== null && !theirs.finAcked && ack !== null && gte(ack, theirs.finEnd)) {
			theirs.finAcked = true;
			this.#go(theirs, 'rcv ACK of FIN');
		}
	}

	#finish(row: TcpRow, mine: End, theirs: End): void {
		if (mine.finEnd !== null) return;
		mine.finEnd = (row.seq + row.length + 1) >>> 0;
		this.#go(mine, 'CLOSE');
		this.#go(theirs, 'rcv FIN');
	}

	#reset(mine: End, theirs: End): void {
		mine.reset = true;
		// nobody listens after all
		if (mine.state === 'LISTEN') this.#go(mine, 'CLOSE');
		else if (mine.state !== 'CLOSED') this.#go(mine, 'ABORT');
		this.#go(theirs, 'rcv RST');
	}

	/** What no segment may be. */
	#look(row: TcpRow, flags: number, packet: number, mine: End): void {
		const who = names(row.outward);
		if (!(flags & (ACK | SYN)))
			this.#findings.deviates({
				who,
				say: 'A segment without ACK, which only the first SYN and RST may lack.',
				rfc: 'RFC 9293 §3.1',
				packet
			});
		if (mine.finEnd !== null && row.length > 0 && gt((row.seq + row.length) >>> 0, (mine.finEnd - 1) >>> 0))
			this.#findings.deviates({
				who,
				say: `The ${who} sends more text after its FIN, with which it had promised to send none.`,
				rfc: 'RFC 9293 §3.10.4',
				packet
			});
		if (mine.reset && (row.length > 0 || flags & FIN) && !row.marks.includes('out of order'))
			this.#findings.deviates({
				who,
				say: `The ${who} goes on with a connection that it has reset.`,
				rfc: 'RFC 9293 §3.10.7.1',
				packet
			});
	}
}
