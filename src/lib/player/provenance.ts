/**
 * Where every octet of a POP3 connection comes from: which command, which reply and which line of it, which octet of
 * which stored letter, or what the server made itself. Law: origins follow each other without holes over the whole
 * stream; what a letter is said to have sent is held against its stored octets.
 */
import { letter } from '#lib/mail/letters.ts';
import type { Event, EventOf } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { maildrops } from '#lib/levels/maildrop.ts';
import { sourceLines } from './source.ts';
import { connectionNames, type Stream } from './stream.ts';

export type Kind =
	| 'command'
	| 'line-end'
	| 'status'
	| 'listing'
	| 'letter'
	/** Put before a dot that begins a line (RFC 1939 §3). */
	| 'stuffed-dot'
	/** The line that ends a reply. */
	| 'final-dot'
	/** The letter is stored without the end of its last line. */
	| 'added-line-end'
	/** Nothing in the log speaks of them. */
	| 'unknown';

export interface Origin {
	/** Octets of the stream, `[from, to)`. */
	readonly from: number;
	readonly to: number;
	readonly kind: Kind;
	/** The command, or the one that is replied to: `RETR 3`; `greeting`; '' where that is not known. */
	readonly command: string;
	/** Log position of `pop3.command` or `pop3.reply`; null: there is none yet. */
	readonly event: number | null;
	/** Log position of the input behind it. */
	readonly input: number | null;
	/** Name of the letter, its message number, and the stored octet with which `from` begins. */
	readonly letter?: { readonly name: string; readonly number: number; readonly stored: number };
}

type Loose = Omit<Origin, 'from' | 'to'>;

const CR = 13;
const LF = 10;
const DOT = 46;

/** What both directions of a POP3 connection come from: of the client's stream, of the server's. */
export function provenance(
	client: Stream,
	server: Stream,
	connection: string,
	log: readonly Event[],
	scenario: Scenario
): readonly [readonly Origin[], readonly Origin[]] {
	const nameOf = connectionNames(log);
	const mine = (session: string): boolean => nameOf(session) === nameOf(connection);
	const events = log.filter(
		(event): event is EventOf<'pop3.command' | 'pop3.reply' | 'maildrop.lock'> =>
			(event.kind === 'pop3.command' || event.kind === 'pop3.reply' || event.kind === 'maildrop.lock') &&
			mine(event.session)
	);
	return [commandOrigins(client, events, log), replyOrigins(server, events, log, scenario)];
}

