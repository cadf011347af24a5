/**
 * A letter as a mail program reads it: RFC 5322 header, MIME parts (RFC 2045), by a library. Law: a letter is hostile
 * until it is read here. Nothing in it can throw, take long or take more room than `LIMITS`; what was cut or could not
 * be read is said in `warnings`, and the stored octets stay what they were.
 */
import PostalMime, { type Address } from 'postal-mime';
import * as words from '#words/letter-reading.ts';
import { textOfHtml } from './html-text.ts';

export const LIMITS = {
	/** Octets of a letter that is taken apart at all. */
	octets: 32 * 1024 * 1024,
	/** Characters of the text, and of the HTML, that are shown. */
	text: 200_000,
	/** Characters of one header field that are shown. */
	field: 1000,
	nesting: 32,
	/** Octets of all headers together. */
	headers: 256 * 1024,
	attachments: 100
} as const;

export interface Attachment {
	readonly name: string;
	/** Media type, `image/png`. */
	readonly type: string;
	/** Octets, decoded. */
	readonly octets: number;
}

export interface Reading {
	/** Header fields as text; empty where the letter has none. */
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	readonly date: string;
	readonly text: string;
	/** As it came: to be shown only when cleaned, and only inside a frame of its own. Null: there is none. */
	readonly html: string | null;
	readonly attachments: readonly Attachment[];
	readonly warnings: readonly string[];
}

export async function readLetter(octets: Uint8Array): Promise<Reading> {
	if (octets.length > LIMITS.octets) {
		return unread(octets, words.tooLarge(octets.length, LIMITS.octets));
	}
	try {
		const email = await PostalMime.parse(octets, {
			maxNestingDepth: LIMITS.nesting,
			maxHeadersSize: LIMITS.headers
		});
		const warnings: string[] = [];
		const cut = (text: string, what: string): string => {
			if (text.length <= LIMITS.text) return text;
			warnings.push(words.isLong(what, LIMITS.text, text.length));
			return text.slice(0, LIMITS.text);
		};
		const html = email.html ? cut(email.html, words.html) : null;
		const listed = email.attachments.slice(0, LIMITS.attachments);
		if (listed.length < email.attachments.length) {
			warnings.push(words.attachments(email.attachments.length, LIMITS.attachments));
		}
		return {
			from: email.from ? people([email.from]) : '',
			to: people(email.to ?? []),
			subject: plain(email.subject ?? ''),
			date: plain(email.date ?? ''),
			text: email.text ? cut(email.text, words.text) : textOfHtml(html ?? ''),
			html,
			attachments: listed.map(({ filename, mimeType, content }) => ({
				name: plain(filename ?? '') || words.noName,
				type: plain(mimeType),
				octets: typeof content === 'string' ? content.length : content.byteLength
			})),
			warnings
		};
	} catch (error) {
		return unread(octets, error instanceof Error ? error.message : String(error));
	}
}

/** A letter that could not be taken apart, shown as it came. */
function unread(octets: Uint8Array, why: string): Reading {
	const text = new TextDecoder('latin1').decode(octets.subarray(0, LIMITS.text));
	return {
		from: '',
		to: '',
		subject: '',
		date: '',
		text,
		html: null,
		attachments: [],
		warnings: [words.unread(plain(why), octets.length > text.length ? text.length : null)]
	};
}

function people(addresses: readonly Address[]): string {
	const one = ({ name, address }: { name: string; address?: string | undefined }): string =>
		address ? (name ? `${name} <${address}>` : address) : name;
	return plain(
		addresses
			.map((each) => (each.group ? `${each.name}: ${each.group.map(one).join(', ')}` : one(each)))
			.join(', ')
	);
}

/** One line of a header: no control characters and none that turn the direction of what follows. */
function plain(text: string): string {
	const line = text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
	return line.length > LIMITS.field ? `${line.slice(0, LIMITS.field)}…` : line;
}
