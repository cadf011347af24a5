/** Two packets beside each other, field by field. */

export const differences = (n: number): string =>
	n === 0 ? 'No field differs.' : n === 1 ? '1 field differs.' : `${n} fields differ.`;
export const allFields = 'all fields';
export const beside = (left: number, right: number): string => `Packet ${left} beside packet ${right}`;
export const field = 'Field';
/** After the name of a field. */
export const differs = ', differs';
