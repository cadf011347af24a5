/** Two runs side by side. */

export const runs = 'The two runs';
/** Around the instant, what was done here, and what was done there. */
export const parts = ['They part at', ': here', ', there', '.'] as const;
export const nothing = 'nothing more';
/** Before the number of the packet, and after it. */
export const packet = ['The first packet that is not the same is', '.'] as const;
export const goThere = 'Go there';
export const same = 'Both runs are the same so far.';
export const takeOther = 'Take up the other run';

/** Their packets. */
export const packets = 'Packets of the two runs, side by side';
export const here = 'This run';
export const there = 'The other run';
export const differsIn = 'Differs in';
export const sizes = (packets: number, octets: number): string =>
	`${packets} packet${packets === 1 ? '' : 's'}, ${octets} octets`;
export const before = (count: number): string =>
	count === 1 ? 'The first packet is the same.' : `The first ${count} packets are the same.`;
export const more = (count: number): string => `and ${count} packet${count === 1 ? '' : 's'} more`;
export const first = 'first difference';
export const equal = 'the same';
export const onlyHere = 'only here';
export const onlyThere = 'only there';
export const goTo = (packet: number): string => `Go to packet ${packet}`;
export const time = 'Time';
export const fate = 'What became of it';
export const columns = ['Packet here', 'Here', 'Packet there', 'There', 'Differs in'] as const;
