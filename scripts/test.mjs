// `npm test`: every suite in turn, then one line that sums them: `N passed, N failed` (`, N skipped` where any was).
// A static check counts as one test. Suites can be named: `npm test -- unit e2e`. What failed is named once more at the end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const reports = '.reports';
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, and the first lines of why. @type {string[]} */
const failures = [];
/** @param {string} name @param {string[]} messages */
function failed(name, messages) {
	const why = messages
		.flatMap((message) => message.split('\n').filter((line) => !/^ +at .*node_modules/.test(line)))
		.slice(0, 12)
		.join('\n    ');
	failures.push(`✗ ${name.replace(`${process.cwd()}/`, '')}\n    ${stripVTControlCharacters(why)}`);
}
/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] */
function run(command, args, env = {}) {
	const { status } = spawnSync(command, args, {
		stdio: 'inherit',
		shell: process.platform === 'win32',
		env: { ...process.env, ...env }
	});
	return status === 0;
}

/** A check without tests of its own. @param {string} name @param {string[]} command */
function check(name, ...command) {
	return () => {
		const [program = '', ...args] = command;
		const ok = run('npx', ['--no-install', program, ...args]);
		if (!ok) failed(name, ['printed above']);
		return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
	};
}

/** @param {string} file */
const report = (file) => JSON.parse(readFileSync(`${reports}/${file}`, 'utf8'));

/** The count in a report, or one failure when the run broke outside any test. @param {boolean} ok @param {() => Count} read */
function counted(ok, read) {
	try {
		const count = read();
		if (!ok && count.failed === 0) {
			failed('the run broke outside any test', ['printed above']);
			count.failed = 1;
		}
		return count;
	} catch (error) {
		failed('the run broke outside any test', [String(error)]);
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

/** @param {string} project */
function vitest(project) {
	return () => {
		const file = `vitest-${project}.json`;
		const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${reports}/${file}`];
		const ok = run('npx', ['--no-install', 'vitest', 'run', '--project', project, ...args]);
		return counted(ok, () => {
			const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report(file);
			/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Result */
			/** @type {{ name: string, status: string, message: string, assertionResults: Result[] }[]} */
			const files = testResults;
			const broken = files.filter((f) => f.status === 'failed' && f.assertionResults.length === 0);
			for (const file of broken) failed(file.name, [file.message]);
			for (const file of files)
				for (const test of file.assertionResults)
					if (test.status === 'failed') failed(`${file.name} › ${test.fullName}`, test.failureMessages);
			return {
				passed: numPassedTests,
				failed: numFailedTests + broken.length,
				skipped: numPendingTests + numTodoTests
			};
		});
	};
}

/** @typedef {{ ok: boolean, file: string, line: number, title: string,
	tests: { results: { error?: { message: string } }[] }[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */
/** @param {Suite[]} suites @returns {Spec[]} */
const specs = (suites) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specs(suite.suites ?? [])]);

function playwright() {
	const file = `${reports}/playwright.json`;
	const args = ['test', '--reporter=line,json'];
	const ok = run('npx', ['--no-install', 'playwright', ...args], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
	return counted(ok, () => {
		const { expected, unexpected, flaky, skipped } = report('playwright.json').stats;
		for (const spec of specs(report('playwright.json').suites))
			if (!spec.ok)
				failed(
					`${spec.file}:${spec.line} › ${spec.title}`,
					spec.tests.map((t) => t.results.at(-1)?.error?.message ?? '')
				);
		if (flaky) console.log(`e2e: ${flaky} passed only when repeated`);
		return { passed: expected + flaky, failed: unexpected, skipped };
	});
}

/** @type {Record<string, () => Count>} */
const suites = {
	format: check('format', 'prettier', '--check', '--log-level=warn', '.'),
	lint: check('lint', 'eslint', '.'),
	types: check('types', 'svelte-check', '--fail-on-warnings', '--output', 'human'),
	simulator: check('simulator types', 'tsc', '--noEmit', '-p', 'tsconfig.simulator.json'),
	unused: check('unused code', 'knip'),
	unit: vitest('node'),
	browser: vitest('browser'),
	interop: vitest('interop'),
	build: check('build', 'vite', 'build', '--logLevel', 'warn'),
	e2e: playwright
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length) {
	console.error(`test: no suite named ${unknown.join(', ')}: choose from ${Object.keys(suites).join(', ')}`);
	process.exit(2);
}
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);
run('npx', ['--no-install', 'svelte-kit', 'sync']);
for (const [name, suite] of Object.entries(suites)) {
	if (wanted.length && !wanted.includes(name)) continue;
	console.log(`\n── ${name}`);
	const began = process.hrtime.bigint();
	const count = suite();
	const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped += count.skipped;
	console.log(
		`── ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped, ${seconds.toFixed(1)} s`
	);
}
if (failures.length) console.log(`\n${failures.join('\n')}`);
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed || !total.passed ? 1 : 0);
