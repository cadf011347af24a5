/**
 * A worked opening: one packet held still and explained field by field, before the player goes on alone. It moves the
 * selection, so that every pane shows the field; the run stands until it is over.
 */
import type { Worked } from '#lib/levels/level.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import type { Game } from './game.svelte.ts';
import type { PacketRow } from './packets.ts';
import type { Selection } from './selection.svelte.ts';

export interface WorkedStep {
	readonly step: number;
	readonly of: number;
	readonly say: string;
	readonly row: PacketRow;
	readonly node: Node | null;
}

export class Lesson {
	readonly #worked: Worked | undefined;
	readonly #game: Game;
	readonly #selection: Selection;
	#row = $state.raw<PacketRow | null>(null);
	#step = $state.raw<number | null>(null);
	#done = true;

	constructor(worked: Worked | undefined, game: Game, selection: Selection) {
		this.#worked = worked;
		this.#game = game;
		this.#selection = selection;
	}

	/** The field that is being explained; null while there is no lesson. */
	get now(): WorkedStep | null {
		const fields = this.#worked?.fields ?? [];
		const field = this.#step === null ? undefined : fields[this.#step];
		if (this.#step === null || !field || !this.#row) return null;
		const node = findNode([dissect(this.#row.bytes)], field.name);
		return { step: this.#step + 1, of: fields.length, say: field.say, row: this.#row, node };
	}

	/** From now on the packet is waited for. */
	prepare(): void {
		this.#done = !this.#worked;
	}
	/** Begins when the packet has been seen; `rows` are those that the cursor has passed. */
	watch(rows: () => readonly PacketRow[]): void {
		if (this.#done || !this.#worked) return;
		const { shown } = this.#game;
		const sent = shown.find((event) => this.#worked?.packet(event, shown));
		const row = sent?.kind === 'packet.sent' && rows().find(({ packet }) => packet === sent.packet);
		if (!row) return;
		this.#done = true;
		this.#row = row;
		this.#game.pause();
		this.#show(0);
	}
	next(): void {
		if (this.#step === null) return;
		if (this.#step + 1 >= (this.#worked?.fields.length ?? 0)) this.leave();
		else this.#show(this.#step + 1);
	}
	/** Ends it, begun or not, and lets the run go on. */
	leave(): void {
		this.#done = true;
		if (this.#step === null) return;
		this.#step = null;
		this.#selection.pickBits(null);
		this.#game.play();
	}
	/** The run begins anew: what was being explained is gone. */
	drop(): void {
		this.#step = null;
	}

	#show(step: number): void {
		this.#step = step;
		this.#selection.pick(this.#row?.packet ?? null);
		this.#selection.pickBits(this.now?.node?.bits ?? null);
	}
}

/** The first node of that name, in depth. */
function findNode(nodes: readonly Node[], name: string): Node | null {
	for (const node of nodes) {
		if (node.name === name) return node;
		const inside = findNode(node.children ?? [], name);
		if (inside) return inside;
	}
	return null;
}
