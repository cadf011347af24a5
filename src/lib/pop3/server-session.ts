/**
 * One server session: octets in, effects out. It frames lines, hands them to the chart, performs the chart's
 * effects on the store and in words, and hands the store's answers back. It decides nothing: every choice is
 * a guard of the chart.
 */
import type { SnapshotFrom } from 'xstate';
import { concatOctets, decodeUtf8, latin1ToOctets, utf8ToOctets } from '#lib/mail/octets.ts';
import { splitLine } from './commands.ts';
import { LineFramer, type Line } from './framer.ts';
import { readCommand } from './grammar.ts';
import type { Habits } from './habits.ts';
import { readLeniently } from './lenient.ts';
import type { Message } from './maildrop.ts';
import { charactersOf, isWide, sizeOf } from './multiline.ts';
import { personality } from './personality.ts';
import { EXCHANGE_LIMIT } from './sasl.ts';
import type { ServerEffect, ServerEvent } from './server-events.ts';
import type { serverMachine } from './server.machine.ts';
import { replyTo, type Reply, type Speaker } from './server-replies.ts';
import type { Pop3Event, ServerSessionEffect, TimerName } from './session.ts';
import { pathOf, start, stateOf, step } from './step.ts';
import type { MailStore, Opening, Proof } from './store.ts';
import { wired, type Wire } from './wiring.ts';

export type { Pop3Event, ServerSessionEffect as SessionEffect } from './session.ts';

export interface ServerSessionOptions {
	/** Unique among the store's sessions: holds the lock under this name. */
	readonly id: string;
	readonly store: MailStore;
	/** Name of a file in personalities/. */
	readonly personality: string;
	/** Habits that differ from the personality's. */
	readonly habits?: Partial<Habits>;
	/** Arrows of its chart that are aimed otherwise than RFC 1939 has them. */
	readonly wires?: readonly Wire[];
	/** Text after `+OK ` in the greeting; absent: the personality's own. */
	readonly greeting?: string;
	/** Timestamp for APOP, angle brackets included; absent: APOP is not offered (RFC 1939 §7). */
	readonly stamp?: string;
	/** What CRAM-MD5 asks with, never the same; absent: the timestamp, or one made of `id` (RFC 2195 §2). */
	readonly challenge?: string;
	/** The server's own name, where its wording uses one. */
	readonly host?: string;
	/** The time in µs, for LOGIN-DELAY; absent: no login is too soon. */
	readonly now?: () => number;
}

export class ServerSession {
	readonly #options: ServerSessionOptions;
	readonly #habits: Habits;
	readonly #machine: typeof serverMachine;
	readonly #speaker: Speaker;
	#framer: LineFramer;
	#snapshot: SnapshotFrom<typeof serverMachine>;
	#messages: readonly Message[] = [];
	#login = 0;
	/** Lines that have come and are not yet heard, because the chart is asking. */
	#lines: Line[] = [];
	/** Of the command being answered; `greeting` before the first. */
	#keyword = 'greeting';
	/** Autologout's delay that is in force. */
	#patience: number | null = null;
	/** What the store answered and the chart has not heard yet. */
	#answers: ServerEvent[] = [];
	#done: ServerSessionEffect[] = [];

	/** @throws Error on an unknown personality. */
	constructor(options: ServerSessionOptions) {
		const { host = 'localhost', stamp, greeting } = options;
		const chosen = personality(options.personality);
		this.#options = options;
		this.#habits = { ...chosen.habits, ...options.habits };
		this.#speaker = { personality: chosen, host, greeting };
		this.#framer = this.#newFramer();
		const challenge = options.challenge ?? stamp ?? `<${options.id}@${host}>`;
		this.#machine = wired(options.wires);
		this.#snapshot = start(this.#machine, { stamp: stamp ?? null, challenge, habits: this.#habits }).snapshot;
	}

	/** For views: the chart is `wired(wires)`, this is where it stands. */
	get snapshot(): SnapshotFrom<typeof serverMachine> {
		return this.#snapshot;
	}

	/** The connection is established: the server speaks first. */
	open(): ServerSessionEffect[] {
		return this.#happen({ type: 'CONNECTED' });
	}

