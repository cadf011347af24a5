/**
 * RACK (RFC 8985 §6): a segment is lost when one sent later has arrived and the time in which it might still overtake has
 * run out. It finds lost repeats too, and takes no reordering for loss. Its law: it judges only what was sent before the
 * latest that is known to have arrived, and no time passes here but what it is told.
 */
import { gt, gte, lt, type Seq } from '#lib/wire/seq.ts';
import { Flight, sentAfter, type Sent } from './flight.ts';
import type { Micros } from './rto.ts';
import type { Block, Scoreboard } from './scoreboard.ts';

/** DupThresh (RFC 6675 §2). */
const THRESHOLD = 3;
/** RFC 8985 §6.2 step 4: recoveries without a D-SACK until the window is as small again as it was. */
const PERSISTENCE = 16;
/** RFC 8985 §6.2 step 1 leaves the filter open: the least of five minutes, as Linux has it. */
const MEMORY: Micros = 300_000_000;

/** A loss probe for the tail that nobody has answered (RFC 8985 §7.1). */
export interface Tail {
	/** SND.NXT when it had been sent. */
	readonly end: Seq;
	/** It was text that had been sent before. */
	readonly again: boolean;
}

/** What an ACK tells of which copy it answers. */
export interface Proof {
	/** There are timestamps. */
	readonly stamped: boolean;
	/** By its timestamp the ACK answers what was sent at this time, or later. */
	echoes(at: Micros): boolean;
	/** What the peer says to have come twice (RFC 2883). */
	readonly twice: Block | null;
}

export class Rack {
	readonly flight = new Flight();
	/** What is not lost yet will be by then; null: nothing waits for that. */
	reorderAt: Micros | null = null;
	/** A probe for the tail is due then; null: none is. */
	probeAt: Micros | null = null;
	tail: Tail | null = null;
	/** A round trip was measured since the last probe, or there was none. */
	measured = true;
	/** When new text was last sent, or acknowledged. */
	active: Micros = 0;

	/** RACK.min_RTT, and when it was measured. */
	#least: Micros = Infinity;
	#leastAt: Micros = 0;
	/** RACK.rtt, RACK.xmit_ts and RACK.end_seq: of the latest sent segment known to have arrived. */
	#rtt: Micros = 0;
	#at: Micros = -1;
	#end: Seq;
	/** RACK.fack: the end of what has arrived. */
	#highest: Seq;
	#reordered = false;
	/** RACK.reo_wnd, RACK.reo_wnd_mult, RACK.reo_wnd_persist and RACK.dsack_round. */
	#window: Micros = 0;
	#multiplier = 1;
	#persistence = PERSISTENCE;
	#round: Seq | null = null;

	constructor(iss: Seq) {
		this.#end = iss;
		this.#highest = iss;
	}

	/** New text, or the FIN. */
	sent(seq: Seq, end: Seq, now: Micros): void {
		this.flight.push(seq, end, now);
		this.active = now;
	}

