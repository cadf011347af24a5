/**
 * Colours as they are measured: contrast (WCAG 2.2), difference (CIEDE2000, CIE 142-2001), and how those see them who
 * lack a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1.0).
 */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb` as linear light, 0 to 1. */
export function linear(hex: string): Rgb {
	if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`${hex} is no colour of six digits`);
	const part = (at: number): number => {
		const value = parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return [part(1), part(3), part(5)];
}

const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
	const [dark, light] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
	return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

export type Sight = 'normal' | 'protan' | 'deutan' | 'tritan';

const SEEN: Readonly<Record<Sight, readonly [Rgb, Rgb, Rgb]>> = {
	normal: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1]
	],
	protan: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998]
	],
	deutan: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881]
	],
	tritan: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039]
	]
};

const times = ([a, b, c]: Rgb, [red, green, blue]: Rgb): number => a * red + b * green + c * blue;

/** Linear light as somebody of this sight sees it. */
export function seen(colour: Rgb, sight: Sight): Rgb {
	const [red, green, blue] = SEEN[sight].map((row) => Math.min(1, Math.max(0, times(row, colour)))) as [
		number,
		number,
		number
	];
	return [red, green, blue];
}

/** CIE L*a*b* under D65. */
function lab(colour: Rgb): Rgb {
	const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : (t * (29 / 6) ** 2) / 3 + 4 / 29);
	const x = f(times([0.4124564, 0.3575761, 0.1804375], colour) / 0.95047);
	const y = f(times([0.2126729, 0.7151522, 0.072175], colour));
	const z = f(times([0.0193339, 0.119192, 0.9503041], colour) / 1.08883);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const RADIAN = Math.PI / 180;
const hue = (a: number, b: number): number =>
	a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / RADIAN + 360) % 360;
const cosine = (degrees: number): number => Math.cos(degrees * RADIAN);
const sine = (degrees: number): number => Math.sin(degrees * RADIAN);

/** CIEDE2000 of two colours in L*a*b*, all weights 1. */
export function labDifference([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
	const chroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
	const g = (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7))) / 2;
	const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
	const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
	const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
	const grey = c1 * c2 === 0;
	const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
	const dL = l2 - l1;
	const dC = c2 - c1;
	const dH = 2 * Math.sqrt(c1 * c2) * sine(turn / 2);
	const l = (l1 + l2) / 2;
	const c = (c1 + c2) / 2;
	const h = grey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
	const t =
		1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63);
	const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
	const sC = 1 + 0.045 * c;
	const sH = 1 + 0.015 * c * t;
	const rT = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * sine(60 * Math.exp(-(((h - 275) / 25) ** 2)));
	return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}

/** CIEDE2000 of two colours as somebody of this sight sees them. */
export const difference = (one: string, other: string, sight: Sight): number =>
	labDifference(lab(seen(linear(one), sight)), lab(seen(linear(other), sight)));
