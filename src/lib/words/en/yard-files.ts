/** A scene or level kept, sent, written to a file and read from one. */

export const keep = 'Keep and share';
export const name = 'Name';
export const withRun = (inputs: number): string =>
	`With the run: ${inputs === 0 ? 'nothing was done yet' : inputs === 1 ? 'one input' : `${inputs} inputs`}`;
export const share = 'Share';
export const sceneInLink = 'The whole scene is in the link. No server sees it.';
export const levelInLink = 'The whole level is in the link. No server sees it.';
export const copyLink = 'Copy a link';
export const copyText = 'Copy as text';
export const copied = (characters: number): string =>
	`Copied: ${characters.toLocaleString('en-GB')} characters.`;
export const copiedText = 'Copied as text: nodes, links, and what happened.';
export const refused =
	'The browser does not let this page write to the clipboard. Select the text and copy it.';
export const link = 'The link';
export const files = 'Files';
export const save = 'Save to a file';
export const saved = 'Saved to a file.';
export const exportCapture = 'Export the capture';
export const read = 'Read from a file';
export const fromFile = 'From the file';
export const fromDevice = 'From this device';
export const opened = (from: string, title: string): string => `${from}: “${title}”.`;
export const unchanged = (problem: string): string =>
	`${problem.replace(/[^.]$/, '$&.')} Nothing was changed.`;
export const tooLarge = 'The file is larger than 4 MB. Nothing was changed.';
export const unreadable = 'The file could not be read. Nothing was changed.';
export const onDevice = 'On this device';
export const keepHere = 'Keep it here';
export const kept = (title: string): string => `Kept as “${title}”.`;
export const open = 'Open';
export const openNamed = (title: string): string => `Open ${title}`;
export const remove = 'Delete';
export const removeNamed = (title: string): string => `Delete ${title}`;
export const removed = (title: string): string => `“${title}” is deleted.`;
export const nothingKept = 'Nothing is kept here yet.';
export const damaged = 'Something that was kept here is damaged and could not be read. It is kept as it is.';
export const saveDamaged = 'Save it to a file';
export const discard = 'Throw it away';
