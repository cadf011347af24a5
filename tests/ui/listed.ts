// The packets of one mail session in a list of their own, and what is found in it.
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { packetRows, type PacketRow } from '#lib/player/packets.ts';
import type { Selection } from '#lib/player/selection.svelte.ts';
import PacketList from '#lib/ui/PacketList.svelte';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';

export const rows = packetRows(logOf(STORY), scenario);

/** The list in a box of its own, as a pane would give it. */
export async function listOf(
	selection: Selection,
	shown: readonly PacketRow[] = rows,
	width = 432,
	height = 248
) {
	const target = document.createElement('div');
	target.style.width = `${width}px`;
	target.style.height = `${height}px`;
	document.body.replaceChildren(target);
	return render(PacketList, { target, props: { rows: shown, selection } });
}

export const rowOf = (packet: number) => page.getByRole('row', { name: `Packet ${packet},` });
export const button = (name: string) => page.getByRole('button', { name });
