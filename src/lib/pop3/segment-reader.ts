/**
 * How a naive client reads: what one segment brings is one reply, whatever is missing of it and whatever follows. Only
 * `-ERR` at its beginning is told from `+OK`.
 */
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { unstuffLine } from './multiline.ts';
import { whereIn, type Expected, type Read, type Reader } from './reply.ts';

export class SegmentReader implements Reader {
	#segments: string[] = [];

	/** It never looks. */
	readonly rest = null;

	push(octets: Uint8Array): void {
		if (octets.length > 0) this.#segments.push(octetsToLatin1(octets));
	}

	where({ label }: Expected): string {
		return whereIn(label, 1);
	}

	next({ body }: Expected): Read | null {
		const segment = this.#segments.shift();
		if (segment === undefined) return null;
		const [status = '', ...lines] = segment.split('\r\n');
		const ok = !status.startsWith('-ERR');
		const text = status.replace(/^(\+OK|-ERR) ?/, '');
		if (lines.at(-1) === '') lines.pop();
		if (lines.at(-1) === '.') lines.pop();
		const rows = lines.map(unstuffLine);
		const whole = segment.endsWith('\r\n') ? '\r\n' : '';
		const letter =
			ok && body === 'letter' ? latin1ToOctets(rows.join('\r\n') + (rows.length > 0 ? whole : '')) : null;
		const reply = { ok, text, rows, letter, flaw: null, lines: rows.length, octets: segment.length };
		return { type: 'reply', reply };
	}
}
