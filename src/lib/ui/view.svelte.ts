/**
 * What a screen that cannot show everything shows: the pane to look at, the phone's screen, the sheet's height, and the
 * visible part of the window above an on-screen keyboard. The places themselves are `layout.css`'s business.
 */
import type { Order } from '#lib/player/follow.ts';

export const VIEWS = ['stage', 'packets', 'inspector', 'ladder', 'states', 'mailbox', 'stream'] as const;
export type View = (typeof VIEWS)[number];
export const TABS = ['ladder', 'states', 'mailbox', 'stream'] as const;
export type Tab = (typeof TABS)[number];
export const SHEET = ['closed', 'low', 'mid', 'full'] as const;
export type Sheet = (typeof SHEET)[number];
export type Layout = 'wide' | 'low' | 'tablet' | 'phone';

/** The same sizes as in `layout.css`. */
const QUERIES: readonly (readonly [Layout, string])[] = [
	['phone', '(max-width: 599px)'],
	['tablet', '(min-width: 600px) and (max-width: 1179px)'],
	['low', '(min-width: 1180px) and (max-height: 639px)']
];

export class Arrangement {
	#layout = $state.raw<Layout>('wide');
	#view = $state.raw<View | 'start'>('start');
	#tab = $state.raw<Tab>('ladder');
	#order = $state.raw<Order>('wire');
	#asked = $state.raw(false);
	#screen = $state.raw<'do' | 'see'>('do');
	#sheet = $state.raw<Sheet>('closed');
	#keyboard = $state.raw(false);
	#alone = $state.raw<string | null>(null);

	get layout(): Layout {
		return this.#layout;
	}
	/** `start` until one was chosen: the style sheet knows which that is at each size. */
	get view(): View | 'start' {
		return this.#view;
	}
	get tab(): Tab {
		return this.#tab;
	}
	/** In which order a connection is followed. */
	get order(): Order {
		return this.#order;
	}
	set order(order: Order) {
		this.#order = order;
	}
	/** Somebody asked to follow a connection, and the focus has not come there yet. */
	get asked(): boolean {
		return this.#asked;
	}
	set asked(asked: boolean) {
		this.#asked = asked;
	}
	get screen(): 'do' | 'see' {
		return this.#screen;
	}
	get sheet(): Sheet {
		return this.#sheet;
	}
	/** The pane that has the whole screen; null: all have their places. */
	get alone(): string | null {
		return this.#alone;
	}
	get keyboard(): boolean {
		return this.#keyboard;
	}

	isShown(view: View): boolean {
		if (this.#view === 'start') return view === (this.#layout === 'low' ? 'stage' : 'packets');
		return this.#view === view;
	}
	show(view: View): void {
		this.#view = view;
		const tab = TABS.find((each) => each === view);
		if (tab) this.#tab = tab;
		if (this.#layout !== 'phone') return;
		if (view === 'inspector') this.openSheet();
		else if (view !== 'stage') this.turn('see');
	}
	/** Opens the view that follows a connection. */
	follow(order: Order): void {
		this.#order = order;
		this.#asked = true;
		this.closeSheet();
		this.show('stream');
	}
	turn(screen: 'do' | 'see'): void {
		this.#screen = screen;
		this.#sheet = 'closed';
	}
	stand(pane: string | null): void {
		this.#alone = pane;
	}
	/** A packet was chosen somewhere: a phone lays it open, unless a lesson has chosen it. */
	packetPicked(byLesson: boolean): void {
		if (this.#layout === 'phone' && !byLesson) this.openSheet();
	}
	openSheet(): void {
		if (this.#sheet === 'closed') this.#sheet = 'mid';
	}
	/** One stop up or down; below the lowest it is closed. */
	moveSheet(by: 1 | -1): void {
		const to = SHEET.indexOf(this.#sheet) + by;
		this.#sheet = SHEET[Math.max(0, Math.min(SHEET.length - 1, to))] ?? 'closed';
	}
	closeSheet(): void {
		this.#sheet = 'closed';
	}

	/** Follows the window; returns what stops it. In the browser only. */
	watch(root: HTMLElement): () => void {
		const stop = new AbortController();
		const { signal } = stop;
		const media = QUERIES.map(([layout, query]) => ({ layout, list: matchMedia(query) }));
		const measure = () => {
			this.#layout = media.find(({ list }) => list.matches)?.layout ?? 'wide';
		};
		for (const { list } of media) list.addEventListener('change', measure, { signal });
		measure();

		const visible = window.visualViewport;
		let tallest = visible?.height ?? 0;
		const fit = () => {
			if (!visible || visible.scale > 1.01) return;
			tallest = Math.max(tallest, visible.height);
			const typing = document.activeElement instanceof HTMLInputElement;
			this.#keyboard = this.#layout === 'phone' && typing && visible.height < tallest * 0.75;
			// an on-screen keyboard may cover the page without making it smaller
			if (this.#keyboard) root.style.setProperty('--visible', `${visible.height}px`);
			else root.style.removeProperty('--visible');
		};
		const turned = () => {
			tallest = 0;
			fit();
		};
		visible?.addEventListener('resize', fit, { signal });
		screen.orientation?.addEventListener('change', turned, { signal });
		return () => stop.abort();
	}
}
