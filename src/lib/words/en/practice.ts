/** The morning round. */

export const title = 'Morning round';
export const about = (questions: number): string =>
	`${questions} short questions about a run of the network that nobody has seen before. No story, no hints: number by number. What you miss comes again.`;
export const early = (opens: number, solved: number): string =>
	`This is meant for after ${opens} solved levels; you have ${solved}. You may begin now, but words will come that no level has told you yet.`;
export const begin = 'Begin';
export const stopped = (why: string): string => `The run stopped: ${why}`;
export const anotherOne = 'Another one';
export const result = 'Result';
export const rightOf = (right: number, of: number): string => `${right} of ${of} right.`;
export const anotherRound = 'Another round';
export const question = (n: number, of: number): string => `Question ${n} of ${of}`;
export const place = (n: number, of: number, kind: string): string => `${n} of ${of}: ${kind}`;
export const youSaid = 'You said';
export const nothing = 'nothing';
export const onWire = '. On the wire:';
export const next = 'Next';
export const answer = 'Answer';
export const carrying = 'Letters are being carried.';
