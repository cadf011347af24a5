/**
 * Mutation over goals: every goal row of every level is dropped, made always true, and weakened part by part, in the
 * source of the level; some run of the level's own proof must notice. What a row's expression uses at the top of the
 * module is part of it. `npm run mutate:levels` prints the score and each mutant that lived.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { isSolved, rowStatuses } from '#lib/levels/coach.ts';
import type { Log } from '#lib/levels/goals.ts';
import type { Level } from '#lib/levels/level.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { bypassesOf } from '../levels/bypasses.ts';
import { MET_BY, whatHappened } from '../levels/met-by.ts';
import { play } from '../levels/play.ts';

const LEVELS = new URL('../../src/lib/levels/', import.meta.url);
const LIB = new URL('../../src/lib/', import.meta.url);

interface Mutant {
	readonly row: number;
	readonly what: string;
	/** Replaces `[from, to)` of the source. */
	readonly edit: readonly [from: number, to: number, text: string];
}

// ---- the mutants

/** What takes several parts, each of which may be left out. */
const TAKES_PARTS = new Set(['all', 'any', 'order', 'either', 'both']);
/** What counts: its second argument. */
const COUNTS = new Set(['count', 'beyond', 'moreOctets']);
/** Of a question nothing is weakened but that its answer must be right; what is right has tests of its own. */
const NOT_OF_A_GOAL = new Set(['ask', 'answer', 'form', 'gate', 'opens', 'explain', 'id', 'kind']);

function mutantsOf(source: ts.SourceFile): Mutant[] {
	const tops = new Map<string, ts.Expression>();
	let goal: ts.ArrayLiteralExpression | null = null;
	for (const statement of source.statements) {
		if (!ts.isVariableStatement(statement)) continue;
		for (const { name, initializer } of statement.declarationList.declarations) {
			if (!initializer) continue;
			if (ts.isIdentifier(name)) tops.set(name.text, initializer);
			if (!ts.isObjectLiteralExpression(initializer)) continue;
			const found = property(initializer, 'goal');
			if (found && ts.isArrayLiteralExpression(found)) goal = found;
		}
	}
	if (!goal) throw new Error(`${source.fileName} has no goal`);
	return goal.elements.flatMap((element, row) => {
		if (!ts.isObjectLiteralExpression(element))
			throw new Error(`${source.fileName}: row ${row + 1} is not written out`);
		const is = property(element, 'is');
		if (!is) throw new Error(`${source.fileName}: row ${row + 1} has no predicate`);
		const guard = property(element, 'guard') !== undefined;
		const change = (node: ts.Node, text: string, what: string): Mutant => ({
			row,
			what,
			edit: [node.getStart(source), node.end, text]
		});
		return [
			{ row, what: 'row dropped', edit: [element.getFullStart(), element.end + 1, ''] as const },
			guard ? change(is, '() => null', 'never broken') : change(is, '(log) => log[0] ?? null', 'always true'),
			...reach(is, tops).flatMap((part) => weaken(part, source, change))
		];
	});
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	for (const one of object.properties)
		if (ts.isPropertyAssignment(one) && one.name.getText() === name) return one.initializer;
	return undefined;
}

/** An expression and the top-level ones that it uses, each once. */
function reach(from: ts.Expression, tops: ReadonlyMap<string, ts.Expression>): ts.Expression[] {
	const found = new Set<ts.Expression>([from]);
	for (const part of found)
		walk(part, (node) => {
			const top = ts.isIdentifier(node) ? tops.get(node.text) : undefined;
			if (top) found.add(top);
		});
	return [...found];
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	ts.forEachChild(node, (child) => {
		const skipped = ts.isPropertyAssignment(child) && NOT_OF_A_GOAL.has(child.name.getText());
		if (!skipped) walk(child, visit);
	});
}

function weaken(
	part: ts.Expression,
	source: ts.SourceFile,
	change: (node: ts.Node, text: string, what: string) => Mutant
): Mutant[] {
	const found: Mutant[] = [];
	walk(part, (node) => {
		if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
		const name = node.expression.text;
		const args = node.arguments.map((argument) => argument.getText(source));
		const call = (rest: readonly string[]) => `${name}(${rest.join(', ')})`;
		const said = node.getText(source).replace(/\s+/g, ' ').slice(0, 60);
		if (TAKES_PARTS.has(name))
			for (const [i, argument] of args.entries()) {
				if (argument.startsWith('...')) {
					for (const cut of ['.slice(1)', '.slice(0, -1)'])
						found.push(change(node, call(args.with(i, argument + cut)), `${said}: ${argument}${cut}`));
				} else if (args.length > 1)
					found.push(change(node, call(args.toSpliced(i, 1)), `${said}: without ${argument.slice(0, 40)}`));
			}
		if (COUNTS.has(name) && args[1] !== undefined)
			for (const by of name === 'moreOctets' ? ['* 0.9', '* 1.1'] : ['- 1', '+ 1'])
				found.push(change(node, call(args.with(1, `(${args[1]}) ${by}`)), `${said}: count ${by}`));
		if (name === 'answeredRight')
			found.push(
				change(
					node,
					`seen((event) => event.kind === 'input' && event.input.kind === 'answer' && event.input.question === ${args[0]}.id)`,
					`${said}: any answer`
				)
			);
	});
	return found;
}

