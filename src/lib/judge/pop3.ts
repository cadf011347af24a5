/**
 * One POP3 session of a capture, held against RFC 1939 by the command table and the grammar that our own server reads:
 * greeting, one reply to each command, framing, states, numbers and sizes. Law: the first deviation is named and ends the
 * judgement; what the RFC allows is never called one.
 */
import { COMMAND_LIMIT, LineFramer } from '#lib/pop3/framer.ts';
import { findCommand, isMultiLine, splitLine } from '#lib/pop3/commands.ts';
import { readCommand, type Fault } from '#lib/pop3/grammar.ts';
import {
	REPLY_LIMIT,
	shorten,
	shown,
	type Command,
	type Reply,
	type SessionState,
	type Told
} from './dialogue.ts';
import { Body, ServerLines, type ServerLine } from './reply-lines.ts';
import { Session, type Boxes } from './session.ts';
import { Findings, type Verdict } from './verdict.ts';

const MOST_PENDING = 10_000;
const MOST_LISTED = 100_000;
const SECOND = 1_000_000;
/** RFC 1939 §3: the shortest autologout timer. */
const AUTOLOGOUT = 600 * SECOND;
/** What closes sooner after the last line has a reason other than idleness. */
const IDLE = 10 * SECOND;
/** For so long an answer may be on its way when the client gives up. */
const ON_ITS_WAY = 5 * SECOND;
const MALFORMED: Partial<Record<Fault, string>> = {
	bareLF: 'ends with LF alone',
	bareCR: 'ends with CR alone',
	notPrintable: 'holds octets that are no printable ASCII',
	spacing: 'has other spaces than one before each argument',
	lineTooLong: `has more than ${COMMAND_LIMIT} octets`,
	argumentTooLong: 'has an argument of more than 40 characters'
};
const LOGINS = ['USER', 'PASS', 'APOP', 'AUTH'];

export class Pop3Judge {
	readonly #findings = new Findings();
	readonly #session: Session;
	readonly #tell: (told: Told, packet: number) => void;
	readonly #commands = new LineFramer();
	readonly #lines = new ServerLines();
	#pending: Command[] = [];
	#reply: Reply | null = null;
	/** A reply whose form is not known has begun. */
	#loose = false;
	#exchange = false;
	/** A command that nobody knows was answered +OK: perhaps the answer was to the next one. */
	#suspect: Command | null = null;
	#last: { readonly at: number; readonly keyword: string; readonly ok: boolean } | null = null;
	#over = false;

	/** `server` names the maildrops' host. */
	constructor(server: string, boxes: Boxes, tell: (told: Told, packet: number) => void) {
		this.#session = new Session(this.#findings, server, boxes, tell);
		this.#tell = tell;
	}

	get state(): SessionState {
		return this.#session.state;
	}
	get user(): string {
		return this.#session.user;
	}
	verdict(): Verdict {
		return this.#findings.verdict();
	}

	client(octets: Uint8Array, packet: number, at: number): void {
		if (this.#findings.closed) return;
		for (const line of this.#commands.push(octets)) {
			if (this.#exchange) {
				this.#exchange = false;
				this.#session.identify(line.text);
				continue;
			}
			const [waiting] = this.#pending;
			if (waiting && !this.#reply && at - waiting.at >= IDLE) this.#unanswered(waiting);
			const event = readCommand(line);
			const { keyword, args } = splitLine(line.text);
			const fault = event.fault === null ? undefined : MALFORMED[event.fault];
			if (fault)
				this.#deviates(
					'client',
					`The client's line "${shorten(line.text)}" ${fault}.`,
					'RFC 1939 §3',
					packet
				);
			if (this.#pending.length >= MOST_PENDING) return;
			this.#pending.push({ line: line.text, keyword, args, event, packet, at });
			this.#tell({ kind: 'command', keyword, args, state: this.#session.state }, packet);
		}
	}

	server(octets: Uint8Array, packet: number, at: number): void {
		if (this.#findings.closed) return;
		for (const line of this.#lines.push(octets, packet, at)) {
			if (this.#reply?.body) this.#more(line, this.#reply, this.#reply.body);
			else this.#status(line);
			if (this.#findings.closed) return;
		}
	}

	/** The capture lacks octets of this session. */
	torn(packet: number): void {
		this.#findings.stop({
			who: 'both',
			say: 'The capture lacks octets of this session; what follows is not judged.',
			rfc: 'RFC 1939 §3',
			packet
		});
	}

	/** One end closes or resets the connection, or (`null`) the capture ends. */
	closed(who: 'client' | 'server' | null, packet: number, at: number): void {
		if (this.#over) return;
		this.#over = who !== null;
		const [waiting] = this.#pending;
		if (waiting && !this.#reply && (who === 'server' || at - waiting.at >= ON_ITS_WAY))
			this.#unanswered(this.#suspect ?? waiting);
		if (who === 'server' && !waiting && !this.#reply && this.#last) this.#hungUp(this.#last, packet, at);
		// what was asked before the client closed is still answered
		if (who === 'server' || (who && !waiting))
			this.#session.go('none', `connection closed by the ${who}`, packet);
	}

	#unanswered(command: Command): void {
		this.#deviates(
			'server',
			`"${shown(command)}" is never answered: each command gets a reply, -ERR if it is not known.`,
			'RFC 1939 §3',
			command.packet
		);
	}

	#hungUp(last: { at: number; keyword: string; ok: boolean }, packet: number, at: number): void {
		if (last.keyword === 'QUIT') return;
		const idle = at - last.at;
		if (idle >= AUTOLOGOUT) return;
		if (idle >= IDLE)
			this.#deviates(
				'server',
				`The server closes after ${Math.round(idle / SECOND)} seconds of silence: an autologout timer must run for 10 minutes at least.`,
				'RFC 1939 §3',
				packet
			);
		else if (!last.ok && LOGINS.includes(last.keyword))
			this.#unusual(
				'The server closes after one refused login: it may, but a client has no second try.',
				'RFC 1939 §4',
				packet
			);
		else this.#unusual('The server closes without a QUIT.', 'RFC 1939 §3', packet);
	}

	/** The first line of a reply, or what comes instead of one. */
	#status(line: ServerLine): void {
		const { text, packet } = line;
		const [command] = this.#pending;
		if (command?.keyword === 'AUTH' && /^\+( |$)/.test(text)) {
			this.#exchange = true;
			return;
		}
		const status = /^(\+OK|-ERR)(?: (.*))?$/.exec(text);
		if (!command && this.#session.greeting !== null) {
			this.#unasked(text, status !== null, packet);
			return;
		}
		const to = command && this.#session.greeting !== null ? `to "${shown(command)}"` : 'of greeting';
		if (!status) {
			const how = /^(\+ok|-err)\b/i.test(text)
				? 'the status indicator must be in upper case.'
				: 'it must begin with +OK or -ERR.';
			this.#deviates('server', `The answer ${to} is "${shorten(text)}": ${how}`, 'RFC 1939 §3', packet);
			return;
		}
		if (line.end !== 'CRLF')
			this.#deviates('server', `The answer ${to} ends with ${line.end} alone.`, 'RFC 1939 §3', packet);
		if (line.octets > REPLY_LIMIT)
			this.#deviates(
				'server',
				`The answer ${to} has more than ${REPLY_LIMIT} octets.`,
				'RFC 1939 §3',
				packet
			);
		const ok = status[1] === '+OK';
		const reply: Reply = { command: null, ok, text: status[2] ?? '', body: null, octets: line.octets };
		if (this.#session.greeting === null) this.#greet(reply, line);
		else if (command) this.#answer(command, reply, line);
	}