	/**
	 * Steps 1 to 3: an ACK has come. Returns the round trip that it measures, or null. `again`: when anything was last sent
	 * again, or null.
	 */
	take(una: Seq, board: Scoreboard, proof: Proof, again: Micros | null, now: Micros): Micros | null {
		let sample: Micros | null = null;
		// an answer to a repeat says nothing of how long the ACK of what went before it would have taken (Karn's rule)
		let since: Micros = 0;
		const acknowledged = this.flight.acknowledge(una);
		if (acknowledged.length > 0) this.active = now;
		for (const { again, at } of acknowledged) if (again) since = Math.max(since, at);
		for (const sent of acknowledged) {
			const trip = now - sent.at;
			const answered = !sent.again || this.#answered(sent, proof, trip);
			const measures = answered && sent.at >= since;
			if (answered || (!proof.stamped && trip >= this.#least)) this.#advance(sent, measures ? trip : null);
			if (measures) sample = Math.min(sample ?? trip, trip);
			this.#notice(sent);
		}
		for (const sent of this.flight.report(board)) {
			// beyond a gap the stamp is an old one: a repeat counts when it had the time to arrive
			const trip = now - sent.at;
			const measures = !sent.again && sent.at >= (again ?? 0);
			if (!sent.again || trip >= this.#least) this.#advance(sent, measures || sent.again ? trip : null);
			if (measures) sample = Math.min(sample ?? trip, trip);
			this.#notice(sent);
		}
		if (sample !== null) this.took(sample, now);
		if (this.#round !== null && gte(una, this.#round)) this.#round = null;
		return sample;
	}

	/** Step 1: so long was a round trip, that of the SYN for one. */
	took(trip: Micros, now: Micros): void {
		if (trip > this.#least && now - this.#leastAt <= MEMORY) return;
		this.#least = trip;
		this.#leastAt = now;
	}

	/** Step 4: the peer says that something came twice, so it was taken for lost too early: wait longer, once a round. */
	duplicated(nxt: Seq): void {
		if (this.#round !== null) return;
		this.#round = nxt;
		this.#multiplier += 1;
		this.#persistence = PERSISTENCE;
	}

	/** A recovery is over. */
	recovered(): void {
		this.#persistence -= 1;
		if (this.#persistence <= 0) this.#multiplier = 1;
	}

	/** Step 5: marks what is lost by now, and says when to look again. `recovering`: loss was found before. */
	detect(recovering: boolean, srtt: Micros, now: Micros): void {
		this.#window = this.#reorderingWindow(recovering, srtt);
		this.reorderAt = null;
		for (const sent of this.flight.segments) {
			if (sent.mark === 'out' && sentAfter(this.#at, this.#end, sent.at, sent.end)) {
				const due = sent.at + this.#rtt + this.#window;
				if (due <= now) this.flight.mark(sent, 'lost');
				else this.reorderAt = Math.max(this.reorderAt ?? 0, due);
			} else if (!sent.again && !sentAfter(this.#at, this.#end, sent.at, sent.end)) {
				// everything beyond it was sent later still
				return;
			}
		}
	}

	/**
	 * The retransmission timer ran out (§6.3): the first segment is lost, and what has had its time. Returns true when the
	 * peer has taken its reports back (RFC 2018 §8): all of it is lost then.
	 */
	timedOut(now: Micros): boolean {
		const reneged = this.flight.segments[0]?.mark === 'reported';
		for (const [index, sent] of this.flight.segments.entries()) {
			const due = index === 0 || sent.at + this.#rtt + this.#window <= now;
			if (sent.mark === 'reported' ? reneged : due) this.flight.mark(sent, 'lost');
		}
		this.reorderAt = null;
		this.tail = null;
		return reneged;
	}

	/** Nothing in flight will arrive, but for what is reported. */
	loseAll(): void {
		for (const sent of this.flight.segments) if (sent.mark === 'out') this.flight.mark(sent, 'lost');
		this.reorderAt = null;
	}

	/** The last copy of what was sent again has arrived: by its stamp, or because the peer says that it came twice. */
	#answered(sent: Sent, { echoes, twice }: Proof, trip: Micros): boolean {
		if (echoes(sent.at)) return true;
		return twice !== null && twice[0] === sent.seq && trip >= this.#least;
	}

	/** `trip`: how long it took; null: that is not known. */
	#advance(sent: Sent, trip: Micros | null): void {
		if (trip !== null) this.#rtt = trip;
		if (!sentAfter(sent.at, sent.end, this.#at, this.#end)) return;
		this.#at = sent.at;
		this.#end = sent.end;
	}

	/** Step 3: what comes late without having been sent twice was overtaken. */
	#notice({ end, again }: Sent): void {
		if (gt(end, this.#highest)) this.#highest = end;
		else if (lt(end, this.#highest) && !again) this.#reordered = true;
	}

	#reorderingWindow(recovering: boolean, srtt: Micros): Micros {
		if (!this.#reordered && (recovering || this.flight.reported >= THRESHOLD)) return 0;
		return Math.ceil(Math.min((this.#multiplier * this.#least) / 4, srtt));
	}
}
