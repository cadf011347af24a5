/** Files that leave the page: a capture of the run, and progress. */
import type { Level } from '#lib/levels/level.ts';
import type { Event } from '#lib/sim/event.ts';

export function download(name: string, type: string, content: string | Uint8Array): void {
	const part = typeof content === 'string' ? content : new Uint8Array(content);
	const url = URL.createObjectURL(new Blob([part], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// the browser has its own hold on the file once the click was handled
	requestAnimationFrame(() => URL.revokeObjectURL(url));
}

/** The writer comes when the first file is wanted. */
export async function saveCapture(log: readonly Event[], level: Level): Promise<void> {
	const { captureOf, fileName } = await import('#lib/player/capture.ts');
	const title = `${level.number} ${level.title}`;
	download(fileName(level), 'application/x-pcapng', captureOf(log, level.scenario, title));
}
