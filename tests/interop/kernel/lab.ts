/**
 * A simulated host and the Linux kernel on one wire: starts the relay, gives it orders, and judges afterwards what has
 * crossed. What is in here dies with the relay, and the relay with this process, whichever way that ends.
 */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { haveJudge } from '../../../scripts/judges.mjs';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
export const RELAY = pathOf('./relay.py');
const COMMAND = [process.execPath, '--import', 'tsx', pathOf('../../../scripts/host.ts')];

export const KERNEL = '192.0.2.1';
export const OURS = '192.0.2.2';

/** Shares from 0 to 1; delay and jitter in ms. */
export interface Faults {
	readonly loss?: number;
	readonly duplicate?: number;
	readonly reorder?: number;
	readonly corrupt?: number;
	readonly delay?: number;
	readonly jitter?: number;
}

export interface LabOptions extends Faults {
	readonly mtu?: number;
	readonly seed?: number;
	readonly sysctl?: Readonly<Record<string, string>>;
	/** Keep what crosses, for `judge`. */
	readonly capture?: boolean;
}

export interface Outcome {
	readonly code: number;
	readonly out: Buffer;
	readonly err: string;
}

/** What the host says at its end. */
export interface Summary {
	readonly received: number;
	readonly sent: number;
	readonly discarded: Readonly<Record<string, number>>;
	readonly problem?: string;
}

export type Counters = Readonly<Record<string, number>>;
interface Answer extends Partial<Omit<Outcome, 'out'>> {
	readonly id?: number;
	readonly out?: string;
	readonly error?: string;
	readonly done?: boolean;
	readonly said?: string;
	readonly gone?: number;
	readonly counters?: Counters;
}

/** A command that runs until it ends or is ended. */
export interface Running {
	readonly id: number;
	readonly ended: Promise<Outcome>;
}

/** Whether a kernel can be had here; if not, prints why, and in CI throws. */
export function haveKernel(...judges: readonly string[]): boolean {
	if (!['python3', 'iproute2', ...judges].every(haveJudge)) return false;
	const { status, stderr } = spawnSync('python3', [RELAY], { input: '', encoding: 'utf8' });
	if (status === 0) return true;
	const reason = stderr.trim().split('\n').at(-1) ?? '';
	if (process.env.CI)
		throw new Error(`no TUN device can be had, and in CI no test may be skipped: ${reason}`);
	console.log(`interop: skipping the tests against the kernel, which need root and /dev/net/tun: ${reason}`);
	return false;
}

export class Lab {
	/** For mail, captures and whatever else; goes at the end. */
	readonly folder = mkdtempSync(join(tmpdir(), 'kernel-'));
	/** Lines that the host has written to standard error. */
	readonly said: string[] = [];
	/** The exit code of a host that ends. */
	readonly exit: Promise<number>;
	readonly relay: ChildProcessWithoutNullStreams;
	#exit: (code: number) => void = () => {};
	readonly #capture: string | null;
	readonly #mtu: number;
	readonly #waiting = new Map<number, { first: (answer: Answer) => void; last?: (answer: Answer) => void }>();
	readonly #listeners = new Set<() => void>();
	readonly #gone: Promise<void>;
	#orders = 0;

