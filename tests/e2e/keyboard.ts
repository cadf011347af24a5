// A person without a mouse: every step of a level's own solution, done with the keys that the page gives for it.
import type { Locator, Page } from '@playwright/test';
import { orderValue, readCards, readMany, readOrder } from '#lib/levels/answers.ts';
import { isMeant, questionStatuses } from '#lib/levels/questions.ts';
import type { Form, Lever, Level, Question } from '#lib/levels/level.ts';
import { seatsOf } from '#lib/levels/seats.ts';
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { play } from '../levels/play.ts';
import { expect } from './fixtures.ts';
import { LevelPage } from './level.ts';

type AnswerInput = Extract<Input, { kind: 'answer' }>;

const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(all)];
/** One of them has the focus. */
const isFocused = (target: Locator): Promise<boolean> =>
	target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** How many steps are still to be done, and whether a question is put. */
export interface Moment {
	readonly left: number;
	readonly asked: boolean;
}

export class Keyboard {
	readonly page: Page;
	readonly view: LevelPage;
	readonly #level: Level;
	/** The reference run, where it says which packet holds what. */
	readonly #log: readonly Event[];
	#left: Input[];

	constructor(page: Page, level: Level) {
		this.page = page;
		this.view = new LevelPage(page);
		this.#level = level;
		this.#log = play(level, level.showMe).log;
		this.#left = [...level.showMe];
	}

