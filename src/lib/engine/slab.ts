/**
 * Packets leave the worker in one piece: the octets of all `packet.sent` events of a message are copied into a single
 * buffer that is transferred, and each event's `bytes` is a view of it. On the other side the views are there again.
 */
import type { Event } from '#lib/sim/event.ts';
import type { FromEngine } from './protocol.ts';

export interface Parcel {
	readonly message: FromEngine;
	readonly transfer: readonly ArrayBuffer[];
}

export function pack(message: FromEngine): Parcel {
	if (message.type !== 'events') return { message, transfer: [] };
	let octets = 0;
	for (const event of message.events) if (event.kind === 'packet.sent') octets += event.bytes.length;
	if (octets === 0) return { message, transfer: [] };
	const slab = new ArrayBuffer(octets);
	let at = 0;
	const events = message.events.map((event): Event => {
		if (event.kind !== 'packet.sent') return event;
		const bytes = new Uint8Array(slab, at, event.bytes.length);
		bytes.set(event.bytes);
		at += bytes.length;
		return { ...event, bytes };
	});
	return { message: { ...message, events }, transfer: [slab] };
}
