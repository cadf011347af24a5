/**
 * Two quiet sounds made on the spot: a click for a goal that is met, a thud for the cancel mark. Nothing is fetched, and
 * a browser that has no sound stays silent.
 */

/** A tone that dies away: Hz at its beginning and end, seconds, and how loud it begins (1: full). */
interface Stroke {
	readonly from: number;
	readonly to: number;
	readonly lasts: number;
	readonly loud: number;
}

export const CLICK: Stroke = { from: 1_900, to: 1_200, lasts: 0.04, loud: 0.05 };
export const THUD: Stroke = { from: 190, to: 70, lasts: 0.16, loud: 0.16 };

/** Plays a stroke at a time of the context, in seconds. */
export function strike(context: BaseAudioContext, { from, to, lasts, loud }: Stroke, at: number): void {
	const tone = context.createOscillator();
	const gain = context.createGain();
	tone.type = 'triangle';
	tone.frequency.setValueAtTime(from, at);
	tone.frequency.exponentialRampToValueAtTime(to, at + lasts);
	gain.gain.setValueAtTime(loud, at);
	gain.gain.exponentialRampToValueAtTime(0.0001, at + lasts);
	tone.connect(gain).connect(context.destination);
	tone.start(at);
	tone.stop(at + lasts);
}

let own: AudioContext | null = null;

/** Lets a stroke be heard now. */
export function sound(stroke: Stroke): void {
	try {
		own ??= new AudioContext();
		void own.resume().catch(() => undefined);
		strike(own, stroke, own.currentTime);
	} catch {
		// no sound here
	}
}
