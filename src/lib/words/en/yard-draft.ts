/** What the editor of a scene did, and what is wrong with the scene. */

export const gone = (host: string): string => `${host} is gone.`;
export const linkGone = 'The link is gone.';
export const faultGone = 'The fault is gone.';
export const undone = 'Undone.';
export const doneAgain = 'Done again.';

export const ends = (hosts: readonly string[]): string => hosts.join(' to ');
export const fault = (nth: number, problem: string): string => `Fault ${nth}: ${problem}`;
export const natNeeds = (host: string): string =>
	`${host}: a NAT needs a link inside and one outside. Join it.`;
export const noWay = (host: string): string => `${host} has no way to any server.`;
export const noServer = (host: string, server: string): string => `${host}: there is no server "${server}".`;
