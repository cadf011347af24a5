/** What stands beside a seat, to be pressed or turned. */

export const beside = 'Beside it';
export const putIntoBox = 'Put into the box';
export const inPast = 'You stand in the past. Do it from here?';
export const branch = 'Branch';
export const toNow = 'Return to now';