	/** Octets have arrived; segment boundaries mean nothing. */
	octets(received: Uint8Array): ServerSessionEffect[] {
		if (this.#over) return [];
		const lines = this.#framer.push(received);
		if (lines.length === 0) return [];
		this.#lines.push(...lines);
		if (this.#patience !== null) this.#setTimer('autologout', this.#patience);
		return this.#take();
	}

	/** The peer closed its half. A line that it left unfinished is no command. */
	ended(): ServerSessionEffect[] {
		return this.#happen({ type: 'ENDED' });
	}

	/** The connection is gone: reset, or given up by TCP. */
	lost(): ServerSessionEffect[] {
		return this.#happen({ type: 'LOST' });
	}

	/** The time of a `timer` effect has come. */
	timeout(timer: TimerName): ServerSessionEffect[] {
		return this.#happen({ type: timer === 'autologout' ? 'IDLE' : 'PAUSE OVER' });
	}

	/** What a `seal` effect asked for has been done. */
	sealed(): ServerSessionEffect[] {
		return this.#happen({ type: 'SEALED' });
	}

	get #over(): boolean {
		return this.#snapshot.status !== 'active';
	}

	#newFramer(): LineFramer {
		const { lineLimit, mechanisms, reading } = this.#habits;
		const limit = mechanisms.length > 0 ? Math.max(...lineLimit, EXCHANGE_LIMIT) : Math.max(...lineLimit);
		return new LineFramer({ limit, lenient: reading === 'lenient' });
	}

	#happen(event: ServerEvent): ServerSessionEffect[] {
		if (this.#over) return [];
		this.#tell(event);
		return this.#take();
	}