// ---- the proof, over runs that do not depend on the goal

interface Run {
	readonly name: string;
	readonly log: Log;
	readonly solves: boolean;
}

function runsOf(level: Level): Run[] {
	const run = (name: string, inputs: Level['showMe'], solves: boolean): Run => ({
		name,
		log: play(level, inputs).log,
		solves
	});
	const { showMe } = level;
	return [
		run('the empty run', [], false),
		run('the reference', showMe, true),
		...showMe.map((_, i) => run(`the reference without step ${i + 1}`, showMe.toSpliced(i, 1), false)),
		...level.alternatives.map((inputs, i) => run(`alternative ${i + 1}`, inputs, true)),
		...bypassesOf(level).map((inputs, i) => run(`bypass ${i + 1}`, inputs, false))
	];
}

/** What notices the mutant; null: it lives. */
function noticed(level: Level, runs: readonly Run[]): string | null {
	for (const { name, log, solves } of runs) if (isSolved(level, log) !== solves) return name;
	const [opening, reference] = runs;
	if (opening && rowStatuses(level, opening.log).some(({ row, by }) => by && !row.guard))
		return 'a row met at the start';
	const met = reference ? rowStatuses(level, reference.log).map(({ by }) => by && whatHappened(by)) : [];
	return JSON.stringify(met) === JSON.stringify(MET_BY[level.slug]) ? null : 'what meets its rows';
}

async function load(text: string, slug: string): Promise<Level> {
	const { outputText } = ts.transpileModule(text, {
		compilerOptions: {
			target: ts.ScriptTarget.ES2023,
			module: ts.ModuleKind.ESNext,
			verbatimModuleSyntax: true
		}
	});
	const absolute = outputText
		.replaceAll(/from '\.\/([^']+)'/g, (_, path: string) => `from '${new URL(path, LEVELS).href}'`)
		.replaceAll(/from '#lib\/([^']+)'/g, (_, path: string) => `from '${new URL(path, LIB).href}'`);
	const module = (await import(`data:text/javascript,${encodeURIComponent(absolute)}`)) as Record<
		string,
		unknown
	>;
	const found = Object.values(module).find(
		(value): value is Level =>
			typeof value === 'object' && value !== null && 'slug' in value && value.slug === slug
	);
	if (!found) throw new Error(`${slug}: no level in its module`);
	return found;
}

let goals = 0;
let whole = 0;
let killed = 0;
let made = 0;
let byRuns = 0;
for (const level of ALL_LEVELS) {
	const text = readFileSync(new URL(`${level.slug}.ts`, LEVELS), 'utf8');
	const source = ts.createSourceFile(`${level.slug}.ts`, text, ts.ScriptTarget.ES2023, true);
	const runs = runsOf(level);
	const before = noticed(level, runs);
	if (before !== null) throw new Error(`${level.slug} fails its proof as it stands: ${before}`);
	const lived: Mutant[] = [];
	const mutants = mutantsOf(source);
	for (const mutant of mutants) {
		const [from, to, put] = mutant.edit;
		let by: string | null;
		try {
			by = noticed(await load(text.slice(0, from) + put + text.slice(to), level.slug), runs);
		} catch (error) {
			by = `it does not run: ${String(error)}`;
		}
		if (by === null) lived.push(mutant);
		else if (!by.startsWith('what')) byRuns++;
	}
	const weak = new Set(lived.map(({ row }) => row));
	goals += level.goal.length;
	whole += level.goal.length - weak.size;
	made += mutants.length;
	killed += mutants.length - lived.length;
	console.log(
		`${level.number} ${level.slug}: ${mutants.length - lived.length} of ${mutants.length} mutants met`
	);
	for (const { row, what } of lived) console.log(`  row ${row + 1} lives: ${what}`);
}
console.log(
	`${killed} of ${made} mutants met, ${byRuns} of them by what a run solves; ${whole} of ${goals} goals without a survivor`
);
if (whole < goals) process.exitCode = 1;
