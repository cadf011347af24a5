// What every mutation run has in common. A room that is to be tested so gets a file beside this one that says what is
// mutated and what judges it, and a script in package.json.

/**
 * @typedef {object} Target
 * @property {string} name of the reports
 * @property {string[]} sources files to be mutated, as globs
 * @property {string[]} tests folders whose own test files judge them
 * @property {RegExp[]} leaveOut tests, by file, groups and title, that take longer than they would teach of a mutant
 * @property {number} least the least score, in %, that ends well
 */

/** @param {Target} target Settings for Stryker. */
export const target = ({ name, sources, tests, leaveOut, least }) => ({
	mutate: sources,
	inProcess: { tests, leaveOut: leaveOut.map(({ source }) => source).join('|') },
	plugins: ['./tests/mutation/runner.ts'],
	testRunner: 'in-process',
	testRunnerNodeArgs: ['--import', 'tsx'],
	checkerNodeArgs: ['--import', 'tsx'],
	ignorePatterns: ['/build', '/static', '/.reports', '!.svelte-kit'],
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	concurrency: 2,
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	clearTextReporter: { allowColor: false, logTests: false },
	htmlReporter: { fileName: `.reports/mutation/${name}.html` },
	jsonReporter: { fileName: `.reports/mutation/${name}.json` },
	tempDirName: '.stryker',
	thresholds: { high: 90, low: least, break: least },
	timeoutMS: 2000,
	timeoutFactor: 2
});
