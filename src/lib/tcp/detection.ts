/**
 * RACK-TLP at work on a connection (RFC 8985): what an ACK tells the records of rack.ts, when loss is found, and the probe
 * for a lost tail. Its law: a recovery begins and ends in recovery.ts like any other; only how the loss is found differs.
 */
import { add, diff, gt, gte, lt } from '#lib/wire/seq.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import { shrink } from './congestion.ts';
import { slowedDown } from './ecn.ts';
import { stampOf, timestamp } from './options.ts';
import type { Rack } from './rack.ts';
import { onLoss } from './recovery.ts';
import { resend } from './resend.ts';
import { measure, type Micros } from './rto.ts';
import { isDuplicate, type Block } from './scoreboard.ts';
import { sendData } from './send.ts';
import type { Tcb } from './tcb.ts';
import { startTimer } from './timer.ts';

/** SND.UNA and the scoreboard are up to date: what has arrived, and how long it took. */
export function takeDelivery(tcb: Tcb, rack: Rack, segment: TcpSegment, now: Micros): void {
	if (tcb.board === null) return;
	const echo = tcb.stamps === null ? null : (stampOf(segment)?.echo ?? 0);
	const proof = {
		stamped: echo !== null,
		echoes: (at: Micros) => echo !== null && gte(echo, timestamp(at)),
		twice: twiceOf(segment)
	};
	const trip = rack.take(tcb.snd.una, tcb.board, proof, tcb.rto.again, now);
	if (trip === null) return;
	measure(tcb.rto, Math.max(1, trip));
	rack.measured = true;
}

/** The ACK is taken. `news`: it acknowledged something new. */
export function detectLoss(tcb: Tcb, rack: Rack, segment: TcpSegment, news: boolean, now: Micros): void {
	const twice = twiceOf(segment);
	if (twice !== null) rack.duplicated(tcb.snd.nxt);
	answerTail(tcb, rack, segment, twice, news);
	search(tcb, rack, now);
}

function reportOf(segment: TcpSegment): readonly Block[] {
	return segment.options.find((option) => option.kind === 'sack')?.blocks ?? [];
}

/** What the segment says to have come twice; null: nothing. */
function twiceOf(segment: TcpSegment): Block | null {
	const blocks = reportOf(segment);
	return isDuplicate(blocks, segment.ack) ? (blocks[0] ?? null) : null;
}

/** The reordering timer (§6.2 step 5) or the probe timer (§7.3) of a connection may have run out. */
export function onAlarm(tcb: Tcb, rack: Rack, now: Micros): void {
	if (rack.reorderAt !== null && now >= rack.reorderAt) search(tcb, rack, now);
	if (rack.probeAt !== null && now >= rack.probeAt) sendProbe(tcb, rack, now);
}

function search(tcb: Tcb, rack: Rack, now: Micros): void {
	rack.detect(tcb.recovery !== null, tcb.rto.srtt ?? 0, now);
	if (rack.flight.losses > 0 && tcb.recovery === null) onLoss(tcb);
}

/** TLP_send_probe (§7.3): new text if there is any that may be sent, else the last segment again. */
function sendProbe(tcb: Tcb, rack: Rack, now: Micros): void {
	const { snd, queue } = tcb;
	const unsent = diff(queue.end, snd.nxt);
	const length = Math.min(unsent, snd.mss);
	const last = rack.flight.segments.at(-1);
	const fresh = length > 0 && length <= diff(add(snd.una, snd.wnd), snd.nxt);
	if (fresh) sendData(tcb, length, now);
	else if (last) {
		rack.flight.repeat(last, last.end, now);
		resend(tcb, last.seq, diff(last.end, last.seq), 'probe', now);
	}
	rack.tail = { end: snd.nxt, again: !fresh };
	rack.measured = false;
	rack.probeAt = null;
	startTimer(tcb, 'rto', now);
}

/** TLP_process_ack (§7.4): has the probe repaired a loss that nobody would know of? Then the window is cut as for any other. */
function answerTail(tcb: Tcb, rack: Rack, segment: TcpSegment, twice: Block | null, news: boolean): void {
	const { tail } = rack;
	const { ack } = segment;
	if (tail === null || lt(ack, tail.end)) return;
	if (!tail.again || twice?.[1] === tail.end || (!news && reportOf(segment).length === 0)) {
		rack.tail = null;
	} else if (gt(ack, tail.end)) {
		rack.tail = null;
		if (tcb.congestion && tcb.recovery === null) {
			shrink(tcb.congestion, diff(tcb.snd.nxt, tcb.snd.una), 0);
			slowedDown(tcb);
		}
	}
}
