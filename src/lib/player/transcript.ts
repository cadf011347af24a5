/**
 * What a terminal shows and where its session stands, folded from the log up to the cursor. Law: server text is the
 * octets that arrived, character for character; a line begins where the last line end was, whatever the segments.
 */
import { decodeUtf8 } from '#lib/capture/utf8.ts';
import type { Event } from '#lib/sim/event.ts';

export interface Line {
	readonly origin: 'typed' | 'server' | 'local';
	/** Without its line end. */
	readonly text: string;
	/** The octets that ended it; empty while the rest is still to come, and for lines that are no octets at all. */
	readonly end: '' | '\n' | '\r\n';
	/** Log position of the event that began it. */
	readonly seq: number;
}

export function transcript(log: readonly Event[], host: string): readonly Line[] {
	const lines: Line[] = [];
	for (const event of log) {
		if (event.kind !== 'terminal' || event.host !== host) continue;
		const { origin, octets, seq } = event;
		if (origin !== 'server') {
			lines.push({ origin, text: readable(octets.replace(/\r?\n$/, '')), end: '', seq });
			continue;
		}
		for (const piece of octets.split(/(?<=\n)/)) {
			if (piece === '') continue;
			const open = lines.at(-1);
			const goesOn = open?.origin === 'server' && open.end === '';
			const whole = (goesOn ? open.text : '') + piece;
			const end = whole.endsWith('\r\n') ? '\r\n' : whole.endsWith('\n') ? '\n' : '';
			const line: Line = {
				origin,
				text: whole.slice(0, whole.length - end.length),
				end,
				seq: goesOn ? open.seq : seq
			};
			if (goesOn) lines[lines.length - 1] = line;
			else lines.push(line);
		}
	}
	return lines;
}

/** A person's own characters, which left the keyboard as UTF-8; octets that are none stay as they are. */
function readable(octets: string): string {
	if (!/[\x80-\xff]/.test(octets)) return octets;
	const text = decodeUtf8(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
	return text.includes('\ufffd') ? octets : text;
}

/** Where the POP3 session of `host` stands: null without a connection that still takes its commands. */
export function sessionState(log: readonly Event[], host: string): string | null {
	let connection: string | null = null;
	for (let i = log.length - 1; i >= 0 && connection === null; i--) {
		const event = log[i];
		if (event?.kind !== 'tcp.state' || event.host !== host) continue;
		if (event.to !== 'ESTABLISHED' && event.to !== 'CLOSE-WAIT') return null;
		connection = event.connection;
	}
	if (connection === null) return null;
	const last = log.findLast(
		(event) => event.kind === 'pop3.state' && event.side === 'server' && event.session === connection
	);
	return last?.kind === 'pop3.state' ? last.to : 'AUTHORIZATION';
}

/** The lines a person typed, oldest first, without repeats of the one before: what Up brings back. */
export function typedLines(lines: readonly Line[]): readonly string[] {
	const typed = lines.filter(({ origin, text }) => origin === 'typed' && text !== '').map(({ text }) => text);
	return typed.filter((text, i) => text !== typed[i - 1]);
}
