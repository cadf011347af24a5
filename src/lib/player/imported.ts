/**
 * A capture as a run: hosts found from its addresses, one link between each two that talked, and a log of what the
 * packets and the judges' walks tell. Pure. A capture knows one time of each packet, where it was taken: a packet leaves
 * then, and arrives before the next is seen, for there has to be something to look at; the last one as the capture ends.
 */
import type { OpenedCapture } from '#lib/engine/capture-reader.ts';
import type { Deed } from '#lib/judge/judge.ts';
import type { SessionState } from '#lib/judge/dialogue.ts';
import { NO_MISSION, type Level } from '#lib/levels/level.ts';
import type { Event, EventBody, Micros } from '#lib/sim/event.ts';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { octetsOf, type PacketTable } from '#lib/capture/table.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import * as words from '#words/capture-opened.ts';
import { UNTOLD } from './capture.ts';
import { part } from './slices.ts';

/** More hosts than this are drawn as `others`. */
export const MOST_HOSTS = 12;
const FLIGHT: Micros = 20_000;
/** Of the last packet at least: no more than the stamps of a capture can tell apart, so that a run lasts as long as its capture. */
const LAST_FLIGHT: Micros = 1;
const POP3_PORT = 110;
/** Where packets of hosts that are not drawn come from and go to. */
const OTHERS = ['others', 'others-2'] as const;

/** Packets between two pauses. */
const STEP = 1024;

const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));

/** Of packet `i`, without a view of its octets. */
const sourceOf = ({ slabs, slab, from }: PacketTable, i: number): number =>
	IPV4.get.src(slabs[slab[i]!]!, from[i]!);
const destinationOf = ({ slabs, slab, from }: PacketTable, i: number): number =>
	IPV4.get.dst(slabs[slab[i]!]!, from[i]!);

/** Two hosts as packets go from the one to the other. */
interface Way {
	readonly from: string;
	readonly to: string;
	/** Of the link between them. */
	readonly link: string;
}

interface Drawn {
	readonly scenario: Scenario;
	/** The way of packet `i`. */
	readonly wayOf: (i: number) => Way;
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} - ${b}` : `${b} - ${a}`);

/** Counts the packets of each address; the busiest first. */
function* busiest(table: PacketTable): Generator<number, readonly number[], void> {
	const packets = new Map<number, number>();
	for (let i = 0; i < table.count; i++) {
		for (const address of [sourceOf(table, i), destinationOf(table, i)])
			packets.set(address, (packets.get(address) ?? 0) + 1);
		if (i % STEP === STEP - 1) yield i / table.count;
	}
	return [...packets].toSorted(([, a], [, b]) => b - a).map(([address]) => address);
}

/** Who sends each packet to whom: ways are found once and used by all their packets. */
function waysOf(table: PacketTable, names: ReadonlyMap<number, string>): Drawn['wayOf'] {
	const ways = new Map<number, Map<number, Way>>();
	const make = (source: number, destination: number): Way => {
		let from = names.get(source) ?? OTHERS[0];
		let to = names.get(destination) ?? OTHERS[0];
		// what a host sends to itself, and what the undrawn send each other, still needs two ends
		if (from === to) [from, to] = OTHERS;
		return { from, to, link: pairOf(from, to) };
	};
	return (i) => {
		const [source, destination] = [sourceOf(table, i), destinationOf(table, i)];
		let those = ways.get(source);
		if (!those) ways.set(source, (those = new Map()));
		let way = those.get(destination);
		if (!way) those.set(destination, (way = make(source, destination)));
		return way;
	};
}

function* draw({ table, judgement }: OpenedCapture): Generator<number, Drawn, void> {
	const addresses = yield* busiest(table);
	const few = addresses.length <= MOST_HOSTS;
	const names = new Map(
		addresses.slice(0, few ? MOST_HOSTS : MOST_HOSTS - 2).map((address) => [address, formatAddress(address)])
	);
	const wayOf = waysOf(table, names);
	const servers = new Map<string, number>();
	for (const { ends, pop3 } of judgement.conversations) {
		const port = portOf(ends.other);
		if (pop3 || port === POP3_PORT) servers.set(hostOf(ends.other), port);
		else if (!servers.has(hostOf(ends.other))) servers.set(hostOf(ends.other), 0);
	}
	const links = new Map<string, LinkSpec>();
	const seen = new Set<string>();
	for (let i = 0; i < table.count; i++) {
		if (i % STEP === STEP - 1) yield i / table.count;
		const { from, to, link } = wayOf(i);
		if (links.has(link)) continue;
		seen.add(from).add(to);
		// a capture tells neither how long a link takes nor what it carries at most
		links.set(link, {
			id: link,
			ends: servers.has(from) ? [to, from] : [from, to],
			...UNTOLD
		});
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
	return { scenario: { hosts: order, links: [...links.values()] }, wayOf };
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
function* logOf(capture: OpenedCapture, { wayOf }: Drawn): Generator<number, readonly Event[], void> {
	const { table, judgement, counts } = capture;
	const { duration } = counts;
	const log: Event[] = [];
	const { deeds } = judgement;
	let next = 0;
	for (let i = 0; i < table.count; i++) {
		if (i % STEP === STEP - 1) yield i / table.count;
		const packet = table.number[i]!;
		const at = table.at[i]!;
		const { from, to, link } = wayOf(i);
		const arrives = Math.min(
			at + FLIGHT,
			i + 1 < table.count ? table.at[i + 1]! : Math.max(at + LAST_FLIGHT, duration)
		);
		const bytes = octetsOf(table, i);
		const sent = log.length;
		log.push({ kind: 'packet.sent', seq: sent, at, cause: null, packet, link, from, to, bytes, arrives });
		const there: Body[] = [];
		for (; next < deeds.length && deeds[next]!.packet <= packet; next++) {
			const found = eventOf(deeds[next]!, capture, from);
			if (found?.sender) log.push({ ...found.body, seq: log.length, at, cause: sent });
			else if (found) there.push(found.body);
		}
		const delivered = log.length;
		log.push({ kind: 'packet.delivered', seq: delivered, at: arrives, cause: sent, packet, link, host: to });
		for (const body of there) log.push({ ...body, seq: log.length, at: arrives, cause: delivered });
	}
	return log;
}

export interface Run {
	readonly level: Level;
	readonly log: readonly Event[];
}

/** A capture to be looked at as any level is: no mission, nothing to type. Yields how much of it is laid out, 0 to 1. */
export function* runSteps(capture: OpenedCapture): Generator<number, Run, void> {
	const drawn = yield* part(draw(capture), 0, 0.3);
	const { scenario } = drawn;
	const log = yield* part(logOf(capture, drawn), 0.3, 1);
	return { level: levelOf(capture.name, scenario), log };
}

const levelOf = (title: string, scenario: Scenario): Level => ({
	...NO_MISSION,
	slug: 'capture',
	title,
	concept: words.concept,
	mission: '',
	lens: 3,
	scenario,
	seed: 0,
	terminal: scenario.hosts[0]?.id ?? ''
});