	constructor({ mtu = 1500, capture = false, sysctl = {}, ...faults }: LabOptions = {}) {
		this.exit = new Promise((resolve) => (this.#exit = resolve));
		this.#mtu = mtu;
		this.#capture = capture ? join(this.folder, 'wire.pcap') : null;
		const args = Object.entries({ mtu, ...faults }).map(([name, value]) => `--${name}=${value}`);
		args.push('--remove', this.folder);
		if (this.#capture) args.push('--pcap', this.#capture);
		for (const [name, value] of Object.entries(sysctl)) args.push('--sysctl', `net.ipv4.${name}=${value}`);
		this.relay = spawn('python3', [RELAY, ...args], { stdio: ['pipe', 'pipe', 'inherit'] as never });
		this.relay.stdin.on('error', () => {});
		createInterface(this.relay.stdout).on('line', (line) => this.#hear(JSON.parse(line)));
		this.#gone = new Promise((resolve) => this.relay.on('close', () => resolve()));
		void this.#gone.then(() => {
			for (const { first, last } of this.#waiting.values()) {
				first({ error: 'the relay is gone' });
				last?.({ error: 'the relay is gone' });
			}
		});
	}

	#hear(answer: Answer): void {
		const { id, said, done, gone } = answer;
		if (gone !== undefined) this.#exit(gone);
		if (said !== undefined) this.said.push(said);
		for (const tell of this.#listeners) tell();
		const waiting = id === undefined ? undefined : this.#waiting.get(id);
		if (id === undefined || !waiting) return;
		if (!done) waiting.first(answer);
		if (answer.code !== undefined || answer.error !== undefined) waiting.last?.(answer);
	}

	#order(order: object, last?: (answer: Answer) => void): { id: number; answer: Promise<Answer> } {
		const id = ++this.#orders;
		const answer = new Promise<Answer>((resolve, reject) => {
			const first = (came: Answer) =>
				came.error === undefined ? resolve(came) : reject(new Error(came.error));
			this.#waiting.set(id, { first, ...(last && { last }) });
		});
		this.relay.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
		return { id, answer };
	}

	/** Starts the simulated host with these options beside address, peer and MTU. */
	async host(...options: readonly string[]): Promise<void> {
		const ends = ['--address', OURS, '--peer', KERNEL, '--mtu', `${this.#mtu}`];
		await this.#order({ host: [...COMMAND, ...ends, ...options] }).answer;
	}

	/** Starts a host that serves this mail to these users, each with the password `secret`. */
	async office(mail: Readonly<Record<string, readonly Uint8Array[]>>, ...options: string[]): Promise<void> {
		for (const [name, letters] of Object.entries(mail)) {
			mkdirSync(join(this.folder, 'mail', name), { recursive: true });
			for (const [i, octets] of letters.entries())
				writeFileSync(join(this.folder, 'mail', name, `${i + 1}`.padStart(3, '0')), octets);
		}
		const users = join(this.folder, 'users');
		writeFileSync(
			users,
			Object.keys(mail)
				.map((name) => `${name}:secret\n`)
				.join('')
		);
		await this.host(
			...['--serve', 'pop3', '--maildir', join(this.folder, 'mail'), '--users', users],
			...options
		);
	}

	/** Runs a command on the kernel's side to its end; it is killed after `timeout` seconds. */
	async run(command: readonly string[], timeout = 30): Promise<Outcome> {
		return outcomeOf(await this.#order({ run: command, timeout }).answer);
	}

	/** Starts a command and waits until its output contains `text`. */
	async start(command: readonly string[], text: string, timeout = 60): Promise<Running> {
		let last: (answer: Answer) => void = () => {};
		const ended = new Promise<Outcome>((resolve) => (last = (answer) => resolve(outcomeOf(answer))));
		const { id, answer } = this.#order({ run: command, wait: text, timeout }, (came) => last(came));
		await answer;
		return { id, ended };
	}

	async kill({ id }: Pick<Running, 'id'>): Promise<void> {
		await this.#order({ kill: id }).answer;
	}

	async weather(faults: Faults | { readonly to_host?: Faults; readonly to_kernel?: Faults }): Promise<void> {
		await this.#order({ faults }).answer;
	}

	/** Sets something of the kernel's TCP or IP: `tcp_sack`. */
	async sysctl(name: string, value: string | number): Promise<void> {
		const { code, err } = await this.run(['sh', '-c', `echo ${value} > /proc/sys/net/ipv4/${name}`]);
		if (code !== 0) throw new Error(err);
	}

	/** Of /proc/net/snmp and netstat (`Tcp.InCsumErrors`), and the relay's (`to_host.lost`). */
	async counters(): Promise<Counters> {
		return (await this.#order({ counters: true }).answer).counters ?? {};
	}

	/** Waits for a line of the host's that contains `text`. */
	line(text: string): Promise<string> {
		return new Promise((resolve, reject) => {
			const look = () => {
				const found = this.said.find((line) => line.includes(text));
				if (found === undefined) return;
				this.#listeners.delete(look);
				resolve(found);
			};
			this.#listeners.add(look);
			void this.#gone.then(() => reject(new Error(`the host never said ${text}`)));
			look();
		});
	}

	/** Ends the host's input and waits for its end. */
	async stop(): Promise<Summary> {
		const { code } = await this.#order({ stop: true }).answer;
		const summary = this.said.findLast((line) => line.startsWith('{"received"'));
		if (code !== 0 || summary === undefined)
			throw new Error(`the host ended with ${code}: ${this.said.at(-1)}`);
		return JSON.parse(summary);
	}

	/** Everything ends. */
	async close(): Promise<void> {
		this.relay.stdin.end();
		await this.#gone;
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Lines of tshark about captured packets that match `filter`: number, direction and its summary. */
	tshark(filter: string): string[] {
		if (!this.#capture) throw new Error('nothing was captured');
		const checks = ['ip.check_checksum:TRUE', 'tcp.check_checksum:TRUE', 'udp.check_checksum:TRUE'];
		const options = [...checks, 'tcp.desegment_tcp_streams:FALSE'].flatMap((each) => ['-o', each]);
		const { status, stdout } = spawnSync('tshark', ['-n', '-r', this.#capture, ...options, '-Y', filter], {
			encoding: 'utf8',
			maxBuffer: 1 << 28
		});
		if (status !== 0) throw new Error(`tshark ended with ${status}`);
		return stdout.split('\n').filter(Boolean);
	}
}

function outcomeOf({ code = -1, out = '', err = '' }: Answer): Outcome {
	return { code, out: Buffer.from(out, 'base64'), err };
}

export const script = (name: string): string => join(dirname(RELAY), name);
