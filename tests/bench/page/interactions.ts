/**
 * How soon what a person does is seen: every interaction of a fixed round by name, with its parts as the Event Timing
 * specification cuts them, and the measure that is made of them (interaction to next paint).
 */
import type { Locator, Page } from 'playwright';

export interface Interaction {
	/** What was done, as the round names it. */
	readonly deed: string;
	/** The event that took longest, and what it was on. */
	readonly event: string;
	/** Ms from the event to the next picture, and its parts; the browser rounds the whole to 8. */
	readonly duration: number;
	readonly delay: number;
	readonly processing: number;
	readonly presentation: number;
}

interface Seen {
	readonly deeds: { readonly name: string; readonly at: number }[];
	readonly interactions: Map<number, Interaction>;
}

/** In the page: takes down every interaction under the name of what was done last before it. */
async function observe(page: Page): Promise<void> {
	await page.evaluate(() => {
		const seen: Seen = { deeds: [], interactions: new Map() };
		Object.assign(window, { seen });
		const named = (target: Node | null) => {
			if (!(target instanceof Element)) return '';
			const name = target.getAttribute('aria-label') ?? target.textContent.trim().slice(0, 24);
			return ` on ${target.localName} ${name || target.getAttribute('class') || ''}`.trimEnd();
		};
		new PerformanceObserver((list) => {
			for (const one of list.getEntries() as (PerformanceEventTiming & { interactionId?: number })[]) {
				const { interactionId: id = 0, duration, startTime, processingStart, processingEnd } = one;
				if (!id || duration <= (seen.interactions.get(id)?.duration ?? -1)) continue;
				seen.interactions.set(id, {
					deed: seen.deeds.findLast(({ at }) => at <= startTime)?.name ?? '',
					event: `${one.name}${named(one.target)}`,
					duration,
					delay: processingStart - startTime,
					processing: processingEnd - processingStart,
					presentation: Math.max(0, startTime + duration - processingEnd)
				});
			}
		}).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
	});
}

/**
 * Every frame has something new at the top of the page. Without it, a deed that changes only the foot of the page would
 * wait for the next one: a headless window is lower than its page, and a frame that changes nothing in it is never shown.
 */
const beat = (page: Page) =>
	page.evaluate(() => {
		const dot = document.createElement('div');
		dot.style.cssText = 'position:fixed;left:0;top:0;width:2px;height:2px;z-index:99';
		document.body.append(dot);
		requestAnimationFrame(function turn() {
			dot.style.background = dot.style.background === 'red' ? 'blue' : 'red';
			requestAnimationFrame(turn);
		});
	});

/** Does the round on a page that is there, on a processor so many times as slow. */
export async function interact(page: Page, slower = 4): Promise<readonly Interaction[]> {
	const client = await page.context().newCDPSession(page);
	await observe(page);
	await beat(page);
	await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
	const deed = async (name: string, what: () => Promise<unknown>, rest = 400) => {
		await page.evaluate((now) => {
			const { seen } = window as unknown as { seen: Seen };
			seen.deeds.push({ name: now, at: performance.now() });
		}, name);
		await what();
		await page.waitForTimeout(rest);
	};
	// a click through a locator has the page find out what is under it: that is not a person's
	const click = async (name: string, target: Locator, rest = 400) => {
		const box = await target.boundingBox();
		if (!box) throw new Error(`${name}: nothing to click on`);
		await deed(name, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2), rest);
	};
	await click('click the line', page.getByRole('textbox', { name: 'Line to send from' }));
	await deed('type', () => page.keyboard.type('RETR 1 and some more of it', { delay: 60 }));
	const step = page.getByRole('button', { name: 'Step on' });
	for (let i = 0; i < 4; i++) await click('click Step on', step);
	await click('click a packet', page.locator('.at-packets [data-packet]').nth(-4), 600);
	for (const key of ['3', '4', 'o', 'Escape', 'ArrowRight', 'ArrowLeft', '.', ',', 's', 'l']) {
		await page.evaluate(() => document.querySelector<HTMLElement>('[data-pane=Stage]')?.focus());
		await deed(`press ${key}`, () => page.keyboard.press(key), 400);
	}
	await click('click True to time', page.getByRole('button', { name: 'True to time' }));
	await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return page.evaluate(() => [...(window as unknown as { seen: Seen }).seen.interactions.values()]);
}

const slowestFirst = (all: readonly Interaction[]) => [...all].sort((a, b) => b.duration - a.duration);

/** Interaction to next paint: the slowest but one of every fifty. */
export const inp = (all: readonly Interaction[]): number =>
	slowestFirst(all)[Math.min(all.length - 1, Math.floor(all.length / 50))]?.duration ?? NaN;

/** A line for each of the `count` slowest. */
export const slowest = (all: readonly Interaction[], count: number): readonly string[] =>
	slowestFirst(all)
		.slice(0, count)
		.map(({ deed, event, duration, delay, processing, presentation }) => {
			const [a, b, c] = [delay, processing, presentation].map((part) => part.toFixed(0));
			return `  ${duration.toFixed(0).padStart(4)} ms  ${deed} (${event}): ${a} until heard, ${b} in handlers, ${c} until seen`;
		});
