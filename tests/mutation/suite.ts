// As much of a test framework as the simulator's tests use, kept in one list, so that any of them can be run again and again
// in one process. Law: collecting runs no test; a test's outcome is null or the message of what went wrong.
import { format } from 'node:util';
export { expect } from 'vitest';

type Body = (...values: never[]) => unknown;
type Hook = () => unknown;

interface Group {
	readonly name: string;
	readonly parent: Group | null;
	readonly before: Hook[];
	readonly after: Hook[];
}

export interface Test {
	/** File, groups and title: unique. */
	readonly id: string;
	readonly file: string;
	readonly body: () => unknown;
	readonly group: Group;
}

const root = (): Group => ({ name: '', parent: null, before: [], after: [] });

let file = '';
let group = root();
const tests = new Map<string, Test>();

const path = (of: Group | null): string[] => (of ? [...path(of.parent), of.name] : []);

function add(title: string, body: () => unknown): void {
	const id = [file, ...path(group), title].filter((part) => part !== '').join(' › ');
	let unique = id;
	for (let copy = 2; tests.has(unique); copy++) unique = `${id} (${copy})`;
	tests.set(unique, { id: unique, file, body, group });
}

function within(name: string, body: () => unknown): void {
	const outer = group;
	group = { ...root(), name, parent: outer };
	try {
		body();
	} finally {
		group = outer;
	}
}

/** `%s` and `$field` in the title of a row of a table. */
function titleOf(title: string, values: readonly unknown[]): string {
	const wanted = title.match(/%[sdifjoO]/g)?.length ?? 0;
	const first: unknown = values[0];
	return format(title, ...values.slice(0, wanted)).replace(/\$(\w+)/g, (all, field: string) =>
		typeof first === 'object' && first !== null && field in first
			? String(Object.entries(first).find(([key]) => key === field)?.[1])
			: all
	);
}

interface Declare {
	(title: string, body: Body, timeout?: number): void;
	each: (table: readonly unknown[]) => (title: string, body: Body, timeout?: number) => void;
	for: (table: readonly unknown[]) => (title: string, body: Body, timeout?: number) => void;
	skip: () => void;
	skipIf: (condition: unknown) => Declare | (() => void);
	runIf: (condition: unknown) => Declare | (() => void);
}

function declare(one: (title: string, body: () => unknown) => void): Declare {
	const call = (body: Body, values: readonly unknown[]) => (): unknown => Reflect.apply(body, null, values);
	const rows =
		(spread: boolean) =>
		(table: readonly unknown[]) =>
		(title: string, body: Body): void => {
			for (const row of table) {
				const values: readonly unknown[] = spread && Array.isArray(row) ? row : [row];
				one(titleOf(title, values), call(body, values));
			}
		};
	const none = Object.assign(() => undefined, { each: () => () => undefined, for: () => () => undefined });
	const self: Declare = Object.assign((title: string, body: Body) => one(title, call(body, [])), {
		each: rows(true),
		for: rows(false),
		skip: () => undefined,
		skipIf: (condition: unknown) => (condition ? none : self),
		runIf: (condition: unknown) => (condition ? self : none)
	});
	return self;
}

export const test = declare(add);
export const it = test;
export const describe = declare(within);
export const beforeEach = (hook: Hook): number => group.before.push(hook);
export const afterEach = (hook: Hook): number => group.after.push(hook);
/** Before every test, not once: what they prepare is prepared by the mutant too. */
export const beforeAll = beforeEach;
export const afterAll = afterEach;

/** Imports test files, each a root of its own. Throws what an import throws. */
export async function collect(files: readonly { name: string; url: string }[]): Promise<Map<string, Test>> {
	for (const { name, url } of files) {
		file = name;
		group = root();
		await import(url);
	}
	return tests;
}

async function hooks(of: Group | null, kind: 'before' | 'after'): Promise<void> {
	if (!of) return;
	if (kind === 'before') await hooks(of.parent, kind);
	for (const hook of of[kind]) await hook();
	if (kind === 'after') await hooks(of.parent, kind);
}

/** Runs one test with its hooks. */
export async function run({ body, group: own }: Test): Promise<string | null> {
	let problem: string | null = null;
	const attempt = async (work: () => unknown): Promise<void> => {
		try {
			await work();
		} catch (error) {
			problem ??= error instanceof Error ? error.message : String(error);
		}
	};
	await attempt(async () => {
		await hooks(own, 'before');
		await body();
	});
	await attempt(() => hooks(own, 'after'));
	return problem;
}
