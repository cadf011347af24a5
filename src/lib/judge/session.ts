/**
 * What the replies of one POP3 session mean together: who logged in, the state, and what is known of the maildrop. Each
 * command that was answered is held against it. Law: it never looks at octets on the wire, only at whole replies.
 */
import { findCommand } from '#lib/pop3/commands.ts';
import type { Fault } from '#lib/pop3/grammar.ts';
import { decodeBase64 } from '#lib/mail/base64.ts';
import { REPLY_LIMIT, shorten, type Command, type Reply, type SessionState, type Told } from './dialogue.ts';
import { Maildrop, type Contradiction } from './maildrop.ts';
import type { Findings } from './verdict.ts';

/** Maildrops by server and user, as the sessions before left them. */
export type Boxes = Map<string, Maildrop[]>;

/** Sessions of one maildrop that are remembered. */
const MOST_BOXES = 16;
const MOST_MAILDROPS = 10_000;
const OPTIONAL = ['UIDL', 'TOP', 'USER', 'PASS', 'APOP'];

export class Session {
	/** What the server greeted with; null before it did. */
	greeting: string | null = null;
	readonly #findings: Findings;
	readonly #server: string;
	readonly #boxes: Boxes;
	readonly #tell: (told: Told, packet: number) => void;
	#state: SessionState = 'none';
	#user = '';
	#named = false;
	#box = new Maildrop();
	/** The same maildrop as a session before has left it. */
	#before: Maildrop | null = null;

	constructor(findings: Findings, server: string, boxes: Boxes, tell: (told: Told, packet: number) => void) {
		this.#findings = findings;
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

	/** A command has its whole answer. */
	answered(command: Command, reply: Reply, packet: number): void {
		const row = findCommand(command.keyword);
		if (row) this.#legal(command, row.states, reply.ok, packet);
		if (reply.ok) this.#done(command, reply, packet);
		else this.#refused(command, reply, packet);
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
				if (!/<[^<>]+>/.test(this.greeting ?? ''))
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
				this.identify(command.args.split(' ')[1] ?? '');
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
				if (box.updated) this.go('UPDATE', 'QUIT', packet);
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
	identify(response: string): void {
		const octets = response.length <= REPLY_LIMIT ? decodeBase64(response) : null;
		const text = String.fromCharCode(...(octets ?? []));
		const [, plain, password, ...more] = text.split('\0');
		const [, digest] = /^([^ ]+) [0-9a-f]{32}$/.exec(text) ?? [];
		this.#user = (password && more.length === 0 ? plain : digest) ?? this.#user;
	}

	#enter(on: string, packet: number): void {
		this.go('TRANSACTION', on, packet);
		this.#box = new Maildrop();
		const key = `${this.#server} ${this.#user}`;
		const boxes = this.#boxes.get(key) ?? [];
		// a session that asked for nothing leaves what was known before it
		this.#before = boxes.findLast((box) => box.named || box.listed || box.count !== null) ?? null;
		if (this.#boxes.size < MOST_MAILDROPS) this.#boxes.set(key, [...boxes, this.#box].slice(-MOST_BOXES));
	}

	#compare(packet: number): void {
		if (this.#before) this.#against(this.#box.against(this.#before), packet);
	}

	go(to: SessionState, on: string, packet: number): void {
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
