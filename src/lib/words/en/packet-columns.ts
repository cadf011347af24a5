/** The columns of the packet list. */

export const number = 'Number';
export const since = 'Seconds since the row before';
export const time = 'Seconds since the start';
export const direction = 'Direction';
export const tag = 'Tag';
export const flags = 'Flags';
export const seq = 'Sequence number';
export const ack = 'Acknowledgement number';
export const length = 'Bytes of text';
