/** The sheet on paper: mounted beside the page for as long as the browser prints. */
import { flushSync, mount, unmount } from 'svelte';
import type { Session } from '#lib/player/session.svelte.ts';
import PrintSheet from './PrintSheet.svelte';

let sheet: ReturnType<typeof mount> | null = null;

/** Puts the sheet there; what is on it is what is seen now. */
export function layOut(session: Session): void {
	if (sheet) return;
	sheet = mount(PrintSheet, { target: document.body, props: { session } });
	flushSync();
}
export function takeAway(): void {
	if (sheet) void unmount(sheet);
	sheet = null;
}
export function printSheet(session: Session): void {
	layOut(session);
	addEventListener('afterprint', takeAway, { once: true });
	print();
}
