/**
 * What one event can be: the matchers over the log's vocabulary, by layer. Laws as in goals.ts: pure, one event and what
 * came before it, never after.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { segmentOf, textOf } from './segment.ts';
import { type Log, type Match, type Predicate, latest, met, seen } from './goals.ts';

// ---- TCP

/** A host's end of a connection enters a state; `port` is the one the connection was opened to. */
export function tcpState(host: string, state?: TcpState, port?: number): Match {
	return (event) =>
		event.kind === 'tcp.state' &&
		event.host === host &&
		(state === undefined || event.to === state) &&
		(port === undefined || event.connection.endsWith(`:${port}`));
}

export interface PacketLike {
	/** Host that puts it on a link. */
	readonly from?: string;
	/** Host at the other end of that link. */
	readonly to?: string;
	readonly srcPort?: number;
	readonly dstPort?: number;
	/** TCP flags that are set: bits of `TcpSegment.flags`. */
	readonly flags?: number;
	/** TCP flags that are clear. */
	readonly without?: number;
	/** Carries octets, or none. */
	readonly payload?: boolean;
}

/** A TCP segment enters a link. */
export function packet(like: PacketLike): Match {
	return (event) => {
		if (event.kind !== 'packet.sent') return false;
		if (like.from !== undefined && event.from !== like.from) return false;
		if (like.to !== undefined && event.to !== like.to) return false;
		const segment = segmentOf(event.bytes);
		return (
			segment !== null &&
			(like.srcPort === undefined || segment.srcPort === like.srcPort) &&
			(like.dstPort === undefined || segment.dstPort === like.dstPort) &&
			(segment.flags & (like.flags ?? 0)) === (like.flags ?? 0) &&
			(segment.flags & (like.without ?? 0)) === 0 &&
			(like.payload === undefined || segment.payload.length > 0 === like.payload)
		);
	};
}

/** A connection ended by refusal, reset or time-out, as its user is told. */
export function tcpError(host: string, error?: EventOf<'tcp.error'>['error'], port?: number): Match {
	return (event) =>
		event.kind === 'tcp.error' &&
		event.host === host &&
		(error === undefined || event.error === error) &&
		(port === undefined || event.connection.endsWith(`:${port}`));
}

// ---- POP3

/** The server has read a command line. */
export function commanded(keyword: string, state?: string): Match {
	return (event) =>
		event.kind === 'pop3.command' &&
		event.keyword === keyword &&
		(state === undefined || event.state === state);
}

/** The server has written a reply; `keyword` is the command's, or `greeting`. */
export function replied(keyword: string, ok: boolean): Match {
	return (event) => event.kind === 'pop3.reply' && event.keyword === keyword && event.ok === ok;
}

/** A client has read a whole reply. */
export function received(keyword: string, ok: boolean, host?: string): Match {
	return (event) =>
		event.kind === 'pop3.received' &&
		event.keyword === keyword &&
		event.ok === ok &&
		(host === undefined || event.host === host);
}

export interface Move {
	readonly from?: string;
	readonly to?: string;
	/** The chart's event: a keyword, or what the world answered (`DENIED`). */
	readonly on?: string;
	/** Absent: the server's. */
	readonly side?: 'server' | 'client';
}

/** A session moves in its chart; states are the outermost ones, equal when only an inner state changed. */
export function pop3State({ from, to, on, side = 'server' }: Move = {}): Match {
	return (event) =>
		event.kind === 'pop3.state' &&
		event.side === side &&
		(to === undefined || event.to === to) &&
		(from === undefined || event.from === from) &&
		(on === undefined || event.on === on);
}

/** A host's client has an open line: what is typed goes to the server. */
export function online(host: string): (log: Log) => boolean {
	const here: Match = (event) =>
		event.kind === 'pop3.state' && event.side === 'client' && event.host === host;
	return met(latest(here, pop3State({ to: 'connected', side: 'client' })));
}

/** The command to which a reply answers: the last one its session had read by then. */
export function commandOf(log: Log, reply: EventOf<'pop3.reply'>): EventOf<'pop3.command'> | null {
	for (let i = reply.seq - 1; i >= 0; i--) {
		const event = log[i];
		if (event?.kind === 'pop3.command' && event.session === reply.session) return event;
	}
	return null;
}

