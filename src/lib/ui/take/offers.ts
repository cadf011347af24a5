/** What each pane has to take along: the words of its picture, the picture as a file, the sheet to print. */
import { flushSync, mount, unmount } from 'svelte';
import { layersOf } from '#lib/player/fields.ts';
import { maildropsTable, maildropsText } from '#lib/player/maildrop-text.ts';
import {
	gridTable,
	gridText,
	octetsTable,
	octetsText,
	treeTable,
	treeText
} from '#lib/player/packet-text.ts';
import { packetsTable, packetsText } from '#lib/player/packets-text.ts';
import type { PacketRow } from '#lib/player/packets.ts';
import type { Session } from '#lib/player/session.svelte.ts';
import { tableText } from '#lib/player/table-text.ts';
import { maildrops } from '#lib/levels/maildrop.ts';
import { ladderCells, ladderText } from '#lib/stage/ladder-text.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { stageCells, stageText } from '#lib/stage/stage-text.ts';
import { changesOf, worldAt } from '#lib/stage/world.ts';
import * as words from '#words/take-menu.ts';
import { WHOLE } from '../stage-open.svelte.ts';
import type { Tab } from '../view.svelte.ts';
import type { Item } from './item.ts';
import LadderSheet from './LadderSheet.svelte';
import { pictureOf, savePng, saveSvg, type Picture } from './picture.ts';
import { printSheet } from './print.ts';

const nameOf = ({ level }: Session, what: string): string =>
	[level.number, level.slug, what].filter(Boolean).join('-');

/** Both kinds of file of one picture. */
function files(name: string, draw: () => Promise<Picture>): readonly Item[] {
	return [
		{ label: words.saveSvg, run: async () => saveSvg(await draw(), name) },
		{ label: words.savePng, run: async () => savePng(await draw(), name) }
	];
}
const printed = (session: Session): Item => ({
	label: words.printSheet,
	closes: true,
	run: () => {
		printSheet(session);
		return '';
	}
});

/** The largest drawing in a pane. */
function drawingIn(pane: Element | null | undefined): SVGSVGElement {
	const area = (one: Element) => one.getBoundingClientRect().width * one.getBoundingClientRect().height;
	const [drawing] = [...(pane?.querySelectorAll('svg') ?? [])].sort((a, b) => area(b) - area(a));
	if (!drawing) throw new Error(words.noDrawingYet);
	return drawing;
}

export function stageItems(session: Session, pane: Element | null): readonly Item[] {
	const { game, level } = session;
	const seen = () => {
		const world = worldAt(level.scenario, changesOf(game.shown), game.cursor);
		return [level.scenario, world, parcelsOf(game.log), game.cursor, game.time] as const;
	};
	return [
		{ label: words.copyText, copy: () => stageText(...seen()) },
		{
			label: words.copyTable,
			copy: () => {
				const { columns, rows } = stageCells(...seen());
				return tableText(columns, rows);
			}
		},
		...files(nameOf(session, 'stage'), () => {
			const drawing = drawingIn(pane);
			drawing.dispatchEvent(new Event(WHOLE));
			return pictureOf(drawing, drawing, words.stageOf(level.title));
		}),
		printed(session)
	];
}

function ladderItems(session: Session): readonly Item[] {
	const { game, level } = session;
	const seen = () => [parcelsOf(game.log), changesOf(game.shown), game.cursor] as const;
	return [
		{ label: words.copyText, copy: () => ladderText(level.scenario, ...seen()) },
		{
			label: words.copyTable,
			copy: () => {
				const { columns, rows } = ladderCells(...seen());
				return tableText(columns, rows);
			}
		},
		...files(nameOf(session, 'ladder'), async () => {
			const place = document.createElement('div');
			place.style.cssText = 'position:fixed;left:-10000px;top:0';
			document.body.append(place);
			const { scenario } = level;
			const sheet = mount(LadderSheet, {
				target: place,
				props: { scenario, log: game.log, cursor: game.cursor, time: game.time }
			});
			flushSync();
			try {
				const drawing = drawingIn(place);
				return await pictureOf(drawing, drawing, words.ladderOf(level.title));
			} finally {
				await unmount(sheet);
				place.remove();
			}
		}),
		printed(session)
	];
}

/** Of the views of the run; the stream has its own. */
export function viewItems(session: Session, tab: Tab, pane: Element | null): readonly Item[] {
	const { game, level } = session;
	if (tab === 'ladder') return ladderItems(session);
	if (tab === 'states')
		return [
			...files(nameOf(session, 'states'), () => {
				const drawing = drawingIn(pane);
				return pictureOf(drawing, pane ?? drawing, words.statesIn(level.title));
			}),
			printed(session)
		];
	const boxes = () => maildrops(level.scenario, game.shown);
	return [
		{ label: words.copyText, copy: () => maildropsText(boxes()) },
		{ label: words.copyTable, copy: () => maildropsTable(boxes()) },
		printed(session)
	];
}

/** `shown`: what the filters let through. */
export function listItems(
	shown: readonly PacketRow[],
	start: number,
	onexport?: () => void
): readonly Item[] {
	return [
		{ label: words.copyText, copy: () => packetsText(shown, start) },
		{ label: words.copyTable, copy: () => packetsTable(shown, start) },
		...(onexport
			? [
					{
						label: words.exportCapture,
						closes: true,
						run: () => {
							onexport();
							return '';
						}
					}
				]
			: [])
	];
}

export function packetItems({ bytes }: PacketRow): readonly Item[] {
	const layers = layersOf(bytes);
	return [
		{ label: words.treeAsText, copy: () => treeText(layers, bytes) },
		{ label: words.treeAsTable, copy: () => treeTable(layers, bytes) },
		{ label: words.bitsAsText, copy: () => gridText(layers, bytes) },
		{ label: words.bitsAsTable, copy: () => gridTable(layers, bytes) },
		{ label: words.bytesAsText, copy: () => octetsText(bytes) },
		{ label: words.bytesAsTable, copy: () => octetsTable(layers, bytes) }
	];
}
