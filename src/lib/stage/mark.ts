/** What a packet is drawn with: outlines and letters in a place, looks by class. Law: the style sheet has the colours. */

export type Mark =
	| {
			readonly shape: 'path';
			readonly class: string;
			readonly d: string;
			/** Where its (0, 0) is; absent: in the middle. */
			readonly at?: readonly [x: number, y: number];
	  }
	| {
			readonly shape: 'text';
			readonly class: string;
			readonly x: number;
			readonly y: number;
			readonly text: string;
	  };

/** Width of a character of 12 px mono. */
export const CHAR = 7.2;
/** Baseline that centres 12 px mono on 0. */
const BASE = 4.4;

export const path = (kind: string, d: string): Mark & { readonly shape: 'path' } => ({
	shape: 'path',
	class: kind,
	d
});
export const text = (kind: string, x: number, content: string): Mark => ({
	shape: 'text',
	class: kind,
	x,
	y: BASE,
	text: content
});
