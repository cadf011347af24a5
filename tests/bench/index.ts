/** `npm run bench`: the simulator. `npm run bench -- page`: the level page in a headless browser. */
if (process.argv[2] === 'page') await import('./page/run.ts');
else await import('./simulator.ts');

export {};
