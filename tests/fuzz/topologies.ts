/** Worlds by chance: two to eight hosts, routers in a tree, translators, links of every kind, and what goes wrong on them. */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, RST } from '#lib/wire/tcp.ts';
import type { Dice } from './dice.ts';
import { anyStack } from './stack.ts';

const MS = 1_000;
const SECOND = 1_000_000;
export const FIRST_PORT = 4_000;
/** Shares lost on all links together, beyond which sixteen tries in a row may come to nothing. */
const TOO_MUCH = 0.4;
/** The same for a user whose ten minutes are over after ten tries a minute apart. */
const TOO_MUCH_IN_TEN = 0.25;

export interface Invented {
	readonly scenario: Scenario;
	readonly clients: readonly string[];
	readonly server: string;
	/** What the links lose may keep a path shut for longer than TCP has patience: an error is then no surprise. */
	readonly cruel: boolean;
}

interface Node {
	readonly id: string;
	readonly role: HostSpec['role'];
	/** The link towards the server; null: it is the server. */
	up: string | null;
}

/** A host's link narrower than its segments loses each of them: most hosts know their link. */
function stackFor(dice: Dice, mtu: number): HostSpec['stack'] {
	const stack = anyStack(dice);
	const width = dice.hit(0.9) ? mtu - 40 : 1_460;
	return { ...stack, mss: Math.max(1, Math.min(stack.mss ?? 1_460, width)), df: dice.hit(0.7), backlog: 128 };
}

function link(dice: Dice, id: string, ends: readonly [string, string]): LinkSpec {
	return {
		id,
		ends,
		delay: dice.pick([0, 1, 100, MS, 5 * MS, 20 * MS, 20 * MS, 100 * MS, 300 * MS]),
		mtu: dice.pick([68, 128, 296, 576, 1006, 1280, 1500, 1500, 1500, 1500, 9_000]),
		...(dice.hit(0.4) && { rate: dice.pick([64_000, 256_000, 2_000_000, 10_000_000, 100_000_000]) }),
		...(dice.hit(0.3) && { loss: dice.pick([0.001, 0.01, 0.05, 0.1]) })
	};
}

export function invent(dice: Dice): Invented {
	const count = dice.from(2, 8);
	const routers = Math.min(dice.from(0, 4), count - 2);
	const nodes: Node[] = [{ id: 'post', role: 'server', up: null }];
	const links: LinkSpec[] = [];
	const attach = (id: string, role: HostSpec['role'], to: Node): void => {
		const up = `${to.id}-${id}`;
		links.push(link(dice, up, dice.hit(0.5) ? [to.id, id] : [id, to.id]));
		nodes.push({ id, role, up });
	};
	const passing = () => nodes.filter(({ role }) => role === 'router');
	const place = () => (passing().length > 0 ? dice.pick(passing()) : (nodes[0] as Node));
	for (let at = 1; at <= routers; at += 1) attach(`r${at}`, 'router', place());
	const clients = Array.from({ length: count - 1 - routers }, (_, at) => `c${at + 1}`);
	for (const id of clients) attach(id, 'client', place());

	const mtuOf = (id: string) =>
		Math.min(...links.filter(({ ends }) => ends.includes(id)).map(({ mtu }) => mtu));
	const hosts = nodes.map(({ id, role, up }, at): HostSpec => {
		const address = `10.0.${at + 1}.1`;
		if (role !== 'router' || up === null) return { id, role, address, stack: stackFor(dice, mtuOf(id)) };
		const outside = { link: up, address: `203.0.${at + 1}.1` };
		return { id, role, address, interfaces: [outside], ...(dice.hit(0.3) && { nat: { outside: up } }) };
	});
	const { faults, cruel } = mishaps(dice, links, hosts);
	return { scenario: { hosts, links, faults }, clients, server: 'post', cruel };
}

/** A span of time early in the run; without an end sometimes. */
function span(dice: Dice): { from?: number; to?: number } {
	if (dice.hit(0.5)) return {};
	const from = dice.from(0, 20 * SECOND);
	return dice.hit(0.3) ? { from } : { from, to: from + dice.from(1, 60 * SECOND) };
}

