/** The smallest schemas that the border's checks are made of, and how long a text may be. */
import * as v from 'valibot';

export const MAX_NAME = 64;
export const MAX_TEXT = 512;

export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_NAME));
export const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
export const list = <const S extends v.GenericSchema>(of: S, most: number) =>
	v.pipe(v.array(of), v.maxLength(most), v.readonly());
