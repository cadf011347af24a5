/**
 * What this connection says and reads in TCP options: MSS (RFC 9293 §3.7.1), window scale and timestamps (RFC 7323),
 * SACK (RFC 2018). Its law: an option of the SYN counts only when both sides have sent it; options are padded with
 * no-operations so that their numbers lie on words.
 */
import { add, gt, lt, type Seq } from '#lib/wire/seq.ts';
import { SYN, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import type { Micros } from './rto.ts';
import { Scoreboard } from './scoreboard.ts';
import { DEFAULT_MSS, type Tcb } from './tcb.ts';

const NONE: readonly TcpOption[] = [];
const NOP: TcpOption = { kind: 'nop' };
const SACK_PERMITTED: TcpOption = { kind: 'sackPermitted' };
/** RFC 7323 §2.3: a larger shift count counts as this. */
const MAX_SHIFT = 14;
/** Octets of the timestamps option with its padding, which every segment then carries (RFC 7323 §3.2). */
const TIMESTAMPS_LENGTH = 12;
const OPTION_SPACE = 40;
/** Of IP and of TCP, without options. */
const HEADERS = 40;
/** The timestamp clock ticks once a millisecond (RFC 7323 §5.4). */
const TICK: Micros = 1_000;

/** Our timestamp clock, unsigned 32 bits. It starts at 1: an echo of 0 means "none". */
export function timestamp(now: Micros): number {
	return (Math.floor(now / TICK) + 1) >>> 0;
}

/** The options of an outgoing SYN or SYN,ACK: in a SYN,ACK only what the peer's SYN had too. */
export function synOptions(tcb: Tcb, now: Micros): readonly TcpOption[] {
	const { tuning, config } = tcb;
	const first = tcb.state === 'SYN-SENT';
	const options: TcpOption[] = [{ kind: 'mss', value: config.mss }];
	const stamped = first ? tuning.timestamps : tcb.stamps !== null;
	if (first ? tuning.sack : tcb.board !== null) {
		if (!stamped) options.push(NOP, NOP);
		options.push(SACK_PERMITTED);
	} else if (stamped) options.push(NOP, NOP);
	if (stamped) options.push(timestamps(tcb, now));
	if (tuning.windowScale !== null && (first || tcb.scaled)) {
		options.push(NOP, { kind: 'windowScale', shift: tuning.windowScale });
	}
	return options;
}

/** The options of any other segment with `text` octets: timestamps, and what was received early. */
export function options(tcb: Tcb, text: number, now: Micros): readonly TcpOption[] {
	if (tcb.stamps === null && tcb.report === null) return NONE;
	const list: TcpOption[] = [];
	if (tcb.stamps !== null) list.push(NOP, NOP, timestamps(tcb, now));
	if (tcb.report !== null) {
		const taken = tcb.stamps === null ? 0 : TIMESTAMPS_LENGTH;
		const space = Math.min(OPTION_SPACE - taken, tcb.snd.mss - text);
		const blocks = tcb.report.blocks(tcb.rcv, Math.floor((space - 4) / 8));
		if (blocks.length > 0) list.push(NOP, NOP, { kind: 'sack', blocks });
	}
	return list;
}

function timestamps(tcb: Tcb, now: Micros): TcpOption {
	return { kind: 'timestamps', value: timestamp(now), echo: tcb.stamps?.recent ?? 0 };
}

/** Take the options of the peer's SYN, in SYN-SENT or LISTEN. */
export function takeSynOptions(tcb: Tcb, syn: TcpSegment, now: Micros): void {
	const { tuning, snd } = tcb;
	snd.offered = DEFAULT_MSS;
	let shift: number | null = null;
	let stamp: number | null = null;
	let sack = false;
	if (syn.flags & SYN) {
		for (const option of syn.options) {
			if (option.kind === 'mss') snd.offered = option.value;
			else if (option.kind === 'windowScale') shift = Math.min(option.shift, MAX_SHIFT);
			else if (option.kind === 'timestamps') stamp = option.value;
			else if (option.kind === 'sackPermitted') sack = true;
		}
	}
	tcb.stamps = tuning.timestamps && stamp !== null ? { recent: stamp, since: now, lastAck: 0 } : null;
	sizeSegments(tcb);
	tcb.scaled = tuning.windowScale !== null && shift !== null;
	snd.shift = tcb.scaled ? (shift ?? 0) : 0;
	tcb.rcvShift = tcb.scaled ? (tuning.windowScale ?? 0) : 0;
	tcb.rcv.scale(tcb.rcvShift);
	tcb.board = tuning.sack && sack ? new Scoreboard() : null;
	tcb.report = tcb.board === null ? null : new SackReport();
}

/**
 * Eff.snd.MSS (RFC 9293 §3.7.1): what both ends and the path take, less the options of every segment. At least 1: an offer
 * of 0 would stop the connection for ever.
 */
export function sizeSegments({ snd, config, stamps }: Tcb): void {
	const room = Math.min(snd.offered, config.mss, snd.pathMtu - HEADERS);
	snd.mss = Math.max(1, room - (stamps === null ? 0 : TIMESTAMPS_LENGTH));
}

/** The timestamps option of a segment, or null. */
export function stampOf(segment: TcpSegment): (TcpOption & { kind: 'timestamps' }) | null {
	for (const option of segment.options) if (option.kind === 'timestamps') return option;
	return null;
}

/** What arrived after a gap, the latest first (RFC 2018 §4), and before it once what arrived twice (RFC 2883 §4). */
export class SackReport {
	/** A sequence number in each range reported, the latest first. */
	#recent: Seq[] = [];
	#twice: readonly [Seq, Seq] | null = null;

	/** Text at `seq` has arrived early. */
	note(seq: Seq): void {
		this.#recent.unshift(seq);
		if (this.#recent.length > 8) this.#recent.pop();
	}

	/** Octets in `[left, right)` have arrived again: the next ACK says so. */
	again(left: Seq, right: Seq): void {
		this.#twice = [left, right];
	}

	/** Up to `most` blocks for the next ACK. */
	blocks(held: Held, most: number): (readonly [Seq, Seq])[] {
		const blocks: (readonly [Seq, Seq])[] = [];
		if (this.#twice !== null && most > 0) blocks.push(this.#twice);
		this.#twice = null;
		const seen: Seq[] = [];
		for (const seq of this.#recent) {
			const block = held.blockAt(seq);
			if (block === null || seen.includes(block[0])) continue;
			seen.push(block[0]);
			if (blocks.length < most) blocks.push(block);
		}
		this.#recent = seen;
		return blocks;
	}
}

interface Held {
	blockAt(seq: Seq): readonly [Seq, Seq] | null;
}

/** Whatever of `[seq, seq + length)` has been received before is to be reported (RFC 2883). */
export function noteArrival(tcb: Tcb, seq: Seq, length: number): void {
	if (tcb.report === null || length === 0) return;
	const { nxt } = tcb.rcv;
	const end = add(seq, length);
	const held = tcb.rcv.blockAt(seq);
	if (lt(seq, nxt)) tcb.report.again(seq, gt(end, nxt) ? nxt : end);
	else if (held !== null) tcb.report.again(seq, gt(end, held[1]) ? held[1] : end);
	if (gt(end, nxt)) tcb.report.note(lt(seq, nxt) ? nxt : seq);
}
