/** A level made of a run, and the proof that it can be solved. */

export const make = 'Make a level';
export const titleOffered = 'A level of my own';
/** Where nothing was written. */
export const noTitle = 'A level';
export const noMission = 'Meet every row.';
export const noDebrief = 'Done.';
export const playFirst = 'Play the solution on the stage first: it is recorded. Then come back.';
export const tickOne = 'Tick at least one event that the player must reach.';
export const rowWithoutWords = 'A row has no words.';
export const syncAt = (host: string): string => `sync at ${host}`;
export const packetDone = (packet: number, act: string): string => `packet ${packet}: ${act}`;
export const begins = 'Where it begins';
export const done = 'What is already done';
export const nothingDone = 'nothing: all of the run is the solution';
export const upTo = (n: number, input: string): string => `up to ${n}: ${input}`;
export const recorded = (inputs: string): string => `The recorded solution: ${inputs}.`;
export const nothing = 'nothing';
/** After the first of them. */
export const more = (inputs: number): string => ` · and ${inputs} more`;
export const reached = 'What is to be reached';
export const events = 'Events of the run';
export const noEvent = 'No event yet. Do on the stage what the player is to do.';
export const everyEvent = 'Show every event, packets too';
export const rows = 'Rows of the level';
export const guardOffered = 'No letter is marked as deleted';
export const addGuard = 'Add a guard by hand';
export const itsWords = 'Its words';
export const title = 'Title';
export const mission = 'Mission';
export const hint = 'Hint';
export const debrief = 'Said when solved';
export const proof = 'The proof';

export const row = (n: number): string => `Row ${n}`;
export const wordsOfRow = (n: number): string => `Words of row ${n}`;
export const takeAway = (n: number): string => `Take row ${n} away`;
export const guard = 'Guard: this must not happen';
export const looksFor = 'What it looks for';
export const event = 'Event';
export const any = 'any';
export const nth = 'The n-th time';

export const isLevel = 'It is a level.';
export const link = 'The link';
export const linkCopied = 'The link is copied.';
export const refused =
	'The browser does not let this page write to the clipboard. Select the link and copy it.';
export const running = 'The worlds run…';
export const run = 'Run the proof';
export const holds = 'The proof holds.';
export const fails = 'The proof does not hold.';
export const findings = 'Findings';
export const yes = 'Yes.';
export const no = 'No.';
export const play = 'Play it';
export const exportLevel = 'Export JSON';
export const copyLink = 'Copy a link';
export const changed = 'Something was changed since. Run the proof again.';
