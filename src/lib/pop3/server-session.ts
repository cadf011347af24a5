/**
 * One server session: octets in, effects out. It frames lines, hands them to the chart, performs the chart's
 * effects on the store and in words, and hands the store's answers back. It decides nothing: every choice is
 * a guard of the chart.
 */
import type { SnapshotFrom } from 'xstate';
import { concatOctets, latin1ToOctets } from '#lib/mail/octets.ts';
import { splitLine } from './commands.ts';
import { LineFramer } from './framer.ts';
import { readCommand } from './grammar.ts';
import { entryAt, totals, unmarked, type Message } from './maildrop.ts';
import { listing, sizeOf, stuff, topOf } from './multiline.ts';
import { personality, type Personality, type Topic } from './personality.ts';
import { serverMachine, type ServerEffect, type ServerEvent } from './server.machine.ts';
import type { Pop3Event, SessionEffect } from './session.ts';
import { pathOf, start, stateOf, step } from './step.ts';
import type { MailStore, Proof } from './store.ts';

export type { Pop3Event, SessionEffect } from './session.ts';

export interface ServerSessionOptions {
	/** Unique among the store's sessions: holds the lock under this name. */
	readonly id: string;
	readonly store: MailStore;
	/** Name of a file in personalities/. */
	readonly personality: string;
	/** Text after `+OK ` in the greeting; absent: the personality's own. */
	readonly greeting?: string;
	/** Timestamp for APOP, angle brackets included; absent: APOP is not offered (RFC 1939 §7). */
	readonly stamp?: string;
	/** The server's own name, where its wording uses one. */
	readonly host?: string;
}

export class ServerSession {
	#options: ServerSessionOptions;
	#words: Personality;
	#framer = new LineFramer();
	#snapshot: SnapshotFrom<typeof serverMachine>;
	#messages: readonly Message[] = [];
	/** Of the command being answered; `greeting` before the first. */
	#keyword = 'greeting';
	/** What the store answered and the chart has not heard yet. */
	#answers: ServerEvent[] = [];
	#done: SessionEffect[] = [];

	/** @throws Error on an unknown personality. */
	constructor(options: ServerSessionOptions) {
		this.#options = options;
		this.#words = personality(options.personality);
		const { namesAreChecked } = this.#words;
		this.#snapshot = start(serverMachine, { stamp: options.stamp ?? null, namesAreChecked }).snapshot;
	}

	/** For views: the chart is `serverMachine`, this is where it stands. */
	get snapshot(): SnapshotFrom<typeof serverMachine> {
		return this.#snapshot;
	}

	/** The connection is established: the server speaks first. */
	open(): SessionEffect[] {
		this.#tell({ type: 'CONNECTED' });
		return this.#take();
	}

	/** Octets have arrived; segment boundaries mean nothing. */
	octets(received: Uint8Array): SessionEffect[] {
		for (const line of this.#framer.push(received)) {
			if (this.#snapshot.status !== 'active') break;
			const { keyword, args } = splitLine(line.text);
			this.#keyword = keyword;
			this.#log({ kind: 'pop3.command', keyword, args, state: stateOf(pathOf(this.#snapshot)) });
			this.#tell(readCommand(line));
		}
		return this.#take();
	}

	/** The peer closed its half. A line that it left unfinished is no command. */
	ended(): SessionEffect[] {
		this.#tell({ type: 'ENDED' });
		return this.#take();
	}

	/** The connection is gone: reset, or given up by TCP. */
	lost(): SessionEffect[] {
		this.#tell({ type: 'LOST' });
		return this.#take();
	}

	#take(): SessionEffect[] {
		const done = this.#done;
		this.#done = [];
		return done;
	}

	#tell(first: ServerEvent): void {
		let event: ServerEvent | undefined = first;
		while (event) {
			const { snapshot, passages } = step(serverMachine, this.#snapshot, event);
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

	get #topic(): Topic {
		const { user, drop } = this.#snapshot.context;
		return { host: this.#options.host ?? 'localhost', user, ...totals(drop) };
	}

	#reply(ok: boolean, text: string, body?: Uint8Array): void {
		const status = latin1ToOctets(`${ok ? '+OK' : '-ERR'}${text === '' ? '' : ' '}${text}\r\n`);
		const octets = body ? concatOctets([status, body]) : status;
		this.#log({ kind: 'pop3.reply', keyword: this.#keyword, ok, text, octets: octets.length });
		this.#done.push({ type: 'write', octets });
	}

	#octetsOf(number: number): Uint8Array {
		return this.#messages[number - 1]?.octets ?? new Uint8Array();
	}

