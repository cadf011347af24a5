/** The recorder: its buttons, its line of events, and what holds it. */

export const timeline = 'Timeline';
export const events = 'Events';
export const place = (event: number, of: number): string => `event ${event} of ${of}`;
/** The place as it is read out; `packet` is the last one shown. */
export const spokenPlace = (event: number, of: number, seconds: string, packet: number | undefined): string =>
	`event ${event} of ${of}, ${seconds} seconds${packet === undefined ? '' : `, packet ${packet}`}`;
export const jump = 'Jump';
export const speed = 'Speed';
export const speedKeys = 'Speed ([ and ])';
export const pace = 'Pace';
export const eventPace = 'Event pace';
export const realRatio = 'Real ratio';

export const toStart = 'To the start';
export const toStartKey = 'To the start (Home)';
export const stepBack = 'Step back';
export const stepBackKey = 'One event back; with Shift one packet';
export const playKey = 'Play or pause (Space)';
export const play = 'Play';
export const pause = 'Pause';
export const stepOn = 'Step on';
export const stepOnKey = 'One event on; with Shift one packet';
export const toEnd = 'To the end';
export const toEndKey = 'To the end (End)';

export const inPast = 'in the past';
export const awaitsAnswer = 'waiting for your answer';
export const jumping = (wait: string): string => `jump: ${wait}`;
export const backToNow = 'Back to now';
export const waitFor = (time: string, timer: string): string => `Wait ${time} for ${timer}`;
export const otherRun = 'Return to the other run';
export const compare = 'Compare';
