/**
 * A place in a run, as the end of an address: `#packet=9&field=tcp.ack`. Law: reading takes whatever stands there; what
 * names no packet is null, and a field that the packet has not is nowhere.
 */
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { find } from '#lib/wire/nodes.ts';

export interface Spot {
	/** Packet number, from 1. */
	readonly packet: number;
	/** Name of a field as Wireshark has it; null: the whole packet. */
	readonly field: string | null;
}

export function readSpot(hash: string): Spot | null {
	const wanted = new URLSearchParams(hash.replace(/^#/, ''));
	const packet = /^[1-9]\d{0,8}$/.exec(wanted.get('packet') ?? '');
	if (!packet) return null;
	const field = wanted.get('field') ?? '';
	return { packet: Number(packet[0]), field: /^[a-z0-9_.]{1,60}$/.test(field) ? field : null };
}

/** Begins the fragment of an address that holds a whole run: `run-link.ts` reads it. */
export const RUN_KEY = 'run=';
export const isRunHash = (hash: string): boolean => hash.startsWith(`#${RUN_KEY}`);

export function spotHash({ packet, field }: Spot): string {
	return `#packet=${packet}${field === null ? '' : `&field=${field}`}`;
}

/** The field in a packet; `tcp.ack` stands for `tcp.ack_raw` too, as it is on the wire. */
export function fieldAt(bytes: Uint8Array, field: string): Node | null {
	const root = dissect(bytes);
	return find(root, field) ?? find(root, `${field}_raw`) ?? null;
}
