/**
 * One POP3 session of a capture, held against RFC 1939 by the command table and the grammar that our own server reads:
 * greeting, one reply to each command, framing, states, numbers and sizes. Law: the first deviation is named and ends the
 * judgement; what the RFC allows is never called one.
 */
import { COMMAND_LIMIT, LineFramer } from '#lib/pop3/framer.ts';
import { findCommand, isMultiLine, splitLine } from '#lib/pop3/commands.ts';
import { readCommand, type Fault, type LineEvent } from '#lib/pop3/grammar.ts';
import { decodeBase64 } from '#lib/mail/base64.ts';
import { Maildrop, type Contradiction } from './maildrop.ts';
import { Body, ServerLines, type ServerLine } from './reply-lines.ts';
import { Findings, type Verdict } from './verdict.ts';

export type SessionState = 'none' | 'AUTHORIZATION' | 'TRANSACTION' | 'UPDATE';

/** What happened in the session, for a log. */
export type Told =
	| {
			readonly kind: 'command';
			readonly keyword: string;
			readonly args: string;
			readonly state: SessionState;
	  }
	| {
			readonly kind: 'reply';
			readonly keyword: string;
			readonly ok: boolean;
			readonly text: string;
			readonly octets: number;
	  }
	| { readonly kind: 'state'; readonly from: SessionState; readonly to: SessionState; readonly on: string };

/** Maildrops by server and user, as the sessions before left them. */
export type Boxes = Map<string, Maildrop[]>;

interface Command {
	readonly line: string;
	readonly keyword: string;
	readonly args: string;
	readonly event: LineEvent;
	readonly packet: number;
	readonly at: number;
}

interface Reply {
	readonly command: Command | null;
	readonly ok: boolean;
	readonly text: string;
	readonly body: Body | null;
	octets: number;
}

/** RFC 1939 §3: a response's first line, CRLF included. */
const REPLY_LIMIT = 512;
const MOST_PENDING = 10_000;
/** Sessions of one maildrop that are remembered. */
const MOST_BOXES = 16;
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
const OPTIONAL = ['UIDL', 'TOP', 'USER', 'PASS', 'APOP'];

