/** What can be done to one packet while it is on its way. */

export const title = (packet: number, ends: { readonly from: string; readonly to: string } | null): string =>
	`Packet ${packet}${ends ? `, ${ends.from} to ${ends.to}` : ''}`;
export const branchHere = (event: number, of: number): string =>
	`You stand at event ${event} of ${of}. Branch from here? The old run is kept as a track.`;
export const branch = 'Branch';
export const leaveIt = 'Leave it';
export const onNoLink = 'It is on no link at this moment.';
export const backToLeaving = 'Back to where it left';

export const open = 'Open it here';
export const drop = 'Drop';
export const release = 'Release';
export const hold = 'Hold';
export const duplicate = 'Duplicate';
export const join = 'Join the next';
export const noNext = 'nothing on this link continues it';
export const cutLink = 'Cut the link';
export const restore = (link: string): string => `Restore ${link}`;
export const forms = {
	delay: 'Delay…',
	corrupt: 'Flip a bit…',
	split: 'Split…',
	edit: 'Edit a field…',
	forge: 'Forge after it…'
} as const;
/** Around the number of milliseconds. */
export const laterBy = ['Later by', 'ms'] as const;
export const bit = 'Bit';
export const bitOf = (bits: number): string => `of ${bits}, counted from 0`;
/** Around the number of octets. */
export const cutAfter = ['After', 'octets of its data'] as const;
export const field = 'Field';
export const often = 'Often set';
export const others = 'All others';
export const value = 'Value';
export const newChecksums = 'Compute the checksums anew';
export const afterIt = 'After it comes';
export const sameReset = 'the same with RST';
export const sameFin = 'the same with FIN';
export const same = 'the same again';
export const doIt = 'Do it';
export const cannot = (why: string): string => `It cannot be done: ${why}.`;

export const followStream = 'Follow TCP stream';
export const dialogue = 'POP3 dialogue';
export const close = 'Close';
