/** Ways through a run: from mark to mark, and to the places that a person has marked. */

export const jump = 'Jump';
export const kinds = { command: 'Command', state: 'State change', loss: 'Loss or error' } as const;
export const layerEvent = (layer: string): string => `${layer} event`;
/** To the last and to the next of a kind. */
export const before = (kind: string): string => `${kind} before`;
export const next = (kind: string): string => `Next ${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
export const time = 'Time';
export const waitFor = (time: string, timer: string): string => `Wait ${time} for ${timer}`;
export const pace = 'Pace';
export const eventPace = 'Event';
export const realRatio = 'Real ratio';
export const bookmarks = 'Bookmarks';
export const takeAway = 'Take away';
export const putHere = 'Put one here';
export const event = (n: number): string => `event ${n}`;
