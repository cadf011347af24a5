/**
 * Random and mutated packets into every state of TCP. Law: nothing throws, no transition is outside the table, a packet
 * brings one answer at the most (and the text that it makes room for), what is held stays within its bounds, and the
 * bystander's connection on the same host does not notice.
 */
import { LESSON, type Status } from '#lib/tcp/connection.ts';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import { parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { FIN, parseTcp, SYN } from '#lib/wire/tcp.ts';
import { Dice, Failure, hex, type Tally } from './dice.ts';
import { packetFor } from './mutate.ts';
import { SECOND, Stage } from './stage.ts';

const EPISODES = 24;
const REMEMBERED = 12;

/** What is wrong with the numbers of a connection; null: nothing. */
function outOfBounds(status: Status, buffer: number): string | null {
	const { unread, early, unacknowledged, unsent, mss, congestionWindow, timeout, receiveWindow } = status;
	if (unread + early > buffer) return `${unread} octets unread and ${early} early in a buffer of ${buffer}`;
	if (receiveWindow < 0 || receiveWindow > buffer) return `a window of ${receiveWindow}`;
	if (unacknowledged < 0 || unsent < 0) return `${unacknowledged} octets in flight, ${unsent} to be sent`;
	if (unacknowledged > 200_002) return `${unacknowledged} octets in flight, and so many were never written`;
	if (mss < 1) return `an MSS of ${mss}`;
	if (!(congestionWindow >= mss)) return `a congestion window of ${congestionWindow}`;
	if (!(timeout >= SECOND && timeout <= 60 * SECOND)) return `a time-out of ${timeout} µs`;
	return null;
}

const inFlight = (status: Status | null): number =>
	status === null ? 0 : Math.ceil(status.unacknowledged / status.mss);

function pause(dice: Dice): number {
	const kind = dice.from(0, 999);
	if (kind < 700) return 0;
	if (kind < 960) return dice.from(1, 10_000);
	return kind < 997 ? dice.from(1, 3 * SECOND) : dice.from(1, 90 * SECOND);
}

/** A segment that takes no room, or a SYN: it is answered by a challenge, if at all (RFC 5961 §7). */
function challenging(bytes: Uint8Array): boolean {
	const ip = parseIpv4(bytes);
	if (!ip.ok || ip.packet.protocol !== TCP_PROTOCOL) return false;
	const tcp = parseTcp(ip.packet.payload, ip.packet.src, ip.packet.dst);
	return (
		tcp.ok &&
		(tcp.packet.payload.length === 0 || (tcp.packet.flags & SYN) !== 0) &&
		(tcp.packet.flags & (SYN | FIN)) !== FIN
	);
}

/** One stage, and up to `packets` that find the victim in `state`; returns how many did. */
function play(state: TcpState, seed: number, packets: number): number {
	const dice = new Dice(seed, `states ${state}`);
	const inputs: string[] = [];
	const fail = (problem: string, cause?: unknown) =>
		new Failure(`states ${state}`, seed, problem, inputs, cause);
	let count = 0;
	try {
		const stage = new Stage(dice, seed);
		const { buffer: receiveBuffer, spy } = stage;
		for (let episode = 0; episode < EPISODES && count < packets; episode += 1) {
			stage.reach(state);
			const length = dice.hit(0.04) ? 4_000 : dice.from(1, 120);
			let released = 0;
			/** Segments that were in flight at most: without congestion control one ACK may send all of them again. */
			let flight = inFlight(stage.status());
			let second = -1;
			let challenges = 0;
			for (let sent = 0; sent < length && count < packets; sent += 1) {
				const port = state === 'LISTEN' ? dice.from(1, 65_535) : undefined;
				const bytes = packetFor(dice, stage.target(port));
				inputs.push(`${stage.lab.now} µs ${state} < ${hex(bytes)}`);
				if (inputs.length > REMEMBERED) inputs.shift();
				spy.answers = spy.fresh = spy.acks = 0;
				const now = Math.floor(stage.lab.now / SECOND);
				if (now !== second) challenges = 0;
				second = now;
				stage.inject(bytes);
				count += 1;
				// a segment sent again is an answer; one that an ACK has made room for is not
				released += spy.answers - spy.fresh;
				if (released > sent + 1 + Math.max(REPEATS, flight))
					throw fail(`${released} answers to ${sent + 1} packets`);
				// the peer's SYN come again with its ACK (RFC 9293 §3.5, figure 8) opens, and its text is acknowledged
				const opened = state === 'SYN-RECEIVED' && stage.state === 'ESTABLISHED';
				if (challenging(bytes) && !opened) challenges += spy.acks;
				if (challenges > LESSON.challengeLimit) throw fail(`${challenges} challenges in one second`);
				const status = stage.status();
				const problem = stage.problems[0] ?? (status && outOfBounds(status, receiveBuffer));
				if (problem) throw fail(problem);
				flight = Math.max(flight, inFlight(status));
				const wait = pause(dice);
				if (wait > 0) stage.run(wait);
				if (state !== 'LISTEN' && state !== 'CLOSED' && stage.state !== state) break;
			}
			stage.bystand();
		}
		stage.end();
		const [problem] = stage.problems;
		if (problem) throw fail(problem);
		return count;
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw fail(`${error}`, error);
	}
}

/** Segments that one ACK may send again beside its own answer, in an episode. */
const REPEATS = 10;

/** `packets` into each state, from stages with seeds from `seed` on. */
export function fuzzStates(
	{ seed, packets, states = TCP_STATES }: { seed: number; packets: number; states?: readonly TcpState[] },
	progress?: (tally: Tally) => void
): Tally {
	const tally: Record<string, number> = {};
	for (const state of states) {
		let count = 0;
		let next = seed;
		while (count < packets) {
			count += play(state, next, packets - count);
			next += 1;
			tally[state] = count;
			progress?.(tally);
		}
	}
	return tally;
}