/** The origin of an octet. */
export function originAt(origins: readonly Origin[], offset: number): Origin | undefined {
	let low = 0;
	let high = origins.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((origins[middle]?.to ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return origins[low];
}

/** The input at the beginning of the chain of causes. */
function inputBehind(log: readonly Event[], from: Event): number | null {
	let event: Event | undefined = from;
	while (event && event.kind !== 'input') event = event.cause === null ? undefined : log[event.cause];
	return event?.seq ?? null;
}

const label = ({ keyword, args }: EventOf<'pop3.command'>): string => (args ? `${keyword} ${args}` : keyword);

function lineEndAt(octets: Uint8Array, from: number, to: number): { text: number; next: number } {
	for (let at = from; at < to; at++)
		if (octets[at] === LF) return { text: at > from && octets[at - 1] === CR ? at - 1 : at, next: at + 1 };
	return { text: to, next: to };
}

/** Collects origins in order; empty ones fall away. */
function collector() {
	const origins: Origin[] = [];
	let next = 0;
	return {
		origins,
		get next(): number {
			return next;
		},
		put(to: number, what: Loose): void {
			if (to > next) origins.push({ from: next, to, ...what });
			next = Math.max(next, to);
		}
	};
}

function commandOrigins(
	{ octets }: Stream,
	events: readonly Event[],
	log: readonly Event[]
): readonly Origin[] {
	const commands = events.filter((event) => event.kind === 'pop3.command');
	const { origins, put } = collector();
	let known = 0;
	for (let from = 0; from < octets.length;) {
		const { text, next } = lineEndAt(octets, from, octets.length);
		const line = textOf(octets, from, text).trim().toUpperCase();
		// the server reads line by line; lines of an exchange have no keyword of their own
		const at = commands.findIndex(
			(one, i) => i >= known && [label(one), one.args].some((each) => each.trim().toUpperCase() === line)
		);
		const command = commands[at];
		if (command) known = at + 1;
		const what = {
			command: command ? label(command) : textOf(octets, from, text),
			event: command?.seq ?? null,
			input: command ? inputBehind(log, command) : null
		};
		put(text, { kind: 'command', ...what });
		put(next, { kind: 'line-end', ...what });
		from = next;
	}
	return origins;
}

function replyOrigins(
	stream: Stream,
	events: readonly EventOf<'pop3.command' | 'pop3.reply' | 'maildrop.lock'>[],
	log: readonly Event[],
	scenario: Scenario
): readonly Origin[] {
	const { octets, length } = stream;
	const all = collector();
	let command = 'greeting';
	let user: { host: string; name: string } | null = null;
	let end = 0;
	for (const event of events) {
		if (event.kind === 'pop3.command') command = label(event);
		else if (event.kind === 'maildrop.lock')
			user = event.held ? { host: event.host, name: event.user } : user;
		else {
			const from = end;
			end += event.octets;
			if (from >= length) break;
			const about = { command, event: event.seq, input: inputBehind(log, event) };
			const status = lineEndAt(octets, from, Math.min(end, length));
			all.put(status.text, { kind: 'status', ...about });
			all.put(status.next, { kind: 'line-end', ...about });
			const body = { from: status.next, to: end };
			const parts =
				event.ok && user ? letterParts(body, octets, command, log.slice(0, event.seq), scenario, user) : null;
			if (parts) for (const { to, ...part } of parts) all.put(Math.min(to, length), { ...about, ...part });
			else listing(body, octets, about, all.put);
		}
	}
	all.put(length, { kind: 'unknown', command: '', event: null, input: null });
	return all.origins;
}

function listing(
	body: { from: number; to: number },
	octets: Uint8Array,
	about: Omit<Loose, 'kind'>,
	put: (to: number, what: Loose) => void
): void {
	const limit = Math.min(body.to, octets.length);
	for (let from = body.from; from < limit;) {
		const { text, next } = lineEndAt(octets, from, limit);
		const final = next === body.to && textOf(octets, from, text) === '.';
		// a second dot can have come there in no other way
		if (octets[from] === DOT && octets[from + 1] === DOT) put(from + 1, { kind: 'stuffed-dot', ...about });
		put(text, { kind: final ? 'final-dot' : 'listing', ...about });
		put(next, { kind: final ? 'final-dot' : 'line-end', ...about });
		from = next;
	}
}

interface Part {
	readonly to: number;
	readonly kind: Kind;
	readonly letter?: Origin['letter'];
}

/** The body of a reply to RETR or TOP as parts of a stored letter; null: it is none of this user's letters. */
function letterParts(
	body: { from: number; to: number },
	octets: Uint8Array,
	command: string,
	log: readonly Event[],
	scenario: Scenario,
	user: { host: string; name: string }
): readonly Part[] | null {
	const asked = /^(?:RETR|TOP) +0*([0-9]+)/.exec(command)?.[1];
	if (asked === undefined) return null;
	const number = Number(asked);
	const box = maildrops(scenario, log).find((drop) => drop.host === user.host && drop.user === user.name);
	const there = (box?.letters ?? []).filter(({ gone }) => gone === null);
	// a server that numbers anew sends another than its first number says
	const likely = there.toSorted((a, b) => Number(b.number === number) - Number(a.number === number));
	for (const { name } of likely)
		for (const stuffing of [true, false]) {
			const parts = partsOf(name, number, body, octets, stuffing);
			if (parts) return parts;
		}
	return null;
}

/** Null: what travelled is not this letter. */
function partsOf(
	name: string,
	number: number,
	{ from, to }: { from: number; to: number },
	octets: Uint8Array,
	stuffing: boolean
): readonly Part[] | null {
	const stored = letter(name).octets;
	const parts: Part[] = [];
	const last = to - 3;
	let next = from;
	for (const line of sourceLines(stored)) {
		if (next >= last) break;
		if (stuffing && line.stuffed) parts.push({ to: ++next, kind: 'stuffed-dot' });
		const size = line.text.length + (line.end === 'CRLF' ? 2 : line.end === '' ? 0 : 1);
		for (let i = 0; i < size && next + i < octets.length; i++) {
			const octet = octets[next + i];
			// what nobody has seen reads as zero
			if (octet !== 0 && octet !== stored[line.from + i]) return null;
		}
		next += size;
		parts.push({ to: next, kind: 'letter', letter: { name, number, stored: line.from } });
	}
	if (next === last - 2) parts.push({ to: (next = last), kind: 'added-line-end' });
	return next === last ? [...parts, { to, kind: 'final-dot' }] : null;
}

function textOf(octets: Uint8Array, from: number, to: number): string {
	let text = '';
	for (let at = from; at < to; at++) text += String.fromCharCode(octets[at] ?? 0);
	return text;
}
