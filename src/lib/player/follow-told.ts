/** What is known of an octet of a followed connection, in words. Pure; read only when a connection is looked at. */
import * as words from '#words/follow-told.ts';
import type { Place, Told } from './follow.ts';
import type { PacketRow } from './packets.ts';

/** `desk:49152 to post:110`. */
export function endsText([first]: readonly PacketRow[]): string {
	if (!first?.tcp) return '';
	return words.ends(`${first.from}:${first.tcp.srcPort}`, `${first.to}:${first.tcp.dstPort}`);
}

const NAMES: Readonly<Record<number, string>> = { 9: 'TAB', 10: 'LF', 13: 'CR', 32: words.space };
const named = (value: number): string =>
	NAMES[value] ?? (value > 32 && value < 127 ? `“${String.fromCharCode(value)}”` : words.octet);

/** What it is: `“.”, hex 2e: octet 57 of letter 3 (dots)`. */
export function whatText(told: Told, place: Place): string {
	const { value, run } = told;
	if (!run) return words.unseen;
	return words.octetIs(named(value), value.toString(16).padStart(2, '0'), meaningText(told, place));
}

/** Of what it is part: `octet 57 of letter 3 (dots)`. */
export function meaningText({ run, origin }: Told, { octet }: Place): string {
	if (!run) return words.unseen;
	if (!origin) return words.ofStream;
	const { command, kind, letter, from } = origin;
	const reply = command === 'greeting' ? words.theGreeting : command ? words.replyTo(command) : words.aReply;
	switch (kind) {
		case 'command':
			return origin.event === null ? words.unread : words.theCommand(command);
		case 'line-end':
			return words.endsLine;
		case 'status':
			return words.firstLine(reply);
		case 'listing':
			return words.octetOfLine(octet - from, reply);
		case 'letter':
			return letter
				? words.octetOfLetter(letter.stored + octet - from, letter.number, letter.name)
				: words.ofLetter;
		case 'stuffed-dot':
			return words.stuffed;
		case 'final-dot':
			return words.finalDot(reply);
		case 'added-line-end':
			return words.addedEnd;
		case 'unknown':
			return words.nothingSays;
	}
}

/** How it came: `Octet 3 of the text of packet 9, sequence number 1014, byte 43 of the packet; sent again as 12.` */
export function howText({ run, at, nth, sequence, origin, command }: Told, { octet }: Place): string {
	if (!run?.row) return words.gap(octet);
	const parts = [
		words.octetOfStream(octet),
		words.octetOfText(nth, run.row.packet),
		words.sequence(sequence ?? 0),
		words.byteOfPacket(at)
	];
	const said = [parts.join(', ')];
	if (run.lost) said.push(words.neverCame);
	if (run.copies.length) said.push(words.alsoIn(run.copies));
	if (command !== null && origin) said.push(words.askedForBy(command));
	if (origin?.input != null) said.push(words.goesBackTo(origin.input + 1));
	const text = said.join('; ');
	return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
