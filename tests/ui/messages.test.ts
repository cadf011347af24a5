// What the server says, what the coach says of it, and where its link leads, situation by situation; and a view that stops.
import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { coach } from '#lib/levels/coach.ts';
import * as explain from '#lib/levels/explain.ts';
import { count } from '#lib/levels/count.ts';
import { papers } from '#lib/levels/papers.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Event } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import CoachLine from '#lib/ui/CoachLine.svelte';
import Guard from '#lib/ui/Guard.svelte';

function run(level: Level, lines: readonly string[]): readonly Event[] {
	const world = createWorld(level.scenario, level.seed);
	const typed = lines.map((line) => ({ kind: 'type', host: 'desk', line }) as const);
	for (const input of [...level.prelude, ...typed]) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	return world.log;
}
const serverSaid = (log: readonly Event[]): string => {
	const last = log.findLast((event) => event.kind === 'pop3.reply');
	return last?.kind === 'pop3.reply' ? `${last.ok ? '+OK' : '-ERR'} ${last.text}` : '';
};

interface Situation {
	readonly level: Level;
	readonly lines: readonly string[];
	readonly server: string;
	/** Null: the coach has nothing to add, and says the next step. */
	readonly coach: string | null;
	readonly link?: string;
	readonly leads?: unknown;
}
const SITUATIONS: Readonly<Record<string, Situation>> = {
	'STAT before login': {
		level: papers,
		lines: ['STAT'],
		server: '-ERR command not valid in this state',
		coach: 'The server is in AUTHORIZATION. Show papers first.',
		link: 'Show in States',
		leads: 'states'
	},
	'user ada in lower case': { level: papers, lines: ['user ada'], server: '+OK send PASS', coach: null },
	'a line end spelt out': {
		level: papers,
		lines: ['USER ada<CRLF>', 'PASS lovelace'],
		server: '-ERR wrong name or password',
		coach: 'Enter already sends CRLF: bytes 0d 0a. The word was taken as part of the name.',
		link: 'Show bytes',
		leads: 'bytes'
	},
	'RETR without number': {
		level: count,
		lines: ['RETR'],
		server: '-ERR message number required',
		coach: 'Which letter? LIST shows the numbers.'
	},
	'RETR 9': {
		level: count,
		lines: ['RETR 9'],
		server: '-ERR no such message',
		coach: 'There are 4 in this session.'
	},
	'RETR 2 after DELE 2': {
		level: count,
		lines: ['DELE 2', 'RETR 2'],
		server: '-ERR message is deleted',
		coach: 'Marked letters are hidden. RSET brings them back.'
	},
	'an unknown word': {
		level: count,
		lines: ['LSIT'],
		server: '-ERR unknown command',
		coach: 'Did you mean LIST?'
	},
	'an argument over 40 characters': {
		level: papers,
		lines: [`USER ${'a'.repeat(41)}`],
		server: '-ERR line too long: an argument has at most 40 characters',
		coach: 'POP3 words are short: argument up to 40 characters.'
	},
	'a broken guard': {
		level: count,
		lines: ['RETR 3'],
		server: '+OK 242 octets',
		coach: '“RETR 3” broke row 4.',
		link: 'Rewind to before',
		leads: expect.any(Number)
	},
	'three failures in a row': {
		level: papers,
		lines: ['STAT', 'LIST', 'RETR 1'],
		server: '-ERR command not valid in this state',
		coach: 'A hint is waiting.',
		link: 'Hint 1',
		leads: 'hint'
	}
};

describe.each(Object.entries(SITUATIONS))('%s', (_what, situation) => {
	const { level, lines, server, coach: said, link, leads } = situation;
	const log = run(level, lines);
	const report = coach(level, log, explain);

	test('is answered by the server and explained by the coach, each in its own words', async () => {
		const asked: unknown[] = [];
		await render(CoachLine, {
			report,
			hints: [],
			looking: null,
			busy: null,
			canShow: false,
			say: null,
			disabled: false,
			onrewind: (at: number) => asked.push(at),
			onlook: (pane: string) => asked.push(pane),
			onhint: () => asked.push('hint'),
			onshow: () => asked.push('show')
		});
		expect(serverSaid(log)).toBe(server);
		const line = page.getByRole('group', { name: 'Coach' });
		if (said === null) expect(report.message).toBeNull();
		await expect.element(line).toHaveTextContent(said ?? report.milestone?.next ?? '?');
		if (link === undefined) return expect(line.getByRole('button').elements()).toEqual([]);
		await line.getByRole('button', { name: link, exact: true }).click();
		expect(asked).toEqual([leads]);
		const [at] = asked;
		if (typeof at === 'number')
			expect(log[at]).toMatchObject({ kind: 'input', input: { line: lines.at(-1) } });
	});
});

describe('a view that stops', () => {
	const stopped = () => {
		const view = { broken: true };
		const children = createRawSnippet(() => ({
			render: () => {
				if (view.broken) throw new Error('the drawing failed');
				return '<p>the drawing</p>';
			}
		}));
		return { view, children };
	};

	test('says so, is loaded again, and leaves a report to copy', async () => {
		const written: string[] = [];
		const copy = vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
			written.push(text);
			return Promise.resolve();
		});
		const { view, children } = stopped();
		await render(Guard, { name: 'Ladder', children });
		await expect.element(page.getByRole('alert')).toHaveTextContent('This view stopped. The run is safe.');
		await page.getByRole('button', { name: 'Copy report' }).click();
		expect(written).toEqual([expect.stringMatching(/^Ladder stopped at \/[\s\S]*the drawing failed/)]);
		copy.mockRestore();
		view.broken = false;
		await page.getByRole('button', { name: 'Reload view' }).click();
		await expect.element(page.getByText('the drawing', { exact: true })).toBeVisible();
		await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
	});
});
