/** The state of a level as text, for a teacher or a report of a fault, and the sheet that gives it. */

// ---- the text
export const heading = (level: string): string => `Interactive POP3: ${level}`;
export const facts = (slug: string, seed: number, lens: number, name: string, host: string): string =>
	`Level ${slug}, seed ${seed}. Lens ${lens}, ${name}. Sitting at ${host}.`;
export const place = (event: number, of: number, seconds: string): string =>
	`Event ${event} of ${of}, ${seconds} s.`;
export const noPacket = 'No packet yet.';
export const packet = (last: number, of: number): string => `Packet ${last} of ${of}.`;
export const openPacket = (packet: number): string => `Packet ${packet} is chosen.`;
export const openField = (packet: number, field: string): string =>
	`Packet ${packet} is chosen, at ${field}.`;
export const help = (hints: number, shown: boolean): string =>
	`Hints: ${hints} of 3${shown ? '; “Show me” was used' : ''}.`;
export const goals = (met: number, of: number): string => `Goals (${met} of ${of})`;
export const rowStates = {
	open: '[ ]',
	met: '[x]',
	kept: '[kept so far]',
	broken: '[BROKEN]'
} as const;
export const by = (event: number, said: string): string => `event ${event}${said && `, ${said}`}`;
export const already = 'true when the level opened';
export const aPacket = (packet: number, from: string, to: string): string =>
	`packet ${packet} from ${from} to ${to}`;
export const read = (host: string, reply: string): string => `${host} read ${reply}`;
export const state = (host: string, to: string, on: string): string => `POP3 ${host}: ${to}, by ${on}`;
export const drill = (id: string, passed: boolean): string =>
	`transcript ${id}: ${passed ? 'passed' : 'failed'}`;
export const letter = (host: string, number: number, uid: string | null, whole: boolean): string =>
	`${host} stored letter ${number}${uid === null ? '' : `, ${uid}`}, ${whole ? 'whole' : 'not whole'}`;
export const lock = (user: string, held: boolean): string =>
	`box of ${user}: ${held ? 'locked' : 'free again'}`;
export const mark = (number: number, uid: string, marked: boolean): string =>
	`letter ${number}, ${uid}: ${marked ? 'marked for deletion' : 'not marked any more'}`;
export const expunged = (uid: string): string => `letter ${uid}: gone from the box`;
export const coach = (said: string): string => `Coach: ${said}`;
export const done = 'The level is solved.';
export const rewindTo = (event: number): string => `It offers to go back to event ${event}.`;
export const answers = 'Answers';
export const answered = (ask: string, given: string, right: boolean | null): string =>
	`${ask} ${given}: ${right === null ? 'not told yet' : right ? 'right' : 'wrong'}`;
export const before = 'Done when the level opened';
export const inputs = 'What was done';
export const later = (n: number): string =>
	n === 1 ? '(one thing done after this event)' : `(${n} things done after this event)`;
export const happened = 'What happened';
export const packets = 'Packets';
export const leftOut = (n: number): string => `(${n} lines before this are left out)`;
export const nothing = 'nothing yet';
export const link = (address: string): string => `To open it at this event: ${address}`;

// ---- the sheet
export const short = 'Copy';
export const title = 'Copy the state as text';
export const what =
	'Level, goals, what was done, and where you stand: for a teacher, or with a report of a fault.';
export const copy = 'Copy the text';
export const copyLink = 'Copy the link';
export const save = 'Save as a file';
export const text = 'State';
