// What is heard: rendered by the browser's own synthesiser, without a loudspeaker.
import { expect, test } from 'vitest';
import { CLICK, strike, THUD } from '#lib/ui/sound.ts';

const RATE = 8000;

async function rendered(stroke: typeof CLICK): Promise<Float32Array> {
	const context = new OfflineAudioContext(1, RATE / 2, RATE);
	strike(context, stroke, 0);
	return (await context.startRendering()).getChannelData(0);
}
const loudest = (samples: Float32Array): number =>
	samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

test.each([
	['a click', CLICK],
	['a thud', THUD]
])('%s is heard, is quiet, and is over at its end', async (_, stroke) => {
	const samples = await rendered(stroke);
	const end = Math.ceil(stroke.lasts * RATE);
	expect(loudest(samples.subarray(0, end))).toBeGreaterThan(stroke.loud / 2);
	expect(loudest(samples)).toBeLessThanOrEqual(stroke.loud * 1.05);
	expect(loudest(samples.subarray(end + 1))).toBe(0);
});
