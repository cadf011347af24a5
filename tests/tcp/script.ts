/**
 * A script: a story in a file of its own. It opens with `# title` and `# RFC clause`, more prose if it likes; then
 *
 *   with nagle mss=1000      what is switched on or set: the names of Tuning, of ConnectionConfig, and irs; on a host of
 *                            StackSpec too. A bare name is switched on.
 *   on host                  a whole host around the connection: packets are octets with checksums, other ports may speak
 *   in ESTABLISHED <options> brought there by the shortest way, the peer's SYN with these options; else it begins CLOSED
 *
 * and then the lines of story.ts. What it cannot read, and what does not come true, it tells with file and line.
 */
import { LESSON } from '#lib/tcp/connection.ts';
import { TCP_STATES, type TcpState } from '#lib/tcp/states.ts';
import { DEFAULT_STACK } from '#lib/sim/stack.ts';
import { ConnectionBench, type Bench } from './bench.ts';
import { HostBench } from './host-bench.ts';
import { duration, linesOf, NotationError, type Line, type Statement } from './notation.ts';
import { CONFIG, enter, IRS, readStatements, Teller } from './story.ts';

type Value = number | boolean | string | null;

export interface Script {
	/** Folder and name: `rto/backs-off`. */
	readonly id: string;
	readonly title: string;
	/** The clause it is about. */
	readonly rfc: string;
	readonly settings: Readonly<Record<string, Value>>;
	readonly host: boolean;
	readonly begins: { readonly state: TcpState; readonly syn: string } | null;
	readonly statements: readonly Statement[];
}

const SETTABLE: Readonly<Record<string, unknown>> = {
	...DEFAULT_STACK,
	...LESSON,
	...CONFIG,
	irs: IRS,
	isn: 0
};

function readSetting(word: string): [string, Value] {
	const [name = '', value] = word.split('=');
	if (!Object.hasOwn(SETTABLE, name)) throw new Error(`nothing is called ${name}`);
	if (value === undefined) return [name, true];
	if (/^\d+$/.test(value)) return [name, Number(value)];
	if (/^\d/.test(value)) return [name, duration(value)];
	return [name, value === 'off' ? false : value];
}

/** Reads a script. Throws a NotationError at the first line that makes no sense. */
export function readScript(id: string, source: string): Script {
	const [, title] = /^# (.+)/.exec(source) ?? [];
	if (title === undefined)
		throw new NotationError(id, 1, source.split('\n')[0] ?? '', 'the first line is # title');
	const [, rfc] = /^# .+\n# (RFC \d+.*)/.exec(source) ?? [];
	if (rfc === undefined)
		throw new NotationError(id, 2, source.split('\n')[1] ?? '', 'the second line is # RFC …');
	const settings: Record<string, Value> = {};
	let host = false;
	let begins: Script['begins'] = null;
	const story: Line[] = [];
	for (const line of linesOf(source)) {
		const [word, ...rest] = line.source.split(' ');
		try {
			if (story.length > 0 || !/^\w/.test(line.source)) story.push(line);
			else if (word === 'with')
				for (const one of rest) Object.assign(settings, Object.fromEntries([readSetting(one)]));
			else if (line.source === 'on host') host = true;
			else if (word === 'in') begins = { state: stateOf(rest[0]), syn: rest.slice(1).join(' ') };
			else throw new Error('before the story come with …, on host, in STATE');
		} catch (error) {
			throw new NotationError(id, line.line, line.source, error instanceof Error ? error.message : '');
		}
	}
	return { id, title, rfc, settings, host, begins, statements: readStatements(story, id) };
}

function stateOf(word: string | undefined): TcpState {
	const state = TCP_STATES.find((name) => name === word);
	if (state === undefined) throw new Error(`"${word ?? ''}" is no state of TCP`);
	return state;
}

/** Performs a script. Throws a NotationError at the first line that does not come true. */
export function perform({ id, settings, host, begins, statements }: Script): void {
	const { irs, iss, ...rest } = { irs: IRS, iss: CONFIG.iss, ...settings };
	const config = { ...CONFIG, ...rest, iss: Number(iss), tuning: { ...LESSON, ...rest } };
	const bench: Bench = host ? new HostBench(config, Number(irs)) : new ConnectionBench(config, Number(irs));
	const teller = new Teller(bench, id);
	if (begins) enter(teller, begins.state, begins.syn === '' ? undefined : begins.syn);
	teller.tell(statements);
}
