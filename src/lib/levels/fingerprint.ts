/**
 * A short name for plain data, the same for the same data whatever the order of its keys. Law: it tells runs of different
 * scenes apart on one device; it is no proof against somebody who wants two scenes to look alike.
 */

/** JSON with sorted keys; a key whose value is undefined is absent. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

/** 13 letters and digits of base 32, from 64 bits. */
export function fingerprint(value: unknown): string {
	let [a, b] = [0x811c9dc5, 0x9e3779b1];
	for (const character of canonical(value)) {
		const code = character.codePointAt(0) ?? 0;
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b ^ (code + (a >>> 7)), 0x85ebca6b);
	}
	const half = (n: number) => (n >>> 0).toString(32).padStart(7, '0');
	return half(a ^ (b >>> 15)) + half(b ^ (b >>> 13)).slice(1);
}

/** Whether two pieces of plain data are the same. */
export function sameData(a: unknown, b: unknown): boolean {
	return a === b || canonical(a) === canonical(b);
}
