/**
 * Datagrams that nobody should send, handed to a host inside a translator, the translator, a router and a server. Law:
 * nothing throws, one datagram brings one answer at the most, nobody talks on when the attack is over, the translator's
 * table stays within its ports, and the connection between the host inside and the server does not notice.
 */
import type { EventBody } from '#lib/sim/event.ts';
import type { HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { Bystander, BYSTANDING } from './bystander.ts';
import { Dice, Failure, hex, type Tally } from './dice.ts';
import { Lab } from './lab.ts';
import { anyDatagram, fuzzReassembly } from './pieces.ts';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const OUTSIDE_PORT = 61_001;
const INSIDE_PORT = 49_152;
/** Outside ports of the translator for each of TCP, UDP and ICMP. */
const ROWS = 3 * (65_535 - OUTSIDE_PORT + 1);
/** Between two looks at the bystander. */
const BATCH = 150;
/** Batches on one stage. */
const BATCHES = 20;

const HOSTS: readonly HostSpec[] = [
	{ id: 'desk', role: 'client', address: '192.168.1.10' },
	{
		id: 'r1',
		role: 'router',
		address: '192.168.1.1',
		interfaces: [{ link: 'r1-r2', address: '203.0.113.7' }],
		nat: { outside: 'r1-r2' }
	},
	{
		id: 'r2',
		role: 'router',
		address: '203.0.113.1',
		interfaces: [{ link: 'r2-post', address: '198.51.100.1' }]
	},
	{ id: 'post', role: 'server', address: '198.51.100.25' }
];
const ADDRESSES = HOSTS.flatMap(({ address, interfaces = [] }) => [
	address,
	...interfaces.map((one) => one.address)
]).map(parseAddress);

/** Where a datagram may be put: into which host's hands, from which link. */
const DOORS = [
	['desk', 'desk-r1'],
	['r1', 'desk-r1'],
	['r1', 'r1-r2'],
	['r2', 'r1-r2'],
	['r2', 'r2-post'],
	['post', 'r2-post']
] as const;

class Net {
	readonly lab: Lab;
	readonly problems: string[] = [];
	readonly seen: Uint8Array[] = [];
	/** Datagrams on links, whoever sent them. */
	sent = 0;
	readonly #dice: Dice;
	/** What the host that has just been handed a datagram has answered. */
	#answers = 0;
	#rows = 0;
	readonly #bystander: Bystander;

	constructor(dice: Dice, seed: number) {
		this.#dice = dice;
		const mtu = () => dice.pick([296, 576, 1_500, 1_500]);
		const link = (id: string, ends: readonly [string, string]) => ({ id, ends, delay: 5_000, mtu: mtu() });
		const scenario: Scenario = {
			hosts: HOSTS,
			links: [link('desk-r1', ['desk', 'r1']), link('r1-r2', ['r1', 'r2']), link('r2-post', ['r2', 'post'])]
		};
		this.lab = new Lab(scenario, seed, {
			event: (body) => this.#event(body),
			takes: () => void (this.#answers = 0),
			sends: (host, _link, bytes, answering) => this.#sends(host, bytes, answering)
		});
		this.lab.host('post').udp.bind(53, () => {});
		this.#bystander = new Bystander({
			lab: this.lab,
			client: 'desk',
			server: 'post',
			address: '198.51.100.25',
			seenAs: `203.0.113.7:${OUTSIDE_PORT}>`,
			others: () => ({ opened() {}, octets() {}, ended() {}, failed() {} }),
			complain: (problem) => void this.problems.push(problem)
		});
		this.bystand();
	}

	bystand(): void {
		this.#bystander.speak(this.#dice.from(1, 3_000));
	}

	end(): void {
		const { lab } = this;
		this.#bystander.leave();
		// no half-open connection asks any longer
		lab.advance(lab.now + 200 * SECOND);
		this.sent = 0;
		lab.advance(lab.now + 10 * SECOND);
		if (this.sent === 0) lab.advance(lab.now + DAY);
		if (this.sent > 0) this.problems.push(`${this.sent} datagrams when the attack was over`);
		for (const { id } of HOSTS) {
			const { connections } = lab.host(id).sockets;
			if (connections > 0) this.problems.push(`${connections} connections are left at ${id}`);
		}
		if (lab.queue.size > 0) this.problems.push(`${lab.queue.size} timers are left`);
	}

	#event(body: EventBody): void {
		if (body.kind === 'nat.mapped') this.#rows += 1;
		if (body.kind === 'nat.expired') this.#rows -= 1;
		if (this.#rows > ROWS) this.problems.push(`${this.#rows} rows in the translator's table`);
	}

	#sends(host: string, bytes: Uint8Array, answering: boolean): boolean {
		this.sent += 1;
		const bystanders = ofBystander(bytes);
		if (bystanders && this.seen.push(bytes.slice()) > 20) this.seen.shift();
		if (!answering || bystanders || IPV4.get.fragmentOffset(bytes, 0) > 0) return true;
		if (complainsOfComplaint(bytes)) this.problems.push(`${host} sent an ICMP error about an ICMP error`);
		this.#answers += 1;
		if (this.#answers > 1) this.problems.push(`${host} answered one datagram ${this.#answers} times`);
		return true;
	}
}

