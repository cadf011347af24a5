// A test runner for Stryker that stays in one process: the tests are imported once, and a mutant costs only the tests that
// cover it, the quickest first, up to the first that fails. Law: nothing is decided here that Stryker decides (which
// mutants, which tests, how long); a mutant that neither ends nor fails is killed from outside, with its process.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { collect, run, type Test } from './suite.ts';

/** What Stryker's instrumented code reads and writes, all in one global object. */
interface Switchboard {
	activeMutant?: string | undefined;
	currentTestId?: string | undefined;
	mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
	hitCount?: number | undefined;
	hitLimit?: number | undefined;
	/** Ours: set once the coverage is known, when counting would only cost time. */
	counted?: boolean;
}

declare global {
	var __stryker__: Switchboard | undefined;
}

interface Options {
	readonly inProcess: {
		/** Folders whose own test files are run. */
		readonly tests: readonly string[];
		/** A pattern of ids. */
		readonly leaveOut: string;
	};
}

interface MutantRun {
	readonly activeMutant: { readonly id: string };
	readonly testFilter?: readonly string[];
	readonly hitLimit?: number;
}

const board: Switchboard = (globalThis.__stryker__ ??= {});

/** Rewrites files of the sandbox, which is the working directory; a second process finds nothing left to do. */
function rewrite(files: readonly string[], from: RegExp, to: string): void {
	for (const name of files) {
		const text = readFileSync(name, 'utf8');
		const changed = text.replace(from, to);
		if (changed !== text) writeFileSync(name, changed);
	}
}

const filesOf = (folder: string, recursive: boolean, ending = '.ts'): string[] =>
	readdirSync(folder, { recursive, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => `${folder}/${name}`);

/** The same string as the literal in the code, so that comparing them is comparing two pointers. */
const interned = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text;

class InProcessRunner {
	static readonly inject = ['options'] as const;
	readonly #tests: readonly string[];
	readonly #leaveOut: RegExp;
	#suite = new Map<string, Test>();

	constructor({ inProcess }: Options) {
		this.#tests = inProcess.tests;
		this.#leaveOut = new RegExp(inProcess.leaveOut);
	}

	/** A runtime mutant needs no fresh modules; static ones are not run at all. */
	capabilities(): { reloadEnvironment: boolean } {
		return { reloadEnvironment: true };
	}

	async init(): Promise<void> {
		const suite = new URL('./suite.ts', import.meta.url).href;
		rewrite(filesOf('tests', true), /(?<=from )'vitest'/, JSON.stringify(suite));
		rewrite(
			filesOf('src/lib', true),
			/function cover\(\) \{(?!\s*if)/,
			'function cover() { if (ns.counted) return;'
		);
		const names = this.#tests.flatMap((folder) => filesOf(folder, false, '.test.ts')).sort();
		const all = await collect(names.map((name) => ({ name, url: pathToFileURL(name).href })));
		this.#suite = new Map([...all].filter(([id]) => !this.#leaveOut.test(id)));
	}

	/** Every test twice: once to see what it covers, once, warm and uncounted, to see how long it takes. */
	async dryRun(): Promise<object> {
		const results = [];
		for (const { id, file } of this.#suite.values()) {
			board.counted = false;
			board.currentTestId = id;
			const failure = await this.#run(id);
			board.currentTestId = undefined;
			board.counted = true;
			const begun = performance.now();
			const again = failure ?? (await this.#run(id));
			if (again !== null) return { status: 'error', errorMessage: `${id} fails without a mutant: ${again}` };
			results.push({ id, name: id, fileName: file, status: 0, timeSpentMs: performance.now() - begun });
		}
		results.sort((a, b) => a.timeSpentMs - b.timeSpentMs);
		const { static: atLoad = {}, perTest = {} } = board.mutantCoverage ?? {};
		const quickestFirst = results.map(({ id }) => [id, perTest[id] ?? {}] as const);
		return {
			status: 'complete',
			tests: results,
			mutantCoverage: { static: atLoad, perTest: Object.fromEntries(quickestFirst) }
		};
	}

	async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRun): Promise<object> {
		Object.assign(board, { activeMutant: interned(activeMutant.id), hitCount: 0, hitLimit, counted: true });
		const wanted = testFilter ?? [...this.#suite.keys()];
		try {
			for (const [index, id] of wanted.entries()) {
				const failureMessage = await this.#run(id);
				if ((board.hitCount ?? 0) > (hitLimit ?? Infinity))
					return { status: 'timeout', reason: `hit more than ${hitLimit} times` };
				if (failureMessage !== null)
					return { status: 'killed', killedBy: [id], failureMessage, nrOfTests: index + 1 };
			}
			return { status: 'survived', nrOfTests: wanted.length };
		} finally {
			Object.assign(board, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
		}
	}

	async #run(id: string): Promise<string | null> {
		const found = this.#suite.get(id);
		return found ? run(found) : `no test has the name ${id}`;
	}
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner }];

export const strykerValidationSchema = {
	type: 'object',
	properties: {
		inProcess: {
			type: 'object',
			required: ['tests', 'leaveOut'],
			properties: { tests: { type: 'array', items: { type: 'string' } }, leaveOut: { type: 'string' } }
		}
	}
};
