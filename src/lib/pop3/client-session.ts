/**
 * One session of a mail program: octets in, effects out, around its chart. It puts requests into lines, reads the replies
 * and stores the letters; what is asked, when, and what is believed is the chart's. One sync is one session.
 */
import type { SnapshotFrom } from 'xstate';
import { latin1ToOctets, octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { apopDigest } from './apop.ts';
import type { Failure } from './client.machine.ts';
import type { Complaint } from './complaints.ts';
import { firstOwed } from './mail-context.ts';
import type { MailEvent } from './mail-events.ts';
import { mailMachine } from './mail.machine.ts';
import type { MailEffect } from './mail-setup.ts';
import type { Policy } from './policy.ts';
import type { Known } from './popstate.ts';
import { ReplyParser } from './reply-parser.ts';
import { quoted, whereIn, type Expected, type Read, type Reader, type Reply } from './reply.ts';
import { dataOf } from './reply-data.ts';
import { expectedOf, labelOf, type Request } from './request.ts';
import { authAnswer, authLine, type Credentials } from './sasl-client.ts';
import { SegmentReader } from './segment-reader.ts';
import type { Pop3Event, SessionEffect } from './session.ts';
import { start, stateOf, step } from './step.ts';

export interface Letter {
	readonly number: number;
	/** Null where the server gave none, or was not asked. */
	readonly uid: string | null;
	/** Not only its beginning. */
	readonly whole: boolean;
	/** As the server stores it: stuffing undone. */
	readonly octets: Uint8Array;
}

export interface ClientSessionOptions extends Credentials {
	readonly policy: Policy;
	/** What earlier sessions left in `known`. */
	readonly known?: readonly Known[];
	/** Unique-ids of letters to be fetched whole, and of letters to be deleted. */
	readonly wanted?: readonly string[];
	readonly removed?: readonly string[];
	/** Microseconds; how long a letter has been here is counted from it. */
	readonly now: number;
	/** Stores a letter for good; false: it cannot, and so the letter stays on the server. */
	readonly keep: (letter: Letter) => boolean;
}

export type ClientEffect =
	| SessionEffect
	/** Call `timeout` unless this comes again within so many microseconds; null: no more waiting. */
	| { readonly type: 'wait'; readonly for: number | null };

/** A command and what answered it, for the screen; the password is in it where it was sent. */
export interface Exchange {
	readonly line: string;
	/** Null: not yet, or never. */
	readonly reply: Pick<Reply, 'ok' | 'text' | 'lines' | 'octets'> | null;
}

export class ClientSession {
	readonly #options: ClientSessionOptions;
	readonly #reader: Reader;
	#snapshot: SnapshotFrom<typeof mailMachine>;
	/** Letters that have come and are neither stored nor refused, by number. */
	readonly #letters = new Map<number, Uint8Array>();
	readonly #exchanges: { line: string; reply: Exchange['reply'] }[] = [];
	readonly #complaints: Complaint[] = [];
	#answered = 0;
	#round = 0;
	#updated = false;
	/** What came of an effect and the chart has not heard yet. */
	#news: MailEvent[] = [];
	#done: ClientEffect[] = [];

	/** @throws Error on a name or password that would make more than one line. */
	constructor(options: ClientSessionOptions) {
		if (/[\r\n\0]/.test(options.user + options.password))
			throw new Error('a line end or NUL in a name or password');
		this.#options = options;
		const { policy, known = [], wanted = [], removed = [], now } = options;
		this.#reader =
			policy.replyEnds === 'segment' ? new SegmentReader() : new ReplyParser(policy.letterEnds === 'any dot');
		this.#snapshot = start(mailMachine, { policy, known, wanted, removed, now }).snapshot;
	}

	/** For views: the chart is `mailMachine`, this is where it stands. */
	get snapshot(): SnapshotFrom<typeof mailMachine> {
		return this.#snapshot;
	}
	get over(): boolean {
		return this.#snapshot.status !== 'active';
	}
	/** What a later session must be told. */
	get known(): readonly Known[] {
		return this.#snapshot.context.known;
	}
	get complaints(): readonly Complaint[] {
		return this.#complaints;
	}
	/** QUIT was answered by +OK after a login: what was marked is deleted. */
	get updated(): boolean {
		return this.#updated;
	}
	get exchanges(): readonly Exchange[] {
		return this.#exchanges;
	}

	/** The connection is established. */
	connected(): ClientEffect[] {
		this.#tell({ type: 'CONNECTED' });
		return this.#take();
	}

	/** Octets have arrived. */
	octets(received: Uint8Array): ClientEffect[] {
		if (this.over) return [];
		this.#reader.push(received);
		while (!this.over) {
			if (this.#snapshot.context.owed.length === 0) break;
			const read = this.#reader.next(this.#expected);
			if (!read) break;
			this.#hear(read);
		}
		return this.#take();
	}

	/** The server closed its half. */
	ended(): ClientEffect[] {
		this.#tell({ type: 'ENDED', where: this.#where });
		return this.#take();
	}

	/** The connection could not be made, or broke. */
	failed(error: Failure): ClientEffect[] {
		this.#tell({ type: 'FAILED', error, where: this.#where });
		return this.#take();
	}

	/** The time that it was to wait is over. */
	timeout(): ClientEffect[] {
		this.#tell({ type: 'TIMEOUT', where: this.#where });
		return this.#take();
	}

	get #expected(): Expected {
		return expectedOf(firstOwed(this.#snapshot.context), this.#options.policy.listOfOne);
	}

	get #where(): string {
		return this.#snapshot.matches('connecting') ? 'connection' : this.#reader.where(this.#expected);
	}

	#take(): ClientEffect[] {
		const done = this.#done;
		this.#done = [];
		if (done.length > 0 || !this.over)
			done.push({ type: 'wait', for: this.over ? null : this.#options.policy.patience });
		return done;
	}

	#log(event: Pop3Event): void {
		this.#done.push({ type: 'log', event });
	}

	/** What was read, as the chart's event. */
	#hear(read: Read): void {
		if (read.type === 'problem') {
			this.#tell({ type: 'MISREAD', what: read.what, where: read.where });
			return;
		}
		if (read.type === 'challenge') {
			this.#tell({ type: 'CHALLENGE', text: read.text });
			return;
		}
		const { reply } = read;
		const request = firstOwed(this.#snapshot.context);
		this.#note(request, reply);
		if (!reply.ok) {
			this.#tell({ type: 'ERR', text: reply.text });
			return;
		}
		const data = dataOf(request, reply);
		const { owed, policy } = this.#snapshot.context;
		const more = policy.checks && request.keyword !== 'QUIT' && owed.length === 1 ? this.#reader.rest : null;
		if ('is' in data && more !== null) {
			const flaw = reply.flaw ? `${reply.flaw.what}, and ` : '';
			const what = `${flaw}${quoted(more)} follows after its end`;
			this.#tell({ type: 'MISREAD', what, where: whereIn(labelOf(request), 1) });
			return;
		}
		if (reply.letter) this.#letters.set(request.number ?? 0, reply.letter);
		if ('is' in data) this.#tell({ type: 'OK', text: reply.text, data });
		else this.#tell({ type: 'MISREAD', ...data });
		const { doubts } = this.#snapshot.context;
		for (const number of this.#letters.keys())
			if (!doubts.some((doubt) => doubt.number === number)) this.#letters.delete(number);
	}

	#note({ keyword }: Request, { ok, text, lines, octets }: Reply): void {
		this.#log({ kind: 'pop3.received', keyword, ok, text, lines, octets });
		const exchange = keyword === 'greeting' ? undefined : this.#exchanges[this.#answered++];
		if (exchange) exchange.reply = { ok, text, lines, octets };
	}

	#tell(first: MailEvent): void {
		let event: MailEvent | undefined = first;
		while (event) {
			const before = this.known;
			const { snapshot, passages } = step(mailMachine, this.#snapshot, event);
			this.#snapshot = snapshot;
			for (const { from, to, effects } of passages) {
				if (from !== to) {
					const moved = { from: stateOf(from), to: stateOf(to), on: event.type, path: to };
					this.#log({ kind: 'pop3.state', side: 'client', ...moved });
				}
				for (const effect of effects) this.#perform(effect as MailEffect);
			}
			if (this.known !== before) this.#logKnown(before);
			if (passages.length > 0 && this.over) this.#logDone();
			event = this.#news.shift();
		}
	}

	#logKnown(before: readonly Known[]): void {
		const was = new Map(before.map((entry) => [entry.uid, entry]));
		for (const entry of this.known) {
			if (was.get(entry.uid) !== entry) this.#log({ kind: 'mail.known', ...entry });
			was.delete(entry.uid);
		}
		for (const { uid, since } of was.values()) this.#log({ kind: 'mail.known', uid, standing: null, since });
	}

	#logDone(): void {
		const { fetched, marked } = this.#snapshot.context;
		this.#log({ kind: 'mail.done', fetched, deleted: marked.length, updated: this.#updated });
	}

	#perform(effect: MailEffect): void {
		switch (effect.type) {
			case 'send':
				this.#round = 0;
				return this.#send(this.#lineOf(effect.params.request));
			case 'answer': {
				const { login = 'plain' } = firstOwed(this.#snapshot.context);
				return this.#transmit(authAnswer(login, this.#round++, effect.params.text, this.#options));
			}
			case 'keep': {
				const { number, uid, whole } = effect.params;
				const octets = this.#letters.get(number);
				this.#letters.delete(number);
				if (!octets || !this.#options.keep({ number, uid, whole, octets })) {
					this.#news.push({ type: 'NOT KEPT', number });
					return;
				}
				this.#log({ kind: 'mail.letter', number, uid, whole, bytes: octets });
				this.#news.push({ type: 'KEPT', number, whole });
				return;
			}
			case 'complain':
				this.#complaints.push(effect.params);
				return this.#log({ kind: 'mail.problem', ...effect.params });
			case 'noteDeleted':
				return this.#log({ kind: 'mail.deleted', ...effect.params });
			case 'noteUpdated':
				this.#updated = true;
				return;
			case 'hangUp':
				this.#done.push({ type: 'close' });
				return;
		}
	}

	#lineOf(request: Request): string {
		const { user, password } = this.#options;
		switch (request.keyword) {
			case 'APOP':
				return `APOP ${user} ${apopDigest(this.#snapshot.context.stamp ?? '', password)}`;
			case 'AUTH':
				return authLine(request.login ?? 'plain', this.#options);
			case 'USER':
				return `USER ${user}`;
			case 'PASS':
				return `PASS ${password}`;
			default:
				return labelOf(request);
		}
	}

	#send(line: string): void {
		this.#exchanges.push({ line, reply: null });
		this.#transmit(line);
	}

	#transmit(text: string): void {
		const line = octetsToLatin1(utf8ToOctets(text));
		this.#log({ kind: 'pop3.sent', line });
		this.#done.push({ type: 'write', octets: latin1ToOctets(`${line}\r\n`) });
	}
}