	/** Hears what lines there are, and hands over what has come of it all. */
	#take(): ServerSessionEffect[] {
		while (!this.#over && !this.#snapshot.hasTag('asking')) {
			const line = this.#lines.shift();
			if (!line) break;
			this.#hear(line);
		}
		if (this.#over && this.#patience !== null) {
			this.#setTimer('autologout', null);
			this.#patience = null;
		}
		const done = this.#done;
		this.#done = [];
		return done;
	}

	#hear(line: Line): void {
		const state = stateOf(pathOf(this.#snapshot));
		if (this.#snapshot.hasTag('exchanging')) {
			this.#log({ kind: 'pop3.command', keyword: this.#keyword, args: line.text, state });
			return this.#tell({ type: 'RESPONSE', text: line.text });
		}
		const heard = this.#within(line);
		const { keyword, args } = splitLine(heard.text);
		this.#keyword = keyword;
		this.#log({ kind: 'pop3.command', keyword, args, state });
		this.#tell(this.#read(heard));
	}

	/** The line as the limit that is in force now leaves it. */
	#within(line: Line): Line {
		const { lineLimit } = this.#habits;
		const limit = lineLimit[this.#snapshot.context.admitted ? 1 : 0];
		if (!line.tooLong && line.text.length + (line.end === 'CRLF' ? 2 : 1) <= limit) return line;
		return { ...line, text: line.text.slice(0, limit), tooLong: true };
	}

	#read(line: Line): ServerEvent {
		const { admitted, utf8 } = this.#snapshot.context;
		return this.#habits.reading === 'lenient' ? readLeniently(line, admitted) : readCommand(line, utf8);
	}

	#tell(first: ServerEvent): void {
		let event: ServerEvent | undefined = first;
		while (event) {
			const { snapshot, passages } = step(this.#machine, this.#snapshot, event);
			this.#snapshot = snapshot;
			for (const { from, to, effects } of passages) {
				if (from !== to) {
					const moved = { from: stateOf(from), to: stateOf(to), on: event.type, path: to };
					this.#log({ kind: 'pop3.state', side: 'server', ...moved });
				}
				for (const effect of effects) this.#perform(effect as ServerEffect);
			}
			event = this.#answers.shift();
		}
	}

	#log(event: Pop3Event): void {
		this.#done.push({ type: 'log', event });
	}

	#setTimer(timer: TimerName, after: number | null): void {
		this.#done.push({ type: 'timer', timer, after });
	}

	#reply({ ok, text, utf8, body }: Reply): void {
		const status = ok === null ? '+ ' : ok ? '+OK' : '-ERR';
		const line = `${status}${text === '' || ok === null ? '' : ' '}${text}\r\n`;
		const head = utf8 ? utf8ToOctets(line) : latin1ToOctets(line);
		const octets = body ? concatOctets([head, body]) : head;
		this.#log({
			kind: 'pop3.reply',
			keyword: this.#keyword,
			ok: ok !== false,
			text,
			octets: octets.length
		});
		this.#done.push({ type: 'write', octets });
	}

	#perform(effect: ServerEffect): void {
		const { store, id } = this.#options;
		const { context } = this.#snapshot;
		switch (effect.type) {
			case 'noteMarked': {
				const mark = { user: context.user, ...effect.params, marked: true };
				return this.#log({ kind: 'maildrop.mark', ...mark });
			}
			case 'noteUnmarked':
				for (const mark of effect.params.marks) {
					this.#log({ kind: 'maildrop.mark', user: context.user, ...mark, marked: false });
				}
				return;
			case 'staySilent':
				return;
			case 'expectLineWithin': {
				const { delay } = effect.params;
				if (delay !== null || this.#patience !== null) this.#setTimer('autologout', delay);
				this.#patience = delay;
				return;
			}
			case 'pause':
				return this.#setTimer('pause', effect.params.delay);
			case 'seal':
				this.#lines = [];
				this.#framer = this.#newFramer();
				this.#done.push({ type: 'seal' });
				return;
			case 'lookUpName': {
				const known = store.knows(decodeUtf8(effect.params.user));
				this.#answers.push({ type: known ? 'KNOWN' : 'UNKNOWN' });
				return;
			}
			case 'openMaildrop':
				return this.#openMaildrop(effect.params.user, effect.params.proof);
			case 'expunge': {
				const { user, uids } = effect.params;
				const gone = store.expunge(id, decodeUtf8(user), uids);
				for (const uid of gone) this.#log({ kind: 'maildrop.expunge', user, uid });
				this.#answers.push({ type: gone.length === uids.length ? 'UPDATED' : 'FAILED' });
				return;
			}
			case 'releaseMaildrop': {
				const { user } = effect.params;
				if (store.release(id, decodeUtf8(user))) this.#log({ kind: 'maildrop.lock', user, held: false });
				return;
			}
			case 'hangUp':
				this.#done.push({ type: 'close' });
				return;
			default: {
				const keyword = this.#keyword;
				const situation = { context, keyword, messages: this.#messages, login: this.#login };
				const reply = replyTo(effect, this.#speaker, situation);
				if (reply) this.#reply(reply);
			}
		}
	}

	#openMaildrop(user: string, proof: Proof): void {
		const { id, store, now } = this.#options;
		const { loginDelay } = this.#habits;
		const moment = now && loginDelay > 0 ? { now: now(), loginDelay } : undefined;
		const shown: Proof =
			proof.kind === 'password' ? { ...proof, password: decodeUtf8(proof.password) } : proof;
		const opening = store.open(id, decodeUtf8(user), shown, moment);
		if (opening.result !== 'opened') return void this.#answers.push(ANSWERS[opening.result]);
		this.#messages = opening.messages;
		this.#login = opening.logins ?? 1;
		this.#log({ kind: 'maildrop.lock', user, held: true });
		const count = this.#habits.countsCharacters ? charactersOf : sizeOf;
		const entries = opening.messages.map(({ uid, octets }) => ({
			uid,
			size: count(octets),
			...(isWide(octets) && { wide: true as const })
		}));
		this.#answers.push({ type: 'OPENED', entries });
	}
}

const ANSWERS: Readonly<Record<Exclude<Opening['result'], 'opened'>, ServerEvent>> = {
	locked: { type: 'LOCKED' },
	denied: { type: 'DENIED' },
	early: { type: 'UNAVAILABLE', fault: 'loginTooSoon' },
	broken: { type: 'UNAVAILABLE', fault: 'maildropBroken' },
	lost: { type: 'UNAVAILABLE', fault: 'maildropLost' }
};