/** The reply that a client has read, as the server wrote it: replies of a session arrive in order. */
export function replyOf(log: Log, read: EventOf<'pop3.received'>): EventOf<'pop3.reply'> | null {
	let nth = 0;
	for (const event of log) {
		if (event.seq > read.seq) break;
		if (event.kind === 'pop3.received' && event.session === read.session && event.host === read.host) nth++;
	}
	for (const event of log) {
		if (event.kind === 'pop3.reply' && event.session === read.session && --nth === 0) return event;
	}
	return null;
}

/** A program begins to fetch mail. */
export function synced(host: string): Match {
	return (event) => event.kind === 'mail.sync' && event.host === host;
}

/** Octets enter a link that hold this text (latin1), in one datagram. */
export function carries(text: string, link?: string): Match {
	return (event) =>
		event.kind === 'packet.sent' &&
		(link === undefined || event.link === link) &&
		textOf(event.bytes).includes(text);
}

/** The server has written a reply to a command with such an argument. */
export function repliedTo(keyword: string, ok: boolean, args: (args: string) => boolean): Match {
	return (event, log) => {
		if (event.kind !== 'pop3.reply' || event.keyword !== keyword || event.ok !== ok) return false;
		const command = commandOf(log, event);
		return command !== null && args(command.args);
	};
}

/** A client has read the whole reply to a command with such an argument. */
export function receivedOf(
	keyword: string,
	ok: boolean,
	args: (args: string) => boolean,
	host?: string
): Match {
	const read = received(keyword, ok, host);
	const written = repliedTo(keyword, ok, args);
	return (event, log) => {
		if (event.kind !== 'pop3.received' || !read(event, log)) return false;
		const reply = replyOf(log, event);
		return reply !== null && written(reply, log);
	};
}

/** For arguments that are a message number. */
export const number =
	(n: number) =>
	(args: string): boolean =>
		args !== '' && Number(args) === n;

// ---- maildrop

export function locked(user: string, held = true): Match {
	return (event) => event.kind === 'maildrop.lock' && event.user === user && event.held === held;
}

export function marked(uid?: string): Match {
	return (event) =>
		event.kind === 'maildrop.mark' && event.marked && (uid === undefined || event.uid === uid);
}

export function expunged(uid?: string): Match {
	return (event) => event.kind === 'maildrop.expunge' && (uid === undefined || event.uid === uid);
}

// ---- what the player does

/** The player answers a question, rightly or not. */
export function answered(question: string): Match {
	return (event) =>
		event.kind === 'input' && event.input.kind === 'answer' && event.input.question === question;
}

/** The player has answered rightly, at the first try or later. Not met before the run tells the right value. */
export function answeredRight(question: {
	readonly id: string;
	readonly answer: (log: Log) => string | number | null;
}): Predicate {
	const asked = answered(question.id);
	return (log) => {
		const right = question.answer(log);
		if (right === null) return null;
		const is = (event: Event) =>
			event.kind === 'input' && event.input.kind === 'answer' && sameValue(event.input.value, right);
		return log.find((event) => asked(event, log) && is(event)) ?? null;
	};
}

/** For milestones: answered rightly, or answered at all while the run does not tell what is right. */
export function settled(question: {
	readonly id: string;
	readonly answer: (log: Log) => string | number | null;
}): (log: Log) => boolean {
	const right = answeredRight(question);
	const given = seen(answered(question.id));
	return (log) => (question.answer(log) === null ? given : right)(log) !== null;
}

/** Numbers may come as typed text: `1001` and `"1001"` are one value. */
export function sameValue(given: unknown, right: string | number): boolean {
	if (typeof given !== 'string' && typeof given !== 'number') return false;
	return String(given).trim() === String(right);
}

/** The player sets something; `value` absent: to whatever. */
export function setTo(key: string, value?: string | number | boolean): Match {
	return (event) =>
		event.kind === 'input' &&
		event.input.kind === 'set' &&
		event.input.key === key &&
		(value === undefined || event.input.value === value);
}

/** The player types a line at a terminal. */
export function typed(line?: RegExp): Match {
	return (event) =>
		event.kind === 'input' &&
		event.input.kind === 'type' &&
		(line === undefined || line.test(event.input.line));
}

/** The input at the beginning of the chain that led to an event; null where none did. */
export function originOf(log: Log, event: Event): EventOf<'input'> | null {
	let at: Event | undefined = event;
	while (at && at.cause !== null) at = log[at.cause];
	return at?.kind === 'input' ? at : null;
}