	#unasked(text: string, isReply: boolean, packet: number): void {
		if (this.#loose) {
			this.#findings.stop({
				who: 'both',
				say: 'An answer to a command that this program does not know goes on; what follows is not judged.',
				rfc: 'RFC 1939 §3',
				packet
			});
			return;
		}
		const idle = isReply && text.startsWith('-ERR');
		this.#deviates(
			'server',
			idle
				? `"${shorten(text)}" comes unasked: a server that gives up closes the connection without a response.`
				: `"${shorten(text)}" comes unasked: each command gets one reply, and a line of a lone dot within a message must be stuffed.`,
			'RFC 1939 §3',
			packet
		);
	}

	#greet(reply: Reply, { packet, at }: ServerLine): void {
		this.#session.greeting = reply.text;
		this.#last = { at, keyword: 'greeting', ok: reply.ok };
		this.#tell(
			{ kind: 'reply', keyword: 'greeting', ok: reply.ok, text: reply.text, octets: reply.octets },
			packet
		);
		if (!reply.ok)
			this.#deviates(
				'server',
				'The greeting is -ERR; it must be a positive response.',
				'RFC 1939 §4',
				packet
			);
		this.#session.go('AUTHORIZATION', 'greeting', packet);
	}

	#answer(command: Command, reply: Reply, line: ServerLine): void {
		const whole = { ...reply, command };
		if (reply.ok && isMultiLine(command.line)) {
			const listing = command.keyword === 'LIST' || command.keyword === 'UIDL';
			this.#reply = { ...whole, body: new Body(listing ? MOST_LISTED : 0) };
		} else this.#finish(whole, command, line);
	}

	#more(line: ServerLine, reply: Reply, body: Body): void {
		reply.octets += line.octets;
		if (body.take(line)) {
			if (body.unstuffed?.packet === line.packet && body.unstuffed.text === line.text.slice(0, 60))
				this.#deviates(
					'server',
					`The line "${body.unstuffed.text}" begins with a dot that is not doubled.`,
					'RFC 1939 §3',
					line.packet
				);
		} else if (reply.command) this.#finish(reply, reply.command, line);
	}

	/** A whole reply: what it means, and what is wrong with it. */
	#finish(reply: Reply, command: Command, { packet, at }: ServerLine): void {
		this.#reply = null;
		this.#pending.shift();
		const { keyword } = command;
		const { ok, text, octets } = reply;
		this.#tell({ kind: 'reply', keyword, ok, text, octets }, packet);
		const row = findCommand(keyword);
		this.#loose = ok && !row;
		if (this.#loose) this.#suspect ??= command;
		this.#session.answered(command, reply, packet);
		this.#last = { at, keyword, ok };
	}

	#deviates(who: 'client' | 'server', say: string, rfc: string, packet: number): void {
		this.#findings.deviates({ who, say, rfc, packet });
	}
	#unusual(say: string, rfc: string, packet: number): void {
		this.#findings.remark({ who: 'server', say, rfc, packet });
	}
}
