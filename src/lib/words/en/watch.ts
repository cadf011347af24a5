/** A recording that is only looked at. */

export const recording = 'Recording';
export const size = (packets: number, bytes: number): string => `${packets} packets, ${bytes} bytes`;
export const about = 'About the recording';
export const nothingTyped =
	'Nothing is typed here. All of this has happened already: what is left is to look.';
/** The second part is what to try in the filter. */
export const howTo = [
	'Choose a packet in the list, then a field or octets in the inspector. The timeline plays it again; the filter over the list finds words: try',
	'pop',
	'.'
] as const;