/** RFC 1122 §3.2.2: no ICMP error is sent about one. Types that ask or answer may be complained of. */
function complainsOfComplaint(bytes: Uint8Array): boolean {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const quoted = at + 8;
	const errors = [3, 4, 5, 11, 12];
	if (IPV4.get.protocol(bytes, 0) !== ICMP_PROTOCOL || !errors.includes(bytes[at] ?? 0)) return false;
	const about = quoted + IPV4.get.ihl(bytes, quoted) * 4;
	return IPV4.get.protocol(bytes, quoted) === ICMP_PROTOCOL && errors.includes(bytes[about] ?? 0);
}

function ofBystander(bytes: Uint8Array): boolean {
	if (IPV4.get.protocol(bytes, 0) !== TCP_PROTOCOL || bytes.length < 40) return false;
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const ports = [0, 2].map((from) => ((bytes[at + from] ?? 0) << 8) | (bytes[at + from + 1] ?? 0));
	return ports.includes(BYSTANDING) && ports.some((port) => port === INSIDE_PORT || port === OUTSIDE_PORT);
}

function play(seed: number, packets: number): number {
	const dice = new Dice(seed, 'ip');
	const inputs: string[] = [];
	const fail = (problem: string, cause?: unknown) => new Failure('ip', seed, problem, inputs, cause);
	let count = 0;
	try {
		const net = new Net(dice, seed);
		const around = {
			addresses: ADDRESSES,
			seen: net.seen,
			ports: new Set([BYSTANDING, OUTSIDE_PORT, INSIDE_PORT])
		};
		for (let batch = 0; batch < BATCHES && count < packets; batch += 1) {
			for (let left = Math.min(BATCH, packets - count); left > 0; left -= 1) {
				const [host, link] = dice.pick(DOORS);
				const bytes = anyDatagram(dice, around);
				inputs.push(`${net.lab.now} µs ${host} < ${link} ${hex(bytes)}`);
				if (inputs.length > 12) inputs.shift();
				net.lab.hand(host, link, bytes);
				count += 1;
				if (dice.hit(0.3)) net.lab.advance(net.lab.now + dice.from(0, 20_000));
				const [problem] = net.problems;
				if (problem) throw fail(problem);
			}
			if (dice.hit(0.1)) net.lab.advance(net.lab.now + dice.from(1, 120) * SECOND);
			net.bystand();
		}
		net.end();
		const [problem] = net.problems;
		if (problem) throw fail(problem);
		return count;
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw fail(`${error}`, error);
	}
}

/** `packets` datagrams to the hosts, and as many pieces to reassemblies by themselves. */
export function fuzzIp(
	{ seed, packets }: { seed: number; packets: number },
	progress?: (tally: Tally) => void
): Tally {
	const tally = { datagrams: 0, pieces: 0, whole: 0 };
	for (let next = seed; tally.datagrams < packets; next += 1) {
		tally.datagrams += play(next, packets - tally.datagrams);
		while (tally.pieces < tally.datagrams) {
			const { pieces, whole } = fuzzReassembly(
				next * 100 + (tally.pieces % 97),
				Math.min(1_000, tally.datagrams - tally.pieces)
			);
			tally.pieces += pieces;
			tally.whole += whole;
		}
		progress?.(tally);
	}
	return tally;
}
