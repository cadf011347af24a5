/**
 * A capture as a run: hosts found from its addresses, one link between each two that talked, and a log of what the
 * packets and the judges' walks tell. Pure. A capture knows one time of each packet, where it was taken: a packet leaves
 * then, and arrives before the next is seen, for there has to be something to look at.
 */
import type { OpenedCapture } from '#lib/engine/capture-reader.ts';
import type { Deed } from '#lib/judge/judge.ts';
import type { SessionState } from '#lib/judge/dialogue.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Event, EventBody, Micros } from '#lib/sim/event.ts';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { octetsOf, type PacketTable } from '#lib/capture/table.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';

/** More hosts than this are drawn as `others`. */
export const MOST_HOSTS = 12;
const FLIGHT: Micros = 20_000;
const POP3_PORT = 110;
/** Where packets of hosts that are not drawn come from and go to. */
const OTHERS = ['others', 'others-2'] as const;

const addressOf = (bytes: Uint8Array, end: 'src' | 'dst'): number => IPV4.get[end](bytes, 0);
const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));

/** Who sends each packet to whom, by number of its address; the busiest hosts first. */
function busiest(table: PacketTable): readonly number[] {
	const packets = new Map<number, number>();
	for (let i = 0; i < table.count; i++) {
		const bytes = octetsOf(table, i);
		for (const end of ['src', 'dst'] as const) {
			const address = addressOf(bytes, end);
			packets.set(address, (packets.get(address) ?? 0) + 1);
		}
	}
	return [...packets].toSorted(([, a], [, b]) => b - a).map(([address]) => address);
}

