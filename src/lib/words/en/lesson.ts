/** The card that explains a packet field by field while the run waits. */

export const lesson = 'One packet, field by field';
export const step = (packet: number, step: number, of: number): string =>
	`Packet ${packet}, field by field: ${step} of ${of}`;
export const last = 'Let it go on';
export const next = 'Next field';
export const skip = 'Skip';
