// A level page as its player meets it: the controls by the names that a screen reader says, and the few things one does
// with them. Nothing here waits for time to pass, only for what the page shows.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

export const SLUGS = ['knock', 'shake', 'papers'] as const;
export type Slug = (typeof SLUGS)[number];

export class LevelPage {
	readonly page: Page;
	readonly line: Locator;
	readonly text: Locator;
	readonly goals: Locator;
	readonly rows: Locator;
	readonly question: Locator;
	readonly worked: Locator;
	readonly finish: Locator;
	readonly coach: Locator;
	readonly inspector: Locator;
	readonly timeline: Locator;
	readonly scrubber: Locator;
	readonly speed: Locator;

	constructor(page: Page) {
		this.page = page;
		this.line = page.getByRole('textbox', { name: 'Line to send from' });
		this.text = page.getByRole('group', { name: 'Terminal text' });
		this.goals = page.getByRole('list', { name: 'Goals' }).getByRole('listitem');
		this.rows = page.getByRole('grid', { name: 'Packets' }).locator('[data-packet]');
		this.question = page.getByRole('region', { name: 'Question' });
		this.worked = page.getByRole('region', { name: 'One packet, field by field' });
		this.finish = page.getByRole('region', { name: 'Level solved' });
		this.coach = page.getByRole('group', { name: 'Coach' });
		this.inspector = page.getByRole('region', { name: 'Packet', exact: true });
		this.timeline = page.getByRole('group', { name: 'Timeline' });
		this.scrubber = this.timeline.getByRole('slider', { name: 'Events' });
		this.speed = this.timeline.getByRole('combobox', { name: 'Speed' });
	}

	/** Opens a level past its opening, at the highest speed. */
	async open(slug: Slug): Promise<void> {
		await this.page.goto(`level/${slug}/?skip`);
		await this.speed.selectOption('4×');
		if (slug === 'papers') await expect(this.text).toContainText('+OK POP3');
	}
	async send(line: string): Promise<void> {
		await this.line.fill(line);
		await this.line.press('Enter');
	}
	/** Sends a line and waits for the server's answer to it: the first one below that line, whatever came before it. */
	async say(line: string, answer: string | RegExp, send = () => this.send(line)): Promise<void> {
		const typed = this.text.locator('.typed').filter({ has: this.page.getByText(line, { exact: true }) });
		const before = await typed.count();
		await send();
		const below = typed.nth(before).locator('xpath=following::p[contains(@class, "server")]');
		await expect(below.getByText(/^(\+OK|-ERR)/).first()).toHaveText(answer);
	}
	/** The row of a packet number. */
	row(packet: number): Locator {
		return this.rows.and(this.page.locator(`[data-packet="${packet}"]`));
	}
	field(label: string): Locator {
		return this.inspector.getByRole('treeitem', { name: new RegExp(`^${label},`) });
	}
	goal(say: string | RegExp): Locator {
		return this.goals.filter({ hasText: say });
	}
	/** Among the options of the question that is put, none of which has the focus when they come. */
	get options(): Locator {
		return this.question.getByRole('group');
	}
	/** By keyboard, from the options as a whole to one of them. */
	async choose(name: string): Promise<void> {
		await expect(this.options).toBeFocused({ timeout: 20_000 });
		const option = this.options.getByRole('button', { name });
		const isThere = () => option.evaluate((element) => element === document.activeElement);
		for (let i = 0; i < 6 && !(await isThere()); i++) await this.page.keyboard.press('ArrowDown');
		await expect(option).toBeFocused();
		await this.page.keyboard.press('Enter');
	}
	/** Every goal row is met, one by one. */
	async allMet(): Promise<void> {
		for (const row of await this.goals.all()) await expect(row).toContainText(', met');
	}

	// ---- the reference runs, the quick way

	async solve(slug: Slug): Promise<void> {
		await { knock: () => this.knock(), shake: () => this.shake(), papers: () => this.papers() }[slug]();
		await expect(this.finish).toBeVisible();
	}
	async knock(): Promise<void> {
		await this.send('connect post 110');
		await this.question.getByRole('button', { name: 'post, the server' }).click();
	}
	async shake(): Promise<void> {
		await this.send('connect post 109');
		await expect(this.text).toContainText('refused');
		await this.send('connect post 110');
		await this.question.getByRole('textbox').fill('5001');
		await this.question.getByRole('textbox').press('Enter');
		await this.question.getByRole('button', { name: /^(Close|Go on)$/ }).click();
		await this.row(4).click();
		await this.field('Acknowledge?ment number').click();
	}
	async papers(): Promise<void> {
		await this.say('USER ada', /^\+OK/);
		await this.say('PASS lovelance', /^-ERR/);
		await this.say('USER ada', /^\+OK/);
		await this.send('PASS lovelace');
		await this.question.getByRole('button', { name: 'nobody' }).click();
	}
}