	#noteMark(number: number, marked: boolean): void {
		const { user, drop } = this.#snapshot.context;
		const uid = entryAt(drop, number)?.uid ?? '';
		this.#log({ kind: 'maildrop.mark', user, number, uid, marked });
	}

	#perform(effect: ServerEffect): void {
		const { store, id, stamp } = this.#options;
		const words = this.#words;
		const { drop } = this.#snapshot.context;
		const topic = this.#topic;
		switch (effect.type) {
			case 'replyGreeting': {
				const text = this.#options.greeting ?? words.greeting(topic);
				return this.#reply(true, stamp === undefined ? text : `${text} ${stamp}`);
			}
			case 'replySendPass':
				return this.#reply(true, words.sendPass(topic));
			case 'replyWelcome':
				return this.#reply(true, words.welcome(topic));
			case 'replyTotals':
				return this.#reply(true, `${topic.count} ${topic.octets}`);
			case 'replyListing': {
				const rows = unmarked(drop).map(({ number, size }) => `${number} ${size}`);
				return this.#reply(true, words.listing(topic), listing(rows));
			}
			case 'replyListingOf': {
				const { number } = effect.params;
				return this.#reply(true, `${number} ${entryAt(drop, number)?.size ?? 0}`);
			}
			case 'replyMessage': {
				const octets = this.#octetsOf(effect.params.number);
				return this.#reply(true, words.message(sizeOf(octets)), stuff(octets));
			}
			case 'replyTop': {
				const { number, lines } = effect.params;
				const top = topOf(this.#octetsOf(number), lines);
				return this.#reply(true, words.top(sizeOf(top)), stuff(top));
			}
			case 'replyMarked':
				return this.#reply(true, words.marked(effect.params.number));
			case 'replyNothingDone':
				return this.#reply(true, words.nothingDone());
			case 'replyUnmarked':
				return this.#reply(true, words.unmarked(topic));
			case 'replyUids': {
				const rows = unmarked(drop).map(({ number, uid }) => `${number} ${uid}`);
				return this.#reply(true, words.uids(topic), listing(rows));
			}
			case 'replyUidOf': {
				const { number } = effect.params;
				return this.#reply(true, `${number} ${entryAt(drop, number)?.uid ?? ''}`);
			}
			case 'replyGoodbye':
				return this.#reply(true, words.goodbye(topic));
			case 'replyUpdated':
				return this.#reply(true, words.updated(topic));
			case 'refuse':
				return this.#reply(false, words.faults[effect.params.fault](topic));
			case 'noteMarked':
				return this.#noteMark(effect.params.number, true);
			case 'noteUnmarked':
				for (const number of effect.params.numbers) this.#noteMark(number, false);
				return;
			case 'lookUpName': {
				this.#answers.push({ type: store.knows(effect.params.user) ? 'KNOWN' : 'UNKNOWN' });
				return;
			}
			case 'openMaildrop': {
				const { user, kind, secret } = effect.params;
				const proof: Proof =
					kind === 'password' ? { kind, password: secret } : { kind, stamp: stamp ?? '', digest: secret };
				return this.#openMaildrop(user, proof);
			}
			case 'expunge': {
				const { user, uids } = effect.params;
				const gone = store.expunge(id, user, uids);
				for (const uid of gone) this.#log({ kind: 'maildrop.expunge', user, uid });
				this.#answers.push({ type: gone.length === uids.length ? 'UPDATED' : 'FAILED' });
				return;
			}
			case 'releaseMaildrop': {
				const { user } = effect.params;
				if (store.release(id, user)) this.#log({ kind: 'maildrop.lock', user, held: false });
				return;
			}
			case 'hangUp':
				this.#done.push({ type: 'close' });
				return;
		}
	}

	#openMaildrop(user: string, proof: Proof): void {
		const opening = this.#options.store.open(this.#options.id, user, proof);
		if (opening.result !== 'opened') {
			this.#answers.push({ type: opening.result === 'denied' ? 'DENIED' : 'LOCKED' });
			return;
		}
		this.#messages = opening.messages;
		this.#log({ kind: 'maildrop.lock', user, held: true });
		const entries = opening.messages.map(({ uid, octets }) => ({ uid, size: sizeOf(octets) }));
		this.#answers.push({ type: 'OPENED', entries });
	}
}
