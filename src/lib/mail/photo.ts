/**
 * Grace's photo: a harbour at sunset, 44 by 33 pixels, drawn by whole-number rules so that it is the same
 * everywhere. An uncompressed Windows bitmap, because any browser shows one and it needs no encoder.
 */

const WIDTH = 44;
const HEIGHT = 33;
const HEADER = 54;
const HORIZON = 19;

type Colour = readonly [red: number, green: number, blue: number];

function colourAt(x: number, y: number): Colour {
	const boat = y >= 20 && y <= 22 && x >= 29 + (y - 20) && x <= 39 - (y - 20);
	const mast = x === 34 && y >= 12 && y < 20;
	if (boat || mast) return [40, 28, 32];
	const fromSun = (x - 14) ** 2 + (y - 15) ** 2;
	if (y < HORIZON) return fromSun <= 25 ? [255, 226, 140] : [236 - y, 96 + 6 * y, 120 - 3 * y];
	const glitter = Math.abs(x - 14) <= 2 + ((y * 5 + x * 3) % 4);
	return glitter ? [246, 178, 96] : [72 - y, 60, 92 + y];
}

/** The bitmap file: 54 octets of header, then rows of blue, green, red from the bottom up. */
export function harbour(): Uint8Array {
	const row = WIDTH * 3; // 132: a multiple of four, so no padding
	const file = new Uint8Array(HEADER + row * HEIGHT);
	const view = new DataView(file.buffer);
	view.setUint16(0, 0x424d); // "BM"
	view.setUint32(2, file.length, true);
	view.setUint32(10, HEADER, true);
	view.setUint32(14, 40, true); // size of the rest of the header
	view.setInt32(18, WIDTH, true);
	view.setInt32(22, HEIGHT, true);
	view.setUint16(26, 1, true); // planes
	view.setUint16(28, 24, true); // bits a pixel
	view.setUint32(34, row * HEIGHT, true);
	for (let y = 0; y < HEIGHT; y++) {
		for (let x = 0; x < WIDTH; x++) {
			const [red, green, blue] = colourAt(x, y);
			file.set([blue, green, red], HEADER + (HEIGHT - 1 - y) * row + x * 3);
		}
	}
	return file;
}
