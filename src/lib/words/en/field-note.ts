/** What a field is for, its value, and how its sender came to it. */

export const fields = (n: number): string => `${n} fields`;
export const computed = (place: string): string => `computed, ${place}`;
export const binary = (digits: string): string => `binary ${digits}`;
export const more = (bytes: number): string => `+${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
export const workThrough = 'Work it through';
export const goTo = (packet: number): string => `Go to #${packet}`;
export const reference = 'Reference';
/** After it, for those who hear it. */
export const onField = (field: string): string => `on ${field}`;
export const chooseField = 'Choose a field: what it is for is told here.';
