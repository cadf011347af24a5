// The mission card, the questions and the end of a level, on real runs.
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { coach } from '#lib/levels/coach.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import { knock } from '#lib/levels/knock.ts';
import { notyet } from '#lib/levels/notyet.ts';
import { shake } from '#lib/levels/shake.ts';
import { debriefOf, verdict } from '#lib/levels/verdict.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Answer, Event, Input } from '#lib/sim/event.ts';
import { createWorld } from '#lib/sim/world.ts';
import CoachLine from '#lib/ui/CoachLine.svelte';
import FinishCard from '#lib/ui/FinishCard.svelte';
import Mission from '#lib/ui/Mission.svelte';
import QuestionCard from '#lib/ui/QuestionCard.svelte';

function run(level: Level, inputs: readonly Input[]): readonly Event[] {
	const world = createWorld(level.scenario, level.seed);
	for (const input of [...level.prelude, ...inputs]) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	return world.log;
}
const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const answer = (question: string, value: Answer): Input => ({ kind: 'answer', question, value });

describe('mission', () => {
	const open = (log: readonly Event[]) => {
		const sought: number[] = [];
		const report = coach(knock, log);
		const shown = render(Mission, {
			level: knock,
			rows: report.rows,
			solved: report.solved,
			open: true,
			disabled: false,
			ontoggle: () => undefined,
			onseek: (count: number) => sought.push(count)
		});
		return shown.then(() => sought);
	};

	test('says its text and every row, open at first', async () => {
		await open([]);
		await expect.element(page.getByText(knock.mission)).toBeVisible();
		for (const { say } of knock.goal) await expect.element(page.getByText(`${say}, open`)).toBeVisible();
		await expect.element(page.getByRole('button', { name: /go to event/ })).not.toBeInTheDocument();
	});

	test('a met row is a button that goes to the event that met it', async () => {
		const log = run(knock, [type('connect post 110')]);
		const sought = await open(log);
		await page.getByRole('button', { name: /The greeting has reached desk ?, met ?, go to event/ }).click();
		const [count = 0] = sought;
		expect(log[count - 1]?.kind).toBe('pop3.received');
		await expect.element(page.getByText('You said who talks first, open')).toBeVisible();
	});
});

describe('question', () => {
	const ask = async (
		log: readonly Event[],
		id: string,
		{ over = false, more = false, level = shake } = {}
	) => {
		const status = questionStatuses(level, log).find(({ question }) => question.id === id);
		if (!status) throw new Error(`no question ${id}`);
		const told: unknown[] = [];
		await render(QuestionCard, {
			status,
			holding: status.given.length === 0,
			asleep: false,
			over,
			again: true,
			more,
			onanswer: (value: Answer) => told.push(value),
			onskip: () => told.push('skip'),
			onwake: () => told.push('wake'),
			onread: () => told.push('read')
		});
		return told;
	};
	const opened = [type('connect post 109'), type('connect post 110')];

	test('a number is typed and sent with Enter; what is no number is not', async () => {
		const told = await ask(run(shake, opened), 'third.ack');
		const box = page.getByRole('textbox', { name: 'Acknowledgement number' });
		await expect.element(box).toHaveFocus();
		await userEvent.keyboard('five{Enter}');
		expect(told).toEqual([]);
		await userEvent.clear(box);
		await userEvent.type(box, '5 001{Enter}');
		expect(told).toEqual([5001]);
	});

	test('it can be skipped', async () => {
		const told = await ask(run(shake, opened), 'third.ack');
		await page.getByRole('button', { name: 'Skip' }).click();
		expect(told).toEqual(['skip']);
	});

	test('a wrong value stays beside the real one, and the difference is explained', async () => {
		const told = await ask(run(shake, [...opened, answer('third.ack', 5000)]), 'third.ack');
		await expect.element(page.getByText('5000', { exact: true })).toBeVisible();
		await expect.element(page.getByText('5001', { exact: true })).toBeVisible();
		await expect.element(page.getByText(/one short/)).toBeVisible();
		expect(document.body.textContent).not.toMatch(/wrong/i);
		await page.getByRole('button', { name: 'Answer again' }).click();
		await expect
			.element(page.getByRole('textbox', { name: 'Acknowledgement number' }), {
				message: 'what is typed goes there'
			})
			.toHaveFocus();
		await userEvent.keyboard('5001{Enter}');
		expect(told).toEqual([5001]);
	});

	test('a right one says that it is the same', async () => {
		const told = await ask(run(shake, [...opened, answer('third.ack', 5001)]), 'third.ack');
		await expect.element(page.getByText('The same.')).toBeVisible();
		await page.getByRole('button', { name: 'Close' }).click();
		expect(told).toEqual(['read']);
	});

	test('what follows the result has the focus of who waits, not of who writes a line', async () => {
		await ask(run(shake, [...opened, answer('third.ack', 5000)]), 'third.ack');
		await expect.element(page.getByRole('button', { name: 'Answer again' })).toHaveFocus();
		const line = document.body.appendChild(document.createElement('input'));
		line.dataset['terminalInput'] = '';
		line.value = 'PASS';
		line.focus();
		const told = await ask(run(shake, [...opened, answer('third.ack', 5001)]), 'third.ack', { more: true });
		await expect.element(page.getByRole('button', { name: 'Go on' })).toBeVisible();
		expect(document.activeElement).toBe(line);
		await page.getByRole('button', { name: 'Go on' }).click();
		expect(told).toEqual(['read']);
		line.remove();
	});

	test('cards that are taken up again lie as they lay', async () => {
		const laid = 'USER=door, STAT=inside';
		await ask(run(notyet, [type('STAT'), answer('auth-legal', laid)]), 'auth-legal', { level: notyet });
		await page.getByRole('button', { name: 'Answer again' }).click();
		await expect.element(page.getByRole('radio', { name: 'USER: Door' })).toBeChecked();
		await expect.element(page.getByRole('radio', { name: 'STAT: Inside' })).toBeChecked();
		await expect.element(page.getByRole('button', { name: '5 to lay down' })).toBeVisible();
	});

	test('a point question sends the player to the inspector', async () => {
		await ask(run(shake, opened), 'synack.ack');
		await expect.element(page.getByText(/Choose the packet, then the field in the inspector/)).toBeVisible();
	});

	test('once the level is over only the difference is left', async () => {
		await ask(run(shake, [...opened, answer('third.ack', 5000)]), 'third.ack', { over: true });
		await expect.element(page.getByText(/one short/)).toBeVisible();
		await expect.element(page.getByRole('button')).not.toBeInTheDocument();
	});
});

