/** A packet laid open on the stage: its envelopes, their fields and bits. */

export const packet = (packet: number): string => `Packet ${packet} laid open`;
export const close = (packet: number): string => `Close packet ${packet}`;
export const tree = (packet: number): string => `Envelopes and fields of packet ${packet}`;
export const ring = (layer: string, shown: string, bytes: number): string =>
	`${layer}, ${shown}, ${bytes} bytes`;

export const computed = (place: string): string => `computed, ${place}`;
export const hex = (octets: string): string => `hex ${octets}`;
export const problem = (what: string): string => `problem: ${what}`;
/** A field as it is read out, and what it opens. */
export const field = (parts: readonly string[], opens: 'bits' | 'parts'): string =>
	`${parts.join(', ')}. ${opens === 'bits' ? 'Bits' : 'Parts'}`;
/** A bit as it is read out; `nth` counts from 1 within `of`, `worth` is what it adds to the number. */
export const bit = (field: string, nth: number, of: number, one: boolean, worth: number | null): string =>
	`${field}${of > 1 ? `, bit ${nth} of ${of}` : ''}: ${one ? 1 : 0}${one && worth ? `, worth ${worth}` : ''}`;
export const moreBytes = (n: number): string => `${n} more bytes: the inspector has them all.`;