function mishaps(dice: Dice, links: readonly LinkSpec[], hosts: readonly HostSpec[]) {
	const faults: FaultSpec[] = [];
	let cruel = false;
	let lost = links.reduce((sum, { loss = 0 }) => sum + loss, 0);
	// two bits flipped in one segment may cancel out in its sum: one link only flips any
	let corrupting = false;
	for (let count = dice.from(0, 6); count > 0; count -= 1) {
		const { id, ends } = dice.pick(links);
		const on = { link: id, ...(dice.hit(0.5) && { towards: dice.pick(ends) }) };
		const from = dice.from(0, 20 * SECOND);
		switch (dice.from(0, 11)) {
			case 0: {
				const share = dice.pick([0.01, 0.1, 0.2, 0.3]);
				lost += share;
				faults.push({ ...on, ...span(dice), kind: 'loss', share });
				break;
			}
			case 1:
				cruel = true;
				faults.push({
					...on,
					...span(dice),
					kind: 'bursts',
					enter: dice.pick([0.01, 0.05]),
					leave: dice.pick([0.2, 0.5])
				});
				break;
			case 2:
				faults.push({
					...on,
					...span(dice),
					kind: 'delay',
					by: dice.from(0, 200 * MS),
					jitter: dice.from(0, 300 * MS)
				});
				break;
			case 3:
				faults.push({
					...on,
					...span(dice),
					kind: 'reorder',
					share: dice.pick([0.05, 0.1, 0.5]),
					by: dice.from(1, 500 * MS)
				});
				break;
			case 4:
				faults.push({
					...on,
					...span(dice),
					kind: 'duplicate',
					share: dice.pick([0.05, 0.3, 1]),
					after: dice.from(0, 2 * SECOND)
				});
				break;
			case 5:
				if (corrupting) break;
				corrupting = true;
				lost += 0.2;
				faults.push({ ...on, ...span(dice), kind: 'corrupt', share: dice.pick([0.01, 0.05, 0.2]) });
				break;
			case 6:
				faults.push({
					...on,
					...span(dice),
					kind: 'rate',
					rate: dice.pick([50_000, 200_000, 1_000_000]),
					queue: dice.from(2, 30)
				});
				break;
			case 7: {
				// an hour without a link is as good as for ever
				const length = dice.pick([SECOND, 20 * SECOND, 120 * SECOND, 3_600 * SECOND]);
				faults.push({ ...on, kind: 'cut', from, to: from + length });
				cruel ||= length > 20 * SECOND;
				break;
			}
			case 8: {
				const length = dice.pick([SECOND, 5 * SECOND, 30 * SECOND]);
				faults.push({ ...on, kind: 'hold', from, to: from + length });
				break;
			}
			case 9:
				faults.push({ ...on, ...span(dice), kind: 'split', at: dice.from(1, 700) });
				break;
			case 10:
				faults.push({ ...on, ...span(dice), kind: 'coalesce' });
				break;
			default:
				faults.push({
					link: id,
					towards: dice.pick(ends),
					from,
					kind: 'forge',
					checksums: 'fixed',
					octets: reset(dice, hosts)
				});
		}
	}
	// a datagram in pieces is lost with any of them
	const whole = hosts.every(({ stack }) => stack?.df !== false);
	const crowded =
		!whole && faults.some((fault) => fault.kind === 'rate' && (fault.queue ?? 0) < piecesOf(links, hosts));
	const hurried = hosts.some(({ stack }) => (stack?.userTimeout ?? 0) > 0);
	const most = hurried ? TOO_MUCH_IN_TEN : TOO_MUCH;
	return { faults, cruel: cruel || crowded || lost > (whole ? most : most / 8) };
}

/** Pieces of the largest segment on the narrowest link: a shorter queue never lets all of them through. */
function piecesOf(links: readonly LinkSpec[], hosts: readonly HostSpec[]): number {
	const narrowest = Math.min(...links.map(({ mtu }) => mtu));
	const longest = Math.max(...hosts.map(({ stack }) => stack?.mss ?? 0)) + 20;
	return Math.ceil(longest / (Math.floor((narrowest - 20) / 8) * 8));
}

/** An RST from one host to another, whose number is at random: as good as never the one that is expected. */
function reset(dice: Dice, hosts: readonly HostSpec[]): string {
	const [src, dst] = [dice.pick(hosts), dice.pick(hosts)].map(({ address }) => parseAddress(address)) as [
		number,
		number
	];
	const port = FIRST_PORT + dice.from(0, 5);
	const other = 49_152 + dice.from(0, 5);
	const [srcPort, dstPort] = dice.hit(0.5) ? [port, other] : [other, port];
	const segment = {
		srcPort,
		dstPort,
		seq: dice.u32(),
		ack: dice.u32(),
		flags: dice.pick([RST, RST | ACK]),
		window: 0,
		urgent: 0,
		options: [],
		payload: new Uint8Array(0)
	};
	return octetsToLatin1(encodeIpv4({ src, dst, protocol: TCP_PROTOCOL }, encodeTcp(segment, src, dst)));
}
