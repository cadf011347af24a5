/** What is written on the ladder's arrows, and why a packet was sent. */

/** It repeats packet `n`. */
export const again = (n: number): string => `again ${n}`;

export const fast = 'later data is acknowledged, this is not';
export const tooBig = 'it was too big for the way';
export const probe = 'asks whether there is room';
export const timeout = (wait: string): string => `timeout after ${wait}`;
export const typed = (line: string): string => `typed ${line || 'an empty line'}`;
export const reads = (keyword: string): string => `reads ${keyword || 'a line'}`;
export const answers = (indicator: string): string => `answers ${indicator}`;
