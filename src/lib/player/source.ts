/**
 * A letter's stored octets as lines, with the octet each starts at, its end as it is, and whether it is stuffed on the
 * wire (RFC 1939 §3). Law: the texts and ends joined, read as latin-1, are the stored octets again.
 */
export interface SourceLine {
	/** Offset of its first octet in the message. */
	readonly from: number;
	/** Latin-1, without the end. */
	readonly text: string;
	/** An LF without CR does not end a line of POP3; the last line may have no end. */
	readonly end: '' | 'CRLF' | 'CR' | 'LF';
	/** It starts with a dot: another one is put before it on the wire. */
	readonly stuffed: boolean;
}

const CR = 13;
const LF = 10;

export function sourceLines(octets: Uint8Array, max = Infinity): readonly SourceLine[] {
	const lines: SourceLine[] = [];
	// only CRLF starts another line on the wire, so only after it is a dot stuffed
	let fresh = true;
	for (let from = 0; from < octets.length && lines.length < max;) {
		let to = from;
		while (to < octets.length && octets[to] !== CR && octets[to] !== LF) to++;
		const end = to === octets.length ? '' : octets[to] === LF ? 'LF' : octets[to + 1] === LF ? 'CRLF' : 'CR';
		const text = latin1(octets.subarray(from, to));
		lines.push({ from, text, end, stuffed: fresh && text.startsWith('.') });
		fresh = end === 'CRLF';
		from = to + (end === '' ? 0 : end === 'CRLF' ? 2 : 1);
	}
	return lines;
}

const CHUNK = 0x2000;
function latin1(octets: Uint8Array): string {
	let text = '';
	for (let at = 0; at < octets.length; at += CHUNK) {
		text += String.fromCharCode(...octets.subarray(at, at + CHUNK));
	}
	return text;
}