	/** From the level as it opens to its end; `look` sees it before each step, the world at rest. */
	async solve(look?: (moment: Moment) => Promise<void>): Promise<void> {
		await this.#fast();
		while (this.#left.length > 0) {
			const [next] = this.#left;
			if (!next) return;
			await this.#quiet();
			const pending = await this.#asked();
			await look?.({ left: this.#left.length, asked: pending !== null });
			if (pending) await this.#answer(pending);
			else if (next.kind === 'answer') await this.#await(next);
			else {
				this.#left.shift();
				await this.#act(next);
			}
		}
		await expect(this.view.finish).toBeVisible();
	}

	/** The highest speed, set on the stage. */
	async #fast(): Promise<void> {
		await this.#pane(this.page.getByRole('region', { name: 'Stage' }));
		await this.page.keyboard.press(']');
		await this.page.keyboard.press(']');
		await expect(this.view.speed).toHaveValue('4');
		await this.page.keyboard.press('Escape');
	}
	/** Until nothing is under way, or a question holds it. */
	async #quiet(): Promise<void> {
		const { page } = this;
		while (await this.view.worked.isVisible()) {
			await this.#focus(this.view.worked.getByRole('button').first());
			await page.keyboard.press('Enter');
		}
		await expect(
			page.getByRole('group', { name: 'Coach' }).filter({ hasText: /Watch the wire\./ })
		).toHaveCount(0, { timeout: 45_000 });
	}
	/** An answer to the question that is put now. */
	async #asked(): Promise<AnswerInput | null> {
		if (!(await this.view.question.isVisible())) return null;
		const text =
			(await this.view.question
				.locator('.ask')
				.textContent({ timeout: 1000 })
				.catch(() => '')) ?? '';
		const asked = this.#level.questions.find(({ ask }) => ask === text.trim());
		const pending = this.#left.find((input) => input.kind === 'answer' && input.question === asked?.id);
		return pending?.kind === 'answer' ? pending : null;
	}
	/** The answer is due: what hides its question is closed, and the question is waited for. */
	async #await(input: AnswerInput): Promise<void> {
		const { ask } = this.#question(input);
		const close = this.view.question.getByRole('button', { name: /^(Close|Go on)$/ });
		const mine = this.view.question.filter({ hasText: ask });
		await expect(mine.or(close)).toBeVisible();
		if (await mine.isVisible()) return;
		await this.#focus(close);
		await this.page.keyboard.press('Enter');
	}

	#question(input: AnswerInput): Question {
		const found = this.#level.questions.find(({ id }) => id === input.question);
		if (!found) throw new Error(`no question ${input.question}`);
		return found;
	}

	async #act(input: Exclude<Input, AnswerInput>): Promise<void> {
		const { keyboard } = this.page;
		switch (input.kind) {
			case 'type':
				await this.#sit(input.host, 'terminal');
				await this.#focus(this.view.line);
				await keyboard.press('ControlOrMeta+A');
				await keyboard.type(input.line);
				return keyboard.press('Enter');
			case 'sync':
				await this.#sit(input.host, 'mail');
				return this.#press(this.page.getByRole('button', { name: 'Sync', exact: true }));
			default:
				return this.#pull(input);
		}
	}
	/** Takes the seat, where there is more than one. */
	async #sit(host: string, program: 'terminal' | 'mail'): Promise<void> {
		const seats = seatsOf(this.#level);
		if (seats.length < 2) return;
		const hosts = new Set(seats.map((seat) => seat.host)).size;
		const programs = new Set(seats.map((seat) => seat.program)).size;
		const word = program === 'mail' ? 'Mail' : 'Terminal';
		const name = hosts === 1 ? word : programs === 1 ? host : `${host} ${word}`;
		const seat = this.page
			.getByRole('group', { name: /^(Device|Program on the desk)$/ })
			.getByRole('button', { name, exact: true });
		if ((await seat.getAttribute('aria-pressed')) === 'true') return;
		await this.#press(seat);
		await expect(seat).toHaveAttribute('aria-pressed', 'true');
	}
	async #pull(input: Input): Promise<void> {
		const text = JSON.stringify(input);
		const has = (lever: Lever) =>
			lever.kind === 'button'
				? JSON.stringify(lever.input) === text
				: lever.ways.some((way) => JSON.stringify(way.input) === text);
		const lever = this.#level.levers?.find(has);
		if (!lever) throw new Error(`no key for ${text}`);
		await this.#sit(
			lever.host,
			seatsOf(this.#level).find(({ host }) => host === lever.host)?.program ?? 'terminal'
		);
		if (lever.kind === 'button')
			return this.#press(this.page.getByRole('button', { name: lever.say, exact: true }));
		const group = this.page.getByRole('group', { name: lever.say, exact: true });
		const label = lever.ways.find((way) => JSON.stringify(way.input) === text)?.label ?? '';
		await this.#choose(group.getByRole('radio'), group.getByRole('radio', { name: label, exact: true }));
	}
	/** From the radio button that is set to another one, by the arrows. */
	async #choose(radios: Locator, wanted: Locator): Promise<void> {
		await this.#focus(radios.and(this.page.locator(':checked')));
		for (let i = 0; i < 10 && !(await wanted.isChecked()); i++) await this.page.keyboard.press('ArrowDown');
		await expect(wanted).toBeChecked();
	}

	async #answer(input: AnswerInput): Promise<void> {
		const question = this.#question(input);
		this.#left.splice(this.#left.indexOf(input), 1);
		const before = questionStatuses(this.#level, this.#log).find((status) => status.question === question);
		const labelOf = (value: string) =>
			before?.choices.find((choice) => choice.value === value)?.label ?? value;
		const { question: card } = this.view;
		const { keyboard } = this.page;
		const again = card.getByRole('button', { name: 'Answer again' });
		if (await again.isVisible()) await this.#press(again);
		const { form } = question;
		switch (form.kind) {
			case 'choice':
				return this.#press(card.getByRole('button', { name: labelOf(String(input.value)), exact: true }));
			case 'number':
			case 'text':
				await this.#focus(card.getByRole('textbox'));
				await keyboard.type(String(input.value));
				return keyboard.press('Enter');
			case 'many':
				for (const value of readMany(input.value)) {
					await this.#focus(card.getByRole('checkbox', { name: labelOf(value), exact: true }));
					await keyboard.press('Space');
				}
				return keyboard.press('Enter');
			case 'cards': {
				const rooms = readCards(input.value);
				await this.#focus(card.getByRole('row').nth(1).getByRole('radio'));
				for (const { value } of before?.choices ?? [])
					await keyboard.press(String(form.rooms.findIndex((room) => room.value === rooms.get(value)) + 1));
				return keyboard.press('Enter');
			}
			case 'order':
				await this.#order(readOrder(input.value), before?.choices.map(({ value }) => value) ?? [], labelOf);
				return this.#press(card.getByRole('button', { name: 'Answer in this order' }));
			case 'field':
				return this.#pointAt(form, input);
			case 'range':
				return this.#mark(form);
		}
	}
	/** Brings each to its place from below, first to last. */
	async #order(wanted: readonly string[], offered: readonly string[], labelOf: (value: string) => string) {
		const now = [...offered];
		for (const [to, value] of wanted.entries()) {
			const up = this.view.question.getByRole('button', { name: `${labelOf(value)}: up`, exact: true });
			for (let at = now.indexOf(value); at > to; at--) {
				await this.#focus(up);
				await this.page.keyboard.press('Enter');
				now.splice(at - 1, 2, value, now[at - 1] ?? '');
			}
		}
		expect(orderValue(now)).toBe(orderValue(wanted));
	}

	/** The packet with the field, then the field in the tree. */
	async #pointAt(form: Extract<Form, { kind: 'field' }>, { value }: AnswerInput): Promise<void> {
		const found = this.#sent()
			.filter((event) => form.packet(event, this.#log))
			.flatMap(({ packet, bytes }) => all(dissect(bytes)).map((node) => ({ packet, node })))
			.find(({ node }) => isMeant(form, node) && String(node.value ?? node.shown) === String(value));
		if (!found) throw new Error(`nothing shows ${String(value)}`);
		await this.#open(found.packet);
		const item = this.view.inspector
			.getByRole('treeitem', { name: new RegExp(`^${found.node.label}, ${escaped(found.node.shown)}`) })
			.first();
		await this.#focus(this.view.inspector.getByRole('treeitem').and(this.page.locator('[tabindex="0"]')));
		await this.page.keyboard.press('Home');
		for (let row = 0; row < 120 && !(await isFocused(item)); row++) {
			const open = this.page.locator(':focus[aria-expanded="false"]');
			await this.page.keyboard.press((await open.count()) ? 'ArrowRight' : 'ArrowDown');
		}
		await expect(item).toBeFocused();
		await this.page.keyboard.press('Enter');
	}
	/** The packet with the octets, then the octets in its bytes: from the last one back, then on with Shift. */
	async #mark(form: Extract<Form, { kind: 'range' }>): Promise<void> {
		const found = this.#sent()
			.map(({ packet, bytes }) => ({ packet, bytes, range: form.octets(bytes, this.#log) }))
			.find(({ range }) => range !== null);
		if (!found?.range) throw new Error('no packet has them');
		const [from, to] = found.range;
		const { keyboard } = this.page;
		await this.#open(found.packet);
		const face = this.view.inspector.getByRole('button', { name: 'Bytes', exact: true });
		if ((await face.isVisible()) && (await face.getAttribute('aria-pressed')) === 'false')
			await this.#press(face);
		const bytes = this.view.inspector.getByRole('grid', { name: `Bytes of packet ${found.packet}` });
		await this.#focus(bytes.getByRole('gridcell').and(this.page.locator('[tabindex="0"]')));
		await keyboard.press('Control+End');
		for (let at = found.bytes.length - 1; at > from; at--) await keyboard.press('ArrowLeft');
		for (let at = from; at < to - 1; at++) await keyboard.press('Shift+ArrowRight');
		await keyboard.press('Enter');
	}
	#sent(): EventOf<'packet.sent'>[] {
		return this.#log.filter((event) => event.kind === 'packet.sent');
	}
	/** Chooses a packet in the list, then goes to the inspector. */
	async #open(packet: number): Promise<void> {
		const { view, page } = this;
		await this.#pane(page.getByRole('region', { name: 'Packets' }));
		await this.#focus(view.rows.and(page.locator('[tabindex="0"]')));
		await page.keyboard.press('Home');
		for (let i = 0; i < 200 && !(await isFocused(view.row(packet))); i++)
			await page.keyboard.press('ArrowDown');
		await expect(view.row(packet)).toBeFocused();
		await page.keyboard.press('Enter');
		await this.#pane(view.inspector);
	}

	async #press(target: Locator): Promise<void> {
		await this.#focus(target);
		await this.page.keyboard.press('Enter');
	}
	/** Goes to something: by Tab from where the focus is, forwards in its pane, else backwards from the terminal. */
	async #focus(target: Locator): Promise<void> {
		await expect(target.first()).toBeVisible();
		for (const [key, most] of [
			['Tab', 12],
			['Shift+Tab', 60],
			['Tab', 160]
		] as const)
			for (let i = 0; i < most; i++) {
				if (await isFocused(target)) return;
				await this.page.keyboard.press(key);
			}
		await expect(target.first()).toBeFocused({ timeout: 1 });
	}
	async #pane(pane: Locator): Promise<void> {
		for (const key of ['F6', 'Shift+F6'])
			for (let i = 0; i < 9; i++) {
				if (await pane.evaluate((element) => element.contains(document.activeElement))) return;
				await this.page.keyboard.press(key);
			}
		await expect(pane).toBeFocused({ timeout: 1 });
	}
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