describe('coach', () => {
	const say = async (level: Level, log: readonly Event[], hints: readonly string[] = [], canShow = false) => {
		const asked: unknown[] = [];
		await render(CoachLine, {
			report: coach(level, log),
			hints,
			looking: null,
			busy: null,
			canShow,
			say: null,
			disabled: false,
			onrewind: (count: number) => asked.push(count),
			onlook: (pane: string) => asked.push(pane),
			onhint: () => asked.push('hint'),
			onshow: () => asked.push('show')
		});
		return asked;
	};

	test('says the next step', async () => {
		await say(knock, []);
		await expect.element(page.getByText(/send connect post 110 with Enter/)).toBeVisible();
	});

	test('names what led away and offers to rewind to before it', async () => {
		const log = run(knock, [type('connect post 109')]);
		const asked = await say(knock, log);
		await page.getByRole('button', { name: 'Rewind to before' }).click();
		expect(asked).toEqual([coach(knock, log).message?.rewindTo]);
		expect(log[Number(asked[0])]?.kind).toBe('input');
	});

	test('shows the last hint, goes back to earlier ones, and offers to show below the third', async () => {
		const asked = await say(knock, [], knock.hints, true);
		await expect.element(page.getByText(knock.hints[2])).toBeVisible();
		await page.getByRole('button', { name: 'Hint 1' }).click();
		await expect.element(page.getByText(knock.hints[0])).toBeVisible();
		await page.getByRole('button', { name: 'Show me' }).click();
		expect(asked).toEqual(['show']);
	});
});

describe('the end of a level', () => {
	const log = run(knock, [type('connect post 110'), answer('first', 'post')]);
	const end = (more: { brief?: boolean; quiet?: boolean }) =>
		render(FinishCard, {
			level: knock,
			verdict: verdict(knock, log, { hintsUsed: 0, shown: false }),
			helped: false,
			brief: more.brief ?? false,
			quiet: more.quiet ?? false,
			next: { href: '#next', number: '1.2', title: shake.title },
			map: '#map'
		});

	test('debrief, the fact, and Next in focus', async () => {
		await end({});
		await expect.element(page.getByText(debriefOf(knock, log))).toBeVisible();
		await expect.element(page.getByText('5 packets, 237 bytes; you typed 16.')).toBeVisible();
		await expect.element(page.getByRole('link', { name: `Next: 1.2 ${shake.title}` })).toHaveFocus();
		await expect.element(page.getByRole('img', { name: 'Delivered: earned' })).toBeVisible();
	});

	test('from the third solved level on it is one line, with the rest on demand', async () => {
		await end({ brief: true });
		await expect.element(page.getByText(debriefOf(knock, log))).not.toBeInTheDocument();
		await page.getByRole('button', { name: 'What happened' }).click();
		await expect.element(page.getByText(debriefOf(knock, log))).toBeVisible();
	});

	test('on a replay it leaves the focus where it is', async () => {
		await end({ quiet: true, brief: true });
		await expect.element(page.getByRole('link', { name: `Next: 1.2 ${shake.title}` })).not.toHaveFocus();
	});
});
