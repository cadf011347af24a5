/** Which part of a run becomes a capture. */

export const exportCapture = 'Export a capture';
export const tapOn = 'Tap on';
export const everyLink = (n: number): string => `every link (${n})`;
export const packets = 'Packets';
export const all = (n: number): string => `all ${number(n)} so far`;
export const shown = (n: number): string => `the ${number(n)} that the filters show`;
export const summary = (packets: number, octets: number, interfaces: number): string =>
	`${number(packets)} ${packets === 1 ? 'packet' : 'packets'}, ${number(octets)} octets, as a pcapng file with ${
		interfaces === 1 ? 'one interface' : `${interfaces} interfaces`
	}. A packet stands there once for each link that it entered.`;
export const save = 'Save the file';

const number = (n: number): string => n.toLocaleString('en-GB');
