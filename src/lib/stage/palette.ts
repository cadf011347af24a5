/**
 * The packet language: what each kind of packet looks like, and the hosts' pictures. Shape first, then letters, then
 * colour: every kind keeps a shape of its own in black and white. A new kind or role is one row here.
 */
import type { HostSpec } from '#lib/sim/scenario.ts';

/** Kinds that differ at a glance. What else a packet is (repeated, lost, carrying text) is drawn on top of its kind. */
export type Kind = 'syn' | 'synack' | 'ack' | 'data' | 'fin' | 'rst' | 'icmp' | 'ip';

export type Edge = 'closed' | 'open' | 'bar';
export type Icon = 'start' | 'tick' | 'cross' | 'triangle' | 'tear';

export interface KindRow {
	/** Small packets are about half as high as full ones. */
	readonly size: 'full' | 'small';
	/** Outline of the layer inside the IP envelope; null: nothing is drawn inside. */
	readonly body: 'rectangle' | 'hexagon' | 'round' | null;
	readonly left: Edge;
	readonly right: Edge;
	readonly icon: Icon | null;
}

const plain = { size: 'full', body: 'rectangle', left: 'closed', right: 'closed', icon: null } as const;

export const KINDS: { readonly [K in Kind]: KindRow } = {
	syn: { ...plain, left: 'open', icon: 'start' },
	synack: { ...plain, left: 'open', right: 'open' },
	ack: { ...plain, size: 'small', icon: 'tick' },
	data: plain,
	fin: { ...plain, right: 'bar' },
	rst: { ...plain, body: 'hexagon', icon: 'cross' },
	icmp: { ...plain, body: 'round', icon: 'triangle' },
	ip: { ...plain, body: null }
};

/** Lines of a host's picture, in a box of 96 × 72. `fill` is drawn first, `line` over it, `ink` is solid. */
interface HostGlyph {
	readonly fill: string;
	readonly line: string;
	readonly ink: string;
	/** How far inside the box a wire at half height ends, at the left and at the right. */
	readonly plugs: readonly [left: number, right: number];
}

export const HOST_GLYPHS: { readonly [picture: string]: HostGlyph } = {
	// a terminal on a desk, an envelope beside it
	client: {
		fill: 'M10 4H68a4 4 0 0 1 4 4V48a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4ZM64 44H92V62H64Z',
		line:
			'M10 4H68a4 4 0 0 1 4 4V48a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4Z' +
			'M13 11H65V45H13ZM32 52V62M46 52V62M0 62.5H96M6 63V72M90 63V72' +
			'M64 44H92V62H64ZM64 45L78 55L92 45M20 20L27 26L20 32',
		ink: 'M31 31H41V33.5H31Z',
		plugs: [6, 24]
	},
	// a telephone, a letter on its screen
	pocket: {
		fill: 'M36 1H60a6 6 0 0 1 6 6V65a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6Z',
		line:
			'M36 1H60a6 6 0 0 1 6 6V65a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6Z' +
			'M34.5 10H61.5V58H34.5ZM44 5.5H52M39 27H57V40H39ZM39 28L48 35L57 28M42 48H54',
		ink: 'M45 63.5H51V66H45Z',
		plugs: [30, 30]
	},
	// a post office counter: awning, grille, counter, slot
	server: {
		fill: 'M8 4H88L94 20H2ZM10 26H86V68H10Z',
		line:
			'M8 4H88L94 20H2ZM2 20a6.57 6.57 0 0 0 13.14 0a6.57 6.57 0 0 0 13.14 0a6.57 6.57 0 0 0 13.14 0' +
			'a6.57 6.57 0 0 0 13.14 0a6.57 6.57 0 0 0 13.14 0a6.57 6.57 0 0 0 13.14 0a6.57 6.57 0 0 0 13.14 0' +
			'M22.5 4L15.14 20M34 4L28.28 20M43.5 4L41.42 20M52.5 4L54.56 20M62 4L67.7 20M73.5 4L80.84 20' +
			'M10 27V68M86 27V68M4 48.5H92M0 68.5H96M24 33V48M36 31V48M48 31V48M60 31V48M72 33V48M20 32H76',
		ink: 'M34 56H62V59.5H34Z',
		plugs: [10, 10]
	},
	// a box with four ways out
	router: {
		fill: 'M16 14H80a6 6 0 0 1 6 6V52a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Z',
		line:
			'M16 14H80a6 6 0 0 1 6 6V52a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Z' +
			'M26 29H68M60 22L68 29L60 36M70 44H28M36 37L28 44L36 51M22 58V66M74 58V66',
		ink: 'M18 64H26V67H18ZM70 64H78V67H70Z',
		plugs: [10, 10]
	},
	// the same box with a wall inside: an address on each side
	nat: {
		fill: 'M16 14H80a6 6 0 0 1 6 6V52a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Z',
		line:
			'M16 14H80a6 6 0 0 1 6 6V52a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Z' +
			'M48 14V24M48 48V58M22 36H72M65 29L73 36L65 43M22 58V66M74 58V66',
		ink: 'M46 24H50V48H46ZM18 64H26V67H18ZM70 64H78V67H70ZM19 31H29V41H19Z',
		plugs: [10, 10]
	}
};

/** Which of the pictures is a host's: of the clients, the one in Ada's pocket is no desk. */
export const pictureOf = ({ id, role, nat }: Pick<HostSpec, 'id' | 'role' | 'nat'>): string =>
	nat ? 'nat' : role === 'client' && id === 'pocket' ? 'pocket' : role;