interface Drawn {
	readonly scenario: Scenario;
	/** Names of hosts by address. */
	readonly names: ReadonlyMap<number, string>;
	/** Id of the link between two hosts. */
	readonly linkOf: (from: string, to: string) => string;
	/** Ends of packet `i`. */
	readonly endsOf: (i: number) => readonly [string, string];
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} - ${b}` : `${b} - ${a}`);

function draw({ table, judgement }: OpenedCapture): Drawn {
	const addresses = busiest(table);
	const few = addresses.length <= MOST_HOSTS;
	const names = new Map(
		addresses.slice(0, few ? MOST_HOSTS : MOST_HOSTS - 2).map((address) => [address, formatAddress(address)])
	);
	const endsOf = (i: number): readonly [string, string] => {
		const bytes = octetsOf(table, i);
		const from = names.get(addressOf(bytes, 'src')) ?? OTHERS[0];
		const to = names.get(addressOf(bytes, 'dst')) ?? OTHERS[0];
		// what a host sends to itself, and what the undrawn send each other, still needs two ends
		return from === to ? [OTHERS[0], OTHERS[1]] : [from, to];
	};
	const servers = new Map<string, number>();
	for (const { ends, pop3 } of judgement.conversations) {
		const port = portOf(ends.other);
		if (pop3 || port === POP3_PORT) servers.set(hostOf(ends.other), port);
		else if (!servers.has(hostOf(ends.other))) servers.set(hostOf(ends.other), 0);
	}
	const links = new Map<string, LinkSpec>();
	// a capture does not tell what a link carries: at least what was seen on it
	const mtu = table.length.subarray(0, table.count).reduce((most, length) => Math.max(most, length), 0);
	const seen = new Set<string>();
	for (let i = 0; i < table.count; i++) {
		const ends = endsOf(i);
		const id = pairOf(...ends);
		if (links.has(id)) continue;
		ends.forEach((end) => seen.add(end));
		links.set(id, { id, ends: servers.has(ends[0]) ? [ends[1], ends[0]] : ends, delay: 0, mtu });
	}
	const hosts = [...seen].map((id): HostSpec => {
		const port = servers.get(id);
		return {
			id,
			role: port === undefined ? 'client' : 'server',
			address: /^\d/.test(id) ? id : '0.0.0.0',
			...(port && { pop3: { port, personality: 'rfc', users: [] } })
		};
	});
	const order = hosts.toSorted((a, b) => Number(a.role === 'server') - Number(b.role === 'server'));
	return { scenario: { hosts: order, links: [...links.values()] }, names, linkOf: pairOf, endsOf };
}

type Body = EventBody;

const stateName = (state: SessionState): string => (state === 'none' ? 'closed' : state);

/** What a deed says in a log, and whether it happened where the packet came from. */
function eventOf(
	{ moved, told, conversation }: Deed,
	capture: OpenedCapture,
	from: string
): { readonly body: Body; readonly sender: boolean } | null {
	const report = capture.judgement.conversations[conversation];
	if (!report) return null;
	const { opener, other } = report.ends;
	const connection = `${opener}>${other}`;
	if (moved) {
		const host = hostOf(moved.opener ? opener : other);
		const body: Body = { kind: 'tcp.state', host, connection, from: moved.from, to: moved.to, on: moved.on };
		return { body, sender: host === from };
	}
	if (!told) return null;
	const host = hostOf(other);
	const at = { host, session: connection };
	switch (told.kind) {
		case 'command':
			return {
				body: {
					...at,
					kind: 'pop3.command',
					keyword: told.keyword,
					args: told.args,
					state: stateName(told.state)
				},
				sender: false
			};
		case 'reply': {
			const { keyword, ok, text, octets } = told;
			return { body: { ...at, kind: 'pop3.reply', keyword, ok, text, octets }, sender: true };
		}
		case 'state':
			return {
				body: {
					...at,
					kind: 'pop3.state',
					side: 'server',
					from: told.from === 'none' ? 'listening' : told.from,
					to: stateName(told.to),
					on: told.on
				},
				sender: host === from
			};
	}
}

/** The log of a capture. */
function logOf(capture: OpenedCapture, { linkOf, endsOf }: Drawn): readonly Event[] {
	const { table, judgement } = capture;
	const log: Event[] = [];
	const { deeds } = judgement;
	let next = 0;
	const put = (at: Micros, cause: number | null, body: Body): number => {
		const seq = log.length;
		log.push({ ...body, seq, at, cause });
		return seq;
	};
	for (let i = 0; i < table.count; i++) {
		const packet = table.number[i]!;
		const at = table.at[i]!;
		const [from, to] = endsOf(i);
		const link = linkOf(from, to);
		const arrives = Math.min(at + FLIGHT, i + 1 < table.count ? table.at[i + 1]! : Infinity);
		const bytes = octetsOf(table, i);
		const here: Body[] = [];
		const there: Body[] = [];
		for (; next < deeds.length && deeds[next]!.packet <= packet; next++) {
			const found = eventOf(deeds[next]!, capture, from);
			if (found) (found.sender ? here : there).push(found.body);
		}
		const sent = put(at, null, { kind: 'packet.sent', packet, link, from, to, bytes, arrives });
		for (const body of here) put(at, sent, body);
		const delivered = put(arrives, sent, { kind: 'packet.delivered', packet, link, host: to });
		for (const body of there) put(arrives, delivered, body);
	}
	return log;
}

export interface Run {
	readonly level: Level;
	readonly log: readonly Event[];
}

/** A capture to be looked at as any level is: no mission, nothing to type. */
export function runOf(capture: OpenedCapture): Run {
	const drawn = draw(capture);
	const { scenario } = drawn;
	const level: Level = {
		slug: 'capture',
		number: '',
		chapter: 0,
		title: capture.name,
		concept: 'A capture of somebody’s packets.',
		mission: '',
		teaches: [],
		breaks: [],
		lens: 3,
		scenario,
		seed: 0,
		prelude: [],
		terminal: scenario.hosts[0]?.id ?? '',
		goal: [],
		questions: [],
		par: [],
		hints: ['', '', ''],
		milestones: [],
		showMe: [],
		alternatives: [],
		bypasses: [],
		debrief: ''
	};
	return { level, log: logOf(capture, drawn) };
}
