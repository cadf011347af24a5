/**
 * Whole worlds by chance, with hands that meddle. Law: each transfer ends whole or, where the links are cruel, with an
 * error that is reported, never short in silence, and only what no checksum can find is taken for the truth; as long as one has not ended something moves within the time in which TCP gives up; and when
 * everybody has gone nothing is left. Of some the run is made twice, and the logs are the same.
 */
import type { Act, Input, TimedInput } from '#lib/sim/event.ts';
import type { Sockets } from '#lib/sim/program.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { createWorld, InputError, type World } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { pattern } from '../tcp/octets.ts';
import { Dice, Failure, type Tally } from './dice.ts';
import { FIRST_PORT, invent, type Invented } from './topologies.ts';
import { End, settled, type Transfer } from './transfer.ts';
import { undetected } from './undetected.ts';

const SECOND = 1_000_000;
/** R2 is fifteen repeats, the last ten a minute apart at most: nobody waits longer for an answer that does not come. */
const PATIENCE = 1_200 * SECOND;
const DAY = 86_400 * SECOND;
/** Every so many worlds one is run again. */
const TWICE = 20;

class Run {
	readonly invented: Invented;
	readonly transfers: readonly Transfer[];
	readonly world: World;
	readonly inputs: TimedInput[] = [];
	readonly #ends: { readonly client: End; server: End | null }[] = [];
	readonly #sockets: Sockets[] = [];
	readonly #dice: Dice;
	/** Something has moved since it was last looked at. */
	#moved = false;

	constructor(seed: number) {
		const dice = new Dice(seed, 'worlds');
		this.#dice = dice;
		this.invented = invent(dice);
		this.transfers = this.invented.clients.flatMap((client) => this.#plan(client));
		const { scenario } = this.invented;
		this.world = createWorld(scenario, seed, {
			programs: ({ id, role }, { sockets }) => {
				this.#sockets.push(sockets);
				if (id === this.invented.server) this.#serve(sockets);
				return role === 'client'
					? { typed: (line, cause) => this.#open(Number(line), sockets, cause), raw() {} }
					: null;
			}
		});
	}

	#plan(client: string): Transfer[] {
		const dice = this.#dice;
		const { scenario, server } = this.invented;
		const tiny = scenario.hosts.some(({ id, stack = {} }) => {
			if (id !== client && id !== server) return false;
			return Math.min(stack.mss ?? 1_460, stack.receiveBuffer ?? 65_535) < 100;
		});
		// 65,536 octets in segments of 16 are more steps in a second than a world takes for a runaway
		const narrow = scenario.links.some(({ mtu }) => mtu < 128);
		const most = narrow ? [0, 1, 100, 5_000] : [0, 1, 100, 5_000, 5_000, 20_000, 65_536];
		const size = () => dice.pick(tiny ? [0, 1, 50, 400] : most);
		return Array.from({ length: dice.from(1, 2) }, () => ({
			client,
			at: dice.from(0, 10 * SECOND),
			port: 0,
			up: size(),
			down: size(),
			hasty: [dice.hit(0.3), dice.hit(0.3)] as const
		}));
	}

	#serve(sockets: Sockets): void {
		for (const [at, { up, down, hasty }] of this.transfers.entries()) {
			sockets.listen(FIRST_PORT + at, (circuit) => {
				const end = new End(pattern(down), up, hasty[1], () => this.#move());
				end.circuit = circuit;
				const known = this.#ends[at];
				// what a duplicate of an old SYN began is not the transfer
				if (known && (known.server === null || known.client.circuit?.name === circuit.name))
					known.server = end;
				return end;
			});
		}
	}

	#open(index: number, sockets: Sockets, cause: number): void {
		const transfer = this.transfers[index];
		const server = this.invented.scenario.hosts.find(({ id }) => id === this.invented.server);
		if (!transfer || !server) throw new Error(`there is no transfer ${index}`);
		const client = new End(pattern(transfer.up), transfer.down, transfer.hasty[0], () => this.#move());
		this.#ends[index] = { client, server: null };
		const circuit = sockets.open(parseAddress(server.address), FIRST_PORT + index, client, cause);
		if (typeof circuit === 'string') client.error = circuit;
		else client.circuit = circuit;
	}

	#move(): void {
		this.#moved = true;
	}

