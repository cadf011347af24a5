/** The fields of a link, and of the scene itself. */

export const none = 'none';
export const link = 'Link';
export const delay = 'Delay, one way';
export const jitter = 'Jitter';
export const octets = 'octets';
export const rate = 'Rate';
export const noLimit = 'no limit';
export const queue = 'Queue';
export const packets = 'packets';
export const tap = 'A tap on it: somebody listens';
export const byChance = 'What it does by chance';
export const loss = 'Loss';
export const burstBegins = 'Burst of loss begins';
export const burstEnds = 'Burst of loss ends';
export const duplicates = 'Duplicates';
export const overtaken = 'Overtaken';
export const overtakenBy = 'Overtaken by';
export const flipped = 'A bit flipped';
export const sceneName = 'Name of the scene';
export const notEmpty = 'Not empty.';
export const seed = 'Seed of chance';
export const sitAt = 'You sit at';
