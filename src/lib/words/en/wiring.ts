/** The arrows of a server's chart, to be aimed, and the transcripts that they have to pass. */

export const picture = (host: string): string => `The chart of ${host}, with arrows to aim`;
export const grips = 'Arrows, to be dragged or chosen';
export const drag = 'Drag to another box';
export const aimArrow = 'Aim an arrow';
export const arrow = 'Arrow';
export const leadsTo = 'leads to';
export const removes = 'removes marked letters at once';
export const aim = 'Aim it so';
export const branchFromPast = 'You stand in the past. Branch from here?';
export const branch = 'Branch';
export const stay = 'Stay';
export const runAll = 'Run all six';
export const edits = (n: number): string => `${n} ${n === 1 ? 'edit' : 'edits'}`;
export const passedOf = (passed: number, all: number): string => `${passed} of ${all} passed`;
export const allAsText = 'All arrows as text';

export const transcripts = 'Transcripts';
export const passed = 'passed';
export const failed = 'failed';
export const notRun = 'not run';
export const lineByLine = 'Line by line';
export const lineBack = 'Line back';
export const lineOn = 'Line on';
export const wanted = (what: string | number): string => `wanted: ${what}`;
export const inTheBox = 'in the box';
export const letters = (n: number): string => `${n} letters`;
