/** The yard: its scenes, and what is said of a change. */

export const pageTitle = 'The yard · Interactive POP3';
export const description =
	'Clients, servers, routers and links as you want them. A terminal, a mail program, and every bit on the wire.';
export const scene = 'Scene';
export const server = 'Server';
export const edit = 'Edit the scene';
export const editChanged = 'Edit the scene (changed)';
export const keep = 'Keep and share';
export const make = 'Make a level';
export const fromLink = (title: string): string => `From the link: “${title}”.`;
export const sceneBefore = (problem: string): string => `${problem} Here is the scene that was here before.`;
export const lastUnread = (problem: string): string =>
	`The scene that was here last cannot be opened. ${problem.replace(/[^.]$/, '$&.')} It is kept under “Keep and share”.`;
export const newRun = (what: string): string => `${what} A new run has begun.`;
export const newRunKept = (what: string): string => `${what} A new run has begun; the one before is kept.`;
export const hereAgain = 'The run before is here again.';
export const otherWays = (server: string): string => `${server} has other ways.`;
export const onStage = (scene: string): string => `“${scene}” is on the stage.`;
export const yourLevel = (title: string): string => `Your level “${title}” is on the stage.`;
export const back = 'Back to the run before';
export const closeMessage = 'Close this message';
export const editorLost = 'The editor did not load. Reload the page to try again.';
