/**
 * A person at a terminal: typed lines in, effects out, around the client chart. `connect HOST [PORT]` is the
 * terminal's own command; every other line goes to the server as typed, with CRLF. Whatever the server sends
 * is printed as it arrived, by whole lines.
 */
import type { SnapshotFrom } from 'xstate';
import { latin1ToOctets, octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { clientMachine, type ClientEffect, type ClientEvent, type Failure } from './client.machine.ts';
import { LineFramer } from './framer.ts';
import { ReplyReader, type Piece } from './reply-reader.ts';
import type { Pop3Event, SessionEffect } from './session.ts';
import { start, stateOf, step } from './step.ts';
import { localWords, readConnect } from './terminal-words.ts';

export type TerminalEffect =
	| SessionEffect
	| { readonly type: 'connect'; readonly host: string; readonly port: number }
	/** latin1 text, each line with its CRLF; the last of a broken connection may lack it. */
	| { readonly type: 'print'; readonly origin: 'server' | 'local'; readonly octets: string };

/** The reply being read. */
interface Reading {
	readonly ok: boolean;
	readonly text: string;
	readonly lines: number;
	readonly octets: number;
}

const nothingRead: Reading = { ok: false, text: '', lines: 0, octets: 0 };

export class TerminalSession {
	#snapshot: SnapshotFrom<typeof clientMachine> = start(clientMachine).snapshot;
	#sent = new LineFramer();
	#reader = new ReplyReader();
	#reading = nothingRead;
	/** Start of the line in hand. */
	#lineStart = '';
	#done: TerminalEffect[] = [];

	/** For views: the chart is `clientMachine`, this is where it stands. */
	get snapshot(): SnapshotFrom<typeof clientMachine> {
		return this.#snapshot;
	}

	/** There is a connection, or one is being made. */
	get open(): boolean {
		return this.#snapshot.matches('connecting') || this.#snapshot.matches('connected');
	}

	/** A line from the keyboard, without its line end. */
	typed(line: string): TerminalEffect[] {
		const own = readConnect(line);
		if (own) this.#tell(own);
		else return this.raw(utf8ToOctets(`${line}\r\n`));
		return this.#take();
	}

	/** Octets to send exactly as they are. */
	raw(octets: Uint8Array): TerminalEffect[] {
		const lines = this.#sent.push(octets).map(({ text }) => text);
		this.#tell({ type: 'TYPED', octets: octetsToLatin1(octets), lines });
		return this.#take();
	}

	/** The connection is established; `session` is its text. */
	connected(session: string): TerminalEffect[] {
		this.#sent = new LineFramer();
		this.#reader = new ReplyReader();
		this.#reading = nothingRead;
		this.#tell({ type: 'CONNECTED', session });
		return this.#take();
	}

	/** Octets have arrived. */
	octets(received: Uint8Array): TerminalEffect[] {
		const pieces = this.#reader.push(received);
		this.#print('server', pieces.map((piece) => piece.octets).join(''));
		for (const piece of pieces) this.#read(piece);
		return this.#take();
	}

	/** The server closed its half. */
	ended(): TerminalEffect[] {
		this.#printRest();
		this.#tell({ type: 'ENDED' });
		return this.#take();
	}

	/** The connection could not be made, or broke. */
	failed(error: Failure): TerminalEffect[] {
		this.#printRest();
		this.#tell({ type: 'FAILED', error });
		return this.#take();
	}

	#take(): TerminalEffect[] {
		const done = this.#done;
		this.#done = [];
		return done;
	}

	#log(event: Pop3Event): void {
		this.#done.push({ type: 'log', event });
	}

	#print(origin: 'server' | 'local', octets: string): void {
		if (octets !== '') this.#done.push({ type: 'print', origin, octets });
	}

	#say(words: string): void {
		this.#print('local', `${octetsToLatin1(utf8ToOctets(words))}\r\n`);
	}

	/** A line that the connection's end leaves unfinished is shown as far as it came. */
	#printRest(): void {
		this.#print('server', this.#reader.flush());
	}

	#tell(event: ClientEvent): void {
		const { snapshot, passages } = step(clientMachine, this.#snapshot, event);
		this.#snapshot = snapshot;
		for (const { from, to, effects } of passages) {
			if (from !== to) {
				const moved = { from: stateOf(from), to: stateOf(to), on: event.type, path: to };
				this.#log({ kind: 'pop3.state', side: 'client', ...moved });
			}
			for (const effect of effects) this.#perform(effect as ClientEffect);
		}
	}

	/** The reader cuts lines; which of them mean something is the chart's state. */
	#read({ octets, begins, ends }: Piece): void {
		if (begins) this.#lineStart = octets;
		const inLines = this.#snapshot.matches({ connected: 'readingLines' });
		if (begins && !inLines) this.#reading = nothingRead;
		const reading = this.#reading;
		this.#reading = { ...reading, octets: reading.octets + octets.length };
		if (!ends) return;
		if (!inLines) {
			const status = /^(\+OK|-ERR)(?: |\r\n$)/.exec(this.#lineStart);
			const text = this.#lineStart.slice(status ? status[0].length : 0).replace(/\r\n$/, '');
			const ok = status?.[1] === '+OK';
			this.#reading = { ...this.#reading, ok, text };
			this.#tell({ type: 'STATUS', ok });
		} else if (begins && octets === '.\r\n') {
			this.#tell({ type: 'DOT' });
		} else {
			this.#reading = { ...this.#reading, lines: this.#reading.lines + 1 };
		}
	}

	#perform(effect: ClientEffect): void {
		switch (effect.type) {
			case 'openConnection':
				this.#done.push({ type: 'connect', ...effect.params });
				return;
			case 'transmit':
				for (const line of effect.params.lines) this.#log({ kind: 'pop3.sent', line });
				this.#done.push({ type: 'write', octets: latin1ToOctets(effect.params.octets) });
				return;
			case 'hangUp':
				this.#done.push({ type: 'close' });
				return;
			case 'noteReply':
				this.#log({ kind: 'pop3.received', keyword: effect.params.keyword, ...this.#reading });
				return;
			default:
				return this.#say(localWords(effect));
		}
	}
}