export class Pop3Judge {
	readonly #findings = new Findings();
	readonly #server: string;
	readonly #boxes: Boxes;
	readonly #tell: (told: Told, packet: number) => void;
	readonly #commands = new LineFramer();
	readonly #lines = new ServerLines();
	#pending: Command[] = [];
	#state: SessionState = 'none';
	#greeting: string | null = null;
	#user = '';
	#named = false;
	#box = new Maildrop();
	/** The same maildrop as a session before has left it. */
	#before: Maildrop | null = null;
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
		this.#server = server;
		this.#boxes = boxes;
		this.#tell = tell;
	}

	get state(): SessionState {
		return this.#state;
	}
	get user(): string {
		return this.#user;
	}
	verdict(): Verdict {
		return this.#findings.verdict();
	}

	client(octets: Uint8Array, packet: number, at: number): void {
		if (this.#findings.closed) return;
		for (const line of this.#commands.push(octets)) {
			if (this.#exchange) {
				this.#exchange = false;
				this.#identify(line.text);
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
			this.#tell({ kind: 'command', keyword, args, state: this.#state }, packet);
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
		if (who === 'server' || (who && !waiting)) this.#go('none', `connection closed by the ${who}`, packet);
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
		if (!command && this.#greeting !== null) {
			this.#unasked(text, status !== null, packet);
			return;
		}
		const to = command && this.#greeting !== null ? `to "${shown(command)}"` : 'of greeting';
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
		if (this.#greeting === null) this.#greet(reply, line);
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
		this.#greeting = reply.text;
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
		this.#go('AUTHORIZATION', 'greeting', packet);
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
		if (row) this.#legal(command, row.states, ok, packet);
		if (ok) this.#done(command, reply, packet);
		else this.#refused(command, reply, packet);
		this.#last = { at, keyword, ok };
	}

	#legal({ keyword, event, line }: Command, states: readonly string[], ok: boolean, packet: number): void {
		if (!ok) return;
		if (!states.includes(this.#state))
			this.#deviates(
				'server',
				`${keyword} is answered +OK in the ${this.#state} state, where only -ERR is allowed.`,
				'RFC 1939 §3',
				packet
			);
		const ours: readonly (Fault | null)[] = [
			null,
			'mechanismUnknown',
			'languageUnknown',
			'exchangeIllegible'
		];
		if (!ours.includes(event.fault))
			this.#deviates(
				'server',
				`"${shorten(line)}" is syntactically invalid and answered +OK.`,
				'RFC 1939 §3',
				packet
			);
	}

	#done(command: Command, reply: Reply, packet: number): void {
		const { keyword, event } = command;
		const n = event.type === 'BAD LINE' ? null : event.number;
		const box = this.#box;
		if (n !== null && keyword !== 'RSET') this.#against(box.addressed(keyword, n, true), packet);
		switch (keyword) {
			case 'USER':
				this.#user = command.args;
				this.#named = true;
				return;
			case 'PASS':
				if (!this.#named)
					this.#deviates('server', 'PASS is answered +OK without a USER before it.', 'RFC 1939 §7', packet);
				return this.#enter(keyword, packet);
			case 'APOP':
				if (!/<[^<>]+>/.test(this.#greeting ?? ''))
					this.#deviates(
						'server',
						'APOP is answered +OK where the greeting has no timestamp.',
						'RFC 1939 §7',
						packet
					);
				this.#user = command.args.split(' ')[0] ?? '';
				return this.#enter(keyword, packet);
			case 'AUTH':
				if (command.args === '') return;
				this.#identify(command.args.split(' ')[1] ?? '');
				return this.#enter(keyword, packet);
			case 'STLS':
				return this.#findings.stop({
					who: 'both',
					say: 'From here on the session is sealed with TLS and cannot be judged.',
					rfc: 'RFC 2595 §4',
					packet
				});
			case 'STAT':
				this.#against(box.stat(reply.text), packet);
				return this.#compare(packet);
			case 'RSET':
				return box.marked.clear();
			case 'DELE':
				if (n !== null) box.marked.add(n);
				return;
			case 'QUIT':
				box.updated = this.#state === 'TRANSACTION';
				if (box.updated) this.#go('UPDATE', 'QUIT', packet);
				return;
			default:
				return this.#read(command, reply, n, packet);
		}
	}

	/** Listings and messages. */
	#read({ keyword, event }: Command, { text, body }: Reply, n: number | null, packet: number): void {
		const box = this.#box;
		if (keyword === 'LIST' && body) this.#against(box.list(body), packet);
		else if (keyword === 'UIDL' && body) this.#against(box.uidl(body), packet);
		else if (keyword === 'LIST' && n !== null) {
			const [, of, size] = /^(\d+) (\d+)(?: .*)?$/.exec(text) ?? [];
			if (Number(of) === n) this.#against(box.size(n, Number(size)), packet);
			else
				this.#deviates(
					'server',
					`LIST ${n} is answered "${shorten(text)}": with an argument the answer is one line, that number and its size.`,
					'RFC 1939 §5',
					packet
				);
		} else if (keyword === 'UIDL' && n !== null) this.#against(box.uid(text, n), packet);
		else if (keyword === 'RETR' && n !== null && body) {
			this.#against(box.message(n, body), packet);
			const [, told] = /^(\d+) octets/.exec(text) ?? [];
			if (told !== undefined && Number(told) !== body.octets && !body.cut)
				this.#unusual(
					`RETR ${n} says ${told} octets and sends ${body.octets}: the text is free, but clients read it.`,
					'RFC 1939 §5',
					packet
				);
		} else if (keyword === 'TOP' && body && event.type !== 'BAD LINE' && body.after > event.lines)
			this.#deviates(
				'server',
				`TOP asks for ${event.lines} lines of the body and ${body.after} come.`,
				'RFC 1939 §7',
				packet
			);
		this.#compare(packet);
	}

	#refused({ keyword, event }: Command, { text }: Reply, packet: number): void {
		const n = event.type === 'BAD LINE' ? null : event.number;
		const known = this.#state === 'TRANSACTION' && n !== null && event.fault === null;
		const optional = OPTIONAL.includes(keyword);
		// a response code (RFC 2449 §8) says that the server has a reason
		if (known && !optional && !text.startsWith('['))
			this.#against(this.#box.addressed(keyword, n, false), packet);
		if (keyword === 'USER')
			this.#unusual(
				'USER is refused: a server may, but so it tells strangers which names exist.',
				'RFC 1939 §13',
				packet
			);
		else if ((keyword === 'UIDL' || keyword === 'TOP') && this.#state === 'TRANSACTION' && this.#has(n))
			this.#unusual(
				`${keyword} is refused: it is optional, but a client that leaves mail on the server ${keyword === 'UIDL' ? 'cannot tell what is new' : 'must fetch whole messages'}.`,
				'RFC 1939 §7',
				packet
			);
	}
	/** Whether a refusal cannot be about the message. */
	#has(n: number | null): boolean {
		return n === null || (this.#box.sizes.has(n) && !this.#box.marked.has(n)) || this.#box.count === null;
	}

	/** Who an answer of PLAIN (RFC 4616 §2) or CRAM-MD5 (RFC 2195 §2) names; of other mechanisms nobody. */
	#identify(response: string): void {
		const octets = response.length <= REPLY_LIMIT ? decodeBase64(response) : null;
		const text = String.fromCharCode(...(octets ?? []));
		const [, plain, password, ...more] = text.split('\0');
		const [, digest] = /^([^ ]+) [0-9a-f]{32}$/.exec(text) ?? [];
		this.#user = (password && more.length === 0 ? plain : digest) ?? this.#user;
	}

	#enter(on: string, packet: number): void {
		this.#go('TRANSACTION', on, packet);
		this.#box = new Maildrop();
		const key = `${this.#server} ${this.#user}`;
		const boxes = this.#boxes.get(key) ?? [];
		// a session that asked for nothing leaves what was known before it
		this.#before = boxes.findLast((box) => box.named || box.listed || box.count !== null) ?? null;
		if (this.#boxes.size < MOST_PENDING) this.#boxes.set(key, [...boxes, this.#box].slice(-MOST_BOXES));
	}

	#compare(packet: number): void {
		if (this.#before) this.#against(this.#box.against(this.#before), packet);
	}

	#go(to: SessionState, on: string, packet: number): void {
		const from = this.#state;
		if (from === to) return;
		this.#state = to;
		this.#tell({ kind: 'state', from, to, on }, packet);
	}
	#against(wrong: Contradiction | null, packet: number): void {
		if (wrong) this.#deviates('server', wrong.say, wrong.rfc, packet);
	}
	#deviates(who: 'client' | 'server', say: string, rfc: string, packet: number): void {
		this.#findings.deviates({ who, say, rfc, packet });
	}
	#unusual(say: string, rfc: string, packet: number): void {
		this.#findings.remark({ who: 'server', say, rfc, packet });
	}
}

const MOST_SHOWN = 60;
const shorten = (text: string): string => {
	const plain = text.replace(/[^ -~]/g, '.');
	return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain;
};
/** A command as it is quoted: a password is not. */
const shown = ({ line, keyword }: Command): string =>
	keyword === 'PASS' ? 'PASS' : keyword === 'APOP' || keyword === 'AUTH' ? keyword : shorten(line);