	/** Null: all went by the law. */
	play(): string | null {
		const { world } = this;
		const openings = this.transfers.map((transfer, at) => ({
			at: transfer.at,
			what: () => this.#input({ kind: 'type', host: transfer.client, line: `${at}` })
		}));
		const meddling = Array.from({ length: this.#dice.from(0, 12) }, () => ({
			at: this.#dice.from(1, 30 * SECOND),
			what: () => this.#meddle()
		}));
		for (const { at, what } of [...openings, ...meddling].sort((a, b) => a.at - b.at)) {
			world.advance(at);
			if (world.stopped) return world.stopped;
			what();
		}
		for (let slices = 0; world.nextAt !== null; slices += 1) {
			this.#moved = false;
			world.runUntilQuiet(world.now + PATIENCE);
			if (world.stopped) return world.stopped;
			const over = this.#ends.every(
				({ client, server }) => settled(client) && (server === null || settled(server))
			);
			if (world.nextAt !== null && !this.#moved && !over)
				return `nothing has moved for ${PATIENCE} µs, and nobody was told`;
			if (slices > 200) return 'it does not come to an end';
			if (world.nextAt !== null)
				world.advance(Math.max(world.now, Math.min(world.nextAt, world.now + PATIENCE)));
		}
		return this.#verdict() ?? this.#leave();
	}

	#input(input: Input): void {
		const timed = { at: this.world.now, input };
		try {
			this.world.input(timed);
			this.inputs.push(timed);
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
		}
	}

	/** Somebody takes one packet in hand, or cuts a link and restores it, or pings. */
	#meddle(): void {
		const dice = this.#dice;
		const { scenario, clients, server } = this.invented;
		const kind = dice.from(0, 9);
		if (kind === 0) {
			const link = dice.pick(scenario.links).id;
			this.#input({ kind: 'link', link, up: false });
			this.world.advance(this.world.now + dice.from(1, 10 * SECOND));
			this.#input({ kind: 'link', link, up: true });
			return;
		}
		if (kind === 1) {
			this.#input({
				kind: 'ping',
				host: dice.pick(clients),
				to: server,
				size: dice.pick([0, 56, 2_000, 20_000]),
				df: dice.hit(0.5)
			});
			return;
		}
		const flying = this.world.log
			.slice(-60)
			.flatMap((event) =>
				event.kind === 'packet.sent' && (event.arrives ?? 0) > this.world.now ? [event] : []
			);
		if (flying.length === 0) return;
		const { packet, link } = dice.pick(flying);
		const acts: Act[] = [
			{ do: 'drop' },
			{ do: 'hold' },
			{ do: 'delay', by: dice.from(1, 5 * SECOND) },
			{ do: 'duplicate', after: dice.from(0, 5 * SECOND) },
			{ do: 'split', at: dice.from(1, 500) },
			{ do: 'coalesce', next: dice.pick(flying).packet }
		];
		const act = dice.pick(acts);
		this.#input({ kind: 'packet', packet, link, act });
		if (act.do !== 'hold') return;
		this.world.advance(this.world.now + dice.from(1, 5 * SECOND));
		this.#input({ kind: 'packet', packet, link, act: { do: 'release' } });
	}

	#verdict(): string | null {
		for (const [at, { client, server }] of this.#ends.entries()) {
			const said = `transfer ${at}: client ${client.outcome}; server ${server?.outcome ?? 'knows nothing'}`;
			for (const end of [client, server]) {
				if (!end) continue;
				if (end.wrong !== null) {
					if (undetected(this.world.log)) continue;
					return `${said}: something else came at ${end.wrong}`;
				}
				if (end.got > end.expects) return `${said}: too much`;
				if (end.finished && end.error === null && end.got < end.expects) return `${said}: short in silence`;
				if (!settled(end) && !end.idle) return `${said}: it waits for ever`;
			}
			const told = client.error !== null || (server?.error ?? null) !== null;
			const whole = client.finished && server?.finished;
			if (!told && !whole) return `${said}: neither whole nor told`;
			// whose last octets were never acknowledged, while the other has left TIME-WAIT, cannot know that they have come
			const errors = [client.error, server?.error ?? null].filter((error) => error !== null);
			const doubted =
				errors.length === 1 &&
				errors[0] === 'reset' &&
				client.got === client.expects &&
				server?.got === server?.expects;
			if (told && !doubted && !this.invented.cruel) return `${said}: nothing here excuses that`;
			if (server === null && client.error === null) return `${said}: with nobody`;
		}
		return null;
	}

	/** Who waits for a peer that has long gone leaves too; then nothing is left. */
	#leave(): string | null {
		for (const { client, server } of this.#ends) for (const end of [client, server]) end?.circuit?.abort(0);
		const { world } = this;
		world.advance(world.now + DAY);
		world.advance(world.now + DAY);
		if (world.nextAt !== null || world.timerAt !== null)
			return `timers are left: ${world.nextAt}, ${world.timerAt}`;
		const left = this.#sockets.reduce((sum, { connections }) => sum + connections, 0);
		return left > 0 ? `${left} connections are left` : null;
	}

	/** How many transfers were whole, and how many ended with an error. */
	get outcomes(): readonly [whole: number, failed: number] {
		const whole = this.#ends.filter(
			({ client, server }) => client.error === null && server?.error === null
		).length;
		return [whole, this.#ends.length - whole];
	}
}

function play(seed: number): Run {
	let run: Run | null = null;
	const inputs = () =>
		run
			? [JSON.stringify(run.invented.scenario), JSON.stringify(run.transfers), JSON.stringify(run.inputs)]
			: [];
	try {
		run = new Run(seed);
		const problem = run.play();
		if (problem) throw new Failure('worlds', seed, problem, inputs());
		return run;
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure('worlds', seed, `${error}`, inputs(), error);
	}
}

export function fuzzWorlds(
	{ seed, worlds }: { seed: number; worlds: number },
	progress?: (tally: Tally) => void
): Tally {
	const tally = { worlds: 0, whole: 0, failed: 0, events: 0, twice: 0 };
	for (let next = seed; next < seed + worlds; next += 1) {
		const run = play(next);
		const [whole, failed] = run.outcomes;
		tally.worlds += 1;
		tally.whole += whole;
		tally.failed += failed;
		tally.events += run.world.log.length;
		if (next % TWICE === 0) {
			const [once, again] = [hashLog(run.world.log), hashLog(play(next).world.log)];
			if (once !== again) throw new Failure('worlds', next, `two runs, two logs: ${once} and ${again}`, []);
			tally.twice += 1;
		}
		progress?.(tally);
	}
	return tally;
}
