/** The table of a translator. */

export const title = 'Translation';
export const rows = (n: number): string => (n === 1 ? '1 row' : `${n} rows`);
export const table = (host: string): string => `Translation table of ${host}`;
export const what =
	'Each pair inside has a port of its own outside. Whoever answers writes to that port, and the table says who it is for.';
export const none = 'No row yet: nothing has gone out.';
export const columns: readonly string[] = [
	'Protocol',
	'Inside',
	'Outside',
	'Packet',
	'Made, s',
	'Forgotten, s'
];
export const packet = (n: number): string => `#${n}`;
export const heading = (host: string, n: number): string => `Translation table of ${host}, ${rows(n)}`;
export const line = (
	protocol: string,
	inside: string,
	outside: string,
	made: string,
	gone: string | null
): string =>
	`  ${protocol}  ${inside} is ${outside} outside, since ${made} s${gone === null ? '' : `, forgotten at ${gone} s`}`;
